"""What a mail says, before anybody makes a message of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the HTML shows as `cid:...`."""

    cid: str
    """Its content id, without angle brackets: `c2f0...@reportgen`. The same picture has the same one."""
    content: bytes
    """A PNG."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A report as a mail shows it: the same words and numbers twice, as plain text and as HTML."""

    subject: str
    """One line, without control characters."""
    text: str
    """Lines of 72 columns at most, but for links and words that are longer; each ends with `\\n`."""
    html: str
    pictures: tuple[Picture, ...]
    """Those that the HTML names, in the order of their places, each once."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture, and how large it is shown where there is room: in pixels."""

    picture: Picture
    width: int
    height: int

    @property
    def cid(self) -> str:
        return self.picture.cid


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as the mail shows it."""

    wide: Shot | None
    """None where there is nothing to draw."""
    narrow: Shot | None
    """For phones; None where there is nothing to draw, or one picture serves all."""
    text: str
    """What it shows, for those who don't see it: the range of each series with its numbers."""
    sentences: tuple[tuple[str, str], ...] = ()
    """Panels with nothing to draw: what each is of, and what there is to say instead."""
    small_print: str = ""
