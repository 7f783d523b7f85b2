"""The pulse of a scheduler: what the loop tells is there for other threads, whole."""

from __future__ import annotations

from datetime import UTC, datetime

from reportgen.outbox import State, Way
from reportgen.serve.pulse import Beat, Pulse

STARTED = datetime(2026, 11, 16, 7, tzinfo=UTC)
LATER = datetime(2026, 11, 16, 8, tzinfo=UTC)


def test_before_the_first_round_it_has_the_start_and_nothing_else() -> None:
    assert Pulse(STARTED).beat() == Beat(STARTED)


def test_what_the_loop_tells_adds_up() -> None:
    pulse = Pulse(STARTED)
    pulse.tick(LATER, {"acme-weekly": LATER})
    pulse.made("complete")
    pulse.made("complete")
    pulse.made("failed")
    pulse.called(3)
    pulse.called(4)
    pulse.delivered(Way.MAIL, State.SENT)
    pulse.delivered(Way.MAIL, State.SENT)
    pulse.delivered(Way.WEBHOOK, State.WAITING)
    deliveries = {(Way.MAIL, State.SENT): 2, (Way.WEBHOOK, State.WAITING): 1}
    assert pulse.beat() == Beat(LATER, {"acme-weekly": LATER}, {"complete": 2, "failed": 1}, deliveries, 7)


def test_what_was_read_does_not_change_afterwards() -> None:
    pulse = Pulse(STARTED)
    pulse.made("complete")
    before = pulse.beat()
    pulse.made("complete")
    assert before.reports == {"complete": 1}


def test_who_works_shows_it_and_says_nothing_new_of_what_is_due() -> None:
    pulse = Pulse(STARTED)
    dues = {"weekly": LATER}
    pulse.tick(STARTED, dues)
    pulse.works(LATER)
    assert (pulse.beat().ticked, pulse.beat().next_dues) == (LATER, dues)
