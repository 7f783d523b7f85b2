"""What the API does not count, listed or not: the right gap, and no number beside it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.api.answers import read_reply
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS, Endpoint
from reportgen.gaps import Gap, Reason
from reportgen.request import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SINCE = datetime(2015, 9, 15, tzinfo=UTC)
VIDEO = Reason.TOO_OLD_FOR_VIDEO_VIEWS
AGED = Reason.TOO_OLD_FOR_IMPRESSIONS


def posted(instant: datetime) -> str:
    return str((int(instant.timestamp() * 1000) - 1_288_834_974_657) << 22)


def read(request: Request, body: object) -> Answer:
    answer = read_reply(request, Reply(200, json.dumps(body)), AS_OF)
    assert isinstance(answer, Answer)
    return answer


def one(endpoint: Endpoint, tweet: str, *metrics: str) -> Request:
    start, end = (AS_OF.replace(minute=0) - DAY, AS_OF.replace(minute=0)) if endpoint is HISTORICAL else (None, None)
    return Request(endpoint, Signer("@acme"), (tweet,), metrics, Grain.TOTAL, start, end)


@pytest.mark.parametrize(
    ("endpoint", "metric", "age", "reason"),
    [
        (TOTALS, "impressions", 90 * DAY, None),
        (TOTALS, "impressions", 91 * DAY, AGED),
        (TOTALS, "engagements", 91 * DAY, AGED),
        (TOTALS, "favorites", 3000 * DAY, None),
        (HISTORICAL, "impressions", 91 * DAY, None),
        (LAST_28_HOURS, "engagements", 91 * DAY, None),
        (TOTALS, "video_views", 1800 * DAY, None),
        (TOTALS, "video_views", 1801 * DAY, VIDEO),
        (HISTORICAL, "video_views", 1801 * DAY, VIDEO),
        (LAST_28_HOURS, "video_views", 1801 * DAY, VIDEO),
    ],
)
@pytest.mark.parametrize("number", ["0", "7", None])
def test_the_ages_hold_although_the_answer_lists_nothing(
    endpoint: Endpoint, metric: str, age: timedelta, reason: Reason | None, number: str | None
) -> None:
    tweet = posted(AS_OF - age)
    counts = {} if number is None and reason else {metric: number or "1"}
    answer = read(one(endpoint, tweet, metric), {"facts": {tweet: counts}})
    assert [(gap.metric, gap.reason) for gap in answer.gaps] == ([(metric, reason)] if reason else [])
    assert answer.facts.height == (0 if reason else 1)
    assert not answer.failed


@pytest.mark.parametrize(
    ("key", "reason", "metrics"),
    [
        ("unsupported_for_impressions_engagements_tweet_ids", AGED, ("impressions", "engagements")),
        ("unsupported_for_video_views_tweet_ids", VIDEO, ("video_views",)),
    ],
)
@pytest.mark.parametrize("number", ["0", None])
@pytest.mark.parametrize("as_text", [True, False])
def test_what_the_answer_lists_is_a_gap_of_the_listed_tweet_and_metrics_alone(
    key: str, reason: Reason, metrics: tuple[str, ...], number: str | None, as_text: bool
) -> None:
    listed, other = posted(AS_OF - 90 * DAY), posted(AS_OF - 89 * DAY)
    request = Request(TOTALS, Signer("@acme"), (listed, other), ("favorites", *metrics), Grain.TOTAL)
    beside = {} if number is None else dict.fromkeys(metrics, number)
    all_counts = dict.fromkeys(("favorites", *metrics), "5")
    body = {
        key: [listed if as_text else int(listed), "1"],
        "facts": {listed: {"favorites": "2", **beside}, other: all_counts},
    }
    answer = read(request, body)
    assert [(gap.tweet_id, gap.metric, gap.reason) for gap in answer.gaps] == [
        (listed, name, reason) for name in metrics
    ]
    counted = answer.facts.rows()
    assert sorted(row[3] for row in counted if row[0] == int(listed)) == [2]
    assert sorted(row[3] for row in counted if row[0] == int(other)) == [5] * (1 + len(metrics))
    assert not answer.failed


def early(grain: Grain, start: datetime, end: datetime) -> Request:
    tweet = posted(datetime(2015, 9, 1, tzinfo=UTC))
    return Request(HISTORICAL, Signer("@acme"), (tweet,), ("favorites", "url_clicks"), grain, start, end)


class TestBefore2015:
    def test_the_zeros_of_those_days_are_gaps_and_the_counts_since_are_kept(self) -> None:
        request = early(Grain.DAY, SINCE - 2 * DAY, SINCE + DAY)
        days = {f"2015-09-{day}": "0" if day < 15 else "4" for day in (13, 14, 15)}
        answer = read(request, {"facts": {request.tweet_ids[0]: {"favorites": days, "url_clicks": days}}})
        assert answer.gaps == (
            Gap(
                request.tweet_ids[0],
                "favorites",
                Reason.NOT_COUNTED_THEN,
                "not counted before 2015-09-15",
                SINCE - 2 * DAY,
                SINCE,
            ),
        )
        favorites = answer.facts.filter(answer.facts["metric"].cast(str) == "favorites")
        assert favorites.select("start", "value").rows() == [(SINCE, 4)]
        assert (answer.facts.height, answer.failed) == (4, False)

    def test_a_window_that_ends_before_has_none_of_these_counts(self) -> None:
        request = early(Grain.HOUR, SINCE - 2 * timedelta(hours=1), SINCE)
        hours = {"2015-09-14": {"22": "0", "23": "0"}}
        answer = read(request, {"facts": {request.tweet_ids[0]: {"favorites": hours, "url_clicks": hours}}})
        assert [(gap.metric, gap.reason) for gap in answer.gaps] == [("favorites", Reason.NOT_COUNTED_THEN)]
        assert (answer.facts.height, answer.failed) == (2, False)

    def test_a_total_over_such_hours_is_none(self) -> None:
        request = early(Grain.TOTAL, SINCE - DAY, SINCE + DAY)
        answer = read(request, {"facts": {request.tweet_ids[0]: {"favorites": "4", "url_clicks": "5"}}})
        assert [(gap.metric, gap.start, gap.end) for gap in answer.gaps] == [("favorites", SINCE - DAY, SINCE)]
        assert [row[3] for row in answer.facts.rows()] == [5]

    def test_an_hour_since_that_is_lacking_is_a_gap_of_its_own(self) -> None:
        request = early(Grain.DAY, SINCE - DAY, SINCE + 2 * DAY)
        days = {"2015-09-14": "0", "2015-09-15": "3"}
        whole = {**days, "2015-09-16": "1"}
        answer = read(request, {"facts": {request.tweet_ids[0]: {"favorites": days, "url_clicks": whole}}})
        assert [(gap.reason, gap.start, gap.end) for gap in answer.gaps] == [
            (Reason.NOT_COUNTED_THEN, SINCE - DAY, SINCE),
            (Reason.CALL_FAILED, SINCE + DAY, SINCE + 2 * DAY),
        ]


def test_a_tweet_that_is_gone_is_one_gap_whatever_else_is_listed_and_counted() -> None:
    old = posted(AS_OF - 2000 * DAY)
    body = {
        "unavailable_tweet_ids": [int(old)],
        "unsupported_for_video_views_tweet_ids": [old],
        "facts": {old: {"video_views": "0", "favorites": "3"}},
    }
    answer = read(one(TOTALS, old, "video_views", "favorites"), body)
    assert answer.gaps == (Gap(old, None, Reason.UNAVAILABLE, "deleted, protected or never there"),)
    assert (answer.facts.height, answer.failed) == (0, False)


class TestEachGapOnce:
    def test_of_a_tweet_that_is_listed_twice_and_too_old_by_the_rules(self) -> None:
        old = posted(AS_OF - 2000 * DAY)
        body = {
            "unsupported_for_impressions_engagements_tweet_ids": [old, int(old)],
            "unsupported_for_video_views_tweet_ids": [old, old],
            "facts": {old: {"impressions": "0", "engagements": "0", "video_views": "0", "favorites": "3"}},
        }
        answer = read(one(TOTALS, old, "impressions", "engagements", "favorites", "video_views"), body)
        assert answer.gaps == (
            Gap(old, "impressions", AGED, "older than 90 days"),
            Gap(old, "engagements", AGED, "older than 90 days"),
            Gap(old, "video_views", VIDEO, "older than 1800 days"),
        )

    def test_of_a_tweet_that_is_gone_twice(self) -> None:
        young = posted(AS_OF - DAY)
        body = {"unavailable_tweet_ids": [young, int(young)], "facts": {}}
        answer = read(one(TOTALS, young, "favorites", "replies"), body)
        assert answer.gaps == (Gap(young, None, Reason.UNAVAILABLE, "deleted, protected or never there"),)

    @pytest.mark.parametrize("grain", [Grain.DAY, Grain.HOUR])
    def test_of_every_hour_around_that_day_of_2015(self, grain: Grain) -> None:
        request = early(grain, SINCE - 2 * DAY, SINCE + 3 * DAY)
        (tweet,) = request.tweet_ids
        counted = {"2015-09-13": "0", "2015-09-16": "4"}
        hourly = {day: {f"{hour:02}": count for hour in range(24)} for day, count in counted.items()}
        node = counted if grain is Grain.DAY else hourly
        answer = read(request, {"facts": {tweet: {"favorites": node, "url_clicks": node}}})
        hours = Counter(
            (gap.metric, gap.start + n * HOUR)
            for gap in answer.gaps
            if gap.start and gap.end
            for n in range((gap.end - gap.start) // HOUR)
        )
        days = {"favorites": [-2, -1, 0, 2], "url_clicks": [-1, 0, 2]}
        assert hours == Counter(
            (metric, SINCE + day * DAY + n * HOUR) for metric, after in days.items() for day in after for n in range(24)
        )
        assert [(gap.metric, gap.reason) for gap in answer.gaps] == [
            ("favorites", Reason.NOT_COUNTED_THEN),
            ("favorites", Reason.CALL_FAILED),
            ("favorites", Reason.CALL_FAILED),
            ("url_clicks", Reason.CALL_FAILED),
            ("url_clicks", Reason.CALL_FAILED),
        ]
