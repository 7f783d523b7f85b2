"""Which spans of a timeline a run asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from reportgen.api.x.model import AT_ONCE
from reportgen.snowflake import posted_at
from reportgen.spans import EVER, NEVER, Span, Spans, joined, within, without
from reportgen.timelines import KnownTimeline, TimelineOf, newest_shown

READ_AGAIN: Final = timedelta(days=3)
"""So much at the end of what was read is read again: tweets are most often deleted soon."""
LEFT_ALONE: Final = timedelta(days=28)
"""What ended so long ago is not read again."""
FIRST: Final = datetime(2010, 11, 6, tzinfo=UTC)
"""The vendor takes no earlier `start_time`."""
_IS_OVER: Final = timedelta(minutes=10)
"""The vendor takes no `end_time` of the last 10 seconds, by its clock: ours may be ahead of it."""
_TO_BE_SAFE: Final = timedelta(days=1)
_OF_NEW_ACCOUNTS: Final = 2**50
"""Ids of accounts are snowflakes since 2016; those before were counted up and did not get so far."""


def wanted_of(spans: Iterable[Span], which: TimelineOf) -> Spans:
    """All that lies in any of the spans and in which the account can have posted."""
    born = posted_at(which.user_id) - _TO_BE_SAFE if int(which.user_id) > _OF_NEW_ACCOUNTS else FIRST
    return within(joined(spans), Span(max(FIRST, born.replace(microsecond=0)), NEVER))


def not_read(wanted: Spans, known: KnownTimeline) -> Spans:
    """What of it nobody has read, as far as the vendor shows it."""
    reached = within(wanted, Span(known.reach, NEVER)) if known.reach else wanted
    return without(reached, known.covered)


def to_read(wanted: Spans, known: KnownTimeline, as_of: datetime) -> Spans:
    """What a run at the present `as_of` (UTC) asks for: what nobody has read, and the last days again.

    What was read at a later present is not read again.
    """
    unread = not_read(wanted, known)
    if not known.covered or (known.asked and known.asked > as_of):
        return unread
    end = known.covered[-1].end
    if end < as_of - LEFT_ALONE:
        return unread
    last_days = within(within(wanted, Span(end - READ_AGAIN, end)), Span(known.reach or FIRST, NEVER))
    return joined([*unread, *last_days])


def beyond_reach(wanted: Spans, known: KnownTimeline) -> datetime | None:
    """From when on (UTC) the vendor shows the timeline, where more of it is wanted that nobody has read; else None."""
    if known.reach is None or not without(within(wanted, Span(EVER, known.reach)), known.covered):
        return None
    return known.reach


def end_of_ask(span: Span, as_of: datetime) -> datetime | None:
    """The `end_time` with which to ask for a span; None to ask until the vendor's present."""
    return span.end if span.end <= as_of - _IS_OVER else None


def may_be_cut(span: Span, came: int, known: int, which: TimelineOf, as_of: datetime) -> bool:
    """Whether the vendor may have shown no more because of its limit on how far back a timeline goes.

    In the span, which runs from the oldest tweet shown, `came` tweets came; `known` are all that are known since. Where
    none came, the span is all that was asked for. Doubt is true: another call can clear it up.
    """
    if not came:
        return known > 0 or span.end < as_of - LEFT_ALONE
    seconds = max((span.end - span.start).total_seconds(), 1)
    newer = came / seconds * max((as_of - span.end).total_seconds(), 0)
    limit = newest_shown(which.exclude) - AT_ONCE
    # Nobody knows how many retweets were left out of those that the vendor shows.
    return known + 2 * newer >= (limit / 2 if "retweets" in which.exclude else limit)
