"""What a verdict makes of a delivery, and when it is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.outbox import LOST, Delivery, Later, Occasion, Refused, Sent, State, Way, lost, next_attempt, settled

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=24)
LEASE = timedelta(minutes=5)
SENDING = Delivery(
    id=1,
    occasion=Occasion("acme-weekly", NOW),
    way=Way.MAIL,
    recipient="ann@example.com",
    message_id="<ann@acme.example>",
    about="Acme on X, weekly",
    state=State.SENDING,
    attempts=1,
    created=NOW,
    next_attempt=None,
    lease_until=NOW + LEASE,
    ended=None,
    said=None,
)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (100, 60), (1_000_000, 60)]
)
def test_the_wait_doubles_from_a_minute_to_an_hour(attempts: int, minutes: int) -> None:
    assert next_attempt(attempts, NOW, None, 0) == NOW + timedelta(minutes=minutes)


def test_chance_takes_off_up_to_a_quarter() -> None:
    assert next_attempt(7, NOW, None, 1) == NOW + timedelta(minutes=45)
    assert next_attempt(7, NOW, None, 0.5) == NOW + timedelta(minutes=52.5)


def test_it_is_not_tried_before_the_other_side_said() -> None:
    assert next_attempt(1, NOW, NOW + timedelta(minutes=10), 1) == NOW + timedelta(minutes=10)
    assert next_attempt(3, NOW, NOW + timedelta(minutes=1), 0) == NOW + timedelta(minutes=4)


def test_sent_is_sent() -> None:
    sent = replace(SENDING, state=State.SENT, ended=NOW, said="250 OK", lease_until=None)
    assert settled(SENDING, Sent("250 OK"), NOW, UNTIL, 0) == sent


def test_refused_has_failed_at_once() -> None:
    failed = replace(SENDING, state=State.FAILED, ended=NOW, said="550 No", lease_until=None)
    assert settled(SENDING, Refused("550 No"), NOW, UNTIL, 0) == failed


def test_later_waits() -> None:
    waiting = replace(
        SENDING, state=State.WAITING, next_attempt=NOW + timedelta(minutes=1), said="450 Busy", lease_until=None
    )
    assert settled(SENDING, Later("450 Busy"), NOW, UNTIL, 0) == waiting


def test_the_last_attempt_is_at_the_end_of_the_time() -> None:
    until = NOW + timedelta(seconds=30)
    assert settled(SENDING, Later("450 Busy"), NOW, until, 0).next_attempt == until
    assert settled(SENDING, Later("450 Busy"), until, until, 0) == replace(
        SENDING, state=State.FAILED, ended=until, said="450 Busy", lease_until=None
    )


def test_what_the_other_side_puts_off_beyond_the_time_has_failed() -> None:
    at_the_end = settled(SENDING, Later("429", UNTIL), NOW, UNTIL, 0)
    assert (at_the_end.state, at_the_end.next_attempt) == (State.WAITING, UNTIL)
    assert settled(SENDING, Later("429", UNTIL + timedelta(seconds=1)), NOW, UNTIL, 0).state is State.FAILED


def test_what_is_lost_is_sent_at_once_the_first_time() -> None:
    first = replace(SENDING, attempts=1)
    again = replace(first, state=State.WAITING, said=LOST, lease_until=None, next_attempt=NOW)
    assert lost(first, NOW, UNTIL, LEASE, 0) == again


@pytest.mark.parametrize(("attempts", "minutes"), [(2, 5), (3, 10), (4, 20), (9, 60)])
def test_what_is_lost_again_waits_as_long_as_the_lease_then_twice_as_long_each_time(
    attempts: int, minutes: int
) -> None:
    again = replace(SENDING, attempts=attempts)
    left = replace(again, state=State.WAITING, said=LOST, lease_until=None)
    assert lost(again, NOW, UNTIL, LEASE, 0) == replace(left, next_attempt=NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("attempts", [1, 2])
def test_what_is_lost_when_its_time_is_over_has_failed(attempts: int) -> None:
    last = replace(SENDING, attempts=attempts, lease_until=UNTIL)
    failed = lost(last, UNTIL + LEASE, UNTIL, LEASE, 0)
    assert (failed.state, failed.said, failed.ended) == (State.FAILED, LOST, UNTIL + LEASE)


@pytest.mark.parametrize("attempts", [1, 2])
def test_what_was_lost_in_time_and_is_found_days_later_has_an_attempt_left(attempts: int) -> None:
    monday = UNTIL + timedelta(days=2)
    left = lost(replace(SENDING, attempts=attempts), monday, UNTIL, LEASE, 0)
    assert (left.state, left.said, left.ended) == (State.WAITING, LOST, None)
    assert left.next_attempt is not None
    assert left.next_attempt <= monday


def test_an_expired_lease_counts_as_waiting() -> None:
    assert SENDING.state_at(NOW + timedelta(minutes=4)) is State.SENDING
    assert SENDING.state_at(NOW + timedelta(minutes=5)) is State.WAITING
    assert replace(SENDING, state=State.HELD, lease_until=None).state_at(NOW + timedelta(days=9)) is State.HELD


@pytest.mark.parametrize(
    ("way", "recipient", "destination"),
    [
        (Way.MAIL, "ann@example.com", "mail to ann@example.com"),
        (Way.WEBHOOK, "team-chat", "webhook to team-chat"),
        (Way.DIRECTORY, "pub\x1b[2Jlic", "directory pub\ufffd[2Jlic"),
    ],
)
def test_where_it_goes_is_told_in_a_printable_line(way: Way, recipient: str, destination: str) -> None:
    assert replace(SENDING, way=way, recipient=recipient).destination == destination
