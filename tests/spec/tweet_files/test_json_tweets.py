"""What an object of JSON says of a tweet: its text whole, and as people wrote it."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.spec.tweet_files.json_tweets import SaidTweet, is_tweet, names_of_users, read_tweet
from tests.spec.tweet_files.bad_tables import A


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"text": "Fish &amp; chips &lt;3 &amp;lt;"}, "Fish & chips <3 &lt;"),
        ({"text": "Cut…", "truncated": True, "extended_tweet": {"full_text": "Not cut."}}, "Not cut."),
        ({"text": "Cut…", "note_tweet": {"text": "Not cut."}}, "Not cut."),
        ({"body": "Cut…", "long_object": {"body": "Not cut."}}, "Not cut."),
        ({"text": "half \ud83d"}, "half \ufffd"),
        ({"text": "\ud83d\ude00"}, "\U0001f600"),
        ({"text": "  "}, None),
        ({"text": 12}, None),
        ({"text": "a", "note_tweet": None}, "a"),
    ],
)
def test_the_text(given: dict[str, Any], text: str | None) -> None:
    assert read_tweet({"id": A, **given}) == SaidTweet(A, None, None, text)


def test_users_come_with_an_answer_and_others_do_not_count() -> None:
    users = [{"id": "12", "username": "acme"}, {"id": 13, "username": "b"}, {"id": "14"}, "x"]
    assert names_of_users({"includes": {"users": users}}) == {"12": "acme"}
    assert names_of_users({"includes": {"users": {}}}) == {}
    assert names_of_users({"includes": []}) == {}


@pytest.mark.parametrize(
    ("given", "is_one"),
    [
        ({"id": A}, True),
        ({"id_str": A, "id": 1}, True),
        ({"id": A, "author_id": "12"}, True),
        ({"text": "Hi"}, False),
        ({"id": "12", "name": "A", "username": "acme", "public_metrics": {}}, False),
        ({"id": "12", "text": "Hi", "dm_conversation_id": "1"}, False),
        ({}, False),
    ],
)
def test_a_tweet_is_no_user_and_no_message(given: dict[str, Any], is_one: bool) -> None:
    assert is_tweet(given) == is_one
