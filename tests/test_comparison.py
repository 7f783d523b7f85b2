"""A report and the period that it is compared with, over HTTP: one plan, one store, and the truth on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reportgen.ask import Ask
from reportgen.errors import Exit
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Call
from reportgen.simulator.world import World
from reportgen.snowflake import posted_at
from tests.runs import AS_OF, Ended, RunReport, tweets_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
METRICS = ["impressions", "engagements"]
WEEK, WEEK_BEFORE = datetime(2026, 11, 9, 5, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC)


@pytest.fixture
def tweets(world: World) -> list[str]:
    """Some that were there in both weeks, and some that were posted in the second."""
    return tweets_of(world, "@acme", 6, "2026-11-01T00:00:00Z") + tweets_of(world, "@acme", 6)


def week(tweets: list[str], **more: object) -> dict[str, object]:
    return {
        "endpoint": "historical",
        "timezone": "America/New_York",
        "handles": [{"handle": "@acme", "tweet_ids": tweets}],
        "date_range": "last_week",
        "compare_to": "previous_period",
        "metrics": METRICS,
        "groupings": {"by-tweet": ["tweet.id", "engagement.type"], "daily": ["engagement.day", "engagement.type"]},
        **more,
    }


def alone(tweets: list[str], **more: object) -> dict[str, object]:
    """The report without the comparison."""
    return {key: value for key, value in week(tweets, **more).items() if key != "compare_to"}


def span_of(call: Call) -> tuple[str, str]:
    body: Any = call.body
    return body["start"], body["end"]


def truth(world: World, tweets: list[str], metric: str, start: datetime, days: int = 7) -> int:
    hours = (start + n * HOUR for n in range(24 * days))
    return sum(world.count(tweet, metric, hour, hour + HOUR) for hour in hours for tweet in tweets)


def before(ended: Ended) -> Mapping[str, Any]:
    comparison: Mapping[str, Any] = ended.results["comparison"]
    return comparison


def test_both_weeks_have_the_numbers_that_were(world: World, tweets: list[str], run_report: RunReport) -> None:
    ended = run_report(week(tweets))
    assert ended.run.exit_code == Exit.DONE
    compared = before(ended)
    assert {key: compared[key] for key in ("start", "end", "timezone", "label", "gaps")} == {
        "start": "2026-11-02T05:00:00Z",
        "end": "2026-11-09T05:00:00Z",
        "timezone": "America/New_York",
        "label": "2–8 November 2026",
        "gaps": [],
    }
    for results, start in ((ended.results, WEEK), (compared, WEEK_BEFORE)):
        assert results["groupings"]["by-tweet"]["rows"] == [
            {"tweet.id": tweet, "engagement.type": metric, "value": truth(world, [tweet], metric, start)}
            for tweet in sorted(tweets, key=int)
            for metric in METRICS
        ]
        assert results["groupings"]["daily"]["rows"] == [
            {
                "engagement.day": f"{start + n * DAY:%Y-%m-%d}",
                "engagement.type": metric,
                "value": truth(world, tweets, metric, start + n * DAY, days=1),
            }
            for n in range(7)
            for metric in METRICS
        ]


def test_two_weeks_are_served_by_the_calls_of_one_range_over_both(tweets: list[str], run_report: RunReport) -> None:
    ended = run_report(week(tweets))
    joined = run_report(alone(tweets, date_range={"start": "2026-11-02", "end": "2026-11-15"}))
    assert (len(ended.calls), ended.calls[0].body) == (1, joined.calls[0].body)
    assert joined.results["comparison"] is None


class TestTheSecondRun:
    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/store.db"

    def test_makes_no_call_for_either_week(self, tweets: list[str], store: str, run_report: RunReport) -> None:
        first = run_report(week(tweets), store=store)
        for ask in (Ask.MISSING, Ask.NOTHING):
            again = run_report(week(tweets), store=store, ask=ask)
            assert (again.calls, again.results, again.run.exit_code) == ((), first.results, Exit.DONE)

    def test_asks_for_both_again_where_everything_is_wanted(
        self, tweets: list[str], store: str, run_report: RunReport
    ) -> None:
        first = run_report(week(tweets), store=store)
        again = run_report(week(tweets), store=store, ask=Ask.EVERYTHING)
        assert (len(again.calls), again.results) == (1, first.results)

    def test_a_week_later_asks_for_the_new_week_only(
        self, tweets: list[str], store: str, run_report: RunReport
    ) -> None:
        run_report(week(tweets), store=store, as_of=AS_OF - 6 * DAY)
        ended = run_report(week(tweets), store=store)
        assert [span_of(call) for call in ended.calls] == [("2026-11-09T05:00:00Z", "2026-11-16T05:00:00Z")]

    def test_with_a_comparison_asks_for_that_alone(self, tweets: list[str], store: str, run_report: RunReport) -> None:
        run_report(alone(tweets), store=store)
        ended = run_report(week(tweets), store=store)
        assert [span_of(call) for call in ended.calls] == [("2026-11-02T05:00:00Z", "2026-11-09T05:00:00Z")]

    def test_is_incomplete_where_the_call_for_the_comparison_fails(
        self, tweets: list[str], store: str, run_report: RunReport
    ) -> None:
        quiet = run_report(alone(tweets), store=store)
        ended = run_report(week(tweets), store=store, faults=Faults(trouble=1, trouble_kinds=("status",)), tries=1)
        assert (ended.run.exit_code, ended.results["complete"]) == (Exit.CALLS_FAILED, False)
        assert (ended.results["groupings"], ended.results["gaps"]) == (quiet.results["groupings"], [])
        there = [tweet for tweet in sorted(tweets, key=int) if posted_at(tweet) < WEEK]
        assert len(there) >= 6
        assert [(gap["tweet_id"], gap["reason"]) for gap in before(ended)["gaps"]] == [
            (tweet, "call_failed") for tweet in there
        ]

    def test_has_what_the_store_knows_from_before_the_history(
        self, tweets: list[str], store: str, run_report: RunReport
    ) -> None:
        first = run_report(week(tweets), store=store)
        again = run_report(week(tweets), store=store, history=WEEK.date())
        assert (again.calls, again.results) == ((), first.results)


@pytest.mark.parametrize("days", [0, 3])
def test_what_lies_before_the_history_is_a_gap_and_no_failure(
    days: int, world: World, tweets: list[str], run_report: RunReport
) -> None:
    begins = datetime(2026, 11, 9, tzinfo=UTC) - days * DAY
    ended = run_report(week(tweets), history=begins.date())
    assert (ended.run.exit_code, ended.results["complete"], before(ended)["label"]) == (
        Exit.DONE,
        True,
        "2–8 November 2026",
    )
    old = [tweet for tweet in sorted(tweets, key=int) if posted_at(tweet) < begins]
    assert [(gap["tweet_id"], gap["reason"]) for gap in before(ended)["gaps"]] == [
        (tweet, "not_in_history") for tweet in old
    ]
    known = {row["tweet.id"] for row in before(ended)["groupings"]["by-tweet"]["rows"] if row["value"] is not None}
    assert known == set(tweets) - set(old)


def test_a_deleted_tweet_is_a_gap_on_both_sides_where_it_was_there(tweets: list[str], run_report: RunReport) -> None:
    gone = (tweets[0], tweets[-1])
    ended = run_report(week(tweets), faults=Faults(deleted_tweet_ids=gone))
    assert ended.run.exit_code == Exit.DONE
    assert ended.reasons() == dict.fromkeys(gone, "unavailable")
    assert [gap["tweet_id"] for gap in before(ended)["gaps"]] == [gone[0]]


def test_a_range_that_is_not_over_is_compared_with_the_same_hours(
    world: World, tweets: list[str], run_report: RunReport
) -> None:
    ended = run_report(week(tweets, date_range="this_week"))
    assert (ended.results["period"]["start"], ended.results["period"]["end"]) == (
        "2026-11-16T05:00:00Z",
        "2026-11-16T12:00:00Z",
    )
    assert (before(ended)["start"], before(ended)["end"]) == ("2026-11-09T05:00:00Z", "2026-11-09T12:00:00Z")
    (row,) = [row for row in before(ended)["groupings"]["daily"]["rows"] if row["engagement.type"] == "impressions"]
    hours = [WEEK + n * HOUR for n in range(7)]
    assert row["value"] == sum(world.count(t, "impressions", hour, hour + HOUR) for hour in hours for t in tweets)


def test_a_year_before_most_tweets_there_are_zeros(tweets: list[str], run_report: RunReport) -> None:
    ended = run_report(week(tweets, compare_to="previous_year"))
    assert before(ended)["label"] == "10–16 November 2025"
    assert {row["value"] for row in before(ended)["groupings"]["daily"]["rows"]} == {0}
    assert before(ended)["gaps"] == []
