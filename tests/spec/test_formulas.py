"""What the parser of formulas takes, and what it refuses."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.formula import Count, Number, Operation
from reportgen.spec.formulas import LONGEST, FormulaError, parse_formula


def test_products_bind_more_than_sums_and_each_from_the_left() -> None:
    a, b, c = Count("a"), Count("b"), Count("c")
    assert parse_formula("a - b / c").expression == Operation(a, "-", Operation(b, "/", c))
    assert parse_formula("a - b - c").expression == Operation(Operation(a, "-", b), "-", c)
    assert parse_formula("a / b / c").expression == Operation(Operation(a, "/", b), "/", c)
    assert parse_formula("(a - b) * c").expression == Operation(Operation(a, "-", b), "*", c)


def test_numbers_are_exact() -> None:
    assert parse_formula("a * 0.1").expression == Operation(Count("a"), "*", Number(Fraction(1, 10)))


def test_names_come_with_their_places() -> None:
    assert parse_formula("b / (a+ b)").names == (("b", 0), ("a", 5), ("b", 8))
    assert parse_formula(" a").names == (("a", 1),)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "a.__class__", "a[0]", "a()", "a ** 9", "9 ** 9 ** 9", "a // b", "a % b", "a if b else c",
        "lambda: a", "a; b", "a, b", "a = b", "a < b", "not a", "a b", "-a", "+a", "1e9", "0x10", "1_000", "1.", ".5",
        "a #", "{{ a }}", "'a'", "a\x00", "²", "٣", "ａ", "", " ", "()", "a)", "(a",
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


def test_a_formula_is_as_deep_as_it_is_long_at_most_and_not_longer_than_the_schema_says() -> None:
    half = LONGEST // 2 - 1
    assert parse_formula(f"{'(' * half}a{')' * half}").expression == Count("a")
    with pytest.raises(FormulaError, match="longer than 200 characters"):
        parse_formula("1+" * 100_000 + "1")


def refusal(text: str) -> FormulaError | None:
    try:
        parse_formula(text)
    except FormulaError as error:
        return error
    return None


@settings(max_examples=500)
@given(st.text(alphabet=st.sampled_from("ab1.+-*/() ") | st.characters(), max_size=LONGEST + 20))
@example("a" * LONGEST)
@example("1/(" * 66)
def test_whatever_the_text_there_is_a_formula_or_a_sentence_with_its_place(text: str) -> None:
    if refused := refusal(text):
        assert 0 <= refused.index <= len(text)
        assert str(refused)
    else:
        assert re.fullmatch(r"[A-Za-z0-9_.+*/()\s-]+", text)
        assert all(text[index:].startswith(name) for name, index in parse_formula(text).names)
