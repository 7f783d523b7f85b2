"""The numbers of a chart as a table, for those who want them exactly, and for the tool-tips. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reportgen.render.axes import place
from reportgen.render.labels import label_text
from reportgen.render.marks import Spec, series
from reportgen.render.numbers import marked
from reportgen.report.charts import ChartSection, Panel
from reportgen.report.model import Label, TweetLabel
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A series of a panel."""

    name: str
    colour: str
    """That of its marks."""


@dataclass(frozen=True, slots=True)
class ChartNumbers:
    """A row for each place along the x axis, a column for each series of each panel."""

    columns: tuple[NumberColumn, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """What stands at the place, and its numbers as they are written; empty where there is no point."""


def chart_numbers(section: ChartSection, colours: Mapping[str, str], voice: Voice) -> ChartNumbers:
    """The table of all panels; `colours` are those of the series, by their names."""
    cells: dict[tuple[int, str, str], str] = {}
    for number, panel in enumerate(section.panels):
        for point in panel.points:
            cells[number, series(point), place(point.x)] = marked(panel.measure_of(point), point.value, voice)
    columns = [(number, name) for number, panel in enumerate(section.panels) for name in _names(panel)]
    labels = {place(point.x): point.x for panel in section.panels for point in panel.points}
    days = [day for label in labels.values() if (day := _day(label))]
    near = max(days, default=date.max)
    return ChartNumbers(
        tuple(NumberColumn(_name(section, number, name), colours[name]) for number, name in columns),
        tuple(
            (
                label_text(label, section.x, near, voice),
                tuple(cells.get((number, name, at), "") for number, name in columns),
            )
            for at, label in labels.items()
        ),
    )


def plot_data(section: ChartSection, panel: Panel, spec: Spec, *, lying: bool) -> dict[str, str]:
    """Where the numbers of the panel stand in its picture, for the script of the page: attributes of the picture.

    `plot` is left, top, width and height of the plot in the picture's pixels; `along` the axis of the places;
    `columns` the first column of the panel in the table of numbers, and how many it has; `rows` the rows of its places.
    """
    before = section.panels[: section.panels.index(panel)]
    places = list(dict.fromkeys(place(point.x) for each in section.panels for point in each.points))
    rows = [places.index(at) for at in dict.fromkeys(place(point.x) for point in panel.points)]
    padding = spec["padding"]
    return {
        "data-plot": f"{padding['left']} {padding['top']} {spec['width']} {spec['height']}",
        "data-along": "y" if lying else "x",
        "data-columns": f"{sum(len(_names(each)) for each in before)} {len(_names(panel))}",
        "data-rows": " ".join(map(str, rows)),
    }


def _day(label: Label) -> date | None:
    """The day whose year may need saying."""
    moment = label.posted_at if isinstance(label, TweetLabel) else label
    return moment.date() if isinstance(moment, datetime) else moment if isinstance(moment, date) else None


def _names(panel: Panel) -> Sequence[str]:
    return list(dict.fromkeys(series(point) for point in panel.points))


def _name(section: ChartSection, number: int, name: str) -> str:
    panel = section.panels[number]
    names = (panel.title if len(section.panels) > 1 or not name else "", name)
    return ", ".join(filter(None, names)) or panel.measure.label
