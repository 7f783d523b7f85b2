"""The subject of a mail: plain words in one line, whatever its template and its values bring along."""

from __future__ import annotations

from typing import Final
from unicodedata import bidirectional, category

from reportgen.render.letters import EXPLICIT, shortened
from reportgen.render.look import Look
from reportgen.render.prose import line
from reportgen.render.signs import UNKNOWN
from reportgen.report.model import Report
from reportgen.report.texts import MailTexts

LONGEST: Final = 150
"""Letters of a subject; lists of mails show sixty to eighty of them."""
_BLANK: Final = frozenset({"Cc", "Zl", "Zp", "Zs"})
"""Controls, ends of lines, and spaces of all kinds."""
_HALF: Final = "Cs"
"""Half of a character, which no mail can carry."""


def subject_of(report: Report, look: Look) -> str:
    """The subject; the title of the report, where its template gives nothing. Raises TemplateError."""
    texts = report.mail or MailTexts()
    given = _in_a_line(line(texts.subject, report, look))
    words = given.strip(UNKNOWN) and given
    return shortened(words or _in_a_line(report.title) or report.name, LONGEST)


def _in_a_line(text: str) -> str:
    """The words without what no line has: controls are spaces, and what would turn the text around is left out."""
    return " ".join("".join(map(_seen, text)).split())


def _seen(letter: str) -> str:
    kind = category(letter)
    if kind in _BLANK:
        return " "
    return "" if kind == _HALF or bidirectional(letter) in EXPLICIT else letter
