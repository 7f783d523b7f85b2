"""A report on the last four weeks that is run every morning asks for what is not settled, and for what is new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from reportgen.instants import floor_hour, parse_instant
from reportgen.simulator.world import World
from reportgen.snowflake import posted_at
from tests.runs import runner

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NEW_YORK = ZoneInfo("America/New_York")
MORNING = datetime(2026, 10, 29, 13, 20, tzinfo=UTC)
"""Three days before the clocks go back: from then on the four weeks have an hour more than a call may ask for."""
FINAL_AFTER = DAY


class Asked(NamedTuple):
    """What a call asked for."""

    tweet_ids: tuple[str, ...]
    start: datetime
    end: datetime


class Mornings:
    """A world that moves on, and a report on some of its tweets in one store."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._folder = folder

    def tweets(self, since: datetime, until: datetime) -> list[str]:
        """Those that @acme posted meanwhile and that stay."""
        tweets = self._world.at(until).tweets
        ours = (tweet for tweet in tweets if tweet.handle == "@acme" and tweet.deleted_at is None)
        return [tweet.id for tweet in ours if since <= tweet.posted_at < until]

    def run(self, tweet_ids: list[str], as_of: datetime) -> list[Asked]:
        """Run the report, which is to be complete, and give what the API was asked for."""
        report = {
            "endpoint": "historical",
            "timezone": "America/New_York",
            "handles": [{"handle": "@acme", "tweet_ids": tweet_ids}],
            "date_range": "last_28_days",
            "metrics": ["impressions", "favorites"],
            "groupings": {"daily": ["engagement.day", "engagement.type"]},
        }
        run = runner(self._world.at(as_of), self._folder)
        ended = run(report, as_of=as_of, store=f"sqlite:///{self._folder}/store.db")
        assert (ended.run.exit_code, ended.results["gaps"]) == (0, [])
        bodies = [call.body for call in ended.calls if isinstance(call.body, dict)]
        return [Asked(tuple(b["tweet_ids"]), parse_instant(b["start"]), parse_instant(b["end"])) for b in bodies]


@pytest.fixture
def mornings(world: World, tmp_path: Path) -> Mornings:
    return Mornings(world, tmp_path)


def hours_of(tweet_ids: Iterable[str], start: datetime, end: datetime) -> set[tuple[str, datetime]]:
    """The hours from start until end of each tweet, from the one in which it was posted."""
    firsts = {tweet_id: max(start, floor_hour(posted_at(tweet_id))) for tweet_id in tweet_ids}
    return {(tweet_id, first + n * HOUR) for tweet_id, first in firsts.items() for n in range((end - first) // HOUR)}


def four_weeks(as_of: datetime) -> tuple[datetime, datetime]:
    """The 28 local days before that of `as_of`."""
    today = as_of.astimezone(NEW_YORK).replace(hour=0, minute=0)
    return (today - 28 * DAY).astimezone(UTC), today.astimezone(UTC)


def test_each_day_those_hours_are_asked_for_that_are_not_settled_and_each_once(mornings: Mornings) -> None:
    settled: set[tuple[str, datetime]] = set()
    for day in range(8):
        as_of = MORNING + day * DAY
        tweet_ids = mornings.tweets(MORNING - 16 * DAY, as_of)
        calls = mornings.run(tweet_ids, as_of)
        needed = hours_of(tweet_ids, *four_weeks(as_of))
        asked = [hour for call in calls for hour in hours_of(*call)]
        assert sorted(asked) == sorted(needed - settled), f"day {day}"
        assert len(calls) == 1
        settled |= {(tweet_id, hour) for tweet_id, hour in needed if hour + HOUR <= as_of - FINAL_AFTER}


def test_an_old_tweet_that_is_new_in_the_report_widens_one_call_and_needs_none_of_its_own(mornings: Mornings) -> None:
    *others, late = mornings.tweets(MORNING - 20 * DAY, MORNING - 10 * DAY)
    mornings.run(others, MORNING)
    tomorrow = MORNING + DAY
    (call,) = mornings.run([*others, late], tomorrow)
    assert set(call.tweet_ids) == {*others, late}
    assert (call.start, call.end) == (floor_hour(posted_at(late)), four_weeks(tomorrow)[1])
