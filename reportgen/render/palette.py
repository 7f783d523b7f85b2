"""The colours of pages and charts, in one place: the style sheet and the charts both take them from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Text colours have a contrast of at least 4.5 : 1 on the paper, lines and bars at least 3 : 1."""

    paper: str = "#ffffff"
    ink: str = "#15181e"
    quiet: str = "#5c6470"
    """Text that steps back: axes, captions, ids."""
    hairline: str = "#dde1e6"
    accent: str = "#0b6b63"
    alert: str = "#a8341a"
    series: tuple[str, ...] = ("#0b6b63", "#c8690a", "#39449c", "#b3416f", "#3487b5", "#6f7f22")
    """The lines of a chart, told apart also by those who don't see red or green: their lightness differs."""
    others: str = "#88909b"
    """The lines that are too many for a colour of their own."""
