"""How large a number is beside the others of its column, for the eye: as a bar, or as a shade of the cell. Pure."""

from __future__ import annotations

import math

from reportgen.render.shades import STEPS
from reportgen.report.model import Value
from reportgen.report.tables import TableSection


def tops(section: TableSection) -> tuple[float, ...]:
    """The largest number above 0 of each column's rows; 0 where there is none."""
    columns = zip(*section.rows, strict=True) if section.rows else [()] * len(section.columns)
    return tuple(max(0, *(_number(cell) for cell in cells), 0) for cells in columns)


def spans(section: TableSection) -> tuple[tuple[float, float], ...]:
    """The smallest and the largest number above 0 of each column's rows; both 0 where there is none."""
    columns = zip(*section.rows, strict=True) if section.rows else [()] * len(section.columns)
    above = ([number for cell in cells if (number := _number(cell)) > 0] for cells in columns)
    return tuple((min(numbers, default=0), max(numbers, default=0)) for numbers in above)


def part(value: Value, top: float) -> float:
    """How large the number is, from 0 to 1 for the largest of its column. What is not above 0 is 0."""
    return max(0.0, _number(value) / top) if top else 0.0


def percent_of(value: Value, top: float) -> str:
    """The part in percent, as an SVG takes it: `43.21`."""
    return f"{part(value, top) * 100:.4g}"


def tint_of(value: Value, span: tuple[float, float]) -> int:
    """Which tint the cell has: the palest for the smallest number of its column, the deepest for the largest, in even
    steps between; 0 for none, where there is no number or none above 0.
    """
    low, top = span
    number = _number(value)
    if number <= 0:
        return 0
    if top <= low:
        return STEPS
    return max(1, math.ceil(round(STEPS * (number - low) / (top - low), 6)))


def _number(cell: object) -> float:
    return (cell.number or 0) if isinstance(cell, Value) else 0
