"""A heatmap as a page shows it: a table whose cells are the darker the larger their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportgen.catalog import Measure
from reportgen.render.letters import breadth
from reportgen.render.look import Look
from reportgen.render.numbers import (
    ONLY_SOME,
    SEE_NOTES,
    dash_explained,
    ends_of,
    explained,
    is_partial,
    lacking,
    short,
    written,
)
from reportgen.render.shades import STEPS, largest_of, step_of
from reportgen.render.signs import UNKNOWN
from reportgen.report.buckets import WEEKDAYS
from reportgen.report.heatmap import HOURS, HeatmapSection
from reportgen.report.model import Value
from reportgen.voice.voice import Voice

_TWO_DIGITS: Final = 2
_ROOM: Final = 4
"""How many ordinary letters a cell is wide."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a heatmap."""

    text: str
    """Two digits of the number, `–` where it is not known, empty where the period has no such hour."""
    shade: int
    """Which shade it has, from 1; 0 stands for none."""
    in_full: str
    """When it is, and the exact number."""


@dataclass(frozen=True, slots=True)
class Heat:
    """A heatmap, drawn."""

    hours: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Spot, ...]], ...]
    """The name of each weekday, and its cells."""
    legend: tuple[tuple[int, str], ...]
    """Each shade, and the largest number that it stands for."""
    caption: str
    """What the largest number is, and when."""
    notes: tuple[str, ...]
    """What the marks mean."""
    fits: bool
    """Whether each cell has room for its text; where one has not, shades speak alone: a cut number reads as another."""


def heat(section: HeatmapSection, look: Look) -> Heat:
    """The table; numbers in it are short, the exact ones are said with the cell."""
    voice = look.voice
    largest = max(_known(section), default=0)
    rows = tuple(
        (
            _weekday(day, voice),
            tuple(_spot(section, day, hour, cell, largest, voice) for hour, cell in enumerate(cells)),
        )
        for day, cells in zip(section.weekdays, section.rows, strict=True)
    )
    return Heat(
        hours=tuple(voice.hour(hour) for hour in range(HOURS)),
        rows=rows,
        legend=tuple(
            (step, short(section.measure, _rounded(largest_of(step, largest)), voice)) for step in range(1, STEPS + 1)
        )
        if largest > 0
        else (),
        caption=_caption(section, largest, voice),
        notes=tuple(_notes(section)),
        fits=all(breadth(spot.text) <= _ROOM for _, spots in rows for spot in spots),
    )


def _spot(section: HeatmapSection, day: str, hour: int, cell: Value | None, largest: float, voice: Voice) -> Spot:
    if cell is None:
        return Spot("", 0, "")
    when = f"{_weekday(day, voice)}, {voice.hour(hour)}"
    if cell.number is None:
        return Spot(UNKNOWN, 0, f"{when}: {explained(section.measure, cell, voice)}")
    text = _in_a_cell(section.measure, cell.number, voice)
    return Spot(text, step_of(cell.number, largest), f"{when}: {_exact(section, cell.number, voice)}")


def _in_a_cell(measure: Measure, number: float, voice: Voice) -> str:
    """The first form that a cell has room for, and the first of all where it has for none."""
    forms = [*_forms(measure, number, voice)]
    return next((form for form in forms if breadth(form) <= _ROOM), forms[0])


def _forms(measure: Measure, number: float, voice: Voice) -> Iterator[str]:
    """`8.3k`; `8,3k` for `8,3 k`; `8300` where a locale has no such letter; `0.6%` for `0.63%`."""
    text = short(measure, _rounded(number), voice)
    yield text
    yield "".join(text.split())
    if measure.format == "percent":
        yield "".join(short(measure, _rounded(number, 1), voice).split())
    elif _rounded(number).is_integer():
        yield f"{_rounded(number):.0f}"


def _caption(section: HeatmapSection, largest: float, voice: Voice) -> str:
    known = _known(section)
    if not known:
        return "Nothing is known of these hours."
    average = "Averages of an hour. " if section.averaged else ""
    if not any(known):
        return f"{average}All zero where known."
    day, hour = next(
        (day, hour)
        for day, cells in zip(section.weekdays, section.rows, strict=True)
        for hour, cell in enumerate(cells)
        if cell is not None and cell.number == largest
    )
    most = _exact(section, largest, voice)
    return f"{average}{ends_of(section.measure)[0]}: {_weekday(day, voice)}, {voice.hour(hour)}, with {most}."


def _exact(section: HeatmapSection, number: float, voice: Voice) -> str:
    """Averages of whole numbers are written with decimals: an hour that had one now and then had not none."""
    if section.averaged and section.measure.format == "integer" and not float(number).is_integer():
        return voice.decimal(number)
    return written(section.measure, Value(number), voice)


def _notes(section: HeatmapSection) -> Iterator[str]:
    cells = list(_cells(section))
    if any(map(is_partial, cells)):
        yield lacking(cells, ONLY_SOME)
    if dash := dash_explained((section.measure, cell) for cell in cells):
        yield dash
    if any(cell.missing for cell in cells):
        yield SEE_NOTES


def _known(section: HeatmapSection) -> list[float]:
    return [cell.number for cell in _cells(section) if cell.number is not None]


def _cells(section: HeatmapSection) -> Iterator[Value]:
    return (cell for row in section.rows for cell in row if cell is not None)


def _weekday(day: str, voice: Voice) -> str:
    return voice.weekday_in_full(WEEKDAYS.index(day))


def _rounded(number: float, digits: int = _TWO_DIGITS) -> float:
    """With as many digits that count."""
    return float(f"{number:.{digits}g}")
