"""The notes of a report as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.render.labels import posted
from reportgen.render.mail.lines import WIDTH, ruled, safe, wrapped
from reportgen.render.numbers import counted
from reportgen.report.model import GapLine, GapNote, Report
from reportgen.voice.voice import Voice

_SHOWN: Final = 5


def notes(report: Report, voice: Voice) -> str:
    """What is missing, and how the numbers are to be read; empty where there is nothing to say."""
    lines = [*_missing("What is missing, and why", report.gap_notes, report, voice)]
    if report.comparison:
        heading = f"What is missing from {report.comparison.period.label_in(voice)}, and why"
        lines += _missing(heading, report.comparison.gap_notes, report, voice)
    if report.remarks:
        lines += ["", "How to read the numbers"]
        lines += [line for remark in report.remarks for line in wrapped(safe(remark), "  ", WIDTH, "- ")]
    return "\n".join([*ruled("Notes"), *lines]) if lines else ""


def _missing(heading: str, gap_notes: Sequence[GapNote], report: Report, voice: Voice) -> Iterator[str]:
    if not gap_notes:
        return
    yield ""
    yield from wrapped(heading)
    for note in gap_notes:
        yield from wrapped(safe(note.reason), "  ", WIDTH, "- ")
        for line in note.lines[:_SHOWN]:
            yield from wrapped(_line(line, report, voice), "    ", WIDTH, "  ")
        if len(note.lines) > _SHOWN:
            yield f"  and {counted(len(note.lines) - _SHOWN, 'more line', voice)}"


def _line(line: GapLine, report: Report, voice: Voice) -> str:
    several = len(report.handles) > 1
    tweets = [
        safe(
            (f"{label.handle} " if several and label.handle else "")
            + (posted(label, report.last_day, voice) if label.posted_at else label.id)
        )
        for label in line.tweets[:_SHOWN]
    ]
    more = len(line.tweets) - _SHOWN
    who = "; ".join(filter(None, (safe(line.together) if line.together else "", ", ".join(tweets))))
    what = f"{safe(', '.join(line.metrics)).capitalize()}: " if line.metrics else ""
    return f"{what}{who}{f' and {voice.whole(more)} more' if more > 0 else ''}"
