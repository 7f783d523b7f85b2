"""A chart as a page shows it: its panels drawn for wide pages and for phones, its legend and its small print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from markupsafe import Markup

from reportgen.render.chart_numbers import ChartNumbers, chart_numbers, plot_data
from reportgen.render.describe import described
from reportgen.render.largest import largest
from reportgen.render.legend import Key, colours, dashes, legend, legend_of_periods
from reportgen.render.line_ends import named_at_ends
from reportgen.render.look import Look
from reportgen.render.marks import MOST_MARKED, Size, Style
from reportgen.render.numbers import (
    ONLY_SOME,
    SEE_NOTES,
    UNKNOWN_EXPLAINED,
    dash_explained,
    explained,
    is_partial,
    lacking,
    some_partial,
)
from reportgen.render.places import GAP, NARROW, WIDTH, on_paper
from reportgen.render.stacks import outline
from reportgen.render.svg import drawn
from reportgen.render.vega import gutter, lies_down, shares_scale, specification, y_numbers
from reportgen.report.charts import ChartSection, Panel
from reportgen.report.model import Value
from reportgen.spec.model import Design
from reportgen.voice.voice import Voice

Form = Literal["wide", "narrow", "paper"]
"""Which place a picture is for: wide pages, phones and narrow columns, or a part of a sheet of paper."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One panel: what it is of, and its picture in several widths, of which the style sheet shows one."""

    title: str
    wide: Markup
    narrow: Markup
    paper: Markup | None = None
    """As wide as its place on paper, where that is a part of the sheet; None where it is the whole."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A panel with nothing to draw: what it is of, and what there is to say about it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, drawn."""

    panels: tuple[Drawing | Sentence, ...]
    in_a_row: int
    """How many panels stand beside each other where there is room."""
    legend: tuple[Key, ...]
    """Empty where the series need none: there is one, or the lines bear their names."""
    notes: tuple[str, ...]
    """What the marks in it mean."""
    numbers: ChartNumbers

    @property
    def rows(self) -> tuple[tuple[Drawing | Sentence, ...], ...]:
        """The panels as they stand beside each other."""
        firsts = range(0, len(self.panels), self.in_a_row)
        return tuple(self.panels[first : first + self.in_a_row] for first in firsts)


@dataclass(frozen=True, slots=True)
class Layout:
    """A chart before it is drawn: what its pictures share, however large they are."""

    shown: ChartSection
    """As many panels and series as there is room for."""
    drawn: ChartSection
    """Of these panels, those with something to draw."""
    style: Style
    legend: tuple[Key, ...]
    cuts: tuple[str, ...]
    """What is said of panels and series that there is no room for."""
    notes: tuple[str, ...]
    """What the marks in it mean."""


_BESIDE: Final = 24
"""Pixels between charts that stand side by side on a wide page."""
_ALONE: Final[Mapping[Design, int]] = {"editorial": 190, "ledger": 130, "executive": 184}
"""Pixels of height of a plot that is alone in its chart, on a wide page."""
_AMONG_OTHERS: Final[Mapping[Design, int]] = {"editorial": 120, "ledger": 95, "executive": 100}
"""The same where others stand below it."""
_ROOM_FOR_TWO: Final = 0.6
"""Of the width of the page."""


def figure(section: ChartSection, name: str, look: Look) -> Figure:
    """The chart; `name` makes the ids in its pictures unique on the page."""
    layout = laid_out(section, look)
    panels = enumerate(layout.shown.panels, 1)
    return Figure(
        panels=tuple(_panel(layout.drawn, panel, layout.style, f"{name}-{number}") for number, panel in panels),
        in_a_row=in_a_row(layout.shown),
        legend=layout.legend,
        notes=(*layout.cuts, *layout.notes),
        numbers=chart_numbers(layout.drawn, layout.style.colours, look.voice),
    )


def laid_out(section: ChartSection, look: Look) -> Layout:
    """What is drawn of the chart, and how."""
    shown, cuts = largest(section, look)
    plotted = replace(shown, panels=tuple(panel for panel in shown.panels if not instead(panel, look.voice)))
    style = chart_style(plotted, look)
    return Layout(
        shown,
        plotted,
        style,
        legend=() if style.names_at_ends else legend_of_periods(plotted, look) or legend(style),
        cuts=tuple(cuts) if plotted.panels else (),
        notes=tuple(_notes(plotted, style)) if plotted.panels else (),
    )


