"""JSON in pieces: Python's own reader of the whole is the oracle."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.spec.tweet_files.faults import BrokenFileError
from reportgen.spec.tweet_files.json_text import Decimal, JsonText

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('ab"\\\n[]{},:é🐟'), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


class Slowly(io.StringIO):
    """Hands out a few characters at a time, however many are asked for."""

    def read(self, _size: int | None = -1, /) -> str:
        return super().read(3)


@settings(max_examples=200)
@given(values=st.lists(VALUES, max_size=5), indent=st.sampled_from([None, 0, 2]))
def test_gives_the_values_of_a_list_with_their_places(values: list[Any], indent: int | None) -> None:
    text = json.dumps(values, indent=indent)
    lines = text.split("\n")
    found = list(JsonText(Slowly(text)).items())
    assert [placed.value for placed in found] == values
    for line, column, value in found:
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == value


@settings(max_examples=200)
@given(values=st.lists(VALUES, min_size=1, max_size=4), cut=st.integers(0, 300))
def test_says_where_a_text_is_cut_off(values: list[Any], cut: int) -> None:
    text = json.dumps(values, indent=1)
    cut %= len(text)
    kept = text[:cut].rstrip()
    with pytest.raises(BrokenFileError) as raised:
        list(JsonText(Slowly(text[:cut])).items())
    assert raised.value.line in (kept.count("\n") + 1, text[:cut].count("\n") + 1)


class Counted(str):
    """A text that tells in how many of its characters line breaks are counted."""

    __slots__ = ()
    looked_at: list[int] = []  # noqa: RUF012  of all that are made of it

    def count(self, sign: str, start: int = 0, end: int = 0, /) -> int:  # type: ignore[override]
        if sign == "\n":
            self.looked_at.append(end - start)
        return super().count(sign, start, end)

    def __radd__(self, before: str) -> Counted:
        return Counted(f"{before}{self}")


class Counting(io.StringIO):
    def read(self, size: int | None = -1, /) -> Counted:
        return Counted(super().read(size))


def test_counts_line_breaks_once_however_many_values_there_are() -> None:
    written = "[" + '{"a": 1},\n' * 20_000 + "1]"
    *_, last = JsonText(Counting(written)).items()
    assert last == (20_001, 1, 1)
    assert sum(Counted.looked_at) <= 3 * len(written)  # Python's decoder counts too, once where a piece ends


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("-12", -12),
        ("1.5", Decimal("1.5")),
        ("2.11763E+18", Decimal("2.11763E+18")),
        ("1e9", Decimal("1e9")),
        ("true", True),
        ("null", None),
    ],
)
def test_takes_no_number_for_its_beginning(written: str, value: object) -> None:
    text = JsonText(Slowly(f"[{written}]"))
    (placed,) = text.items()
    assert (type(placed.value), placed.value) == (type(value), value)
