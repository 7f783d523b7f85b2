"""Whose tweets they are, as the X API told when it was asked for them by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from reportgen.owners import NO_SUCH_TWEET, Owner
from reportgen.snowflake import posted_at
from reportgen.store.instants import seconds_of
from reportgen.store.parts import in_parts
from reportgen.store.posts import keep_gone, keep_posts, read_authors
from reportgen.store.schema import POSTS
from reportgen.store.users import keep_names, read_accounts

if TYPE_CHECKING:
    from reportgen.api.x.model import Posts


def keep_looked_up(connection: Connection, posts: Posts, unknown: Sequence[str], as_of: datetime) -> None:
    """Keep what came of tweets that were asked for, without texts, and that X knows no tweet of the ids `unknown`.

    `as_of` (UTC) is the run's present.
    """
    # Nobody would notice when such a tweet is deleted, and its text would have to go with it.
    keep_posts(connection, [replace(post, text="") for post in posts.posts])
    keep_names(connection, posts.users, as_of)
    for ids in in_parts([*map(int, unknown)]):
        known = set(connection.execute(select(POSTS.c.tweet_id).where(POSTS.c.tweet_id.in_(ids))).scalars())
        keep_gone(connection, [*known], as_of)
        rows = [_unknown(tweet_id, as_of) for tweet_id in ids if tweet_id not in known]
        if rows:
            connection.execute(insert(POSTS), rows)


def read_owners(connection: Connection, tweet_ids: Sequence[str]) -> dict[str, Owner]:
    """The owners of these tweets, where they are known."""
    owners: dict[str, Owner] = dict.fromkeys(_read_unknown(connection, tweet_ids), NO_SUCH_TWEET)
    authors = read_authors(connection, tweet_ids)
    accounts = read_accounts(connection, authors.values())
    return owners | {tweet_id: accounts[user_id] for tweet_id, user_id in authors.items() if user_id in accounts}


def _unknown(tweet_id: int, as_of: datetime) -> dict[str, object]:
    posted = seconds_of(posted_at(str(tweet_id)))
    return {"tweet_id": tweet_id, "user_id": None, "posted": posted, "text": None, "gone": seconds_of(as_of)}


def _read_unknown(connection: Connection, tweet_ids: Sequence[str]) -> list[str]:
    of = POSTS.c
    return [
        str(tweet_id)
        for ids in in_parts([*map(int, tweet_ids)])
        for tweet_id in connection.execute(
            select(of.tweet_id).where(of.tweet_id.in_(ids), of.user_id.is_(None))
        ).scalars()
    ]