def in_a_row(section: ChartSection) -> int:
    """How many panels of the chart stand beside each other on a wide page: rows as full as can be."""
    count = len(section.panels)
    if count == 1 or not section.beside or section.share < _ROOM_FOR_TWO:
        return 1
    return 2 if count in (2, 4) or lies_down(section) or section.share < 1 else 3


def chart_style(section: ChartSection, look: Look) -> Style:
    """What the panels of the chart share."""
    places = {point.x for panel in section.panels for point in panel.points}
    marks_partial = len(places) <= MOST_MARKED and some_partial(_values(section))
    style = Style(look, colours(section, look.palette), gutter(section, look.voice), marks_partial)
    if lies_down(section) or section.stacked or section.mark == "bar" or len(style.colours) < 2:
        return style
    if _names_fit(section, look):
        return replace(style, names_at_ends=True)
    return replace(style, dashes=dashes(style))


def _names_fit(section: ChartSection, look: Look) -> bool:
    """Whether the lines of all panels can bear their names, also where the picture is lower."""
    if section.beside:
        return False
    scales = ((panel, y_numbers(section, panel)) for panel in section.panels)
    return all(
        named_at_ends(panel, _size(section, form, look), (numbers[0], numbers[-1])) is not None
        for panel, numbers in scales
        for form in _forms(section)
    )


def _forms(section: ChartSection) -> tuple[Form, ...]:
    return ("wide", "narrow", "paper") if section.share < 1 else ("wide", "narrow")


def _size(section: ChartSection, form: Form, look: Look) -> Size:
    """The width of a picture, and the height of the plot in it; in pixels."""
    beside, page = in_a_row(section), WIDTH[look.design]
    widths: Mapping[Form, float] = {
        "wide": (page - _BESIDE * (beside - 1)) / beside * (section.share if beside > 1 else 1),
        "narrow": NARROW,
        "paper": (on_paper(section.share, page) - GAP * (beside - 1)) / beside,
    }
    if len(section.panels) == 1:
        height = _ALONE[look.design] if form == "wide" else 180
    else:
        height = 140 if beside == 2 and form == "wide" else _AMONG_OTHERS[look.design]
    return Size(round(widths[form]), height)


def _panel(section: ChartSection, panel: Panel, style: Style, name: str) -> Drawing | Sentence:
    voice = style.look.voice
    if text := instead(panel, voice):
        return Sentence(panel.title, text)
    text = described(section, panel, voice)

    def draw(form: Form) -> Markup:
        spec = specification(section, panel, style, _size(section, form, style.look))
        return drawn(spec, f"{name}-{form}", text, plot_data(section, panel, spec, lying=lies_down(section)))

    pictures = {form: draw(form) for form in _forms(section)}
    return Drawing(panel.title, pictures["wide"], pictures["narrow"], pictures.get("paper"))


def instead(panel: Panel, voice: Voice) -> str | None:
    """What is said instead of an empty frame. None where there is something to draw."""
    values = [point.value for point in panel.points]
    known = [value.number for value in values if value.number is not None]
    missing = any(value.missing for value in values)
    if any(known):
        return None
    if known:
        return f"All zero where known. {SEE_NOTES}" if missing else "All zero."
    if missing:
        return UNKNOWN_EXPLAINED
    return f"{explained(panel.measure_of(panel.points[0]), values[0], voice)}." if values else "Nothing to show."


def _values(section: ChartSection) -> list[Value]:
    return [point.value for panel in section.panels for point in outline(section, panel).points]


def _notes(section: ChartSection, style: Style) -> Iterator[str]:
    values = _values(section)
    if shares_scale(section):
        yield "All panels have the same scale."
    if any(map(is_partial, values)):
        yield _partial_explained(section, style, values)
    tops = ((panel, point) for panel in section.panels for point in outline(section, panel).points)
    dash = dash_explained((panel.measure_of(point), point.value) for panel, point in tops)
    if dash:
        yield dash
    if any(value.missing for value in values):
        yield SEE_NOTES


def _partial_explained(section: ChartSection, style: Style, values: Sequence[Value]) -> str:
    """What the numbers lack, and which ones they are, if they are drawn differently."""
    what = "not whole: something in them is not known" if section.stacked else ONLY_SOME
    if not style.marks_partial:
        return lacking(values, what)
    if section.mark == "bar" or lies_down(section):
        return f"Paler bars are {what}."
    return f"{'Paler areas' if section.stacked else 'Hollow points'} are {what}."
