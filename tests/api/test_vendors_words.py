"""The vendor's words can reach a terminal or a page: wherever they stand, they leave as one printable line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reportgen.api.answers import read_reply
from reportgen.api.outcomes import call_failed, credential_refused, tweet_refused
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Answer, Refusal, Rejected, Unanswered, Unauthorized, Verdict
from reportgen.catalog import HISTORICAL, LAST_28_HOURS
from reportgen.gaps import Gap, Reason
from reportgen.request import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
START = datetime(2026, 11, 9, tzinfo=UTC)
TWEET = "2117632892728246273"
NASTY = "[red]a\x1b[31m\r\n\x07\x9b\u202e\u2028\x00<b>\ud800"
PLAIN = "[red]a [31m <b>?"
HOURS = Request(HISTORICAL, Signer("@acme"), (TWEET,), ("impressions",), Grain.HOUR, START, START + timedelta(hours=2))


def read(request: Request, status: int, body: object) -> Verdict:
    return read_reply(request, Reply(status, json.dumps(body)), AS_OF)


def texts(verdict: Verdict) -> Iterator[str]:
    """Every text in it that is made of the vendor's words."""
    match verdict:
        case Answer(_, gaps, failure):
            yield from (gap.detail for gap in gaps)
            yield failure or ""
        case Refusal(text, tweets):
            yield text
            yield from (gap.detail for gap in tweets.values())
            yield tweet_refused(TWEET, Reason.FORBIDDEN, text).detail
        case Unauthorized(reason):
            yield from texts(credential_refused(HOURS, reason))
        case Rejected(detail) | Unanswered(detail):
            yield from texts(call_failed(HOURS, detail))


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 418, 500, 503])
@pytest.mark.parametrize("errors", [[NASTY], NASTY, [{"message": NASTY}], [f"Forbidden to access tweets: {NASTY}"]])
def test_in_the_errors_of_any_status(status: int, errors: object) -> None:
    told = list(texts(read(HOURS, status, {"errors": errors})))
    assert all(text.isprintable() for text in told)
    assert [PLAIN in text for text in told] == [status != 404] * len(told)


@pytest.mark.parametrize(
    "facts", [NASTY, {TWEET: NASTY}, {TWEET: {"impressions": {"2026-11-09": {"00": NASTY, NASTY: "1"}, NASTY: NASTY}}}]
)
def test_in_place_of_counts(facts: Any) -> None:
    told = list(texts(read(HOURS, 200, {"facts": facts, NASTY: NASTY})))
    assert [PLAIN in text and text.isprintable() for text in told] == [True] * len(told)


@pytest.mark.parametrize("request_", [HOURS, replace(HOURS, endpoint=LAST_28_HOURS, start=None, end=None)])
def test_in_place_of_the_hours(request_: Request) -> None:
    told = list(texts(read(request_, 200, {"start": NASTY, "end": NASTY * 99, "facts": {}})))
    assert [PLAIN in text and text.isprintable() and len(text) < 300 for text in told] == [True, True]


def test_they_are_never_taken_for_ids_or_metrics() -> None:
    body = {"errors": [f"Forbidden to access metrics: {NASTY}"], "unavailable_tweet_ids": [NASTY, TWEET]}
    verdict = read(HOURS, 403, body)
    assert isinstance(verdict, Refusal)
    assert verdict.tweets == {TWEET: Gap(TWEET, None, Reason.UNAVAILABLE, "deleted, protected or never there")}
    assert verdict.metrics == frozenset()
