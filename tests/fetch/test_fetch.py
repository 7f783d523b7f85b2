"""Calls are made at once, each a single time, and none of them ends the run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from threading import Barrier, Lock

import pytest

from reportgen.api.engagement import NoReplyError, Reply
from reportgen.catalog import TOTALS
from reportgen.fetch import fetch
from reportgen.gaps import Reason
from reportgen.plan import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)


def request(tweet_id: str, handle: str | None = "@acme") -> Request:
    return Request(TOTALS, Signer(handle), (tweet_id,), ("favorites",), Grain.TOTAL)


def ok(asked: Request) -> Reply:
    return Reply(200, json.dumps({"facts": {asked.tweet_ids[0]: {"favorites": "1"}}}))


def test_as_many_calls_are_made_at_once_as_the_setting_says_and_no_more() -> None:
    together = Barrier(4)
    lock = Lock()
    under_way: list[int] = [0]

    def send(asked: Request) -> Reply:
        with lock:
            under_way.append(under_way[-1] + 1)
        together.wait(timeout=10)
        with lock:
            under_way.append(under_way[-1] - 1)
        return ok(asked)

    fetched = fetch([request(str(n)) for n in range(1, 9)], send, AS_OF, calls_at_once=4)
    assert (fetched.calls_made, max(under_way)) == (8, 4)


def test_the_same_request_of_two_reports_is_sent_once() -> None:
    fetched = fetch([request("1"), request("1")], ok, AS_OF, calls_at_once=2)
    assert (fetched.calls_made, len(fetched.answers)) == (1, 1)


def test_each_answer_is_told_as_it_arrives() -> None:
    told: list[None] = []
    fetch([request("1"), request("2")], ok, AS_OF, 2, lambda: told.append(None))
    assert len(told) == 2


def test_a_call_without_a_reply_is_gaps_and_the_others_go_on() -> None:
    def send(asked: Request) -> Reply:
        if asked.tweet_ids == ("2",):
            raise NoReplyError("the API did not answer in time")
        return ok(asked)

    answers = fetch([request("1"), request("2")], send, AS_OF, 2).answers
    assert answers[request("1")].gaps == ()
    (gap,) = answers[request("2")].gaps
    assert (gap.reason, gap.detail) == (Reason.CALL_FAILED, "the API did not answer in time")


def test_a_refused_credential_is_not_used_again_and_the_others_are() -> None:
    sent: list[Request] = []

    def send(asked: Request) -> Reply:
        sent.append(asked)
        return Reply(401, '{"errors": ["no"]}') if asked.signer.handle == "@acme" else ok(asked)

    asked = [request("1"), request("2"), request("3", "@acme_help")]
    fetched = fetch(asked, send, AS_OF, calls_at_once=1)
    assert sent == [asked[0], asked[2]]
    assert fetched.refused == {Signer("@acme"): "no"}
    assert fetched.calls_made == 2
    assert [gap.reason for gap in fetched.answers[asked[1]].gaps] == [Reason.NOT_AUTHORIZED]
    assert not fetched.answers[asked[2]].failed


def test_a_credential_that_was_taken_once_is_not_called_refused_for_a_later_no() -> None:
    def send(asked: Request) -> Reply:
        return ok(asked) if asked.tweet_ids == ("1",) else Reply(401, '{"errors": ["timestamp out of bounds"]}')

    fetched = fetch([request("1"), request("2")], send, AS_OF, 1)
    assert fetched.refused == {}
    assert fetched.answers[request("2")].failed


def test_an_unexpected_error_is_not_swallowed() -> None:
    def send(asked: Request) -> Reply:
        raise ZeroDivisionError(asked)

    with pytest.raises(ZeroDivisionError):
        fetch([request("1")], send, AS_OF, 1)
