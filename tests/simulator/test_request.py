"""What a request's body may say: each rule a row."""

from datetime import UTC, datetime
from typing import Any

import pytest

from reportgen.catalog import ENDPOINTS
from reportgen.simulator.request import RefusedError, Request, read_request

DAY_AND_HOUR = ["engagement.day", "engagement.hour"]
TWEET_FIRST = ["tweet.id", "engagement.type", *DAY_AND_HOUR]
TYPE_FIRST = ["engagement.type", "tweet.id", *DAY_AND_HOUR]
SUPPORT = "Please adjust your request and try again."


def body_of(**changes: Any) -> dict[str, Any]:
    body = {
        "tweet_ids": ["2120562194641846273"],
        "engagement_types": ["favorites"],
        "groupings": {"g": {"group_by": ["tweet.id", "engagement.type"]}},
    }
    return body | changes


def groupings(*group_bys: list[str]) -> dict[str, Any]:
    return {f"g{number}": {"group_by": group_by} for number, group_by in enumerate(group_bys, 1)}


def test_a_request_is_read() -> None:
    body = body_of(start="2026-11-09", end="2026-11-16T10:20:30Z", tweet_ids=["2", "1", "2"])
    assert read_request(ENDPOINTS["historical"], body) == Request(
        endpoint=ENDPOINTS["historical"],
        tweet_ids=("2", "1"),
        metrics=("favorites",),
        groupings={"g": ("tweet.id", "engagement.type")},
        start=datetime(2026, 11, 9, tzinfo=UTC),
        end=datetime(2026, 11, 16, 10, 20, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("endpoint", "changes"),
    [
        ("totals", {"tweet_ids": [str(number) for number in range(1, 251)]}),
        ("totals", {"engagement_types": ["impressions", "engagements", "quote_tweets", "video_views"]}),
        ("28hr", {"tweet_ids": [str(number) for number in range(1, 26)]}),
        ("28hr", {"engagement_types": ["media_engagements", "app_opens", "email_tweet"]}),
        ("historical", {"groupings": groupings(TWEET_FIRST, ["engagement.hour"], ["engagement.day", "tweet.id"])}),
        ("historical", {"groupings": groupings(TYPE_FIRST)}),
        ("28hr", {"groupings": groupings(["engagement.hour", "engagement.day", "tweet.id"])}),
        ("totals", {"groupings": {"errors": {"group_by": ["engagement.type"]}}}),
        ("historical", {"start": None, "end": None}),
    ],
)
def test_what_the_api_allows_is_read(endpoint: str, changes: dict[str, Any]) -> None:
    read_request(ENDPOINTS[endpoint], body_of(**changes))


@pytest.mark.parametrize(
    ("endpoint", "changes", "error"),
    [
        ("totals", {"tweet_ids": None}, "tweet_ids must be an array of at least one string."),
        ("totals", {"tweet_ids": []}, "tweet_ids must be an array of at least one string."),
        ("totals", {"tweet_ids": [12]}, "tweet_ids must be an array of at least one string."),
        ("totals", {"tweet_ids": ["12", "1e18", "-3"]}, "These are not Tweet IDs: 1e18, -3"),
        ("totals", {"tweet_ids": ["9223372036854775808"]}, "These are not Tweet IDs: 9223372036854775808"),
        (
            "totals",
            {"tweet_ids": [str(number) for number in range(1, 252)]},
            "251 Tweet IDs requested; totals takes 250 at most.",
        ),
        (
            "28hr",
            {"tweet_ids": [str(number) for number in range(1, 27)]},
            "26 Tweet IDs requested; 28hr takes 25 at most.",
        ),
        (
            "historical",
            {"tweet_ids": [str(number) for number in range(1, 27)]},
            "26 Tweet IDs requested; historical takes 25 at most.",
        ),
        ("totals", {"engagement_types": []}, "engagement_types must be an array of at least one string."),
        (
            "totals",
            {"engagement_types": ["favorites", "url_clicks"]},
            f"One or more of the engagement types you have specified are not supported: (url_clicks). {SUPPORT}",
        ),
        (
            "historical",
            {"engagement_types": ["quote_tweets", "media_clicks", "applause"]},
            (
                "One or more of the engagement types you have specified are not supported: "
                f"(quote_tweets, media_clicks, applause). {SUPPORT}"
            ),
        ),
        ("totals", {"groupings": None}, "groupings must be an object with at least one grouping."),
        ("totals", {"groupings": {}}, "groupings must be an object with at least one grouping."),
        ("totals", {"groupings": groupings(*[["tweet.id"]] * 4)}, "4 groupings requested; 3 are the most."),
        ("totals", {"groupings": {"g": ["tweet.id"]}}, "groupings.g.group_by must be an array of at least one string."),
        ("totals", {"groupings": groupings([])}, "groupings.g1.group_by must be an array of at least one string."),
        (
            "totals",
            {"groupings": groupings(["tweet.id", "engagement.hour"])},
            f"One or more of the groupBys you have specified are not supported: (engagement.hour). {SUPPORT}",
        ),
        (
            "historical",
            {"groupings": groupings(["engagement.week", "handle"])},
            f"One or more of the groupBys you have specified are not supported: (engagement.week, handle). {SUPPORT}",
        ),
        (
            "28hr",
            {"groupings": groupings(["tweet.id", "tweet.id"])},
            "groupings.g1.group_by has tweet.id more than once.",
        ),
        (
            "28hr",
            {"groupings": groupings(["engagement.day", "engagement.hour", "tweet.id", "engagement.type"])},
            (
                "groupings.g1.group_by: four values are allowed in these orders only: "
                "tweet.id, engagement.type, engagement.day, engagement.hour or "
                "engagement.type, tweet.id, engagement.day, engagement.hour."
            ),
        ),
        (
            "28hr",
            {"groupings": groupings(TWEET_FIRST, TYPE_FIRST)},
            "Only one grouping of a request may have four group_by values.",
        ),
        ("totals", {"start": "2026-11-09"}, "totals takes no start."),
        ("28hr", {"end": "2026-11-09"}, "28hr takes no end."),
        (
            "historical",
            {"start": "9 November"},
            "start must be a date such as 2026-11-09 or 2026-11-09T00:00:00Z.",
        ),
        (
            "historical",
            {"end": "2026-11-09T00:00:00+01:00"},
            "end must be a date such as 2026-11-09 or 2026-11-09T00:00:00Z.",
        ),
    ],
)
def test_what_the_api_forbids_is_refused(endpoint: str, changes: dict[str, Any], error: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_request(ENDPOINTS[endpoint], body_of(**changes))
    assert (refused.value.status, refused.value.body) == (400, {"errors": [error]})


@pytest.mark.parametrize("body", [None, [], "tweets", 12])
def test_a_body_that_is_no_object_is_refused(body: object) -> None:
    with pytest.raises(RefusedError, match=r"^The request body must be a JSON object\.$"):
        read_request(ENDPOINTS["totals"], body)
