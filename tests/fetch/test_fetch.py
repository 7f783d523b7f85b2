"""Calls leave on threads, several at once, and the end of a run waits for none of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Barrier, Event, Lock

import pytest

from reportgen.api.engagement import NoReplyError, Reply
from reportgen.fetch.calls import Calls
from reportgen.fetch.fetch import Fetched, fetch
from reportgen.fetch.line import Threads
from reportgen.gaps import Reason
from reportgen.plan import Request, Signer
from tests.fetch.virtual import ACME, HELP, TWEETS, calls_of, ok, refuse, totals


@dataclass
class Watching:
    """Keeps what it is told."""

    told: list[tuple[int, int]] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)

    def calls(self, finished: int, to_make: int) -> None:
        self.told.append((finished, to_make))

    def waiting(self, seconds: float, why: str) -> None:
        self.waits.append(why)


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


def fetched(server: Server, *requests: Request, watch: Watching | None = None, at_once: int = 4) -> Fetched:
    with Threads(server, at_once, time.time) as line:
        return fetch(calls_of(*requests, at_once=at_once), line, watch or Watching())


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

    with Threads(send, 4, time.time) as line:
        done = fetch(calls_of(*requests, at_once=4), line, Watching())
    assert (done.calls_made, max(under_way)) == (8, 4)


def test_the_same_request_of_two_reports_is_sent_once() -> None:
    server = Server()
    done = fetched(server, totals(TWEETS[0]), totals(TWEETS[0]))
    assert (len(server.asked), len(done.answers)) == (1, 1)


def test_it_is_told_how_many_calls_have_ended_and_how_many_are_to_come() -> None:
    watch = Watching()
    fetched(Server(), totals(TWEETS[0]), totals(TWEETS[1]), watch=watch)
    assert watch.told == [(1, 1), (2, 0)]


def test_a_refused_credential_is_told_and_the_others_answer() -> None:
    server = Server({TWEETS[0]: refuse(401, "Reason: no"), TWEETS[1]: refuse(401, "Reason: no")})
    ours, again, theirs = totals(TWEETS[0]), totals(TWEETS[1]), totals(TWEETS[2], signer=HELP)
    done = fetched(server, ours, again, theirs)
    assert done.refused == {ACME: "Reason: no"}
    assert done.calls_made == 2
    assert [gap.reason for answer in done.answers[again] for gap in answer.gaps] == [Reason.NOT_AUTHORIZED]
    assert not any(answer.failed for answer in done.answers[theirs])


def test_a_credential_that_was_taken_once_is_not_called_refused_for_a_later_no() -> None:
    done = fetched(Server({TWEETS[1]: refuse(401, "timestamp out of bounds")}), totals(TWEETS[0]), totals(TWEETS[1]))
    assert done.refused == {}
    assert done.answers[totals(TWEETS[1])][0].failed


def test_nothing_to_ask_is_done_at_once() -> None:
    assert fetched(Server()) == Fetched({}, 0, 0)


@pytest.mark.parametrize("error", [ZeroDivisionError("unexpected"), SystemExit(3)])
def test_an_unexpected_error_is_not_swallowed(error: BaseException) -> None:
    with pytest.raises(type(error)):
        fetched(Server({TWEETS[0]: error}), totals(TWEETS[0]))


class _CtrlCAfterOneReply(Watching):
    """The user presses Ctrl-C when the first reply is there."""

    def calls(self, finished: int, to_make: int) -> None:
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
