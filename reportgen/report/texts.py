"""The texts of the report file, on the page and in the mail, and the numbers that they name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.catalog import Measure
from reportgen.report.kpis import Kpi, totals
from reportgen.report.measures import Measured
from reportgen.report.model import Placed
from reportgen.spec.delivering import DEFAULT_SUBJECT
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import Text


@dataclass(frozen=True, slots=True)
class TextSection(Placed):
    """Markdown with Jinja in it, not yet rendered: what numbers look like is not known here."""

    title: str | None
    note: str | None
    markdown: str
    totals: tuple[Kpi, ...]
    """What it names."""
    where: str
    """The place of the text in the report file, `FILE:LINE:COLUMN`."""


@dataclass(frozen=True, slots=True)
class MailTexts:
    """What the report file says in the mail, above the numbers of the page."""

    subject: TextSection = TextSection(None, None, DEFAULT_SUBJECT, (), "")
    """A line, and no Markdown."""
    intro: TextSection | None = None


def mail_texts(spec: ReportSpec, measured: Measured) -> MailTexts | None:
    """The subject and the introduction, each with the totals that one of them names."""
    email = spec.email
    if email is None:
        return None
    named = totals(tuple(map(spec.measure, email.metrics)), spec, measured)
    intro = TextSection(None, None, email.intro, named, spec.where(email.intro_at)) if email.intro else None
    return MailTexts(TextSection(None, None, email.subject, named, spec.where(email.subject_at)), intro)


def text_section(text: Text, measures: Sequence[Measure], spec: ReportSpec, measured: Measured) -> TextSection:
    """The text with the totals of the measures that it names."""
    named = totals(measures, spec, measured)
    return TextSection(text.title, text.note, text.markdown, named, spec.where(text.at))
