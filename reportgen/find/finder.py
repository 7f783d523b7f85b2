"""Finds what the handles of reports posted: in the store, and in the X API where calls may be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from reportgen.ask import Ask
from reportgen.find.asks import beyond_reach, not_read, to_read, wanted_of
from reportgen.find.desk import TimelineDesk, XDesk
from reportgen.find.merge import FoundTimeline
from reportgen.find.signers import APP, look_up_signers, timeline_signer
from reportgen.find.timeline import Reading, TimelineError
from reportgen.find.troubles import TROUBLES, Trouble, trouble_of, trouble_with
from reportgen.find.users import look_up
from reportgen.spans import Span, Spans
from reportgen.spec.model import ReportSpec
from reportgen.store.open import Store
from reportgen.store.timelines import read_timeline, read_tweets
from reportgen.store.users import read_doubted, read_handles, read_users
from reportgen.timelines import KnownTimeline, Timeline, TimelineOf, TimelineState, newest_shown

_IS_ANOTHER: Final = "belongs to another account than before; what that one posted is left out."
_NOT_ASKED: Final = Trouble(TimelineState.NOT_ASKED, "")


@dataclass(slots=True)
class Finder:
    """What a run finds out of accounts and timelines, at its present `as_of` (UTC)."""

    store: Store
    as_of: datetime
    ask: Ask
    desk: XDesk | None
    """None where no call may be made."""
    _accounts: dict[str, str] = field(default_factory=dict)
    """Ids by handles, in small letters."""
    _before: dict[str, str] = field(default_factory=dict)
    """Ids of other accounts that had these handles before."""
    _unknown: dict[str, Trouble] = field(default_factory=dict)
    """Why nobody knows whose handles these are."""
    _unread: dict[TimelineOf, Trouble] = field(default_factory=dict)
    """Why these timelines were not read to the end."""
    _names: dict[str, str] = field(default_factory=dict)
    """What accounts are called by now, as the vendor spells it."""

    def look_up(self, handles: Sequence[str]) -> None:
        """Find out whose handles these are. Raises StoreError."""
        with self.store.reading() as connection:
            known, gone = read_users(connection, handles), read_doubted(connection, handles)
        self._accounts = {**gone, **known}
        if self.desk is None:
            return
        desk, signer = self.desk, next(iter(look_up_signers(handles, self.desk.credentials)), APP)
        unknown = [h for h in handles if self.ask is Ask.EVERYTHING or h.lower() not in known]
        told = look_up(unknown, lambda part: desk.users(part, signer))
        self._before = {h: self._accounts[h] for h, its in told.ids.items() if self._accounts.get(h, its) != its}
        self._accounts |= told.ids
        # The account of a handle that nobody has any more may be there under another one.
        self._unknown = {h: trouble for h, trouble in told.troubles.items() if h not in known}

    def read(self, wants: Iterable[tuple[ReportSpec, Span]]) -> None:
        """Read what nobody has read of the timelines that reports want, each once. Raises StoreError."""
        of: dict[TimelineOf, list[tuple[str, Span]]] = {}
        for spec, span in wants:
            for handle in spec.handles:
                if which := self._timeline_of(handle, spec):
                    of.setdefault(which, []).append((handle, span))
        for which, wanted in of.items():
            self._read(which, wanted[0][0], wanted_of([span for _, span in wanted], which))

    def found(self, spec: ReportSpec, span: Span) -> Iterator[FoundTimeline]:
        """What a report has of the timelines of its handles. Raises StoreError."""
        taken: set[str] = set()
        for handle in spec.handles:
            which = self._timeline_of(handle, spec)
            if which is None:
                trouble = self._unknown.get(handle.lower(), _NOT_ASKED)
                yield FoundTimeline(Timeline(handle, trouble.state, span, 0, trouble.detail, unread=(span,)), {})
                continue
            one = self._found(handle, which, span, taken)
            taken |= one.texts.keys()
            yield one

    def _found(self, handle: str, which: TimelineOf, span: Span, taken: set[str]) -> FoundTimeline:
        with self.store.reading() as connection:
            known = read_timeline(connection, which)
            tweets = [tweet for tweet in read_tweets(connection, which, span) if tweet.id not in taken]
            names = read_handles(connection, [which.user_id]).get(which.user_id, ())
        wanted = wanted_of([span], which)
        state, detail = self._state(handle, which, names, not_read(wanted, known))
        timeline = Timeline(
            handle=handle,
            state=state,
            span=span,
            tweets=len(tweets),
            detail=detail,
            reach=beyond_reach(wanted, known),
            newest=newest_shown(which.exclude),
            gone=tuple(tweet.id for tweet in tweets if tweet.is_gone),
            unread=self._asks(wanted, known) if self.desk is None else not_read(wanted, known),
        )
        return FoundTimeline(timeline, {tweet.id: tweet.text for tweet in tweets})

    def _state(self, handle: str, which: TimelineOf, names: Sequence[str], unread: Spans) -> Trouble:
        if trouble := self._unknown.get(handle.lower()) or self._unread.get(which):
            return trouble
        if unread:
            return _NOT_ASKED
        name = self._names.get(which.user_id) or (names[0] if names else handle)
        if name.lower() != handle.lower():
            return Trouble(TimelineState.RENAMED, name)
        is_another = handle.lower() in self._before
        return Trouble(TimelineState.READ, f"{handle} {_IS_ANOTHER}" if is_another else "")

    def _timeline_of(self, handle: str, spec: ReportSpec) -> TimelineOf | None:
        user_id = self._accounts.get(handle.lower())
        return TimelineOf(user_id, spec.exclude) if user_id else None

    def _asks(self, wanted: Spans, known: KnownTimeline) -> Spans:
        match self.ask:
            case Ask.EVERYTHING:
                return wanted
            case Ask.MISSING:
                return to_read(wanted, known, self.as_of)
            case Ask.NOTHING:
                return not_read(wanted, known)

    def _read(self, which: TimelineOf, handle: str, wanted: Spans) -> None:
        if self.desk is None or handle.lower() in self._unknown:
            return
        if self.ask is Ask.EVERYTHING:
            self.desk.forget_later(which)
        with self.store.reading() as connection:
            spans = self._asks(wanted, read_timeline(connection, which))
        desk = TimelineDesk(self.desk, handle, timeline_signer(handle, self.desk.credentials))
        reading = Reading(which, self.as_of, desk)
        try:
            reading.read(spans)
        except TimelineError as error:
            self._unread[which] = trouble_with(error.problem)
            if error.problem.kind == "not_found":
                self.desk.doubt(handle)
        except TROUBLES as error:
            self._unread[which] = trouble_of(error)
        if reading.owner:
            self._names[which.user_id] = reading.owner.handle
            self.desk.keep_handles({reading.owner.handle: which.user_id})
