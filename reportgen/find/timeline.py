"""Reads spans of a timeline, page by page; each page is kept as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from reportgen.api.reply import NoReplyError
from reportgen.api.x.model import FEWEST, Posts, TimelineAsk, XPost, XProblem, XUser
from reportgen.find.asks import FIRST, end_of_ask, is_below_limit, is_short, shows_all, start_of_ask
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

    def shown_before(self, which: TimelineOf, moment: datetime) -> datetime | None:
        """When the newest tweet before a moment was posted (UTC, whole second), where it is known that no other is
        between. Raises StoreError.
        """

    def knows_any(self, which: TimelineOf, since: datetime) -> bool:
        """Whether tweets are known that were posted since (UTC) and are not gone. Raises StoreError."""

    def post_count(self, which: TimelineOf) -> int | None:
        """How many tweets the account has, if the API told it in this run."""


class TimelineError(Exception):
    """The account's timeline is not shown. What came before is kept."""

    def __init__(self, problem: XProblem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


@dataclass(slots=True)
class Reading:
    """Reads a timeline at the real present, `now` (UTC)."""

    which: TimelineOf
    now: datetime
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
        ask = self._ask(span)
        left, seen = span, _Seen(span)
        for posts in self._pages(ask):
            seen.add(posts.posts)
            if posts.next_token:
                # Others of the same second may be on the next page.
                whole, left = _cut(left, seen.oldest + _SECOND)
                self._keep(posts.posts, whole)
            else:
                self._keep(posts.posts, None)
        reach = None if self._is_whole(ask, seen) else seen.oldest
        whole, _ = _cut(left, reach or span.start)
        self._keep((), whole, reach)

    def _ask(self, span: Span) -> TimelineAsk:
        before = self.desk.shown_before(self.which, span.start)
        start, end = start_of_ask(span, before), end_of_ask(span, self.now)
        is_silent = before is None and not self.desk.knows_any(self.which, span.start)
        if is_silent and is_short(span, self.now) and self.desk.post_count(self.which) is None:
            # No tweet would tell how many there are: that none came until the present tells as much.
            end = None
        return TimelineAsk(self.which.user_id, start, end, self.which.exclude)

    def _pages(self, ask: TimelineAsk) -> Iterator[Posts]:
        """The pages of an ask, the newest first. The last one, and no other, has no token of a next one."""
        token, tokens = None, set[str]()
        while True:
            posts = self._page(replace(ask, page_token=token))
            yield posts
            token = posts.next_token
            if token is None:
                return
            if token in tokens:
                raise NoReplyError("the X API gave the same page of a timeline again")
            tokens.add(token)

    def _page(self, ask: TimelineAsk) -> Posts:
        posts = self.desk.page(ask)
        for problem in posts.problems:
            if problem.about == self.which.user_id:
                raise TimelineError(problem)
        self.owner = next((user for user in posts.users if user.id == self.which.user_id), self.owner)
        return posts

    def _is_whole(self, ask: TimelineAsk, seen: _Seen) -> bool:
        """Whether it is proven that the vendor holds back no tweet of the span for its limit on how many it shows."""
        if seen.has_older or shows_all(self.which, self.desk.post_count(self.which)):
            return True
        if ask.end is None and is_below_limit(self.which, seen.count):
            return True
        if self._shows_before(seen.span.start):
            return True
        return not seen.count and not self._holds_back_any()

    def _shows_before(self, moment: datetime) -> bool:
        """Whether the vendor shows a tweet that was posted before."""
        if moment < FIRST:
            return False
        posts = self._page(TimelineAsk(self.which.user_id, None, moment, self.which.exclude, most=FEWEST)).posts
        self._keep(posts, None)
        return bool(posts)

    def _holds_back_any(self) -> bool:
        """Whether the account, of which nothing came, may have tweets that the vendor does not show."""
        has_any = bool(self._page(TimelineAsk(self.which.user_id, most=FEWEST)).posts)
        return has_any and not shows_all(self.which, self.desk.post_count(self.which))

    def _keep(self, posts: Iterable[XPost], whole: Span | None, reach: datetime | None = None) -> None:
        posts = [*posts]
        self._came.update(post.id for post in posts)
        self.desk.keep(self.which, Page(posts, self._came, whole, reach))


@dataclass(slots=True)
class _Seen:
    """What has come of a span."""

    span: Span
    oldest: datetime = field(init=False)
    """When the oldest tweet in it was posted (whole second); its end before any came."""
    count: int = 0
    """How many came, with those that were posted after it."""
    has_older: bool = False
    """Whether one came that was posted before it."""

    def __post_init__(self) -> None:
        self.oldest = self.span.end

    def add(self, posts: Iterable[XPost]) -> None:
        """Take in a page."""
        for second in map(_second, posts):
            self.count += 1
            self.has_older |= second < self.span.start
            self.oldest = min(self.oldest, max(second, self.span.start))


def _second(post: XPost) -> datetime:
    return post.posted_at.replace(microsecond=0)


def _cut(left: Span, start: datetime) -> tuple[Span | None, Span]:
    """What of the span has come whole where all from `start` has, and what is left then."""
    start = max(start, left.start)
    return (Span(start, left.end), Span(left.start, start)) if start < left.end else (None, left)
