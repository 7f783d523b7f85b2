"""What a webhook is told of a report: a message that Slack shows, with what a program reads beside it. Pure.

Slack checks its blocks strictly, and says nothing of keys that it does not know; so what is for programs stands in
`metadata`, which it documents for incoming webhooks (docs.slack.dev/messaging/message-metadata): values that are texts,
numbers and flat objects, and no null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from reportgen.instants import format_instant
from reportgen.render.changes import amount, tile_change, way
from reportgen.render.labels import period_in_words
from reportgen.render.letters import isolated, shortened
from reportgen.render.look import Look
from reportgen.render.numbers import is_partial, tile_note, written
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.model import Report, each
from reportgen.spec.model import Format
from reportgen.voice.voice import Voice

EVENT: Final = "report_made"
_LONGEST_HEADER: Final = 150
"""Characters."""
_LONGEST_LABEL: Final = 100
_MOST_FIGURES: Final = 10
"""As many fields as Slack takes in a section."""
_CONTROLS: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""All that has a meaning in Slack's texts (docs.slack.dev/messaging/formatting-message-text): mentions, links."""

_Block: TypeAlias = dict[str, object]


def webhook_body(report: Report, look: Look, formats: Sequence[Format]) -> bytes:
    """The body, in JSON. The same report, look and formats give the same bytes."""
    told = {
        "text": "\n".join(map(_escaped, _lines(report, look.voice, formats))),
        "blocks": [*_blocks(report, look.voice, formats)],
        "metadata": {"event_type": EVENT, "event_payload": _event(report, look.voice, formats)},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def headline(report: Report, look: Look) -> str:
    """`Acme on X, weekly: 9–15 November 2026`: a line that tells people what it is about."""
    return f"{report.title}: {period_in_words(report, look.voice)}"


def _lines(report: Report, voice: Voice, formats: Sequence[Format]) -> Iterator[str]:
    """All of it in plain lines: for notifications, and for those who know no blocks."""
    yield isolated(report.title)
    yield period_in_words(report, voice)
    if not report.complete:
        yield _incomplete(report)
    for kpi in _kpis(report)[:_MOST_FIGURES]:
        number, *notes = _figure(kpi, voice)
        yield " ".join([f"{isolated(kpi.measure.label)}:", number, *([f"({'; '.join(notes)})"] if notes else [])])
    yield _files(report, formats)


def _blocks(report: Report, voice: Voice, formats: Sequence[Format]) -> Iterator[_Block]:
    yield _headline(report.title)
    yield {"type": "context", "elements": [_plain(period_in_words(report, voice))]}
    if not report.complete:
        yield {"type": "section", "text": _formatted(f":warning: {_escaped(_incomplete(report))}")}
    if fields := [_field(kpi, voice) for kpi in _kpis(report)[:_MOST_FIGURES]]:
        yield {"type": "section", "fields": fields}
    yield {"type": "context", "elements": [_plain(_files(report, formats))]}


def _headline(title: str) -> _Block:
    """In large letters, where it is not too long for them."""
    text = isolated(title)
    if len(_escaped(text)) <= _LONGEST_HEADER:
        return {"type": "header", "text": _plain(text)}
    return {"type": "section", "text": _plain(text)}


def _field(kpi: Kpi, voice: Voice) -> _Block:
    number, *notes = map(_escaped, _figure(kpi, voice))
    label = _escaped(shortened(isolated(kpi.measure.label), _LONGEST_LABEL))
    return _formatted("\n".join([label, f"*{number}*", *notes]))


def _event(report: Report, voice: Voice, formats: Sequence[Format]) -> dict[str, object]:
    event: dict[str, object] = {
        "report": report.name,
        "title": report.title,
        "status": "complete" if report.complete else "incomplete",
        "as_of": format_instant(report.as_of),
        "files": [{"format": name, "name": f"{report.stem}.{name}"} for name in formats],
    }
    if period := report.period:
        start, end = format_instant(period.start), format_instant(period.end)
        zone = period.timezone.key
        event["period"] = {"label": period.label_in(voice), "start": start, "end": end, "timezone": zone}
    return event


def _kpis(report: Report) -> tuple[Kpi, ...]:
    """The tiles of the page, in its order."""
    return tuple(kpi for section in each(report.sections) if isinstance(section, KpiSection) for kpi in section.kpis)


def _figure(kpi: Kpi, voice: Voice) -> Iterator[str]:
    """The number as the page writes it, its change, and what it lacks."""
    yield written(kpi.measure, kpi.value, voice)
    if kpi.change and (was := tile_change(kpi, voice)):
        yield (
            was if kpi.change.why else " ".join(filter(None, [way(kpi.change, voice), amount(kpi.change, voice), was]))
        )
    if (kpi.value.number is None or is_partial(kpi.value)) and (note := tile_note(kpi, voice)):
        yield f"{note[0].lower()}{note[1:]}"


def _incomplete(report: Report) -> str:
    return " ".join(filter(None, ["This report is incomplete.", report.shortfall]))


def _files(report: Report, formats: Sequence[Format]) -> str:
    return f"Files: {', '.join(f'{report.stem}.{name}' for name in formats)}"


def _escaped(text: str) -> str:
    return text.translate(_CONTROLS)


def _plain(text: str) -> _Block:
    return {"type": "plain_text", "text": _escaped(text), "emoji": False}


def _formatted(text: str) -> _Block:
    """Escaped already. Without `verbatim`, Slack makes links and mentions of what looks like them."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}
