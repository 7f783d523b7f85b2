"""Spans of time: how they are put together, and what is left of some without others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeAlias

from reportgen.instants import ceil_day, floor_day

EVER: Final = datetime.min.replace(tzinfo=UTC)
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Span(NamedTuple):
    """From `start` until `end` (UTC, exclusive)."""

    start: datetime
    end: datetime

    def clip(self, other: Span) -> Span:
        """The part of another span that lies in this one; it ends before it starts where that is nothing."""
        return Span(max(self.start, other.start), min(self.end, other.end))


ALWAYS: Final = Span(EVER, NEVER)

Spans: TypeAlias = tuple[Span, ...]
"""Spans in the order of time that neither overlap nor touch."""


def joined(spans: Iterable[Span]) -> Spans:
    """All that lies in any of the spans."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)


def without(spans: Spans, taken: Sequence[Span]) -> Spans:
    """What is left of the spans where others are taken out."""
    for gone in taken:
        spans = tuple(
            piece
            for span in spans
            for piece in (Span(span.start, min(span.end, gone.start)), Span(max(span.start, gone.end), span.end))
            if piece.start < piece.end
        )
    return spans


def within(spans: Spans, bounds: Span) -> Spans:
    """What of the spans lies within the bounds."""
    return tuple(span for span in map(bounds.clip, spans) if span.start < span.end)


def whole_days(spans: Spans) -> Spans:
    """The whole UTC days in the spans."""
    days = (Span(ceil_day(span.start), floor_day(span.end)) for span in spans)
    return tuple(span for span in days if span.start < span.end)
