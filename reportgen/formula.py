"""Arithmetic over counts, as data: what a measure is made of. Pure."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

Sign = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Count:
    """A count of the API, summed over whatever the measure is asked about."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in the formula itself."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Operation:
    left: Expression
    sign: Sign
    right: Expression


Expression = Count | Number | Operation

OPERATORS: Final[Mapping[Sign, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
_WRITTEN: Final = {"+": "+", "-": "\N{MINUS SIGN}", "*": "\N{MULTIPLICATION SIGN}", "/": "/"}


def counts_in(expression: Expression) -> tuple[str, ...]:
    """The names of the counts, each once, in the order of the formula."""
    return tuple(dict.fromkeys(part.name for part in _parts(expression) if isinstance(part, Count)))


def divisors(expression: Expression) -> tuple[Expression, ...]:
    """What the formula divides by and may be 0: no mere numbers."""
    return tuple(divisor for divisor in _divisors(expression) if counts_in(divisor))


def is_whole(expression: Expression) -> bool:
    """Whether the result is a whole number, whatever the counts are."""
    return not any(
        part.sign == "/" if isinstance(part, Operation) else isinstance(part, Number) and part.value.denominator > 1
        for part in _parts(expression)
    )


def degree(expression: Expression) -> int | None:
    """How the result grows with its counts: 1 where twice the counts are twice the result, 0 for a ratio, which stays
    as it is; None where it does neither.
    """
    match expression:
        case Count():
            return 1
        case Number():
            return 0
        case Operation(left, sign, right):
            parts = degree(left), degree(right)
            if parts[0] is None or parts[1] is None:
                return None
            if sign in "*/":
                return parts[0] + parts[1] * (1 if sign == "*" else -1)
            return parts[0] if parts[0] == parts[1] else None


def exact_result(expression: Expression, counts: Mapping[str, Fraction]) -> Fraction:
    """The result for these counts by their names, to the last digit. Raises ZeroDivisionError."""
    match expression:
        case Operation(left, sign, right):
            result: Fraction = OPERATORS[sign](exact_result(left, counts), exact_result(right, counts))
            return result
        case Number(value):
            return value
        case Count(name):
            return counts[name]


def divides_by_nothing(expression: Expression) -> bool:
    """Whether it divides by numbers that come to 0, so that there is no result, whatever the counts are."""
    try:
        return any(exact_result(divisor, {}) == 0 for divisor in _divisors(expression) if not counts_in(divisor))
    except ZeroDivisionError:
        return True


def in_words(expression: Expression, label: Callable[[str], str]) -> str:
    """`Link clicks / impressions`: the formula with the labels of its counts, for the readers of a page."""
    text = _written(expression, lambda name: label(name).lower())
    return re.sub(r"^\(*\w", lambda first: first[0].upper(), text)


def _parts(expression: Expression) -> Iterator[Expression]:
    yield expression
    if isinstance(expression, Operation):
        yield from _parts(expression.left)
        yield from _parts(expression.right)


def _divisors(expression: Expression) -> Iterator[Expression]:
    return (part.right for part in _parts(expression) if isinstance(part, Operation) and part.sign == "/")


def _written(expression: Expression, label: Callable[[str], str]) -> str:
    if isinstance(expression, Count):
        return label(expression.name)
    if isinstance(expression, Number):
        return f"{float(expression.value):,.10g}"
    binds = _BINDS[expression.sign]
    left, right = _written(expression.left, label), _written(expression.right, label)
    if _binding(expression.left) < binds:
        left = f"({left})"
    if _binding(expression.right) < binds + (expression.sign in "-/"):
        right = f"({right})"
    return f"{left} {_WRITTEN[expression.sign]} {right}"


def _binding(expression: Expression) -> int:
    return _BINDS[expression.sign] if isinstance(expression, Operation) else 3
