"""Finds what the handles of reports posted: in the store, and in the X API where calls may be made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from reportgen.ask import Ask
from reportgen.find.asks import beyond_reach, not_read, to_read, wanted_of
from reportgen.find.desk import TimelineDesk, XDesk
from reportgen.find.merge import FoundTimeline
from reportgen.find.signers import timeline_signer
from reportgen.find.timeline import Reading, TimelineError
from reportgen.find.troubles import TROUBLES, Trouble, trouble_of, trouble_with
from reportgen.find.users import Accounts
from reportgen.owners import Account
from reportgen.spans import ALWAYS, Span, Spans, within
from reportgen.spec.model import ReportSpec
from reportgen.store.open import Store
from reportgen.store.timelines import read_timeline, read_tweets
from reportgen.store.users import read_accounts
from reportgen.timelines import KnownTimeline, Timeline, TimelineOf, TimelineState, newest_shown

_NOT_ASKED: Final = Trouble(TimelineState.NOT_ASKED, "")

Unread: TypeAlias = Mapping[TimelineOf, Trouble]
"""Why these timelines were not read to the end."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds what is on timelines, at a run's present `as_of` (UTC)."""

    store: Store
    as_of: datetime
    ask: Ask
    desk: XDesk | None
    """None where no call may be made."""
    accounts: Accounts

    def read(self, wants: Iterable[tuple[ReportSpec, Span]]) -> Unread:
        """Read what nobody has read of the timelines that reports want, each once. Raises StoreError."""
        of: dict[TimelineOf, list[tuple[str, Span]]] = {}
        for spec, span in wants:
            for handle in spec.handles:
                if which := self._timeline_of(handle, spec):
                    of.setdefault(which, []).append((handle, span))
        return {
            which: trouble
            for which, wanted in of.items()
            if (trouble := self._read(which, wanted[0][0], wanted_of([span for _, span in wanted], which)))
        }

    def found(self, spec: ReportSpec, span: Span, unread: Unread) -> Iterator[FoundTimeline]:
        """What a report has of the timelines of its handles. Raises StoreError."""
        taken: set[str] = set()
        first: dict[str, str] = {}
        for handle in spec.handles:
            which = self._timeline_of(handle, spec)
            if which is None:
                trouble = self.accounts.troubles.get(handle.lower(), _NOT_ASKED)
                yield FoundTimeline(Timeline(handle, trouble.state, span, 0, trouble.detail, unread=(span,)), {})
                continue
            one = self._found(handle, which, span, unread.get(which), taken)
            taken |= one.texts.keys()
            its = first.setdefault(which.user_id, handle)
            yield one if its == handle else replace(one, timeline=replace(one.timeline, same_as=its))

    def _found(
        self, handle: str, which: TimelineOf, span: Span, trouble: Trouble | None, taken: Collection[str]
    ) -> FoundTimeline:
        with self.store.reading() as connection:
            known = read_timeline(connection, which)
            tweets = [tweet for tweet in read_tweets(connection, which, span) if tweet.id not in taken]
            account = read_accounts(connection, [which.user_id]).get(which.user_id)
        wanted = within(wanted_of([span], which), self.desk.past if self.desk else ALWAYS)
        unread = not_read(wanted, known)
        its = self.accounts.troubles.get(handle.lower()) or trouble
        state, detail = its or (_NOT_ASKED if unread else _read_as(handle, account))
        timeline = Timeline(
            handle=handle,
            state=state,
            span=span,
            tweets=len(tweets),
            detail=detail,
            reach=beyond_reach(wanted, known),
            newest=newest_shown(which.exclude),
            gone=tuple(tweet.id for tweet in tweets if tweet.is_gone),
            unread=self._asks(wanted, known) if self.desk is None else unread,
            another=self.accounts.meant[handle.lower()].before is not None,
        )
        return FoundTimeline(timeline, {tweet.id: tweet.text for tweet in tweets})

    def _timeline_of(self, handle: str, spec: ReportSpec) -> TimelineOf | None:
        meant = self.accounts.meant.get(handle.lower())
        return TimelineOf(meant.user_id, spec.exclude) if meant else None

    def _asks(self, wanted: Spans, known: KnownTimeline) -> Spans:
        match self.ask:
            case Ask.EVERYTHING:
                return wanted
            case Ask.MISSING:
                return to_read(wanted, known, self.as_of)
            case Ask.NOTHING:
                return not_read(wanted, known)

    def _read(self, which: TimelineOf, handle: str, wanted: Spans) -> Trouble | None:
        """Read what nobody has read of the timeline; why it was not read to the end."""
        if self.desk is None or handle.lower() in self.accounts.troubles:
            return None
        if self.ask is Ask.EVERYTHING:
            self.desk.forget_later(which)
        with self.store.reading() as connection:
            spans = self._asks(wanted, read_timeline(connection, which))
        desk = TimelineDesk(self.desk, handle, timeline_signer(handle, self.desk.credentials))
        reading = Reading(which, self.desk.now, desk)
        trouble = None
        try:
            reading.read(spans)
        except TimelineError as error:
            trouble = trouble_with(error.problem)
            if error.problem.kind == "not_found":
                self.desk.doubt(handle)
        except TROUBLES as error:
            trouble = trouble_of(error)
        if reading.owner:
            self.desk.keep_names([reading.owner])
        return trouble


def _read_as(handle: str, account: Account | None) -> Trouble:
    """What is to be said of a timeline that was read, by what its account is called now."""
    if account is None or account.name.lower() == handle.lower():
        return Trouble(TimelineState.READ, "")
    return Trouble(TimelineState.RENAMED, account.name)
