"""A chart as one drawing on a light card: its legend, and its panels with their titles. Pure.

The card has the paper of the day, so on the white of a mail nobody sees it; and where a client turns the mail dark, by
our style sheet or on its own, what is left is a card that was meant to be one, in the colours that its legend has. Its
corners are rounded by the style sheet: what is drawn half transparent comes out grey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.render.legend import Key
from reportgen.render.letters import isolated, shortened, widest
from reportgen.render.look import Look
from reportgen.render.scripts import text_fonts

EDGE: Final = 16
"""Pixels of paper around what is drawn; the mail gives a card as much more room than its text, so they are in line."""
_LINE: Final = 22
_SWATCH: Final = 28
_BETWEEN: Final = 20
_LETTER: Final = 8


@dataclass
class Sheet:
    """A drawing that grows downwards. Sizes are in pixels."""

    width: int
    look: Look
    _parts: list[ET.Element] = field(default_factory=list)
    _bottom: int = EDGE

    @property
    def height(self) -> int:
        """Of what is drawn so far, with the edge below."""
        return self._bottom + EDGE

    def legend(self, keys: Sequence[Key]) -> None:
        """The keys beside each other, in as many lines as they take."""
        if not keys:
            return
        left, baseline = 0, self._bottom + 14
        for key in keys:
            name = shortened(key.name, max(8, self._inner // _LETTER - 6))
            mark = _SWATCH if key.dashes else 12
            room = mark + 8 + widest([name])
            if left and left + room > self._inner:
                left, baseline = 0, baseline + _LINE
            self._parts += _swatch(key, EDGE + left, baseline - 4)
            self._parts.append(self._words(EDGE + left + mark + 8, baseline, name, self.look.palette.ink, 400))
            left += room + _BETWEEN
        self._bottom = baseline + 14

    def title(self, text: str, left: int = 0, room: int | None = None) -> None:
        """A line above a panel, which begins that far from the left and has that much room. The sheet does not grow."""
        text = shortened(text, (room or self._inner) // _LETTER)
        self._parts.append(self._words(EDGE + left, self._bottom + 13, text, self.look.palette.ink, 600))

    def down(self, pixels: int) -> None:
        """Leave that much free."""
        self._bottom += pixels

    def put(self, drawing: ET.Element, left: int = 0) -> int:
        """The drawing, an `svg` with a `viewBox`, in its own size; how high it is. The sheet does not grow."""
        _, _, width, height = (float(number) for number in drawing.attrib["viewBox"].split())
        placed = {"x": f"{EDGE + left}", "y": f"{self._bottom}", "width": f"{width:g}", "height": f"{height:g}"}
        # The last words below an axis may be wider than was reckoned: they reach into the edge, and are not cut off.
        drawing.attrib.update(placed, overflow="visible")
        self._parts.append(drawing)
        return round(height)

    def drawing(self) -> ET.Element:
        """All of it, on its card."""
        size = {"width": f"{self.width}", "height": f"{self.height}"}
        svg = ET.Element("svg", {**size, "viewBox": f"0 0 {self.width} {self.height}"})
        ET.SubElement(svg, "rect", {**size, "fill": self.look.palette.paper})
        svg.extend(self._parts)
        return svg

    @property
    def _inner(self) -> int:
        return self.width - 2 * EDGE

    def _words(self, left: int, baseline: int, text: str, colour: str, weight: int) -> ET.Element:
        fonts = text_fonts(self.look.fonts.text)
        kind = {"font-family": fonts, "font-size": "13", "font-weight": f"{weight}", "fill": colour}
        element = ET.Element("text", {"x": f"{left}", "y": f"{baseline}", **kind})
        element.text = isolated(text)
        return element


def _swatch(key: Key, left: int, middle: int) -> Iterator[ET.Element]:
    if key.dashes:
        dashes = " ".join(f"{dash:g}" for dash in key.dashes)
        line = {"stroke": key.colour, "stroke-width": "2", "stroke-linecap": "round", "stroke-dasharray": dashes}
        yield ET.Element("path", {"d": f"M{left + 2} {middle}h{_SWATCH - 4}", **line})
    else:
        place = {"x": f"{left}", "y": f"{middle - 6}", "width": "12", "height": "12"}
        yield ET.Element("rect", {**place, "rx": "2", "fill": key.colour})
