"""Timelines with something in them."""

from __future__ import annotations

from datetime import datetime

from reportgen.api.x.model import XPost
from reportgen.spans import Span
from reportgen.store.open import Store
from reportgen.store.timelines import Page, TimelineTweet, keep_page, read_timeline, read_tweets
from reportgen.timelines import KnownTimeline, TimelineOf
from tests.store.filled import AS_OF, at

ALL = TimelineOf("2244994945", ())
"""The timeline of an account, with nothing left out."""


def post(tweet_id: int, posted: str, text: str = "Hello", author: str = ALL.user_id) -> XPost:
    return XPost(str(tweet_id), author, at(posted), text)


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def keep(
    store: Store,
    *posts: XPost,
    whole: Span | None = None,
    which: TimelineOf = ALL,
    as_of: datetime = AS_OF,
    reach: datetime | None = None,
    before: tuple[int, ...] = (),
) -> None:
    """Keep a page with these tweets; `before` are the ids of those that came before it."""
    came = {post.id for post in posts} | {*map(str, before)}
    with store.writing() as connection:
        keep_page(connection, which, Page(posts, came, whole, reach), as_of)


def timeline(store: Store, which: TimelineOf = ALL) -> KnownTimeline:
    with store.reading() as connection:
        return read_timeline(connection, which)


def tweets(store: Store, within: Span, which: TimelineOf = ALL) -> list[TimelineTweet]:
    with store.reading() as connection:
        return read_tweets(connection, which, within)
