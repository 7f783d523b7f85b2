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
"""The vendor takes no earlier `start_time` or `end_time`."""
_FIRST_TWEET: Final = datetime(2006, 3, 21, tzinfo=UTC)
_IS_OVER: Final = timedelta(minutes=10)
"""The vendor takes no `end_time` of the last 10 seconds, by its clock: ours may be ahead of it."""
_TO_BE_SAFE: Final = timedelta(days=1)
_OF_NEW_ACCOUNTS: Final = 2**50
"""Ids of accounts are snowflakes since 2016; those before were counted up and did not get so far."""


def wanted_of(spans: Iterable[Span], which: TimelineOf) -> Spans:
    """All that lies in any of the spans and in which the account can have posted."""
    is_new = int(which.user_id) > _OF_NEW_ACCOUNTS
    born = posted_at(which.user_id) - _TO_BE_SAFE if is_new else _FIRST_TWEET
    return within(joined(spans), Span(born.replace(microsecond=0), NEVER))


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
    last_days = within(within(wanted, Span(end - READ_AGAIN, end)), Span(known.reach or EVER, NEVER))
    return joined([*unread, *last_days])


def beyond_reach(wanted: Spans, known: KnownTimeline) -> datetime | None:
    """From when on (UTC) the vendor shows the timeline, where more of it is wanted that nobody has read; else None."""
    if known.reach is None or not without(within(wanted, Span(EVER, known.reach)), known.covered):
        return None
    return known.reach


def start_of_ask(span: Span, shown_before: datetime | None) -> datetime | None:
    """The `start_time` with which to ask for a span; None to ask for all before its end.

    Where the vendor showed a tweet just before the span (UTC), that is asked for, too: if it comes again, the vendor
    holds back nothing that is newer.
    """
    return None if span.start < FIRST else shown_before or span.start


def end_of_ask(span: Span, now: datetime) -> datetime | None:
    """The `end_time` with which to ask for a span at the real present (UTC); None to ask until the vendor's present."""
    return max(span.end, FIRST) if span.end <= now - _IS_OVER else None


def is_short(span: Span, now: datetime) -> bool:
    """Whether so little time has gone by since the span that it may as well be asked for until the vendor's present."""
    return span.end > now - READ_AGAIN


def shows_all(which: TimelineOf, posts: int | None) -> bool:
    """Whether an account of so many tweets has no more than the vendor shows; not, where nobody knows how many."""
    return posts is not None and posts <= newest_shown(which.exclude)


def is_below_limit(which: TimelineOf, came: int) -> bool:
    """Whether so many tweets, until the vendor's present, are fewer than it shows: it holds back none between them.

    Nobody knows how many retweets were left out of those that it shows.
    """
    return "retweets" not in which.exclude and came < newest_shown(which.exclude) - AT_ONCE
