"""A text of the report file as HTML: first Jinja, whose values are plain words whatever stands in them, then Markdown,
and then a sieve that lets by what a text needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.errors import TemplateError
from reportgen.render.labels import period_in_words, time_of_numbers
from reportgen.render.look import Look
from reportgen.render.markdown import markdown_html
from reportgen.render.numbers import marked, small_print
from reportgen.render.sandbox import Sandbox
from reportgen.render.template_errors import what_failed
from reportgen.render.text_sandbox import PeriodInWords, plain_sandbox, text_sandbox
from reportgen.report.model import Report
from reportgen.report.texts import TextSection
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as it stands on the page."""

    body: Markup
    small_print: str | None
    """What the marks at its numbers mean."""


class Named:
    """Values by their names. Not a mapping, whose own methods would be found before a measure called `items`."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> object:
        return self._values[name]


def prose(section: TextSection, report: Report, level: int, look: Look) -> Prose:
    """The text; its headings begin at `level`. Raises TemplateError where its Jinja fails on the numbers."""
    return Prose(markdown_html(markdown(section, report, look), level), small_print_of(section))


def markdown(section: TextSection, report: Report, look: Look) -> str:
    """The text with its values, before it is HTML. Raises TemplateError as `prose`."""
    return _rendered(section, report, look.voice, text_sandbox(look.voice))


def line(section: TextSection, report: Report, look: Look) -> str:
    """The text as plain words that nothing is made of any more: no Markdown and no HTML. Raises TemplateError."""
    return _rendered(section, report, look.voice, plain_sandbox(look.voice))


def small_print_of(section: TextSection) -> str | None:
    """What the marks at the numbers of the text mean."""
    return small_print((kpi.measure, kpi.value) for kpi in section.totals)


def _rendered(section: TextSection, report: Report, voice: Voice, sandbox: Sandbox) -> str:
    from jinja2 import TemplateError as JinjaError

    try:
        return sandbox.from_string(section.markdown).render(_context(section, report, voice))
    except (JinjaError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise TemplateError(f"{section.where}: this text cannot be rendered: {what_failed(error)}") from error


def _context(section: TextSection, report: Report, voice: Voice) -> dict[str, object]:
    return {
        "title": report.title,
        "period": _period(report, voice),
        "as_of": voice.long_moment(time_of_numbers(report)),
        "handles": report.handles,
        "tweets": report.tweets,
        "totals": Named({kpi.measure.name: marked(kpi.measure, kpi.value, voice) for kpi in section.totals}),
        "numbers": Named({kpi.measure.name: kpi.value.number for kpi in section.totals}),
    }


def _period(report: Report, voice: Voice) -> PeriodInWords:
    days = (report.period.first_day, report.period.last_day) if report.period else ()
    first, last = map(voice.long_day, days) if days else ("", "")
    return PeriodInWords(period_in_words(report, voice), first, last)
