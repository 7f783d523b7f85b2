"""What the X API told of a tweet is kept until it says otherwise."""

from __future__ import annotations

from reportgen.store.open import Store
from reportgen.store.posts import keep_posts, read_authors
from reportgen.store.schema import POSTS
from tests.store.filled import rows, seconds
from tests.store.timelines import post


def test_a_tweet_has_its_author_its_time_to_the_second_and_its_text(store: Store) -> None:
    with store.writing() as connection:
        keep_posts(connection, [post(7, "2026-11-10T12:00:00.999", "Hello", "12")])
    kept = (7, 12, seconds("2026-11-10T12:00:00"), "Hello", None)
    assert rows(store, POSTS, "tweet_id", "user_id", "posted", "text", "gone") == [kept]


def test_what_is_told_last_counts(store: Store) -> None:
    with store.writing() as connection:
        keep_posts(connection, [post(7, "2026-11-10", "Helo"), post(7, "2026-11-10", "Hello")])
        keep_posts(connection, [post(7, "2026-11-10", "Hello, edited")])
    assert rows(store, POSTS, "text") == [("Hello, edited",)]


def test_authors_of_more_tweets_are_told_than_a_statement_can_name(store: Store) -> None:
    ids = range(1, 1_202)
    with store.writing() as connection:
        keep_posts(connection, [post(n, "2026-11-10", author="12") for n in ids])
        assert read_authors(connection, ["0", *map(str, ids)]) == dict.fromkeys(map(str, ids), "12")
