"""The station that finds tweets: from reports that name handles to reports that have their tweets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reportgen.ask import Ask
from reportgen.credentials import Credentials
from reportgen.errors import InputError
from reportgen.find.desk import XDesk
from reportgen.find.finder import Finder, Unread
from reportgen.find.found import Found
from reportgen.find.merge import with_found
from reportgen.find.owned import owned
from reportgen.find.users import find_accounts
from reportgen.spans import Span, joined
from reportgen.spec.model import ReportSpec
from reportgen.spec.posted import posted_period, posted_period_before
from reportgen.store.open import Store
from reportgen.timelines import Timeline


def find(
    specs: Sequence[ReportSpec],
    as_of: datetime,
    ask: Ask,
    store: Store,
    credentials: Credentials,
    desk: XDesk | None,
) -> Found:
    """The reports as of `as_of` (UTC) with the tweets of their handles' timelines, beside those that they list; each
    has its owner, or what keeps it from being asked for.

    What the store does not know is asked for at the desk; where that is None, no call is made. No failure of a call
    ends it. Raises InputError where a range of `posted` is still to come, and StoreError.
    """
    wants = _wants(specs, as_of)
    handles = {handle.lower(): handle for want in wants for handle in want.spec.handles}
    finder = Finder(store, as_of, ask, desk, find_accounts([*handles.values()], ask, store, desk))
    unread = finder.read((want.spec, span) for want in wants for span in want.spans)
    found = {want.spec.name: _found(want, finder, unread) for want in wants}
    # A timeline tells the owners of its tweets, so these are not looked up.
    with_tweets = [found[spec.name][0] if spec.name in found else spec for spec in specs]
    return Found(
        owned(with_tweets, ask, store, credentials, desk),
        {name: timelines for name, (_, timelines) in found.items()},
    )


@dataclass(frozen=True, slots=True)
class _Want:
    """A report that takes tweets from timelines, and when these were posted."""

    spec: ReportSpec
    span: Span
    before: Span | None
    """Those of the period compared with, where they are others."""

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.span, self.before) if self.before else (self.span,)


def _found(want: _Want, finder: Finder, unread: Unread) -> tuple[ReportSpec, tuple[Timeline, ...]]:
    """The report with what was found for it, and what became of its timelines."""
    found = [*finder.found(want.spec, want.span, unread)]
    spec = with_found(want.spec, found)
    then = [*finder.found(want.spec, want.before, unread)] if want.before else []
    # Where tweets of either time may be missing, no more than the same tweets can be compared.
    if then and all(one.timeline.is_whole for one in (*found, *then)):
        spec = replace(spec, tweets_before=with_found(want.spec, then).tweets)
    also = {one.timeline.handle: one.timeline.unread for one in then}
    timelines = (one.timeline for one in found)
    return spec, tuple(replace(one, unread=joined([*one.unread, *also.get(one.handle, ())])) for one in timelines)


def _wants(specs: Sequence[ReportSpec], as_of: datetime) -> list[_Want]:
    wants: list[_Want] = []
    problems: list[object] = []
    for spec in specs:
        try:
            if posted := posted_period(spec, as_of):
                before = posted_period_before(spec, as_of)
                wants.append(_Want(spec, posted.span, before.span if before else None))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return wants
