"""What a report needs: at the coarsest grain that answers it, and that other reports can use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS
from reportgen.gaps import Gap, Reason
from reportgen.needs import grain_of, needs_of
from reportgen.owners import OWNER_UNKNOWN
from reportgen.request import Grain
from reportgen.spec.model import Obstacle, ReportSpec, Tweet
from reportgen.spec.period import Period

END = datetime(2026, 11, 16, tzinfo=UTC)


def week(timezone: str = "UTC", end: datetime = END) -> Period:
    start = end - timedelta(days=7)
    return Period(start, end, ZoneInfo(timezone), start.date(), (end - timedelta(hours=1)).date())


@pytest.mark.parametrize(
    ("group_by", "timezone", "grain"),
    [
        (("tweet.id", "engagement.type"), "America/New_York", Grain.DAY),
        (("handle", "engagement.type"), "UTC", Grain.DAY),
        (("engagement.type", "engagement.day"), "UTC", Grain.DAY),
        (("engagement.type", "engagement.week"), "UTC", Grain.DAY),
        (("engagement.type", "engagement.day"), "Europe/London", Grain.DAY),
        (("engagement.type", "engagement.day"), "America/New_York", Grain.HOUR),
        (("engagement.type", "engagement.month"), "Asia/Kolkata", Grain.HOUR),
        (("engagement.type", "engagement.hour"), "UTC", Grain.HOUR),
    ],
)
def test_the_coarsest_that_answers_is_taken(group_by: tuple[str, ...], timezone: str, grain: Grain) -> None:
    assert grain_of(HISTORICAL, [group_by], week(timezone)) is grain


@pytest.mark.parametrize("hours", [5, 23])
def test_a_period_that_is_not_made_of_whole_utc_days_is_asked_for_by_the_hour(hours: int) -> None:
    assert grain_of(HISTORICAL, [("engagement.type",)], week(end=END + timedelta(hours=hours))) is Grain.HOUR


def test_london_in_summer_has_days_of_its_own() -> None:
    assert grain_of(HISTORICAL, [("engagement.day",)], week("Europe/London", datetime(2026, 10, 28, tzinfo=UTC))) is (
        Grain.HOUR
    )


def test_the_finest_need_of_all_groupings_decides() -> None:
    assert grain_of(HISTORICAL, [("engagement.type",), ("engagement.day",), ("engagement.hour",)], week()) is Grain.HOUR


def test_the_last_28_hours_are_always_asked_for_by_the_hour_and_totals_in_one() -> None:
    assert grain_of(LAST_28_HOURS, [("engagement.type",)], week()) is Grain.HOUR
    assert grain_of(TOTALS, [("engagement.type",)], None) is Grain.TOTAL


class TestObstacles:
    TWEET, AS_OF = "2117632892728246273", datetime(2026, 11, 16, 12, tzinfo=UTC)

    def gaps(self, tweet: Tweet, handles: tuple[str, ...]) -> tuple[Gap, ...]:
        metrics = ("impressions", "favorites")
        spec = ReportSpec("r.yaml", "r", "R", ZoneInfo("UTC"), TOTALS, handles, (tweet,), metrics)
        return needs_of(spec, None, self.AS_OF, datetime(2025, 1, 1, tzinfo=UTC)).gaps

    def test_leave_the_whole_tweet_a_gap(self) -> None:
        gone = Tweet(self.TWEET, None).behind(Obstacle(Reason.UNAVAILABLE, "no such tweet"))
        assert self.gaps(gone, ("@a", "@b")) == (Gap(self.TWEET, None, Reason.UNAVAILABLE, "no such tweet"),)

    def test_of_a_token_that_is_not_there_leave_each_count_a_gap(self) -> None:
        others = Tweet(self.TWEET, "@c").behind(Obstacle(Reason.NOT_AUTHORIZED, "no token"))
        assert self.gaps(others, ("@a", "@b")) == (
            Gap(self.TWEET, "impressions", Reason.NOT_AUTHORIZED, "no token"),
            Gap(self.TWEET, "favorites", Reason.NOT_AUTHORIZED, "no token"),
        )

    def test_that_the_bearer_token_gets_round_leave_what_is_public(self) -> None:
        others = Tweet(self.TWEET, "@c").behind(Obstacle(Reason.NOT_AUTHORIZED, "no token", only_private=True))
        assert self.gaps(others, ("@a", "@b")) == (Gap(self.TWEET, "impressions", Reason.NOT_AUTHORIZED, "no token"),)

    def test_are_there_where_nobody_has_looked_up_the_owner(self) -> None:
        assert {gap.detail for gap in self.gaps(Tweet(self.TWEET, None), ("@a", "@b"))} == {OWNER_UNKNOWN.detail}
        assert self.gaps(Tweet(self.TWEET, None), ()) == ()
