"""The colours of pages and charts, in one place: the style sheet and the charts both take them from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportgen.render.contrast import MARKS, TEXT, lightened


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

    def dark(self) -> Palette:
        """The same look on a dark screen, its colours lightened by more than needed: thin lines fade there."""
        return Palette(
            paper=_NIGHT.paper,
            ink=_NIGHT.ink,
            quiet=_NIGHT.quiet,
            hairline=_NIGHT.hairline,
            accent=lightened(self.accent, _NIGHT.paper, TEXT + 1),
            alert=lightened(self.alert, _NIGHT.paper, TEXT + 1),
            series=tuple(lightened(colour, _NIGHT.paper, MARKS + 1) for colour in self.series),
            others=_NIGHT.others,
        )

    def at_night(self) -> dict[str, str]:
        """What each colour of the charts becomes on a dark screen."""
        dark = self.dark()
        day = (self.paper, self.ink, self.quiet, self.hairline, self.others, self.accent, *self.series)
        night = (dark.paper, dark.ink, dark.quiet, dark.hairline, dark.others, dark.accent, *dark.series)
        return dict(zip(day, night, strict=True))


_NIGHT: Final = Palette(paper="#14171c", ink="#e9ebee", quiet="#9ba3ae", hairline="#2d333c", others="#737c88")
