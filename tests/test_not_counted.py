"""The API's own rules of what is not counted: one gap for each tweet, metric and hours, or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reportgen.catalog import COUNTED_SINCE, ENDPOINTS, HISTORICAL, METRICS, TOTALS
from reportgen.gaps import Gap, Reason
from reportgen.not_counted import gap_by_rule

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
SINCE = datetime(2015, 9, 15, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def posted(instant: datetime) -> str:
    return str((int(instant.timestamp() * 1000) - 1_288_834_974_657) << 22)


EARLY = posted(datetime(2015, 9, 1, tzinfo=UTC))


class TestAges:
    @pytest.mark.parametrize(
        ("endpoint", "metric", "days", "reason"),
        [
            ("totals", "impressions", 90, Reason.TOO_OLD_FOR_IMPRESSIONS),
            ("totals", "engagements", 90, Reason.TOO_OLD_FOR_IMPRESSIONS),
            ("totals", "video_views", 1800, Reason.TOO_OLD_FOR_VIDEO_VIEWS),
            ("28hr", "video_views", 1800, Reason.TOO_OLD_FOR_VIDEO_VIEWS),
            ("historical", "video_views", 1800, Reason.TOO_OLD_FOR_VIDEO_VIEWS),
        ],
    )
    def test_a_tweet_that_is_older_than_the_limit_is_a_gap_since_ever(
        self, endpoint: str, metric: str, days: int, reason: Reason
    ) -> None:
        tweet = posted(AS_OF - days * DAY)
        gap = Gap(tweet, metric, reason, f"older than {days} days")
        start, end = (AS_OF - DAY, AS_OF) if endpoint == "historical" else (None, None)
        assert gap_by_rule(tweet, metric, ENDPOINTS[endpoint], start, end, AS_OF) is None
        assert gap_by_rule(tweet, metric, ENDPOINTS[endpoint], start, end, AS_OF + HOUR) == gap

    def test_on_totals_nothing_else_ages(self) -> None:
        aged = [name for name in METRICS if gap_by_rule(EARLY, name, TOTALS, None, None, AS_OF)]
        assert aged == ["impressions", "engagements", "video_views"]


class TestBefore2015:
    @pytest.mark.parametrize(
        ("start", "end", "gap"),
        [
            (SINCE - 2 * DAY, SINCE - DAY, (SINCE - 2 * DAY, SINCE - DAY)),
            (SINCE - 2 * DAY, SINCE, (SINCE - 2 * DAY, SINCE)),
            (SINCE - HOUR, SINCE + DAY, (SINCE - HOUR, SINCE)),
            (SINCE, SINCE + DAY, None),
            (SINCE + DAY, SINCE + 2 * DAY, None),
        ],
    )
    @pytest.mark.parametrize("metric", ["favorites", "replies", "retweets"])
    def test_the_hours_before_that_day_are_a_gap_and_no_others(
        self, metric: str, start: datetime, end: datetime, gap: tuple[datetime, datetime] | None
    ) -> None:
        expected = gap and Gap(EARLY, metric, Reason.NOT_COUNTED_THEN, "not counted before 2015-09-15", *gap)
        assert gap_by_rule(EARLY, metric, HISTORICAL, start, end, AS_OF) == expected

    def test_the_gap_begins_with_the_hour_in_which_the_tweet_was_posted(self) -> None:
        tweet = posted(SINCE - timedelta(minutes=90))
        gap = gap_by_rule(tweet, "replies", HISTORICAL, SINCE - DAY, SINCE + DAY, AS_OF)
        assert gap == Gap(
            tweet, "replies", Reason.NOT_COUNTED_THEN, "not counted before 2015-09-15", SINCE - 2 * HOUR, SINCE
        )

    def test_a_tweet_posted_after_the_hours_asked_for_has_no_gap(self) -> None:
        assert gap_by_rule(posted(SINCE - HOUR), "replies", HISTORICAL, SINCE - DAY, SINCE - HOUR, AS_OF) is None

    def test_the_other_metrics_were_counted(self) -> None:
        young_then = datetime(2016, 1, 1, tzinfo=UTC)
        gaps = [name for name in METRICS if gap_by_rule(EARLY, name, HISTORICAL, SINCE - DAY, SINCE, as_of=young_then)]
        assert sorted(gaps) == sorted(COUNTED_SINCE) == ["favorites", "replies", "retweets"]
