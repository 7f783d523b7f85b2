"""What the X API told of tweets: who posted them, when, and their texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from reportgen.store.instants import seconds_of
from reportgen.store.parts import in_parts
from reportgen.store.schema import POSTS

if TYPE_CHECKING:
    from reportgen.api.x.model import XPost


def keep_posts(connection: Connection, posts: Collection[XPost]) -> None:
    """Keep what is told of these tweets, in the place of what was. They are there: none of them is gone."""
    rows = {
        int(post.id): {
            "tweet_id": int(post.id),
            "user_id": int(post.author_id),
            "posted": seconds_of(post.posted_at),
            "text": post.text,
            "gone": None,
        }
        for post in posts
    }
    for ids in in_parts([*rows]):
        connection.execute(delete(POSTS).where(POSTS.c.tweet_id.in_(ids)))
        connection.execute(insert(POSTS), [rows[tweet_id] for tweet_id in ids])


def keep_gone(connection: Connection, tweet_ids: Sequence[int], gone: datetime) -> None:
    """Keep that these tweets are not there any more, and delete their texts, as the vendor's rules want it."""
    for ids in in_parts(tweet_ids):
        of_tweets = POSTS.c.tweet_id.in_(ids)
        connection.execute(update(POSTS).where(of_tweets).values(text=None))
        connection.execute(update(POSTS).where(of_tweets, POSTS.c.gone.is_(None)).values(gone=seconds_of(gone)))


def read_authors(connection: Connection, tweet_ids: Sequence[str]) -> Mapping[str, str]:
    """The ids of the accounts that posted these tweets, by the tweet's, where they are known."""
    of = POSTS.c
    return {
        str(tweet_id): str(user_id)
        for ids in in_parts([*map(int, tweet_ids)])
        for tweet_id, user_id in connection.execute(
            select(of.tweet_id, of.user_id).where(of.tweet_id.in_(ids), of.user_id.is_not(None))
        )
    }
