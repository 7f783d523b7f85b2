"""What a formula comes to, in columns. Pure."""

from __future__ import annotations

import polars as pl

from reportgen.formula import OPERATORS, Count, Expression, Number, Operation


def result(expression: Expression, sums: pl.DataFrame) -> pl.Series:
    """The formula's result in each row of `sums`, which has a column (Float64) for each of its counts; null where it
    divides by zero.
    """
    known = _result(expression, sums)
    return known.set(~known.is_finite(), None)


def _result(expression: Expression, sums: pl.DataFrame) -> pl.Series:
    match expression:
        case Count(name):
            return sums[name]
        case Number(value):
            return pl.repeat(float(value), sums.height, dtype=pl.Float64, eager=True)
        case Operation(left, sign, right):
            # Of a division by zero nothing else may be made: 1 / (a / 0) would come to 0.
            divisor = _result(right, sums)
            divisor = divisor.set(divisor == 0, None) if sign == "/" else divisor
            computed: pl.Series = OPERATORS[sign](_result(left, sums), divisor)
            return computed
