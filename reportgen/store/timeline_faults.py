"""What the rows of timelines promise each other, and where they break it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import Connection, Select, and_, exists, or_, select, union

from reportgen.store.schema import POSTS, TIMELINE_COVERAGE, TIMELINE_TWEETS, TIMELINES

_EXCLUDES: Final = ("", "replies", "retweets", "replies,retweets")
_COVERED, _OTHER = TIMELINE_COVERAGE.c, TIMELINE_COVERAGE.alias("other").c
_IS_SAME: Final = and_(_OTHER.user_id == _COVERED.user_id, _OTHER.exclude == _COVERED.exclude)
_IS_TOUCHED: Final = exists().where(_IS_SAME, _OTHER.start < _COVERED.start, _OTHER.end >= _COVERED.start)


class TimelineFault(NamedTuple):
    """Damage of one kind; `places` are ids of tweets, or else of accounts."""

    what: str
    of_tweets: bool
    places: Select[tuple[int]]


FAULTS: Final = (
    TimelineFault(
        "timelines that leave out what this reportgen does not know",
        False,
        select(
            union(
                *(
                    select(table.c.user_id).where(table.c.exclude.not_in(_EXCLUDES))
                    for table in (TIMELINES, TIMELINE_COVERAGE, TIMELINE_TWEETS)
                )
            )
            .subquery()
            .c.user_id
        ),
    ),
    TimelineFault(
        "spans of timelines that are empty, overlap or touch",
        False,
        select(_COVERED.user_id).where(or_(_COVERED.start >= _COVERED.end, _IS_TOUCHED)),
    ),
    TimelineFault(
        "spans of timelines that nobody asked for",
        False,
        select(_COVERED.user_id).where(
            ~exists().where(TIMELINES.c.user_id == _COVERED.user_id, TIMELINES.c.exclude == _COVERED.exclude)
        ),
    ),
    TimelineFault(
        "tweets of timelines of which nobody knows when they were posted",
        True,
        select(TIMELINE_TWEETS.c.tweet_id).where(~exists().where(POSTS.c.tweet_id == TIMELINE_TWEETS.c.tweet_id)),
    ),
    TimelineFault(
        "tweets that are there and that nobody posted",
        True,
        select(POSTS.c.tweet_id).where(POSTS.c.user_id.is_(None), POSTS.c.gone.is_(None)),
    ),
    TimelineFault(
        "tweets that are gone and have a text all the same",
        True,
        select(POSTS.c.tweet_id).where(POSTS.c.gone.is_not(None), POSTS.c.text.is_not(None)),
    ),
)


def faults_of_timelines(connection: Connection) -> Iterator[tuple[TimelineFault, list[int]]]:
    """Each kind of damage that is there, and its places in the order of ids."""
    for fault in FAULTS:
        if places := [*connection.execute(fault.places).scalars()]:
            yield fault, sorted({*places})
