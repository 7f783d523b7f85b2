"""The world: the same truth whenever it is looked at, and counts that add up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.catalog import METRICS
from reportgen.simulator.world import World

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
WORLD = World(1, NOW)

VIRAL = "2120562194641846273"
DELETED = "2120192257029046273"
VIDEO = "2120939682001846273"
ORDINARY = "2117270504862646273"
HELP = "2117632892728246273"

COUNTS = sorted(set(METRICS))
PARTS = sorted(set(METRICS) - {"impressions", "engagements", "media_views", "video_views"})


def since_post(tweet_id: str, metric: str, world: World = WORLD) -> int:
    tweet = world.tweet(tweet_id)
    assert tweet is not None
    return world.count(tweet_id, metric, tweet.posted_at, world.now)


def test_tweets_are_those_posted_until_now() -> None:
    assert WORLD.tweets[0].posted_at.date() == date(2015, 9, 10)
    assert WORLD.tweets[-1].posted_at <= NOW
    later = WORLD.at(NOW + timedelta(days=30))
    assert later.tweets[: len(WORLD.tweets)] == WORLD.tweets
    assert len(later.tweets) > len(WORLD.tweets)


def test_a_tweet_is_found_by_its_id_from_the_instant_it_is_posted() -> None:
    tweet = WORLD.tweet(VIRAL)
    assert tweet is not None
    assert tweet in WORLD.tweets
    assert WORLD.at(tweet.posted_at).tweet(VIRAL) == tweet
    assert WORLD.at(tweet.posted_at - timedelta(milliseconds=1)).tweet(VIRAL) is None
    assert WORLD.tweet("2120562194641846274") is None
    assert WORLD.tweet("12") is None


def test_a_deleted_tweet_is_available_until_it_is_deleted() -> None:
    tweet = WORLD.tweet(DELETED)
    assert tweet is not None
    assert tweet.deleted_at == datetime(2026, 11, 13, 9, tzinfo=UTC)
    assert WORLD.at(tweet.deleted_at - HOUR).is_available(tweet)
    assert not WORLD.at(tweet.deleted_at).is_available(tweet)


@pytest.mark.parametrize("tweet_id", [VIRAL, VIDEO, HELP, ORDINARY])
@pytest.mark.parametrize("metric", ["impressions", "engagements", "replies"])
def test_hours_that_are_over_have_the_same_counts_next_week(tweet_id: str, metric: str) -> None:
    start = NOW - timedelta(days=7)
    counts = WORLD.hourly(tweet_id, metric, start, NOW)
    assert World(1, NOW + timedelta(days=7)).hourly(tweet_id, metric, start, NOW) == counts
    assert World(1, NOW + timedelta(days=400)).hourly(tweet_id, metric, start, NOW) == counts


@pytest.mark.parametrize("tweet_id", [VIRAL, VIDEO, HELP, ORDINARY, DELETED])
@pytest.mark.parametrize("metric", COUNTS)
def test_the_hours_since_the_post_add_up_to_the_total(tweet_id: str, metric: str) -> None:
    hours = WORLD.hourly(tweet_id, metric, datetime(2026, 11, 1, tzinfo=UTC), NOW)
    assert min(hours) >= 0
    assert sum(hours) == since_post(tweet_id, metric)
    if metric != "video_views":
        assert sum(hours) == WORLD.total(tweet_id, metric)


instants = st.datetimes(datetime(2026, 11, 11, 12), datetime(2026, 11, 17)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(metric=st.sampled_from(COUNTS), points=st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_adjacent_spans_add_up_exactly(metric: str, points: list[datetime]) -> None:
    a, b, c = points
    assert WORLD.count(VIRAL, metric, a, b) + WORLD.count(VIRAL, metric, b, c) == WORLD.count(VIRAL, metric, a, c)


@given(metric=st.sampled_from(COUNTS), points=st.lists(instants, min_size=2, max_size=2, unique=True).map(sorted))
def test_the_hours_of_a_span_add_up_to_its_count(metric: str, points: list[datetime]) -> None:
    start, end = points
    hours = WORLD.hourly(VIRAL, metric, start, end)
    assert min(hours, default=0) >= 0
    assert sum(hours) == WORLD.count(VIRAL, metric, start, end)
    edges = {start, end} | {
        at for n in range(160) if start < (at := datetime(2026, 11, 11, tzinfo=UTC) + n * HOUR) < end
    }
    assert len(hours) == len(edges) - 1


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 11, 11, 16, tzinfo=UTC), datetime(2026, 11, 11, 17, tzinfo=UTC)),
        (NOW, NOW + timedelta(days=1)),
    ],
)
def test_nothing_happens_before_the_post_nor_in_the_future(start: datetime, end: datetime) -> None:
    assert WORLD.count(VIRAL, "impressions", start, end) == 0
    assert set(WORLD.hourly(VIRAL, "impressions", start, end)) == {0}


def test_nothing_happens_to_a_tweet_that_is_deleted() -> None:
    deleted_at = datetime(2026, 11, 13, 9, tzinfo=UTC)
    assert WORLD.count(DELETED, "impressions", deleted_at - HOUR, deleted_at) > 0
    assert WORLD.count(DELETED, "impressions", deleted_at, NOW) == 0


def test_totals_count_a_video_wherever_it_was_posted() -> None:
    here = since_post(VIDEO, "video_views")
    assert 1.2 * here - 1 < WORLD.total(VIDEO, "video_views") < 1.6 * here
    assert WORLD.total(ORDINARY, "video_views") == 0


@pytest.mark.parametrize(
    ("tweet_id", "none_of"),
    [
        (HELP, {"media_views", "media_engagements", "video_views"}),
        (ORDINARY, {"video_views"}),
        (VIDEO, set()),
    ],
)
def test_media_and_video_are_counted_only_where_there_are_any(tweet_id: str, none_of: set[str]) -> None:
    media = {"media_views", "media_engagements", "video_views"}
    assert {metric for metric in media if since_post(tweet_id, metric) == 0} == none_of


def test_proportions_are_plausible() -> None:
    for tweet in WORLD.tweets[-100:]:
        end = tweet.posted_at + timedelta(days=28)
        later = WORLD.at(end)
        count = {metric: later.count(tweet.id, metric, tweet.posted_at, end) for metric in COUNTS}
        assert sum(count[metric] for metric in PARTS) <= count["engagements"] < 0.15 * count["impressions"]
        assert count["video_views"] <= count["media_views"] <= count["impressions"]
        first_days = later.count(tweet.id, "impressions", tweet.posted_at, tweet.posted_at + timedelta(hours=48))
        assert 0.6 * count["impressions"] < first_days


def test_engagements_are_not_the_sum_of_the_other_metrics() -> None:
    assert sum(since_post(VIRAL, metric) for metric in PARTS) < since_post(VIRAL, "engagements")


def test_a_tweet_is_still_seen_months_later() -> None:
    spring = World(1, datetime(2027, 4, 1, tzinfo=UTC))
    assert spring.count(ORDINARY, "impressions", datetime(2027, 3, 1, tzinfo=UTC), spring.now) > 10


def test_people_sleep_at_night_and_do_less_on_sundays() -> None:
    old = [tweet.id for tweet in WORLD.tweets if tweet.handle == "@acme" and tweet.posted_at < NOW - timedelta(days=90)]
    start = datetime(2026, 8, 24, tzinfo=UTC)
    by_hour = [0] * 168
    for tweet_id in old[-60:]:
        for place, count in enumerate(WORLD.hourly(tweet_id, "impressions", start, start + timedelta(days=84))):
            by_hour[place % 168] += count
    nights = sum(by_hour[day * 24 + hour] for day in range(7) for hour in range(5, 11))
    evenings = sum(by_hour[day * 24 + hour] for day in range(7) for hour in range(18, 24))
    assert nights * 3 < evenings
    assert sum(by_hour[6 * 24 :]) < sum(by_hour[24:48])


def test_the_numbers_are_these_on_every_machine() -> None:
    assert {metric: WORLD.total(VIRAL, metric) for metric in ("impressions", "engagements", "favorites")} == {
        "impressions": 1_309_655,
        "engagements": 62_373,
        "favorites": 12_654,
    }


def test_an_unknown_tweet_or_metric_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        WORLD.count("12", "impressions", NOW, NOW)
    with pytest.raises(KeyError):
        WORLD.count(VIRAL, "applause", NOW, NOW)
    with pytest.raises(KeyError):
        WORLD.account("@nobody")
