"""The mail as plain text: the same words and numbers, in lines that a terminal shows as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.render.labels import period_in_words, time_of_numbers
from reportgen.render.look import Look
from reportgen.render.mail.enclosures import Enclosed
from reportgen.render.mail.lines import ruled, safe, wrapped
from reportgen.render.mail.parts import Part
from reportgen.render.mail.prose_text import prose_text
from reportgen.render.mail.text_notes import notes
from reportgen.render.mail.text_sections import section_text
from reportgen.render.numbers import SEE_NOTES, counted
from reportgen.render.prose import markdown, small_print_of
from reportgen.report.model import Report
from reportgen.voice.voice import Voice


def mail_text(report: Report, look: Look, parts: Sequence[Part], rows: int, files: Enclosed) -> str:
    """The text; tables have their first `rows` rows. Raises TemplateError."""
    blocks = [
        *_head(report, look.voice, files),
        *_intro(report, look),
        *(section_text(part, report, look, rows, files) for part in parts),
        notes(report, look.voice),
        "\n".join(wrapped(f"-- {safe(look.footer)}" if look.footer else "Made with reportgen")),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _head(report: Report, voice: Voice, files: Enclosed) -> Iterator[str]:
    yield "\n".join((*ruled(safe(report.title), "="), period_in_words(report, voice)))
    yield "\n".join(line for fact in _facts(report, voice) for line in wrapped(fact))
    if files.attached:
        yield "\n".join(wrapped(f"Attached: {files.named(files.attached)}"))
    if files.left_out:
        yield "\n".join(wrapped(f"Too large for this mail, and not attached: {files.named(files.left_out)}"))
    if not report.complete:
        shortfall = f" {report.shortfall}" if report.shortfall else ""
        yield "\n".join(wrapped(f"THIS REPORT IS INCOMPLETE.{shortfall} {SEE_NOTES}"))


def _facts(report: Report, voice: Voice) -> Iterator[str]:
    if report.handles:
        yield ", ".join(map(safe, report.handles))
    if report.tweets or all(timeline.is_whole for timeline in report.timelines):
        yield counted(report.tweets, "tweet", voice)
    if report.comparison:
        yield f"Compared with {report.comparison.period.label_in(voice)}"
    yield f"As of {voice.long_moment(time_of_numbers(report))}, {report.timezone.key.replace('_', ' ')}"


def _intro(report: Report, look: Look) -> Iterator[str]:
    if report.mail and report.mail.intro:
        yield prose_text(markdown(report.mail.intro, report, look))
        yield "\n".join(wrapped(small_print_of(report.mail.intro) or ""))
