"""A panel of a chart as a Vega-Lite specification. Pure.

Every word on an axis is written here and handed to Vega as it is, and the plot has fixed margins: the picture depends
neither on the machine's time zone and locale nor on the fonts installed on it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from reportgen.catalog import LABEL
from reportgen.render import line_ends, marks
from reportgen.render.axes import Tick, place, x_ticks, y_ticks
from reportgen.render.labels import label_text
from reportgen.render.letters import isolated, shortened, widest
from reportgen.render.look import Look
from reportgen.render.marks import Size, Spec, Style
from reportgen.render.numbers import short, written
from reportgen.render.scripts import text_fonts
from reportgen.render.stack_marks import stacked
from reportgen.render.stacks import outline
from reportgen.report.charts import ChartSection, Panel
from reportgen.report.model import Label, TweetLabel
from reportgen.voice.voice import Voice

_LINE: Final = 15
_TOP: Final = 22
_LONGEST_NAME: Final = 22
_BAND: Final[Spec] = {"type": "band", "paddingInner": 0.3, "paddingOuter": 0.15}


def lies_down(section: ChartSection) -> bool:
    """Whether the bars are horizontal: over names, which have no order that a line could follow."""
    return section.x in {"handle", "tweet.id", "engagement.type"} or section.x.startswith(LABEL)


def gutter(section: ChartSection, voice: Voice) -> int:
    """How many pixels the words left of the plots need: the same for every panel, so that they stand in line."""
    if lies_down(section):
        names = (name for panel in section.panels for name in _names(section, panel, voice).values())
        return 20 + widest(names)
    texts = (short(panel.measure, number, voice) for panel in section.panels for number in y_numbers(section, panel))
    return 12 + widest(texts)


def specification(section: ChartSection, panel: Panel, style: Style, size: Size) -> Spec:
    """The panel as Vega-Lite draws it. `size` is the width of the picture, and the height of the plot in it; bars
    over names take the height that they need.
    """
    build = _lying if lies_down(section) else _standing
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "autosize": "none",
        "data": {"values": marks.rows(panel, style)},
        **build(section, panel, style, size),
        "config": _config(style.look),
    }


def _config(look: Look) -> Spec:
    words = {"title": None, "labelColor": look.palette.quiet, "labelFontSize": 12, "labelAngle": 0}
    return {
        "aria": False,
        "font": text_fonts(look.fonts.text),
        "view": {"stroke": None},
        "axis": {**words, "labelOverlap": False, "labelLimit": 0},  # what is too long is cut here, between characters
        "text": {"fontSize": 12, "fontWeight": 500},
    }


def _standing(section: ChartSection, panel: Panel, style: Style, size: Size) -> Spec:
    """Time, or what else has an order, runs to the right."""
    palette, voice = style.look.palette, style.look.voice
    labels = _labels(panel)
    width = size.width - style.gutter
    names = line_ends.room(list(style.colours), width, len(labels)) if style.names_at_ends else 0
    ticks = x_ticks(list(labels.values()), section.x, width - names, voice)
    right = max(names, _overhang(ticks, list(labels), width))
    plot = Size(width - right, size.height)
    numbers = y_numbers(section, panel)
    top = outline(section, panel)
    bars = section.mark == "bar"
    x = {
        "field": "x",
        "type": "ordinal",
        "scale": (_BAND if bars else {"type": "point", "padding": 0.5}) | {"domain": list(labels)},
        "axis": _axis({tick.place: tick.lines for tick in ticks}, "datum.value")
        | {"tickColor": palette.quiet, "tickSize": 5, "labelPadding": 4, "domainColor": palette.quiet}
        | ({"zindex": 1} if section.stacked else {}),  # over the edges of stacks, which are of paper
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "stack": None,
        "scale": {"domain": [numbers[0], numbers[-1]]},
        "axis": _axis({_plain(number): short(panel.measure, number, voice) for number in numbers}, "datum.value")
        | {"values": list(numbers), "gridColor": palette.hairline, "domain": False, "ticks": False}
        | {"labelAlign": "left", "labelPadding": style.gutter},
    }
    if section.stacked:
        drawn = stacked(panel, style, section.mark, lying=False)
    else:
        drawn = marks.bars(style, "xOffset") if bars else marks.lines(panel, style, section.mark)
    place_of = marks.side_by_side(style, "xOffset") if bars and not section.stacked else {}
    below = 12 + _LINE * max((len(tick.lines) for tick in ticks), default=0)
    return {
        "padding": {"left": style.gutter, "right": right, "top": _TOP, "bottom": below},
        "width": plot.width,
        "height": plot.height,
        "encoding": {"x": x, "y": y, "color": marks.colour(style)},
        "layer": [
            *drawn,
            *marks.peak(top, style, list(labels), plot, numbers),
            *marks.dashes(top, style, place_of),
            *(line_ends.line_ends(panel, style, size, (numbers[0], numbers[-1])) if style.names_at_ends else []),
        ],
    }


def _lying(section: ChartSection, panel: Panel, style: Style, size: Size) -> Spec:
    """A bar a name, with its exact number at its end and no axis to read it from."""
    ink, voice = style.look.palette.ink, style.look.voice
    names = _names(section, panel, voice)
    top = outline(section, panel)
    right = 12 + widest(written(panel.measure, point.value, voice) for point in top.points)
    lowest, highest = _extent(section, panel)
    domain = [lowest, highest or (0 if lowest else 1)]
    y = {
        "field": "x",
        "type": "ordinal",
        "scale": _BAND | {"domain": list(names)},
        "axis": _axis(names, "datum.value")
        | {"domain": False, "ticks": False}
        | {"labelAlign": "left", "labelPadding": style.gutter, "labelColor": ink, "labelFontSize": 13},
    }
    x = {"field": "y", "type": "quantitative", "stack": None, "scale": {"domain": domain}, "axis": None}
    ends = {"x": {"field": "edge"}, "text": {"field": "text"}, "color": {"value": ink}}
    text: Spec = {"mark": {"type": "text", "align": "left", "dx": 6}}
    if section.stacked:
        text |= {"data": {"values": marks.rows(top, style)}, "encoding": ends}
        bars = stacked(panel, style, "bar", lying=True)
    else:
        text |= {"encoding": ends | marks.side_by_side(style, "yOffset")}
        bars = marks.bars(style, "yOffset")
    return {
        "padding": {"left": style.gutter, "right": right, "top": 2, "bottom": 2},
        "width": size.width - style.gutter - right,
        "height": bar_step(1 if section.stacked else len(style.colours)) * len(names),
        "encoding": {"x": x, "y": y, "color": marks.colour(style)},
        "layer": [*bars, text],
    }


def bar_step(series: int) -> int:
    """How many pixels the lying bars of one name take."""
    return 30 if series == 1 else 12 + 18 * series


def _overhang(ticks: Sequence[Tick], places: Sequence[str], width: int) -> int:
    """Pixels by which the words under the last tick reach beyond a plot of that width; 1 at least."""
    if not ticks:
        return 1
    after = (len(places) - places.index(ticks[-1].place) - 0.5) / len(places) * width
    return max(1, math.ceil(widest(ticks[-1].lines) / 2 - after))


def _labels(panel: Panel) -> dict[str, Label]:
    return {place(point.x): point.x for point in panel.points}


def _names(section: ChartSection, panel: Panel, voice: Voice) -> dict[str, str]:
    labels = _labels(panel)
    posted = [label.posted_at for label in labels.values() if isinstance(label, TweetLabel) and label.posted_at]
    near = max(posted, default=date.min)
    names = {at: label_text(label, section.x, near, voice) for at, label in labels.items()}
    return {at: isolated(shortened(name, _LONGEST_NAME)) for at, name in names.items()}


def shares_scale(section: ChartSection) -> bool:
    """Whether heights can be compared from panel to panel."""
    return section.beside and len({panel.measure for panel in section.panels}) == 1 < len(section.panels)


def y_numbers(section: ChartSection, panel: Panel) -> tuple[float, ...]:
    """The numbers of the vertical axis, from its ground to its top."""
    lowest, highest = _extent(section, panel)
    return y_ticks(highest, lowest=lowest, whole=panel.measure.format == "integer")


def _extent(section: ChartSection, panel: Panel) -> tuple[float, float]:
    """The lowest and the highest number on the panel's scale, or 0 where these are beyond it."""
    panels = section.panels if shares_scale(section) else (panel,)
    befores = (point for one in panels for point in one.before)
    tops = (point for one in panels for point in outline(section, one).points)
    numbers = [0, *(point.value.number or 0 for point in (*tops, *befores))]
    return min(numbers), max(numbers)


def _plain(number: float) -> str:
    """Without an exponent, as JavaScript writes it."""
    return f"{Decimal(repr(number)).normalize():f}"


def _axis(words: Mapping[str, Any], place_of: str) -> Spec:
    """An axis with these words at these places; `place_of` is Vega's expression for the place of a tick."""
    return {"values": list(words), "labelExpr": f"{json.dumps(words)}[{place_of}]"}
