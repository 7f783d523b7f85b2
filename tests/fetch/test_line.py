"""Replies come back to the one who asks; what never ends is given up, and time never goes back."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from reportgen.api.reply import NoReplyError, Reply
from reportgen.fetch.call import planned_call
from reportgen.fetch.line import Threads
from reportgen.request import Request
from tests.fetch.virtual import START, TWEETS, ok, totals

QUICK, SLOW = planned_call(totals(TWEETS[0])), planned_call(totals(TWEETS[1]))


class Clock:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hung() -> Iterator[Event]:
    """Set when a slow call may end."""
    event = Event()
    yield event
    event.set()


def test_a_reply_comes_back_with_its_call(clock: Clock) -> None:
    with Threads(ok, 1, clock) as line:
        line.start(QUICK)
        assert line.next(10) == (QUICK, ok(QUICK.request))


def test_no_reply_is_none(clock: Clock) -> None:
    with Threads(ok, 1, clock) as line:
        assert line.next(0) is None


def test_a_call_that_does_not_end_is_given_up_and_another_thread_goes_on(clock: Clock, hung: Event) -> None:
    def send(request: Request) -> Reply:
        if request == SLOW.request:
            hung.wait(60)
        return ok(request)

    with Threads(send, 1, clock, longest_call=100) as line:
        line.start(SLOW)
        clock.now += 100
        given_up = line.next(None)
        assert given_up
        call, reply = given_up
        assert (call, str(reply)) == (SLOW, "the answer was not there after 100 seconds")
        assert isinstance(reply, NoReplyError)
        line.start(QUICK)
        assert line.next(10) == (QUICK, ok(QUICK.request))


def test_the_late_reply_to_a_call_that_was_given_up_is_not_taken_for_that_of_its_next_time(
    clock: Clock, hung: Event
) -> None:
    replies = iter([Reply(200, "late"), Reply(200, "in time")])

    def send(request: Request) -> Reply:
        reply = next(replies)
        if reply.text == "late":
            hung.wait(60)
        return reply

    with Threads(send, 1, clock, longest_call=100) as line:
        line.start(SLOW)
        clock.now += 100
        assert line.next(None)
        line.start(SLOW)
        assert line.next(10) == (SLOW, Reply(200, "in time"))
        line.start(QUICK)
        hung.set()
        replies = iter([Reply(200, "quick")])
        arrived = [line.next(10) for _ in range(2)]
        assert (QUICK, Reply(200, "quick")) in arrived
        assert (SLOW, Reply(200, "late")) not in arrived


def test_where_the_clock_is_set_back_time_goes_on_from_where_it_was(clock: Clock) -> None:
    line = Threads(ok, 1, clock)
    clock.now += 5
    assert line.now() == START + 5
    clock.now -= 86_400
    assert line.now() == START + 5
    clock.now += 2
    assert line.now() == START + 7
