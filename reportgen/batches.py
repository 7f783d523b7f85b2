"""How the tweets of one signer, and what each of them misses, are cut into the fewest calls. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import pairwise
from typing import TypeAlias

from reportgen.catalog import Endpoint
from reportgen.spans import ALWAYS, Span, Spans, within, without

Batch: TypeAlias = tuple[Span, Sequence[str]]
"""A window, and the ids of the tweets to ask about in it."""
_Others: TypeAlias = Callable[[Mapping[str, Spans], Span, int], list[str]]
"""From what is left to ask, a window and the empty seats of its calls to the tweets that go along."""


def batches(missing: Mapping[str, Spans], endpoint: Endpoint) -> list[Batch]:
    """The calls for what is missing, by tweet: the earliest window first.

    Windows are cut backwards from the last hour that is missing. All tweets that miss it need a call that ends there; a
    call with room to spare takes others along. Where each tweet misses all until the end of the period, that is
    optimal: the last hours of the windows lie a whole window apart, so no call answers two of them.
    """
    found = _levels(missing, endpoint, _passengers)
    windows = [window for window, _ in found]
    if all(one == other or one.end <= other.start for one, other in pairwise(windows)):
        return found
    # Windows overlap where tweets stayed behind for want of seats: that may have been the wrong choice.
    return min(found, _levels(missing, endpoint, _everybody), key=len)


def _levels(missing: Mapping[str, Spans], endpoint: Endpoint, others: _Others) -> list[Batch]:
    """The batches where `others` go along with those that miss the last hour of a window."""
    size = endpoint.tweets_per_call
    longest = endpoint.window if endpoint.takes_range else None
    # Without dates, a call asks for all that there is.
    left = {tweet_id: spans if longest else (ALWAYS,) for tweet_id, spans in missing.items()}
    levels: list[list[Batch]] = []
    while left:
        end = max(spans[-1].end for spans in left.values())
        window = Span(end - longest, end) if longest else ALWAYS
        due = [tweet_id for tweet_id, spans in left.items() if spans[-1].end == end]
        due += others(left, window, -len(due) % size)
        starts = {tweet_id: within(left[tweet_id], window)[0].start for tweet_id in due}
        due.sort(key=lambda tweet_id: (starts[tweet_id], int(tweet_id)))
        levels.append([(window, batch) for batch in _cut(due, starts, size)])
        for tweet_id in due:
            if rest := without(left.pop(tweet_id), [window]):
                left[tweet_id] = rest
    return [call for level in reversed(levels) for call in level]


def _cut(due: Sequence[str], starts: Mapping[str, datetime], size: int) -> Iterator[Sequence[str]]:
    """The tweets in as few batches as they fit in, parted where their starts differ if that takes no more batches:
    whoever is in a batch with an earlier start is asked for hours that are known.
    """
    while due:
        spare = -len(due) % size
        ends = (
            n for n in range(size, max(size - spare, 1) - 1, -1) if n >= len(due) or starts[due[n - 1]] < starts[due[n]]
        )
        end = next(ends, size)
        yield due[:end]
        due = due[end:]


def _passengers(left: Mapping[str, Spans], window: Span, seats: int) -> list[str]:
    """The tweets that gain most from a call that is made anyway: it saves them one of their own, and soon."""
    if not seats:
        return []
    length = window.end - window.start

    def gain(tweet_id: str) -> tuple[object, ...]:
        spans = left[tweet_id]
        calls = _calls_alone(spans, length)
        saved = calls - _calls_alone(without(spans, [window]), length)
        return saved, spans[-1].end, calls, int(tweet_id)

    return nlargest(seats, _everybody(left, window, seats), key=gain)


def _everybody(left: Mapping[str, Spans], window: Span, seats: int) -> list[str]:
    """All that miss an hour of the window, though it may take a call more now."""
    del seats
    return [tweet_id for tweet_id, spans in left.items() if window.start < spans[-1].end < window.end]


def _calls_alone(spans: Spans, length: timedelta) -> int:
    """How many windows one tweet needs for itself."""
    calls = 0
    while spans:
        spans = without(spans, [Span(spans[-1].end - length, spans[-1].end)])
        calls += 1
    return calls
