"""Timelines in the store: which spans of them were read, and the tweets that were there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, select, update

from reportgen.spans import EVER, Span, Spans, joined, within
from reportgen.store.instants import instant_of, seconds_of
from reportgen.store.posts import keep_gone, keep_posts
from reportgen.store.schema import POSTS, TIMELINE_COVERAGE, TIMELINE_TWEETS, TIMELINES
from reportgen.timelines import KnownTimeline, TimelineOf

if TYPE_CHECKING:
    from reportgen.api.x.model import XPost

_SECOND: Final = timedelta(seconds=1)


class TimelineTweet(NamedTuple):
    """A tweet that was on a timeline."""

    id: str
    text: str | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a timeline, and what it proves."""

    posts: Collection[XPost]
    came: Collection[str]
    """The ids of all tweets that came since the span was begun, with those of this page."""
    whole: Span | None
    """The span of which all tweets have come, and which no earlier page had; None for a page that proves nothing."""
    reach: datetime | None = None
    """When the oldest tweet that the API shows was posted (UTC), where this page is the end of what it shows."""


def read_timeline(connection: Connection, which: TimelineOf) -> KnownTimeline:
    """What is known of a timeline."""
    row = connection.execute(select(TIMELINES.c.asked, TIMELINES.c.reach).where(_is(TIMELINES, which))).one_or_none()
    if row is None:
        return KnownTimeline()
    asked, reach = row
    covered = _covered(connection, which)
    return KnownTimeline(covered, instant_of(asked), None if reach is None else instant_of(reach))


def keep_page(connection: Connection, which: TimelineOf, page: Page, as_of: datetime) -> None:
    """Keep the tweets of a page, and what it proves, as of a run's present (UTC).

    Tweets that were known in a span that has come whole, and did not come again, are gone; not in the second of the
    oldest tweet that the API shows, of which there may be others.
    """
    keep_posts(connection, page.posts)
    _keep_members(connection, which, [int(post.id) for post in page.posts])
    if page.whole:
        shown = Span(page.reach + _SECOND, page.whole.end) if page.reach else page.whole
        known = (int(tweet.id) for tweet in read_tweets(connection, which, shown) if tweet.id not in page.came)
        keep_gone(connection, [*known], as_of)
        _keep_covered(connection, which, joined([*_covered(connection, which), page.whole]))
    _keep_asked(connection, which, as_of, page.reach)


def read_tweets(connection: Connection, which: TimelineOf, span: Span) -> list[TimelineTweet]:
    """The tweets of a timeline that were posted in the span, in the order of their ids, with those that are gone."""
    in_span = POSTS.c.posted.between(seconds_of(span.start), seconds_of(span.end) - 1)
    rows = connection.execute(
        select(POSTS.c.tweet_id, POSTS.c.text, POSTS.c.gone)
        .join(TIMELINE_TWEETS, TIMELINE_TWEETS.c.tweet_id == POSTS.c.tweet_id)
        .where(_is(TIMELINE_TWEETS, which), in_span)
        .order_by(POSTS.c.tweet_id)
    )
    return [TimelineTweet(str(tweet_id), text, gone is not None) for tweet_id, text, gone in rows]


def forget_later(connection: Connection, which: TimelineOf, as_of: datetime) -> None:
    """Forget that a timeline was read at a present later than `as_of` (UTC), which may have been a slip of the date."""
    covered = within(_covered(connection, which), Span(EVER, as_of))
    _keep_covered(connection, which, covered)
    is_later = and_(_is(TIMELINES, which), TIMELINES.c.asked > seconds_of(as_of))
    connection.execute(update(TIMELINES).where(is_later).values(asked=seconds_of(as_of)))


def last_before(connection: Connection, which: TimelineOf, moment: datetime) -> datetime | None:
    """When the newest tweet that was posted before a moment (UTC) and is not gone was posted, to the whole second.

    None where not all between the two was read, so that there may be others.
    """
    until = next((span for span in _covered(connection, which) if span.start < moment <= span.end), None)
    if until is None:
        return None
    there = and_(POSTS.c.posted.between(seconds_of(until.start), seconds_of(moment) - 1), POSTS.c.gone.is_(None))
    members = _is(TIMELINE_TWEETS, which), TIMELINE_TWEETS.c.tweet_id == POSTS.c.tweet_id
    newest = connection.execute(select(func.max(POSTS.c.posted)).where(there, *members)).scalar_one()
    return None if newest is None else instant_of(newest)


def _keep_members(connection: Connection, which: TimelineOf, tweet_ids: list[int]) -> None:
    of_timeline = and_(_is(TIMELINE_TWEETS, which), TIMELINE_TWEETS.c.tweet_id.in_(tweet_ids))
    known = set(connection.execute(select(TIMELINE_TWEETS.c.tweet_id).where(of_timeline)).scalars())
    rows = [{**_key(which), "tweet_id": tweet_id} for tweet_id in dict.fromkeys(tweet_ids) if tweet_id not in known]
    if rows:
        connection.execute(insert(TIMELINE_TWEETS), rows)


def _covered(connection: Connection, which: TimelineOf) -> Spans:
    of = TIMELINE_COVERAGE.c
    rows = connection.execute(select(of.start, of.end).where(_is(TIMELINE_COVERAGE, which)).order_by(of.start))
    return tuple(Span(instant_of(start), instant_of(end)) for start, end in rows)


def _keep_covered(connection: Connection, which: TimelineOf, covered: Spans) -> None:
    connection.execute(delete(TIMELINE_COVERAGE).where(_is(TIMELINE_COVERAGE, which)))
    rows = [{**_key(which), "start": seconds_of(start), "end": seconds_of(end)} for start, end in covered]
    if rows:
        connection.execute(insert(TIMELINE_COVERAGE), rows)


def _keep_asked(connection: Connection, which: TimelineOf, as_of: datetime, reach: datetime | None) -> None:
    before = read_timeline(connection, which)
    asked = max(as_of, before.asked or as_of)
    reach = max(filter(None, (reach, before.reach)), default=None)
    connection.execute(delete(TIMELINES).where(_is(TIMELINES, which)))
    row = {**_key(which), "asked": seconds_of(asked), "reach": seconds_of(reach) if reach else None}
    connection.execute(insert(TIMELINES).values(**row))


def _key(which: TimelineOf) -> dict[str, object]:
    return {"user_id": int(which.user_id), "exclude": ",".join(which.exclude)}


def _is(table: Table, which: TimelineOf) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _key(which).items()))
