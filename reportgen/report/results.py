"""What a formula comes to, in columns. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import polars as pl

from reportgen.formula import Count, Expression, Number, Operation, counts_in, exact_result

_HELD_EXACTLY: Final = 2**53
"""Up to here a float is every whole number; beyond, products and their differences would be off."""


def result(expression: Expression, sums: pl.DataFrame) -> pl.Series:
    """The formula's result in each row of `sums`, which has a column (Float64) for each of its counts; null where it
    divides by zero.
    """
    if max(_largest(expression, sums)) > _HELD_EXACTLY:
        return pl.Series([_exactly(expression, row) for row in sums.iter_rows(named=True)], dtype=pl.Float64)
    over, under = _fraction(expression, sums)
    known = over / under
    return known.set(~known.is_finite(), None)


def _fraction(expression: Expression, sums: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The result as numerator and denominator, both null where something was divided by zero.

    They are whole numbers, which floats hold exactly up to _HELD_EXACTLY: a / 3 * 3 - a would not come to 0 otherwise.
    """
    match expression:
        case Count(name):
            return sums[name], _everywhere(1, sums)
        case Number(value):
            return _everywhere(value.numerator, sums), _everywhere(value.denominator, sums)
        case Operation(left, sign, right):
            (a, b), (c, d) = _fraction(left, sums), _fraction(right, sums)
            match sign:
                case "+":
                    return a * d + c * b, b * d
                case "-":
                    return a * d - c * b, b * d
                case "*":
                    return a * c, b * d
                case "/":
                    return a * d, (b * c).set(c == 0, None)


def _everywhere(number: int, sums: pl.DataFrame) -> pl.Series:
    return pl.repeat(float(number), sums.height, dtype=pl.Float64, eager=True)


def _largest(expression: Expression, sums: pl.DataFrame) -> tuple[int, int]:
    """What numerator and denominator, and all on the way to them, can come to at most; 1 at least."""
    match expression:
        case Count(name):
            return max(1, round(sums[name].abs().max() or 0)), 1  # type: ignore[arg-type]
        case Number(value):
            return max(1, abs(value.numerator)), value.denominator
        case Operation(left, sign, right):
            (a, b), (c, d) = _largest(left, sums), _largest(right, sums)
            match sign:
                case "*":
                    return a * c, b * d
                case "/":
                    return a * d, b * c
            return a * d + c * b, b * d


def _exactly(expression: Expression, row: Mapping[str, float]) -> float | None:
    """None where it divides by zero, and where no float is as large."""
    counts = {name: Fraction(row[name]) for name in counts_in(expression)}
    try:
        return float(exact_result(expression, counts))
    except (ZeroDivisionError, OverflowError):
        return None
