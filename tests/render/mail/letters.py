"""Letters that several tests read; each is made once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from reportgen.render.look import Look
from reportgen.render.mail.letter import letter
from reportgen.render.mail.model import Letter
from reportgen.report.model import Report
from reportgen.spec.model import Design
from tests.render import made_up
from tests.render.test_designs import SECTIONS

ALL_KINDS: Report = replace(made_up.WEEKLY, sections=tuple(SECTIONS.values()), complete=False, shortfall="Some lack.")
"""A report that has every kind of section, is incomplete, and has notes."""
REPORTS = {
    "weekly": made_up.WEEKLY,
    "launch": made_up.LAUNCH,
    "totals": made_up.TOTALS,
    "long": made_up.LONG,
    "all": ALL_KINDS,
}


@cache
def letter_of(name: str, design: Design = "editorial") -> Letter:
    return letter(REPORTS[name], Look(design=design), {"pdf": 231_000}, {"xlsx": 12_340_000})


class Words(HTMLParser):
    """What a reader of a page can see, hear, or rest a pointer on; styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"style", "script"}
        self.words += [value or "" for name, value in attrs if name in {"alt", "title", "aria-label"}]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def words_of(html: str) -> str:
    reader = Words()
    reader.feed(html)
    return "\n".join(reader.words)


def numbers_in(text: str) -> set[str]:
    """All that is written in digits, with what belongs to it: `1,284,930`, `3.42%`."""
    return set(re.findall(r"\d+(?:[.,:]\d+)*[kM%]?", text))
