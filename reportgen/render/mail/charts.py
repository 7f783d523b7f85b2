"""The charts of a report as pictures for its mail: one for wide windows and one for phones."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.render.charts import Layout, in_a_row, instead, laid_out
from reportgen.render.describe import described
from reportgen.render.look import Fonts, Look
from reportgen.render.mail.model import Drawn, Shot
from reportgen.render.mail.raster import shot
from reportgen.render.mail.sheet import EDGE, Sheet
from reportgen.render.marks import Size
from reportgen.render.places import NARROW
from reportgen.render.svg import inline, svg_of
from reportgen.render.vega import specification
from reportgen.render.vega_lite import own_chart
from reportgen.report.charts import ChartSection, Panel
from reportgen.report.model import Report
from reportgen.report.vega_lite import VegaLiteSection

WIDE: Final = 568
"""Pixels of the column of text in a wide window."""
_BESIDE: Final = 24
_ALONE: Final = 180
"""Pixels of height of a plot."""
_AMONG_OTHERS: Final = 120
_TITLE: Final = 24
_BETWEEN: Final = 20
_MOST_IN_A_ROW: Final = 2


def chart(section: ChartSection, look: Look) -> Drawn:
    """The chart; all of its panels are one picture."""
    whole, look = replace(section, share=1), drawable(look)
    layout = laid_out(whole, look)
    said = [(panel.title, text) for panel in layout.shown.panels if (text := instead(panel, look.voice))]
    text = " ".join(described(layout.drawn, panel, look.voice) for panel in layout.drawn.panels)
    small_print = " ".join((*layout.cuts, *layout.notes))
    if not layout.drawn.panels:
        return Drawn(None, None, text, tuple(said), small_print)
    wide, narrow = (_picture(layout, look, width) for width in (WIDE, NARROW))
    return Drawn(wide, narrow, text, tuple(said), small_print)


def chart_of_the_users_own(section: VegaLiteSection, report: Report, look: Look) -> Drawn:
    """The chart; in one picture where its size is the user's. Raises TemplateError where it cannot be drawn."""
    look = drawable(look)
    own = own_chart(replace(section, share=1), report, "own", look, WIDE)
    pictures = {form: _alone(ET.fromstring(svg), look) for form, svg in own.pictures.items()}  # noqa: S314 - ours
    wide = pictures.get("wide") or pictures["own"]
    return Drawn(wide, pictures.get("narrow"), section.description, small_print=own.small_print)


def drawable(look: Look) -> Look:
    """The look with fonts that pictures can be drawn in: those of the machine and ours, not a brand's embedded ones."""
    embedded = {family for family, _ in look.fonts.files}
    text = Fonts().text if look.fonts.text in embedded else look.fonts.text
    return replace(look, fonts=replace(look.fonts, text=text))


def _picture(layout: Layout, look: Look, width: int) -> Shot:
    sheet = Sheet(width + 2 * EDGE, look)
    sheet.legend(layout.legend)
    panels = layout.drawn.panels
    beside = min(in_a_row(layout.drawn), _MOST_IN_A_ROW) if width == WIDE else 1
    room = (width - _BESIDE * (beside - 1)) // beside
    size = Size(room, _ALONE if len(panels) == 1 else _AMONG_OTHERS)
    for first in range(0, len(panels), beside):
        row = panels[first : first + beside]
        if first:
            sheet.down(_BETWEEN)
        if any(_title(layout, panel) for panel in row):
            for place, panel in enumerate(row):
                sheet.title(_title(layout, panel), place * (room + _BESIDE), room)
            sheet.down(_TITLE)
        heights = [
            sheet.put(_plot(layout, panel, size, f"{first + place}"), place * (room + _BESIDE))
            for place, panel in enumerate(row)
        ]
        sheet.down(max(heights))
    return shot(sheet.drawing(), sheet.width, sheet.height)


def _title(layout: Layout, panel: Panel) -> str:
    """What stands above the panel; nothing where the heading of the section says it."""
    alone = len(layout.shown.panels) == 1 and panel.title.lower() in layout.shown.title.lower()
    return "" if alone else panel.title


def _plot(layout: Layout, panel: Panel, size: Size, name: str) -> ET.Element:
    drawn = inline(svg_of(specification(layout.drawn, panel, layout.style, size)), name, "")
    return ET.fromstring(drawn)  # noqa: S314 - written by ourselves a moment ago


def _alone(drawing: ET.Element, look: Look) -> Shot:
    _, _, width, _ = (float(number) for number in drawing.attrib["viewBox"].split())
    sheet = Sheet(round(width) + 2 * EDGE, look)
    sheet.down(sheet.put(drawing))
    return shot(sheet.drawing(), sheet.width, sheet.height)
