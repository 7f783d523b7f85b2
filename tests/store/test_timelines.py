"""What is read of a timeline is kept page by page: the tweets, and which spans are whole."""

from __future__ import annotations

from datetime import timedelta

from reportgen.store.open import Store
from reportgen.store.schema import POSTS, TIMELINE_COVERAGE, TIMELINE_TWEETS
from reportgen.store.timelines import TimelineTweet, forget_later, last_before
from reportgen.timelines import KnownTimeline, TimelineOf
from tests.store.filled import AS_OF, at, rows
from tests.store.timelines import ALL, keep, post, span, timeline, tweets

WEEK = span("2026-11-09", "2026-11-16")
NO_REPLIES = TimelineOf(ALL.user_id, ("replies",))


def test_nothing_is_known_of_a_timeline_that_nobody_read(store: Store) -> None:
    assert timeline(store) == KnownTimeline((), None, None)
    assert tweets(store, WEEK) == []


def test_tweets_of_a_page_are_there_with_their_texts_in_the_order_of_their_ids(store: Store) -> None:
    keep(store, post(8, "2026-11-10"), post(7, "2026-11-09", "¡Hola! ☀️"), whole=WEEK)
    assert tweets(store, WEEK) == [TimelineTweet("7", "¡Hola! ☀️", False), TimelineTweet("8", "Hello", False)]
    assert timeline(store) == KnownTimeline((WEEK,), AS_OF, None)


def test_the_start_of_a_span_is_in_it_and_the_end_is_not(store: Store) -> None:
    keep(store, post(9, "2026-11-16"), post(8, "2026-11-15T23:59:59.999"), post(7, "2026-11-09"), post(6, "2026-11-08"))
    assert [tweet.id for tweet in tweets(store, WEEK)] == ["7", "8"]


def test_pages_that_touch_are_one_span(store: Store) -> None:
    keep(store, whole=span("2026-11-14", "2026-11-16"))
    keep(store, whole=span("2026-11-01", "2026-11-03"))
    keep(store, whole=span("2026-11-09", "2026-11-14"))
    assert timeline(store).covered == (span("2026-11-01", "2026-11-03"), WEEK)


def test_a_page_that_proves_nothing_covers_nothing_and_its_tweets_are_kept(store: Store) -> None:
    keep(store, post(7, "2026-11-10"))
    assert timeline(store).covered == ()
    assert [tweet.id for tweet in tweets(store, WEEK)] == ["7"]


def test_a_tweet_that_does_not_come_again_is_gone_and_has_no_text(store: Store) -> None:
    keep(store, post(8, "2026-11-11"), post(7, "2026-11-10"), whole=WEEK)
    keep(store, post(8, "2026-11-11"), whole=WEEK)
    assert tweets(store, WEEK) == [TimelineTweet("7", None, True), TimelineTweet("8", "Hello", False)]
    assert rows(store, POSTS, "tweet_id", "text")[0] == (7, None)


def test_what_came_on_an_earlier_page_is_not_gone(store: Store) -> None:
    keep(store, post(8, "2026-11-11"), post(7, "2026-11-10"))
    keep(store, post(6, "2026-11-09"), whole=WEEK, before=(8, 7))
    assert [tweet.is_gone for tweet in tweets(store, WEEK)] == [False] * 3


def test_tweets_outside_of_what_came_whole_are_not_gone(store: Store) -> None:
    keep(store, post(9, "2026-11-14"), post(8, "2026-11-12"), post(7, "2026-11-10"), whole=WEEK)
    keep(store, whole=span("2026-11-11", "2026-11-14"))
    assert [tweet.is_gone for tweet in tweets(store, WEEK)] == [False, True, False]


def test_a_tweet_that_comes_again_is_gone_no_more(store: Store) -> None:
    keep(store, post(7, "2026-11-10"), whole=WEEK)
    keep(store, whole=WEEK)
    keep(store, post(7, "2026-11-10", "back"), whole=WEEK)
    assert tweets(store, WEEK) == [TimelineTweet("7", "back", False)]


