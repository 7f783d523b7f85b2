"""Which tweets exist is a matter of the calendar alone."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from reportgen.simulator.timeline import Tweet, posted_on, posted_until
from reportgen.snowflake import posted_at


def tweets_of(day: str, handle: str = "@acme", seed: int = 1) -> list[Tweet]:
    return [tweet for tweet in posted_on(seed, date.fromisoformat(day)) if tweet.handle == handle]


def test_an_id_tells_to_the_millisecond_when_its_tweet_was_posted() -> None:
    for tweet in posted_until(1, date(2026, 1, 31)):
        assert posted_at(tweet.id) == tweet.posted_at


@pytest.mark.parametrize("seed", [1, 2])
def test_ids_are_unique_and_in_the_order_of_posting(seed: int) -> None:
    ids = [int(tweet.id) for tweet in posted_until(seed, date(2028, 12, 31))]
    assert ids == sorted(set(ids))


def test_every_month_has_tweets_of_all_accounts_that_tweet_and_weekends_have_fewer() -> None:
    tweets = [tweet for tweet in posted_until(1, date(2027, 12, 31)) if tweet.posted_at.year == 2027]
    assert len({(tweet.handle, tweet.posted_at.month) for tweet in tweets}) == 48
    weekends = Counter((tweet.handle, tweet.posted_at.weekday() >= 5) for tweet in tweets)
    for handle in ("@acme", "@acme_help", "@globex"):
        assert weekends[handle, True] / 2 < weekends[handle, False] / 5


@pytest.mark.parametrize(
    ("tweet_id", "handle", "what"),
    [
        ("642004603499446273", "@acme", "photo"),
        ("1164567905694646273", "@acme", "video"),
        ("2117270504862646273", "@acme", "photo"),
        ("2117632892728246273", "@acme_help", "none"),
        ("2120192257029046273", "@acme", "none"),
        ("2120562194641846273", "@acme", "photo"),
        ("2120939682001846273", "@acme", "video"),
        ("2121951348126646273", "@acme", "photo"),
    ],
)
@pytest.mark.parametrize("seed", [1, 7])
def test_what_is_out_of_the_ordinary_has_the_same_id_with_every_seed(
    tweet_id: str, handle: str, what: str, seed: int
) -> None:
    (tweet,) = (tweet for tweet in posted_on(seed, posted_at(tweet_id).date()) if tweet.id == tweet_id)
    assert (tweet.handle, tweet.media) == (handle, what)


def test_the_week_of_9_november_2026_has_a_viral_tweet() -> None:
    (viral,) = (tweet for tweet in tweets_of("2026-11-11") if tweet.viral)
    assert viral.posted_at == datetime(2026, 11, 11, 17, tzinfo=UTC)
    assert 1_000_000 <= viral.reach < 1_900_000


def test_one_tweet_a_month_is_deleted_three_days_later() -> None:
    deleted = [tweet for tweet in posted_until(1, date(2026, 12, 31)) if tweet.deleted_at]
    assert [f"{tweet.posted_at:%Y-%m-%d}" for tweet in deleted] == [
        "2025-11-10",
        "2025-12-10",
        *(f"2026-{month:02}-10" for month in range(1, 13)),
    ]
    assert {f"{tweet.deleted_at:%d %H:%M}" for tweet in deleted} == {"13 09:00"}


def test_a_launch_is_seven_tweets_on_one_day_and_names_its_product() -> None:
    launch = tweets_of("2026-11-15")
    assert [f"{tweet.posted_at:%H:%M}" for tweet in launch] == [
        "13:00",
        "14:30",
        "16:00",
        "17:30",
        "19:00",
        "20:30",
        "21:30",
    ]
    assert all("Trailbrew" in tweet.text for tweet in launch)


def test_no_text_is_used_twice_by_the_brand_in_three_weeks() -> None:
    days = [date(2026, 10, 26) + timedelta(days=number) for number in range(21)]
    texts = Counter(tweet.text for day in days for tweet in tweets_of(str(day)))
    assert max(texts.values()) == 1


def test_another_seed_is_another_world() -> None:
    assert posted_on(1, date(2026, 11, 12)) != posted_on(2, date(2026, 11, 12))
