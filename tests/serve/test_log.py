"""Events as lines of JSON."""

from __future__ import annotations

import json

from reportgen.instants import parse_instant
from reportgen.outbox import State
from reportgen.scheduled.events import MEANINGS, Event
from reportgen.serve.log import json_lines


def test_each_event_is_a_line_with_its_instant_and_its_fields_in_their_order() -> None:
    lines: list[str] = []
    tell = json_lines(lines.append, lambda: parse_instant("2026-11-16T08:00:00.25Z"))
    tell(Event.DUE, report="été", due=parse_instant("2026-11-16T08:00:00Z"))
    tell(Event.DELIVERED, state=State.SENT, said="a\nb", next_attempt=None)
    assert lines == [
        '{"at": "2026-11-16T08:00:00Z", "event": "due", "report": "été", "due": "2026-11-16T08:00:00Z"}',
        '{"at": "2026-11-16T08:00:00Z", "event": "delivered", "state": "sent", "said": "a\\nb", "next_attempt": null}',
    ]
    assert [json.loads(line)["event"] for line in lines] == ["due", "delivered"]


def test_each_event_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Event)
