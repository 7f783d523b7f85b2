"""What makes a page a client's own: logo, colours, fonts, footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Brand:
    """What of a brand is set; None for what is not. Files are named by their path in the project."""

    logo: str | None = None
    logo_text: str | None = None
    """What the logo says, for those who don't see it."""
    accent: str | None = None
    """Colours are `#rrggbb`, in small letters."""
    series: tuple[str, ...] | None = None
    text_font: str | None = None
    """A file, or the name of a family that the machine has."""
    headings_font: str | None = None
    footer: str | None = None

    def over(self, other: Brand) -> Brand:
        """This brand, and the other's where this one is silent. What another logo says is nothing of this one's."""
        other = replace(other, logo_text=None) if self.logo else other
        names = (field.name for field in fields(Brand))
        return Brand(**{name: getattr(self, name) or getattr(other, name) for name in names})


NO_BRAND: Final = Brand()


def brand_of(given: Mapping[str, Any]) -> Brand:
    """The brand of a file's key `brand`, which the schema has passed."""
    colours, fonts = given.get("colors", {}), given.get("fonts", {})
    series = colours.get("series")
    return Brand(
        logo=given.get("logo"),
        logo_text=given.get("logo_text"),
        accent=colours["accent"].lower() if "accent" in colours else None,
        series=tuple(map(str.lower, series)) if series else None,
        text_font=fonts.get("text"),
        headings_font=fonts.get("headings"),
        footer=given.get("footer"),
    )
