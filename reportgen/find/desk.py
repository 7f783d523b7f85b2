"""Where what the X API tells comes in, and is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from reportgen.api.x.attempts import Attempt, Ledger
from reportgen.api.x.model import Posts, TimelineAsk, Users, XApi, XUser
from reportgen.credentials import Credentials
from reportgen.find.watch import Watch
from reportgen.ledger import XCallEntry
from reportgen.request import Signer
from reportgen.spans import EVER, NEVER, Span, within
from reportgen.store.open import Store
from reportgen.store.owners import keep_looked_up
from reportgen.store.timelines import Page, forget_later, keep_page, last_before, read_tweets
from reportgen.store.users import doubt_user, keep_names, keep_users
from reportgen.store.x_calls import add_x_call
from reportgen.timelines import TimelineOf


@dataclass(slots=True)
class XDesk:
    """Asks the X API at a run's present, `as_of` (UTC), and keeps accounts and pages in the store.

    Each call raises StoreError, and what `reportgen.find.troubles.TROUBLES` lists.
    """

    api: XApi
    credentials: Credentials
    store: Store
    as_of: datetime
    now: datetime
    """The real present (UTC): nothing counts as read beyond it, whatever `as_of` says."""
    watch: Watch
    _counts: dict[str, int] = field(default_factory=dict)
    """How many tweets accounts have, by their ids, as answers told."""

    @property
    def past(self) -> Span:
        """All that is over by the real clock."""
        return Span(EVER, self.now.replace(microsecond=0))

    @property
    def present(self) -> datetime:
        """The earlier one of the two presents (UTC), to the whole second."""
        return min(self.as_of, self.now).replace(microsecond=0)

    def post_count(self, user_id: str) -> int | None:
        """How many tweets the account has, if an answer told it."""
        return self._counts.get(user_id)

    def users(self, handles: Sequence[str], signer: Signer) -> Users:
        """The accounts of up to 100 handles."""
        users = self.api.users(handles, signer)
        self._note(users.users)
        with self.store.writing() as connection:
            keep_users(connection, users.users, self.present)
        return users

    def page(self, ask: TimelineAsk, signer: Signer) -> Posts:
        """A page of a timeline."""
        posts = self.api.timeline(ask, signer)
        self._note(posts.users)
        return posts

    def posts(self, ids: Sequence[str], signer: Signer) -> Posts:
        """The tweets of up to 100 ids."""
        return self.api.posts(ids, signer)

    def keep_looked_up(self, posts: Posts, unknown: Sequence[str]) -> None:
        """Keep tweets that were asked for by their ids, and the ids of which there is no tweet."""
        with self.store.writing() as connection:
            keep_looked_up(connection, posts, unknown, self.present)

    def keep_names(self, users: Collection[XUser]) -> None:
        """Keep what these accounts are called by now."""
        with self.store.writing() as connection:
            keep_names(connection, users, self.present)

    def forget_later(self, which: TimelineOf) -> None:
        """Forget that the timeline was read at a later present."""
        with self.store.writing() as connection:
            forget_later(connection, which, self.present)

    def doubt(self, handle: str) -> None:
        """Keep that the account of the handle is gone."""
        with self.store.writing() as connection:
            doubt_user(connection, handle)

    def _note(self, users: Collection[XUser]) -> None:
        self._counts |= {user.id: user.posts for user in users if user.posts is not None}


def ledger_in(store: Store, clock: Callable[[], float]) -> Ledger:
    """Enters each attempt of a call in the store, by a clock in seconds since 1970. It raises StoreError."""

    def enter(attempt: Attempt) -> None:
        entry = XCallEntry(clock(), attempt.call, attempt.signer.handle, attempt.posts, attempt.outcome)
        with store.writing() as connection:
            add_x_call(connection, entry)

    return enter


@dataclass(slots=True)
class TimelineDesk:
    """The desk of one timeline: see `reportgen.find.timeline.Desk`."""

    desk: XDesk
    handle: str
    signer: Signer
    tweets: int = 0

    def page(self, ask: TimelineAsk) -> Posts:
        """See `reportgen.find.timeline.Desk`."""
        self.desk.watch.reading(self.handle, self.tweets)
        posts = self.desk.page(ask, self.signer)
        self.tweets += len(posts.posts)
        return posts

    def keep(self, which: TimelineOf, page: Page) -> None:
        """See `reportgen.find.timeline.Desk`."""
        past = within((page.whole,), self.desk.past) if page.whole else ()
        page = replace(page, whole=next(iter(past), None))
        with self.desk.store.writing() as connection:
            keep_page(connection, which, page, self.desk.present)

    def shown_before(self, which: TimelineOf, moment: datetime) -> datetime | None:
        """See `reportgen.find.timeline.Desk`."""
        with self.desk.store.reading() as connection:
            return last_before(connection, which, moment)

    def knows_any(self, which: TimelineOf, since: datetime) -> bool:
        """See `reportgen.find.timeline.Desk`."""
        with self.desk.store.reading() as connection:
            return any(not tweet.is_gone for tweet in read_tweets(connection, which, Span(since, NEVER)))

    def post_count(self, which: TimelineOf) -> int | None:
        """See `reportgen.find.timeline.Desk`."""
        return self.desk.post_count(which.user_id)
