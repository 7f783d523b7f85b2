"""The Engagement API's rules: each a row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reportgen.catalog import ENDPOINTS
from reportgen.simulator.rules import answer
from reportgen.simulator.world import World

NOW = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
WORLD = World(1, NOW)

VIRAL = "2120562194641846273"
VIDEO = "2120939682001846273"
DELETED = "2120192257029046273"
OLD = "2029240452510646273"
OLD_PHOTO = "642004603499446273"
OLD_VIDEO = "1164567905694646273"
HELP = "2117632892728246273"
GLOBEX = next(tweet.id for tweet in WORLD.tweets[::-1] if tweet.handle == "@globex")
UNKNOWN = "12"

HELP_ID = WORLD.account("@acme_help").user_id
GLOBEX_ID = WORLD.account("@globex").user_id

BY_TWEET = {"g": {"group_by": ["tweet.id", "engagement.type"]}}
DAILY = {"g": {"group_by": ["tweet.id", "engagement.type", "engagement.day"]}}
HOURLY = {"g": {"group_by": ["tweet.id", "engagement.type", "engagement.day", "engagement.hour"]}}


def ask(
    endpoint: str,
    tweet_ids: list[str],
    metrics: list[str],
    groupings: dict[str, Any] = BY_TWEET,
    *,
    signer: str | None = "@acme",
    world: World = WORLD,
    start: str | None = None,
    end: str | None = None,
) -> tuple[int, dict[str, Any]]:
    dates = {"start": start, "end": end}
    body = {"tweet_ids": tweet_ids, "engagement_types": metrics, "groupings": groupings, **dates}
    given = answer(ENDPOINTS[endpoint], body, world.account(signer) if signer else None, world)
    return given.status, given.body


def values(nested: Any) -> list[int]:
    return [int(nested)] if isinstance(nested, str) else [value for part in nested.values() for value in values(part)]


@pytest.mark.parametrize(
    ("now", "start", "end", "echoed"),
    [
        (NOW, "2026-11-09", "2026-11-16", ("2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z")),
        (NOW, "2026-11-09T12:24:00Z", "2026-11-10T08:37:00Z", ("2026-11-09T12:00:00Z", "2026-11-10T09:00:00Z")),
        (NOW, "2026-10-19", "2026-11-16", ("2026-10-19T00:00:00Z", "2026-11-16T00:00:00Z")),
        (NOW, "2026-11-16T12:00:00Z", "2026-11-16T12:30:00Z", ("2026-11-16T12:00:00Z", "2026-11-16T13:00:00Z")),
        (NOW, "2025-11-16T12:10:00Z", "2025-11-17", ("2025-11-16T12:00:00Z", "2025-11-17T00:00:00Z")),
        (NOW, None, None, ("2026-10-19T13:00:00Z", "2026-11-16T13:00:00Z")),
        (NOW - timedelta(minutes=30), None, None, ("2026-10-19T12:00:00Z", "2026-11-16T12:00:00Z")),
    ],
)
def test_historical_counts_whole_hours_and_says_which(
    now: datetime, start: str | None, end: str | None, echoed: tuple[str, str]
) -> None:
    status, body = ask("historical", [OLD], ["impressions"], HOURLY, world=WORLD.at(now), start=start, end=end)
    assert (status, body["start"], body["end"]) == (200, *echoed)
    hours = [f"{day}T{hour}" for day, hours in body["g"][OLD]["impressions"].items() for hour in hours]
    first, last = (datetime.fromisoformat(edge) for edge in echoed)
    assert hours == [f"{first + timedelta(hours=n):%Y-%m-%dT%H}" for n in range((last - first) // timedelta(hours=1))]


@pytest.mark.parametrize(
    ("start", "end", "error"),
    [
        ("2026-11-16", "2026-11-16", "start must be before end."),
        ("2026-11-16", "2026-11-09", "start must be before end."),
        ("2026-11-10", "2026-11-17", "end must not be in the future."),
        ("2026-11-10", "2026-11-16T12:30:01Z", "end must not be in the future."),
        ("2026-10-18", "2026-11-16", "start and end may be 4 weeks apart at most."),
        ("2026-10-18T23:59:00Z", "2026-11-16", "start and end may be 4 weeks apart at most."),
        ("2025-11-16T11:59:59Z", "2025-11-17", "start must not be before 2025-11-16T12:00:00Z."),
        ("2026-11-10", None, "Give both start and end, or neither."),
        (None, "2026-11-10", "Give both start and end, or neither."),
    ],
)
def test_historical_refuses_other_windows(start: str | None, end: str | None, error: str) -> None:
    assert ask("historical", [VIRAL], ["impressions"], start=start, end=end) == (400, {"errors": [error]})


def test_28hr_has_29_hours_the_first_and_the_last_of_them_in_part() -> None:
    status, body = ask("28hr", [VIRAL], ["impressions"], HOURLY)
    assert (status, body["start"], body["end"]) == (200, "2026-11-15T08:00:00Z", "2026-11-16T13:00:00Z")
    hours = values(body["g"])
    assert len(hours) == 29
    assert sum(hours) == WORLD.count(VIRAL, "impressions", NOW - timedelta(hours=28), NOW)
    half = timedelta(minutes=30)
    assert hours[0] == WORLD.count(VIRAL, "impressions", NOW - timedelta(hours=28), NOW - timedelta(hours=28) + half)
    assert hours[-1] == WORLD.count(VIRAL, "impressions", NOW - half, NOW)


def test_28hr_on_the_hour_has_28_hours() -> None:
    _, body = ask("28hr", [VIRAL], ["impressions"], HOURLY, world=WORLD.at(NOW - timedelta(minutes=30)))
    assert (body["start"], body["end"]) == ("2026-11-15T08:00:00Z", "2026-11-16T12:00:00Z")
    assert len(values(body["g"])) == 28


def test_hours_before_the_post_are_there_as_zeros() -> None:
    _, body = ask("historical", [VIRAL], ["impressions"], HOURLY, start="2026-11-11", end="2026-11-12")
    hours = values(body["g"])
    assert hours[:17] == [0] * 17
    assert min(hours[17:]) > 0
    assert len(hours) == 24


@pytest.mark.parametrize("metric", ["impressions", "engagements", "favorites", "retweets", "replies"])
def test_the_three_endpoints_agree(metric: str) -> None:
    _, totals = ask("totals", [VIRAL], [metric])
    _, daily = ask("historical", [VIRAL], [metric], DAILY)
    _, hourly = ask("historical", [VIRAL], [metric], HOURLY)
    _, last_hours = ask("28hr", [VIRAL], [metric], HOURLY)
    assert sum(values(daily["g"])) == sum(values(hourly["g"])) == int(totals["g"][VIRAL][metric])
    for day, hours in hourly["g"][VIRAL][metric].items():
        assert sum(values(hours)) == int(daily["g"][VIRAL][metric][day])
    # The first hour of the 28 is there in part.
    assert values(last_hours["g"])[1:] == values(hourly["g"])[-28:]


def test_hours_that_are_over_are_answered_alike_a_week_later() -> None:
    now, later = (
        ask(
            "historical",
            [VIRAL, VIDEO],
            ["impressions", "engagements", "url_clicks"],
            HOURLY,
            world=world,
            start="2026-11-09",
            end="2026-11-16",
        )
        for world in (WORLD, WORLD.at(NOW + timedelta(days=7)))
    )
    assert now == later


def test_totals_count_the_video_elsewhere_too() -> None:
    _, totals = ask("totals", [VIDEO], ["video_views"])
    _, historical = ask("historical", [VIDEO], ["video_views"])
    assert int(totals["g"][VIDEO]["video_views"]) == WORLD.total(VIDEO, "video_views")
    assert int(historical["g"][VIDEO]["video_views"]) < WORLD.total(VIDEO, "video_views")


def test_totals_have_no_dates() -> None:
    assert ask("totals", [VIRAL], ["favorites"]) == (
        200,
        {"g": {VIRAL: {"favorites": str(WORLD.total(VIRAL, "favorites"))}}},
    )


@pytest.mark.parametrize(
    ("tweet_ids", "errors"),
    [
        ([VIRAL, HELP], [f"Forbidden to access tweets: {HELP}"]),
        ([HELP], [f"Forbidden to access tweets: {HELP}"]),
        ([GLOBEX, VIRAL, UNKNOWN], [f"Forbidden to access tweets: {GLOBEX}"]),
        (
            [HELP, VIRAL, GLOBEX],
            [
                f"Forbidden to access tweets for author id {HELP_ID}: {HELP}",
                f"Forbidden to access tweets for author id {GLOBEX_ID}: {GLOBEX}",
            ],
        ),
    ],
)
@pytest.mark.parametrize("endpoint", ["totals", "28hr", "historical"])
def test_one_foreign_tweet_refuses_the_whole_call(endpoint: str, tweet_ids: list[str], errors: list[str]) -> None:
    assert ask(endpoint, tweet_ids, ["favorites"]) == (403, {"errors": errors})


def test_several_foreign_tweets_of_an_author_are_named_together() -> None:
    status, body = ask("totals", [VIRAL, VIDEO, HELP], ["favorites"], signer="@acme_help")
    assert (status, body) == (403, {"errors": [f"Forbidden to access tweets: {VIRAL}, {VIDEO}"]})


def test_the_bearer_token_may_ask_for_public_metrics_of_any_tweet() -> None:
    public = ["favorites", "retweets", "quote_tweets", "replies", "video_views"]
    status, body = ask("totals", [VIRAL, HELP, GLOBEX], public, signer=None)
    assert status == 200
    assert body["g"] == {
        tweet_id: {metric: str(WORLD.total(tweet_id, metric)) for metric in public}
        for tweet_id in (VIRAL, HELP, GLOBEX)
    }


@pytest.mark.parametrize(
    ("endpoint", "metrics", "error"),
    [
        ("totals", ["favorites", "impressions"], "Forbidden to access metrics: impressions"),
        ("totals", ["impressions", "engagements"], "Forbidden to access metrics: impressions, engagements"),
        ("28hr", ["favorites"], "28hr needs user context: sign with the access token of the Tweets' owner."),
        (
            "historical",
            ["favorites"],
            "historical needs user context: sign with the access token of the Tweets' owner.",
        ),
    ],
)
def test_the_bearer_token_may_ask_for_nothing_else(endpoint: str, metrics: list[str], error: str) -> None:
    assert ask(endpoint, [VIRAL], metrics, signer=None) == (403, {"errors": [error]})


@pytest.mark.parametrize("endpoint", ["totals", "28hr", "historical"])
def test_unavailable_tweets_are_named_and_the_others_answered(endpoint: str) -> None:
    status, body = ask(endpoint, [DELETED, VIRAL, UNKNOWN], ["impressions"])
    assert status == 200
    assert body["errors"] == ["2 Tweet ID(s) are unavailable"]
    assert body["unavailable_tweet_ids"] == [DELETED, UNKNOWN]
    assert list(body["g"]) == [VIRAL]


@pytest.mark.parametrize("endpoint", ["totals", "28hr", "historical"])
def test_a_call_for_unavailable_tweets_alone_is_refused(endpoint: str) -> None:
    assert ask(endpoint, [DELETED], ["impressions"]) == (
        400,
        {"errors": ["1 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [DELETED]},
    )


def test_a_tweet_is_available_until_it_is_deleted() -> None:
    status, body = ask("totals", [DELETED], ["favorites"], world=WORLD.at(datetime(2026, 11, 12, tzinfo=UTC)))
    assert (status, list(body)) == (200, ["g"])


def test_totals_have_no_impressions_of_tweets_older_than_90_days() -> None:
    status, body = ask("totals", [OLD, VIRAL], ["impressions", "engagements", "favorites"])
    assert status == 200
    assert body["errors"] == [
        "Impressions & engagements for tweets older than 90 days (2026-08-18T12:30:00Z) are not supported"
    ]
    assert body["unsupported_for_impressions_engagements_tweet_ids"] == [OLD]
    favorites = str(WORLD.total(OLD, "favorites"))
    assert body["g"][OLD] == {"impressions": "0", "engagements": "0", "favorites": favorites}
    assert body["g"][VIRAL]["impressions"] == str(WORLD.total(VIRAL, "impressions"))


@pytest.mark.parametrize(("age", "listed"), [(timedelta(days=90), False), (timedelta(days=90, seconds=1), True)])
def test_90_days_are_counted_to_the_second(age: timedelta, listed: bool) -> None:
    tweet = WORLD.tweet(VIRAL)
    assert tweet is not None
    _, body = ask("totals", [VIRAL], ["impressions"], world=WORLD.at(tweet.posted_at + age))
    assert ("unsupported_for_impressions_engagements_tweet_ids" in body) is listed


def test_an_old_tweet_is_listed_only_where_its_impressions_are_asked_for() -> None:
    assert list(ask("totals", [OLD], ["favorites"])[1]) == ["g"]
    assert list(ask("historical", [OLD], ["impressions"])[1]) == ["start", "end", "g"]


@pytest.mark.parametrize("endpoint", ["totals", "28hr", "historical"])
def test_video_views_of_tweets_older_than_1800_days_are_no_measurement(endpoint: str) -> None:
    status, body = ask(endpoint, [OLD_VIDEO, OLD_PHOTO, VIDEO], ["video_views"])
    assert status == 200
    assert "errors" not in body
    assert body["unsupported_for_video_views_tweet_ids"] == [OLD_VIDEO, OLD_PHOTO]
    assert body["g"][OLD_VIDEO] == {"video_views": "0"}
    assert int(body["g"][VIDEO]["video_views"]) > 0


@pytest.mark.parametrize("metric", ["favorites", "replies", "retweets"])
def test_historical_shows_zeros_for_favorites_replies_and_retweets_before_15_september_2015(metric: str) -> None:
    world = World(1, datetime(2015, 9, 20, tzinfo=UTC))
    metrics = [metric, "impressions"]
    _, body = ask("historical", [OLD_PHOTO], metrics, DAILY, world=world, start="2015-09-10", end="2015-09-20")
    days = values(body["g"][OLD_PHOTO][metric])
    assert days[:5] == [0] * 5
    assert sum(days) == world.count(OLD_PHOTO, metric, datetime(2015, 9, 15, tzinfo=UTC), world.now) > 0
    assert min(values(body["g"][OLD_PHOTO]["impressions"])) > 0


def test_several_groupings_say_the_same() -> None:
    groupings = {
        "by-tweet": {"group_by": ["tweet.id"]},
        "by-day": {"group_by": ["engagement.day"]},
        "by-hour": {"group_by": ["engagement.hour", "engagement.type"]},
    }
    _, body = ask("historical", [VIRAL, VIDEO], ["impressions", "replies"], groupings)
    assert list(body) == ["start", "end", "by-tweet", "by-day", "by-hour"]
    assert sum(values(body["by-tweet"])) == sum(values(body["by-day"])) == sum(values(body["by-hour"])) > 0


def test_a_grouping_may_bear_the_name_of_one_of_the_apis_keys() -> None:
    groupings = {"start": {"group_by": ["tweet.id"]}, "errors": {"group_by": ["engagement.type"]}}
    status, body = ask("28hr", [VIRAL, DELETED], ["impressions"], groupings)
    assert status == 200
    count = str(WORLD.count(VIRAL, "impressions", NOW - timedelta(hours=28), NOW))
    assert (body["start"], body["errors"]) == ({VIRAL: count}, {"impressions": count})
    assert body["unavailable_tweet_ids"] == [DELETED]


def test_what_the_form_forbids_is_refused_before_all_else() -> None:
    assert ask("totals", [HELP], ["applause"], signer=None)[0] == 400
