"""Reads spans of a timeline, page by page; each page is kept as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from reportgen.api.reply import NoReplyError
from reportgen.api.x.model import Posts, TimelineAsk, XPost, XProblem, XUser
from reportgen.find.asks import FIRST, end_of_ask, may_be_cut
from reportgen.spans import Span
from reportgen.store.timelines import Page
from reportgen.timelines import TimelineOf

_SECOND = timedelta(seconds=1)


class Desk(Protocol):
    """Where pages come from and go to."""

    def page(self, ask: TimelineAsk) -> Posts:
        """A page of a timeline. Raises what `reportgen.api.x.failures` lists, and NoReplyError."""

    def keep(self, which: TimelineOf, page: Page) -> None:
        """Keep a page. Raises StoreError."""

    def known(self, which: TimelineOf, since: datetime) -> int:
        """How many tweets of a timeline are known that were posted since (UTC) and are not gone. Raises StoreError."""


class TimelineError(Exception):
    """The account's timeline is not shown. What came before is kept."""

    def __init__(self, problem: XProblem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


@dataclass(slots=True)
class Reading:
    """Reads a timeline at a run's present, `as_of` (UTC)."""

    which: TimelineOf
    as_of: datetime
    desk: Desk
    owner: XUser | None = None
    """The account, as the last page that had a tweet told of it."""
    _came: set[str] = field(default_factory=set)
    """The ids of all tweets that came."""

    def read(self, spans: Iterable[Span]) -> None:
        """Read these spans, the newest first. Raises TimelineError, StoreError, and what `Desk.page` raises."""
        for span in sorted(spans, reverse=True):
            self._read(span)

    def _read(self, span: Span) -> None:
        left, oldest, came = span, span.end, 0
        for posts in self._pages(span):
            came += sum(span.start <= post.posted_at < span.end for post in posts.posts)
            oldest = min([oldest, *map(_second, posts.posts)])
            if posts.next_token:
                # Others of the same second may be on the next page.
                whole, left = _cut(left, oldest + _SECOND)
                self._keep(posts.posts, whole)
            else:
                self._keep(posts.posts, None)
        reach = self._reach(span, oldest, came)
        whole, _ = _cut(left, reach or span.start)
        self._keep((), whole, reach)

    def _pages(self, span: Span) -> Iterator[Posts]:
        """The pages of a span, the newest first. The last one, and no other, has no token of a next one."""
        token, seen = None, set[str]()
        while True:
            end = end_of_ask(span, self.as_of)
            posts = self._page(TimelineAsk(self.which.user_id, span.start, end, self.which.exclude, token))
            yield posts
            token = posts.next_token
            if token is None:
                return
            if token in seen:
                raise NoReplyError("the X API gave the same page of a timeline again")
            seen.add(token)

    def _page(self, ask: TimelineAsk) -> Posts:
        posts = self.desk.page(ask)
        for problem in posts.problems:
            if problem.about == self.which.user_id:
                raise TimelineError(problem)
        self.owner = next((user for user in posts.users if user.id == self.which.user_id), self.owner)
        return posts

    def _reach(self, span: Span, oldest: datetime, came: int) -> datetime | None:
        """When the oldest tweet that the vendor shows was posted, where that is why the pages have come to an end."""
        shown = Span(oldest, span.end) if came else span
        known = self.desk.known(self.which, shown.start)
        if not may_be_cut(shown, came, known, self.which, self.as_of):
            return None
        if self._shows_any(max(span.start, FIRST + _SECOND)):
            return None
        # Of an account that never posted, nothing is missing.
        return oldest if came or known or self._shows_any(None) else None

    def _shows_any(self, end: datetime | None) -> bool:
        """Whether there is a tweet that was posted before: ever, where that is None."""
        posts = self._page(TimelineAsk(self.which.user_id, None, end, self.which.exclude)).posts
        self._keep(posts, None)
        return bool(posts)

    def _keep(self, posts: Iterable[XPost], whole: Span | None, reach: datetime | None = None) -> None:
        posts = [*posts]
        self._came.update(post.id for post in posts)
        self.desk.keep(self.which, Page(posts, self._came, whole, reach))


def _second(post: XPost) -> datetime:
    return post.posted_at.replace(microsecond=0)


def _cut(left: Span, start: datetime) -> tuple[Span | None, Span]:
    """What of the span has come whole where all from `start` has, and what is left then."""
    start = max(start, left.start)
    return (Span(start, left.end), Span(left.start, start)) if start < left.end else (None, left)
