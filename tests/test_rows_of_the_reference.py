"""The vendor's reference, row by row: each rule and each documented payload, and what the client makes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reportgen.api.answers import read_reply
from reportgen.api.groupings import read_grouping
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Answer, Refusal, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.catalog import ENDPOINTS, HISTORICAL, METRICS, RENAMED_METRICS, TOTALS, metrics_of
from reportgen.gaps import Gap, Reason
from reportgen.not_counted import limit_passed
from reportgen.request import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
START = datetime(2026, 11, 9, tzinfo=UTC)
A, B = "2117270504862646273", "2117632892728246273"  # posted at the beginning of November 2026
NOT_THERE = "deleted, protected or never there"


def totals(*metrics: str) -> Request:
    return Request(TOTALS, Signer("@acme"), (A, B), metrics, Grain.TOTAL)


def historical(grain: Grain, hours: int) -> Request:
    end = START + timedelta(hours=hours)
    return Request(HISTORICAL, Signer("@acme"), (A,), ("impressions",), grain, START, end)


def read(request: Request, status: int, body: object) -> Verdict:
    return read_reply(request, Reply(status, body if isinstance(body, str) else json.dumps(body)), AS_OF)


def told(verdict: Verdict) -> tuple[list[int], list[tuple[str, str | None, str]]]:
    """The counts in their order, and the gaps."""
    assert isinstance(verdict, Answer)
    counts = verdict.facts.sort("tweet_id", "metric", "start")["value"].to_list()
    return counts, [(gap.tweet_id, gap.metric, gap.reason.value) for gap in verdict.gaps]


class TestCalls:
    @pytest.mark.parametrize(
        ("name", "tweets", "window", "app"),
        [
            ("totals", 250, None, True),
            ("28hr", 25, timedelta(hours=28), False),
            ("historical", 25, timedelta(weeks=4), False),
        ],
    )
    def test_each_endpoint_has_its_batch_its_window_and_its_signers(
        self, name: str, tweets: int, window: timedelta | None, app: bool
    ) -> None:
        endpoint = ENDPOINTS[name]
        assert (endpoint.tweets_per_call, endpoint.window, endpoint.app_context) == (tweets, window, app)
        assert endpoint.time_groupings == (name != "totals")


class TestMetrics:
    EVERYWHERE = ("impressions", "engagements", "favorites", "retweets", "replies", "video_views")
    DETAILS = (
        "media_views", "media_engagements", "url_clicks", "hashtag_clicks", "detail_expands", "permalink_clicks",
        "app_install_attempts", "app_opens", "email_tweet", "user_follows", "user_profile_clicks",
    )  # fmt: skip

    def test_each_endpoint_has_its_own(self) -> None:
        rate = {"engagement_rate"}
        assert set(metrics_of(ENDPOINTS["totals"])) == {*self.EVERYWHERE, "quote_tweets"} | rate
        assert set(metrics_of(ENDPOINTS["28hr"])) == {*self.EVERYWHERE, *self.DETAILS} | rate
        assert set(metrics_of(ENDPOINTS["historical"])) == {*self.EVERYWHERE, *self.DETAILS} | rate

    def test_five_are_public(self) -> None:
        public = {name for name, metric in METRICS.items() if metric.public}
        assert public == {"favorites", "retweets", "quote_tweets", "replies", "video_views"}

    def test_media_clicks_is_an_old_name(self) -> None:
        assert RENAMED_METRICS == {"media_clicks": "media_engagements"}

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
    def test_a_metric_is_gone_the_moment_after_its_last_day(
        self, endpoint: str, metric: str, days: int, reason: Reason
    ) -> None:
        age = timedelta(days=days)
        assert limit_passed(metric, ENDPOINTS[endpoint], age) is None
        limit = limit_passed(metric, ENDPOINTS[endpoint], age + timedelta(seconds=1))
        assert limit is not None
        assert limit.reason is reason

    def test_no_other_metric_ages(self) -> None:
        aged = {
            (endpoint.name, metric)
            for endpoint in ENDPOINTS.values()
            for metric in METRICS
            if limit_passed(metric, endpoint, timedelta(days=9999))
        }
        assert aged == {
            ("totals", "impressions"), ("totals", "engagements"),
            ("totals", "video_views"), ("28hr", "video_views"), ("historical", "video_views"),
        }  # fmt: skip


HOURS = {f"{hour:02}": str(hour) for hour in range(24)}
PAYLOADS: dict[str, tuple[Request, dict[str, Any], list[int], list[tuple[str, str | None, str]]]] = {
    "counts are strings": (
        totals("favorites"), {"facts": {A: {"favorites": "551"}, B: {"favorites": "0"}}}, [551, 0], [],
    ),
    "now and then a bare number": (
        totals("favorites"), {"facts": {A: {"favorites": 26}, B: {"favorites": "1"}}}, [26, 1], [],
    ),
    "days nest": (
        historical(Grain.DAY, 48), {"facts": {A: {"impressions": {"2026-11-09": "3", "2026-11-10": "4"}}}}, [3, 4], [],
    ),
    "hours nest under days": (
        historical(Grain.HOUR, 24), {"facts": {A: {"impressions": {"2026-11-09": HOURS}}}}, list(range(24)), [],
    ),
    "start and end are echoed": (
        historical(Grain.TOTAL, 24),
        {"start": "2026-11-09T00:00:00Z", "end": "2026-11-10T00:00:00Z", "facts": {A: {"impressions": "5"}}},
        [5], [],
    ),
    "deleted posts are listed, and the others have data": (
        totals("favorites"),
        {"errors": ["1 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [A], "facts": {B: {"favorites": "7"}}},
        [7], [(A, None, "unavailable")],
    ),
    "too old for impressions, with 0 beside": (
        totals("impressions", "favorites"),
        {
            "errors": ["Impressions & engagements for tweets older than 90 days are not supported"],
            "unsupported_for_impressions_engagements_tweet_ids": [A],
            "facts": {A: {"impressions": "0", "favorites": "1"}, B: {"impressions": "2", "favorites": "3"}},
        },
        [1, 2, 3], [(A, "impressions", "too_old_for_impressions")],
    ),
    "too old for video views, with 0 beside": (
        totals("video_views"),
        {"unsupported_for_video_views_tweet_ids": [A], "facts": {A: {"video_views": "0"}, B: {"video_views": "9"}}},
        [9], [(A, "video_views", "too_old_for_video_views")],
    ),
    "a 200 can carry errors, and its data counts": (
        totals("favorites"), {"errors": ["Some of it failed"], "facts": {A: {"favorites": "1"}}}, [1],
        [(B, "favorites", "call_failed")],
    ),
    "a post that a 200 calls forbidden and has nothing about is a known gap": (
        totals("favorites"),
        {"errors": [f"Forbidden to access tweets for author id {B}: {A}"], "facts": {B: {"favorites": "7"}}},
        [7], [(A, None, "forbidden")],
    ),
    "a 200 with nothing but errors": (
        totals("favorites"), {"errors": ["All of it failed"]}, [],
        [(A, "favorites", "call_failed"), (B, "favorites", "call_failed")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_documented_payload_is_read_into_its_counts_and_gaps(name: str) -> None:
    request, body, counts, gaps = PAYLOADS[name]
    assert told(read(request, 200, body)) == (counts, gaps)


@pytest.mark.parametrize("node", [{"2026-11-09": {"17": "8"}}, {"17": "8"}])
def test_an_hour_without_a_day_is_read_in_both_shapes(node: object) -> None:
    rows = read_grouping({"impressions": node}, ("engagement.type", "engagement.hour"))
    assert rows.select("engagement.type", "engagement.hour", "value").rows() == [("impressions", "17", 8)]


GROUP_BYS = (
    "One or more of the groupBys you have specified are not supported: (engagement.hour). "
    "Please adjust your request and try again."
)
NOT_AUTHENTICATED = "Your account could not be authenticated. Reason: Access Token not found"
ANSWERED = "the API answered with status"
STATUSES: list[tuple[int, object, Verdict]] = [
    (
        400, {"errors": ["2 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [A, B]},
        Refusal(
            "2 Tweet ID(s) are unavailable",
            {i: Gap(i, None, Reason.UNAVAILABLE, NOT_THERE) for i in (A, B)}, frozenset(), Reason.UNAVAILABLE,
        ),
    ),
    (
        400, {"errors": ["1 Tweet ID(s) are unavailable"]},
        Refusal("1 Tweet ID(s) are unavailable", {}, frozenset(), Reason.UNAVAILABLE),
    ),
    (400, {"errors": [GROUP_BYS]}, Rejected(f"the API refused the call: {GROUP_BYS}")),
    (401, {"errors": [NOT_AUTHENTICATED]}, Unauthorized(NOT_AUTHENTICATED)),
    (
        403, {"errors": [f"Forbidden to access tweets: {A}"]},
        Refusal(
            f"Forbidden to access tweets: {A}", {A: Gap(A, None, Reason.FORBIDDEN, "not this account's tweet")},
            frozenset(), Reason.FORBIDDEN,
        ),
    ),
    (
        403, {"errors": [f"Forbidden to access tweets for author id {B}: {A}"]},
        Refusal(
            f"Forbidden to access tweets for author id {B}: {A}",
            {A: Gap(A, None, Reason.FORBIDDEN, "not this account's tweet")}, frozenset(), Reason.FORBIDDEN,
        ),
    ),
    (
        403, {"errors": ["Forbidden to access metrics: impressions"]},
        Refusal("Forbidden to access metrics: impressions", {}, frozenset({"impressions"}), Reason.FORBIDDEN),
    ),
    (404, "<html>", Rejected(f"{ANSWERED} 404, not found: check engagement_url in the settings", address=True)),
    (429, {"errors": ["Too many"]}, TooMany()),
    (500, "", Unanswered(f"{ANSWERED} 500")),
    (502, "<html>Bad gateway</html>", Unanswered(f"{ANSWERED} 502")),
    (503, {"errors": [{"message": "Over  capacity\n"}]}, Unanswered(f"{ANSWERED} 503: Over capacity")),
    (504, "{", Unanswered(f"{ANSWERED} 504")),
    (200, "<html>", Unanswered(f"{ANSWERED} 200 and no JSON object")),
    (400, "<html>Bad request</html>", Unanswered(f"{ANSWERED} 400 and no JSON object")),
    (403, '{"errors": ["Forbidden to access tw', Unanswered(f"{ANSWERED} 403 and no JSON object")),
    (200, '{"facts": {', Unanswered(f"{ANSWERED} 200 and no JSON object")),
    (302, "", Rejected(f"{ANSWERED} 302")),
    (204, "", Rejected(f"{ANSWERED} 204")),
    (418, {"detail": "Teapot"}, Rejected(f"{ANSWERED} 418: Teapot")),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "verdict"), STATUSES)
def test_each_status_has_its_verdict(status: int, body: object, verdict: Verdict) -> None:
    assert read(totals("impressions", "favorites"), status, body) == verdict
