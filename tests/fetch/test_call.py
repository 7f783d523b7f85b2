"""Calls are cut and put together without asking for more, or less, than was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reportgen.fetch.call import Call, Part, planned_call
from reportgen.request import Request
from reportgen.snowflake import posted_at
from tests.fetch.virtual import HELP, TWEETS, historical, totals

WEEK = timedelta(weeks=1)


def both(one: Request, other: Request) -> Call | None:
    return planned_call(one).together(planned_call(other))


class TestOnly:
    def test_leaves_the_tweets_and_metrics_in_their_order_with_the_part_they_are_for(self) -> None:
        planned = totals(*TWEETS[:4], metrics=("favorites", "replies"))
        left = planned_call(planned).only({TWEETS[3], TWEETS[1]}, {"replies"})
        assert left
        assert left.request == totals(TWEETS[1], TWEETS[3], metrics=("replies",))
        assert left.parts == (Part(planned, (TWEETS[1], TWEETS[3])),)

    @pytest.mark.parametrize(("tweet_ids", "metrics"), [([], ["favorites"]), (TWEETS[:1], [])])
    def test_is_nothing_without_tweets_or_metrics(self, tweet_ids: list[str], metrics: list[str]) -> None:
        assert planned_call(totals(TWEETS[0])).only(tweet_ids, metrics) is None

    def test_is_a_call_that_was_never_made(self) -> None:
        call = planned_call(totals(*TWEETS[:2]))
        call.was_made, call.failures = True, 3
        left = call.only(TWEETS[:1], ["favorites"])
        assert left
        assert (left.was_made, left.failures) == (False, 0)


def test_halves_are_the_same_call_in_two() -> None:
    halves = planned_call(totals(*TWEETS[:5])).halves()
    assert [half.request.tweet_ids for half in halves] == [TWEETS[:3], TWEETS[3:5]]


class TestTogether:
    def test_are_calls_that_differ_in_tweets_alone_and_each_part_keeps_its_plan(self) -> None:
        one, other = historical(TWEETS[:2]), historical(TWEETS[2:5])
        call = both(one, other)
        assert call
        assert call.request == historical(TWEETS[:5])
        assert call.parts == (Part(one, TWEETS[:2]), Part(other, TWEETS[2:5]))

    @pytest.mark.parametrize(
        "other",
        [
            historical(TWEETS[2:4], week=1),
            historical(TWEETS[2:4], signer=HELP),
            replace(historical(TWEETS[2:4]), metrics=("replies",)),
            historical(TWEETS[1:4]),
            historical(TWEETS[2:26]),
            totals(*TWEETS[2:4]),
        ],
        ids=["another window", "another signer", "other metrics", "a tweet in both", "too many", "another endpoint"],
    )
    def test_are_no_others(self, other: Request) -> None:
        assert both(historical(TWEETS[:2]), other) is None
        assert both(other, historical(TWEETS[:2])) is None

    def test_are_no_windows_of_which_one_starts_before_the_other_while_its_tweets_were_there(self) -> None:
        later = historical(TWEETS[:2])
        assert later.start
        earlier = replace(historical(TWEETS[2:4]), start=later.start - timedelta(days=2))
        assert both(earlier, later) is None
        assert both(later, earlier) is None

    def test_are_windows_of_which_the_later_one_starts_with_its_first_tweet(self) -> None:
        posted = posted_at(TWEETS[0]).replace(minute=0, second=0, microsecond=0)
        later = replace(historical(TWEETS[:2]), start=posted)
        earlier = replace(historical(TWEETS[2:4]), start=posted - WEEK)
        call = both(later, earlier)
        assert call
        assert call.request == replace(earlier, tweet_ids=TWEETS[:4])
        assert both(earlier, replace(later, start=posted + timedelta(hours=1))) is None
