"""What texts of a report file are made in: their Jinja knows few names, and whatever it gives becomes words.

Report files are checked with it, so it knows nothing of computed reports, which would take longer to import than to
check them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jinja2 import DictLoader
from markupsafe import Markup

from reportgen.render.budget import Budget
from reportgen.render.markdown import as_words
from reportgen.render.sandbox import Readable, Sandbox
from reportgen.render.signs import UNKNOWN
from reportgen.render.writable import shown
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class PeriodInWords:
    """What a text may say of the period. On `totals`, the days are empty."""

    label: str
    first_day: str
    last_day: str


_READABLE: Final[Readable] = {PeriodInWords: frozenset({"label", "first_day", "last_day"})}


def text_sandbox(voice: Voice = ENGLISH) -> Sandbox:
    """What texts are made in. Whatever an expression gives is written as words, and never as Markdown; the filters
    write numbers in the voice.
    """
    sandbox = Sandbox(DictLoader({}), _READABLE, Budget())
    sandbox.filters |= {
        "whole": lambda number: voice.whole(round(number)),
        "decimal": voice.decimal,
        "percent": voice.percent,
    }
    sandbox.finalize = _words
    return sandbox


def plain_sandbox(voice: Voice) -> Sandbox:
    """The same for plain words that nothing is made of any more: no Markdown and no HTML."""
    sandbox = text_sandbox(voice)
    sandbox.autoescape = False
    sandbox.finalize = _as_text
    return sandbox


def _words(value: object) -> Markup:
    """What `{{ ... }}` writes into Markdown."""
    return Markup(as_words(_as_text(value)))  # noqa: S704 - escaped for Markdown, which escapes it for HTML


def _as_text(value: object) -> str:
    """What `{{ ... }}` writes: a dash for a number that there is not, and what a list has in it parted by commas."""
    shown(value)
    if value is None:
        return UNKNOWN
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
