"""Whose tweets they are, as the report files have it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, insert

from reportgen.store.schema import TWEETS


def keep_owners(connection: Connection, owners: Mapping[str, str]) -> None:
    """Keep the handles (`@name`) of these tweets, by their ids, in the place of those that they had."""
    rows = [{"tweet_id": int(tweet_id), "handle": handle.lower()} for tweet_id, handle in owners.items()]
    if rows:
        connection.execute(
            delete(TWEETS).where(TWEETS.c.tweet_id == bindparam("its_id")), [{"its_id": r["tweet_id"]} for r in rows]
        )
        connection.execute(insert(TWEETS), rows)
