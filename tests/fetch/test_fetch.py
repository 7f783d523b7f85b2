"""Calls leave on threads, several at once, and the end of a run waits for none of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Barrier, Event, Lock

import pytest

from reportgen.api.reply import NoReplyError, Reply
from reportgen.fetch.call import Call
from reportgen.fetch.calls import Calls
from reportgen.fetch.fetch import fetch
from reportgen.fetch.line import Threads
from reportgen.fetch.patience import Patience
from reportgen.gaps import Reason
from reportgen.request import Request, Signer
from tests.fetch.virtual import ACME, HELP, START, TWEETS, calls_of, ok, refuse, totals


@dataclass
class Watching:
    """Keeps what it is told."""

    told: list[tuple[int, int]] = field(default_factory=list)
    waits: list[tuple[float, str]] = field(default_factory=list)

    def calls(self, finished: int, unfinished: int) -> None:
        self.told.append((finished, unfinished))

    def waiting(self, seconds: float, why: str) -> None:
        self.waits.append((round(seconds, 1), why))


@dataclass
class Server:
    """Answers what it is asked; `wrong` replies to some tweets otherwise."""

    wrong: dict[str, Reply | BaseException] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        reply = self.wrong.get(request.tweet_ids[0], ok(request))
        if isinstance(reply, Reply):
            return reply
        raise reply


class Instant:
    """A line that replies at once, and whose time passes while nobody has to."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._now = START
        self._back: list[tuple[Call, Reply]] = []

    def now(self) -> float:
        return self._now

    def start(self, call: Call) -> None:
        self._back.append((call, self._server(call.request)))

    def next(self, seconds: float | None) -> tuple[Call, Reply] | None:
        if self._back:
            return self._back.pop(0)
        self._now += seconds or 0
        return None


def fetched(server: Server, *requests: Request, watch: Watching | None = None) -> Calls:
    calls = calls_of(*requests, at_once=4)
    with Threads(server, 4, time.time) as line:
        fetch(calls, line, watch or Watching())
    return calls


def test_as_many_calls_are_made_at_once_as_the_setting_says_and_no_more() -> None:
    together = Barrier(4)
    lock = Lock()
    under_way: list[int] = [0]
    requests = [totals(tweet_id, signer=Signer(f"@h{n % 4}")) for n, tweet_id in enumerate(TWEETS[:8])]

    def send(asked: Request) -> Reply:
        with lock:
            under_way.append(under_way[-1] + 1)
        together.wait(timeout=10)
        with lock:
            under_way.append(under_way[-1] - 1)
        return ok(asked)

    calls = calls_of(*requests, at_once=4)
    with Threads(send, 4, time.time) as line:
        fetch(calls, line, Watching())
    assert (calls.made, max(under_way)) == (8, 4)


def test_the_same_request_of_two_reports_is_sent_once() -> None:
    server = Server()
    done = fetched(server, totals(TWEETS[0]), totals(TWEETS[0]))
    assert (len(server.asked), len(done.answers)) == (1, 1)


def test_it_is_told_how_many_calls_have_ended_and_how_many_are_to_come() -> None:
    watch = Watching()
    fetched(Server(), totals(TWEETS[0]), totals(TWEETS[1]), watch=watch)
    assert watch.told == [(1, 1), (2, 0)]


def test_it_is_told_for_how_long_no_call_leaves_and_why() -> None:
    watch, server = Watching(), Server()
    fetch(calls_of(totals(TWEETS[0]), totals(TWEETS[1]), limit=6), Instant(server), watch)
    assert set(watch.waits) == {(10.2, "calls_per_minute: 6 a minute")}
    assert len(server.asked) == 2


@pytest.mark.parametrize("tick", [0.001, 0.002, 0.003, 0.004, 0.005, 0.006])
def test_a_call_whose_slot_comes_while_nobody_looks_leaves_at_once(tick: float) -> None:
    class Slow(Instant):
        def now(self) -> float:
            self._now += tick
            return self._now

        def next(self, seconds: float | None) -> tuple[Call, Reply] | None:
            assert self._back or seconds is not None, "nobody replies, and a call is ready"
            return super().next(seconds)

    server = Server()
    calls = calls_of(*map(totals, TWEETS[:50]), limit=10_000)
    fetch(calls, Slow(server), Watching())
    assert len(server.asked) == 50


def test_a_refused_credential_is_told_and_the_others_answer() -> None:
    server = Server({TWEETS[0]: refuse(401, "Reason: no"), TWEETS[1]: refuse(401, "Reason: no")})
    ours, again, theirs = totals(TWEETS[0]), totals(TWEETS[1]), totals(TWEETS[2], signer=HELP)
    done = fetched(server, ours, again, theirs)
    assert done.refused_credentials == {ACME: "Reason: no"}
    assert done.made == 2
    assert [gap.reason for answer in done.answers[again] for gap in answer.gaps] == [Reason.NOT_AUTHORIZED]
    assert not any(answer.failed for answer in done.answers[theirs])


def test_a_credential_that_was_taken_once_is_not_called_refused_for_a_later_no() -> None:
    done = fetched(Server({TWEETS[1]: refuse(401, "timestamp out of bounds")}), totals(TWEETS[0]), totals(TWEETS[1]))
    assert done.refused_credentials == {}
    assert done.answers[totals(TWEETS[1])][0].failed


def test_nothing_to_ask_is_done_at_once() -> None:
    calls = fetched(Server())
    assert (calls.answers, calls.made) == ({}, 0)


@pytest.mark.parametrize("error", [ZeroDivisionError("unexpected"), SystemExit(3)])
def test_an_unexpected_error_is_not_swallowed(error: BaseException) -> None:
    with pytest.raises(type(error)):
        fetched(Server({TWEETS[0]: error}), totals(TWEETS[0]))


def test_a_credential_whose_first_call_failed_on_their_side_is_told_as_refused_too() -> None:
    server = Server({TWEETS[0]: NoReplyError("reset"), TWEETS[1]: refuse(401, "no")})
    calls = calls_of(totals(TWEETS[0]), totals(TWEETS[1]), patience=Patience(tries=1))
    with Threads(server, 1, time.time) as line:
        fetch(calls, line, Watching())
    assert calls.refused_credentials == {ACME: "no"}


class _CtrlCAfterOneReply(Watching):
    """The user presses Ctrl-C when the first reply is there."""

    def calls(self, finished: int, unfinished: int) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_ends_it_at_once_with_a_call_under_way_and_what_was_received_is_kept() -> None:
    hung_up = Event()

    def send(asked: Request) -> Reply:
        if asked == slow:
            hung_up.wait(60)
            raise NoReplyError("nobody waits for this")
        return ok(asked)

    quick, slow = totals(TWEETS[0]), totals(TWEETS[1], signer=HELP)
    calls: Calls = calls_of(quick, slow)
    with pytest.raises(KeyboardInterrupt), Threads(send, 2, time.time) as line:
        fetch(calls, line, _CtrlCAfterOneReply())
    hung_up.set()
    assert [answer.gaps for answer in calls.answers[quick]] == [()]
    assert calls.answers[slow] == []
