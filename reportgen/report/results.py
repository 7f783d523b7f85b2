"""What a formula comes to, in columns. Pure."""

from __future__ import annotations

import polars as pl

from reportgen.formula import Count, Expression, Number, Operation


def result(expression: Expression, sums: pl.DataFrame) -> pl.Series:
    """The formula's result in each row of `sums`, which has a column (Float64) for each of its counts; null where it
    divides by zero.
    """
    over, under = _fraction(expression, sums)
    known = over / under
    return known.set(~known.is_finite(), None)


def _fraction(expression: Expression, sums: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The result as numerator and denominator, both null where something was divided by zero.

    They are whole numbers, which floats hold exactly: a / 3 * 3 - a would not come to 0 otherwise.
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
