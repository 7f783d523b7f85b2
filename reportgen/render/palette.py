"""The colours of pages and charts, in one place: the style sheet and the charts both take them from here.

Text colours have a contrast of at least 4.5 : 1 on the paper, lines and bars at least 3 : 1.
"""

from __future__ import annotations

from typing import Final

PAPER: Final = "#ffffff"
INK: Final = "#15181e"
QUIET: Final = "#5c6470"
"""Text that steps back: axes, captions, ids."""
HAIRLINE: Final = "#dde1e6"
ACCENT: Final = "#0b6b63"
ALERT: Final = "#a8341a"

SERIES: Final = (ACCENT, "#c8690a", "#39449c", "#b3416f", "#3487b5", "#6f7f22")
"""The lines of a chart, told apart also by those who don't see red or green: their lightness differs."""
OTHERS: Final = "#88909b"
"""The lines that are too many for a colour of their own."""

SANS: Final = "Reportgen Sans"
SERIF: Final = "Reportgen Serif"
"""The names under which a page embeds its fonts; nobody's system has fonts of these names."""
