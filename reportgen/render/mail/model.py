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