def test_the_first_run_that_missed_a_tweet_says_when_it_was_gone(store: Store) -> None:
    keep(store, post(7, "2026-11-10"), whole=WEEK)
    keep(store, whole=WEEK)
    keep(store, whole=WEEK, as_of=AS_OF + timedelta(days=1))
    assert rows(store, POSTS, "gone") == [(int(AS_OF.timestamp()),)]


def test_the_same_tweet_twice_is_one(store: Store) -> None:
    keep(store, post(7, "2026-11-10"), post(7, "2026-11-10", "again"))
    keep(store, post(7, "2026-11-10"))
    assert rows(store, TIMELINE_TWEETS, "tweet_id") == [(7,)]
    assert tweets(store, WEEK) == [TimelineTweet("7", "Hello", False)]


def test_what_leaves_replies_out_is_another_timeline(store: Store) -> None:
    keep(store, post(8, "2026-11-11"), post(7, "2026-11-10"), whole=WEEK)
    keep(store, post(7, "2026-11-10"), whole=span("2026-11-10", "2026-11-16"), which=NO_REPLIES)
    assert [tweet.id for tweet in tweets(store, WEEK, NO_REPLIES)] == ["7"]
    assert timeline(store, NO_REPLIES).covered == (span("2026-11-10", "2026-11-16"),)
    assert [(tweet.id, tweet.is_gone) for tweet in tweets(store, WEEK)] == [("7", False), ("8", False)]
    assert timeline(store).covered == (WEEK,)


def test_the_latest_present_and_the_reach_stay(store: Store) -> None:
    keep(store, reach=at("2026-11-10"))
    keep(store, as_of=AS_OF - timedelta(days=1))
    assert timeline(store) == KnownTimeline((), AS_OF, at("2026-11-10"))


def test_what_was_read_at_a_later_present_can_be_forgotten(store: Store) -> None:
    keep(store, post(7, "2026-11-10"), whole=WEEK)
    for earlier in (at("2026-11-11"), at("2026-11-01")):
        with store.writing() as connection:
            forget_later(connection, ALL, earlier)
        covered = (span("2026-11-09", "2026-11-11"),) if earlier > WEEK.start else ()
        assert timeline(store) == KnownTimeline(covered, earlier, None)
    assert [tweet.id for tweet in tweets(store, WEEK)] == ["7"]


def test_the_newest_tweet_before_a_moment_is_told_where_all_between_was_read(store: Store) -> None:
    keep(store, post(9, "2026-11-12"), post(8, "2026-11-11T10:00:00.7"), post(7, "2026-11-10"), whole=WEEK)
    with store.reading() as connection:
        told = [
            last_before(connection, ALL, at(moment))
            for moment in ("2026-11-16", "2026-11-12", "2026-11-10", "2026-11-09", "2026-11-16T00:00:01")
        ]
    assert told == [at("2026-11-12"), at("2026-11-11T10:00"), None, None, None]


def test_a_tweet_that_is_gone_is_not_the_newest_one(store: Store) -> None:
    keep(store, post(9, "2026-11-12"), post(7, "2026-11-10"), whole=WEEK)
    keep(store, post(7, "2026-11-10"), whole=WEEK)
    with store.reading() as connection:
        assert last_before(connection, ALL, WEEK.end) == at("2026-11-10")


def test_a_tweet_of_the_oldest_second_that_is_shown_is_not_gone(store: Store) -> None:
    same = [post(n, "2026-11-12") for n in (9, 8)]
    keep(store, *same, whole=WEEK)
    keep(store, same[0], whole=span("2026-11-12", "2026-11-16"), reach=at("2026-11-12"))
    assert [tweet.is_gone for tweet in tweets(store, WEEK)] == [False, False]


def test_a_page_without_tweets_covers_too(store: Store) -> None:
    keep(store, whole=WEEK)
    assert rows(store, TIMELINE_COVERAGE, "user_id", "exclude") == [(2244994945, "")]
    assert timeline(store) == KnownTimeline((WEEK,), AS_OF, None)
