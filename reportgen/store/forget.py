"""Deletes all that is known of tweets: what was deleted on X has to be deleted here too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, select, union

from reportgen.catalog import ENDPOINTS
from reportgen.store.coverage import STEP
from reportgen.store.extent import counts_known
from reportgen.store.open import Store
from reportgen.store.parts import in_parts
from reportgen.store.recall import NOTHING, Recalled, recall
from reportgen.store.schema import (
    COVERAGE,
    FACTS,
    LASTING_GAPS,
    POSTS,
    SNAPSHOTS,
    TIMELINE_COVERAGE,
    TIMELINE_TWEETS,
    TIMELINES,
    TWEETS,
    USER_NAMES,
    USERS,
)

_TABLES: Final = (FACTS, COVERAGE, SNAPSHOTS, LASTING_GAPS, TWEETS, POSTS, TIMELINE_TWEETS)
_OF_ACCOUNTS: Final = (TIMELINE_COVERAGE, TIMELINE_TWEETS, TIMELINES, USER_NAMES)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was known, and is not any more."""

    tweets: int
    counts: int
    snapshots: int
    gaps: int
    unknown_tweets: tuple[int, ...]
    """The tweets, of those named, of which nothing was known."""
    unknown_handles: tuple[str, ...]
    """The handles, of those named, of which no tweet was known."""
    recalled: Recalled = NOTHING
    """What was to leave and told of them."""


def forget(store: Store, tweets: Sequence[int], handles: Sequence[str], now: datetime) -> Forgotten:
    """Delete what is known of these tweets and of the tweets of these handles (`@name`, whatever the capitals), with
    whose handles they are and what was read of their timelines. What tells of them and was not sent is canceled.

    It may be in the bytes of the file until `Store.tidy`. The ledger and the handles asked about stay. `now` is the
    present (UTC). Raises StoreError, and nothing is deleted.
    """
    with store.writing() as connection:
        of_handles = {handle: _tweets_of(connection, handle) for handle in dict.fromkeys(map(str.lower, handles))}
        all_tweets = sorted({*tweets, *(tweet for of in of_handles.values() for tweet in of)})
        known: set[int] = set()
        counts, deleted = 0, dict.fromkeys(_TABLES, 0)
        for ids in in_parts(all_tweets):
            known |= _known(connection, ids)
            counts += counts_known(connection, which=_of(COVERAGE, ids))
            for table in _TABLES:
                deleted[table] += connection.execute(delete(table).where(_of(table, ids))).rowcount
        _forget_accounts(connection, [*of_handles])
        recalled = recall(connection, {*all_tweets}, now)
    return Forgotten(
        tweets=len(known),
        counts=counts,
        snapshots=deleted[SNAPSHOTS],
        gaps=deleted[LASTING_GAPS],
        unknown_tweets=tuple(tweet for tweet in dict.fromkeys(tweets) if tweet not in known),
        unknown_handles=tuple(handle for handle, of in of_handles.items() if not of),
        recalled=recalled,
    )


def _tweets_of(connection: Connection, handle: str) -> Sequence[int]:
    """Those that a report file has under the handle, and those of the account whose handle it was."""
    of_account = select(POSTS.c.tweet_id).where(POSTS.c.user_id.in_(_accounts([handle])))
    under_handle = select(TWEETS.c.tweet_id).where(TWEETS.c.handle == handle)
    return connection.execute(union(under_handle, of_account)).scalars().all()


def _forget_accounts(connection: Connection, handles: Sequence[str]) -> None:
    for table in _OF_ACCOUNTS:
        connection.execute(delete(table).where(table.c.user_id.in_(_accounts(handles))))
    connection.execute(delete(USERS).where(USERS.c.handle.in_(handles)))


def _accounts(handles: Sequence[str]) -> Select[tuple[int]]:
    return select(USERS.c.user_id).where(USERS.c.handle.in_(handles))


def _known(connection: Connection, ids: Collection[int]) -> set[int]:
    return {
        tweet
        for table in _TABLES
        for tweet in connection.execute(select(table.c.tweet_id).where(_of(table, ids)).distinct()).scalars()
    }


def _of(table: Table, ids: Collection[int]) -> ColumnElement[bool]:
    """The rows of these tweets, by the first columns of the table's key."""
    of_tweets = table.c.tweet_id.in_(ids)
    if "grain" in table.c:
        return and_(table.c.grain.in_([grain.name.lower() for grain in STEP]), of_tweets)
    return and_(table.c.endpoint.in_(ENDPOINTS), of_tweets) if "endpoint" in table.c else of_tweets
