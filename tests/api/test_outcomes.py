"""What brought no answer to read leaves gaps: one for each tweet, with its reason and its hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reportgen.api.outcomes import call_failed, credential_refused, metric_refused, tweet_refused
from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.facts import no_facts
from reportgen.gaps import Gap, Reason
from reportgen.request import Grain, Request, Signer

A, B = "2117270504862646273", "2117632892728246273"
START = datetime(2026, 11, 9, tzinfo=UTC)
END = START + timedelta(hours=2)
TOTAL = Request(TOTALS, Signer("@acme"), (A, B), ("favorites", "replies"), Grain.TOTAL)
HOURS = Request(HISTORICAL, Signer("@acme"), (A, B), ("favorites", "replies"), Grain.HOUR, START, END)


def test_a_call_that_failed_is_a_gap_for_each_tweet_over_its_hours() -> None:
    answer = call_failed(HOURS, "the API did not answer in time")
    detail = "the API did not answer in time (2026-11-09T00:00:00Z to 2026-11-09T02:00:00Z)"
    assert answer.gaps == tuple(Gap(tweet, None, Reason.CALL_FAILED, detail, START, END) for tweet in (A, B))
    assert (answer.facts.height, answer.failure, answer.failed) == (0, "the API did not answer in time", True)


def test_why_a_call_failed_is_told_without_the_tweets_of_the_call() -> None:
    text = f"the API refused the call: Forbidden to access tweets: {A}, {B}, 2117632 and 3 others"
    assert call_failed(TOTAL, text).gaps[0].detail == text
    assert (
        call_failed(TOTAL, text).failure
        == "the API refused the call: Forbidden to access tweets: …, 2117632 and 3 others"
    )
    assert call_failed(TOTAL, f"no {A}, {B}, 211763").failure == "no …"


def test_a_refused_credential_is_a_gap_for_each_tweet_with_the_vendors_reason() -> None:
    answer = credential_refused(TOTAL, "Reason: no")
    assert answer.gaps == tuple(Gap(tweet, None, Reason.NOT_AUTHORIZED, "Reason: no") for tweet in (A, B))
    assert (answer.facts.height, answer.failure) == (0, "Reason: no")


def test_a_refused_metric_is_a_gap_of_that_metric_alone() -> None:
    assert metric_refused(A, "replies") == Gap(
        A, "replies", Reason.FORBIDDEN, "these credentials may not have this metric"
    )


@pytest.mark.parametrize("reason", [Reason.FORBIDDEN, Reason.UNAVAILABLE])
def test_a_refused_tweet_is_a_gap_of_all_its_metrics_with_the_vendors_words(reason: Reason) -> None:
    assert tweet_refused(A, reason, "No.") == Gap(A, None, reason, "the API refused this tweet: No.")


def test_the_vendors_words_on_a_refused_tweet_are_kept_without_the_ids_of_others() -> None:
    gap = tweet_refused(A, Reason.FORBIDDEN, f"Not with {B}.")
    assert gap.detail == "the API refused this tweet: Not with …."


def test_the_part_of_an_answer_for_one_tweet_has_the_gaps_of_that_tweet_alone() -> None:
    part = call_failed(TOTAL, "no").only([B])
    assert part.gaps == (Gap(B, None, Reason.CALL_FAILED, "no"),)
    assert part.failure == "no"


@pytest.mark.parametrize("reason", [Reason.CALL_FAILED, Reason.NOT_AUTHORIZED])
def test_the_part_of_an_answer_failed_only_where_its_own_gaps_are_a_failure(reason: Reason) -> None:
    gaps = (Gap(A, None, Reason.UNAVAILABLE, "gone"), Gap(B, "replies", reason, "no"))
    answer = Answer(no_facts(), gaps, "why")
    assert (answer.only([A]).gaps, answer.only([A]).failure, answer.only([A]).failed) == (gaps[:1], None, False)
    assert (answer.only([B]).gaps, answer.only([B]).failure, answer.only([B]).failed) == (gaps[1:], "why", True)
    assert answer.only([]).failure is None
