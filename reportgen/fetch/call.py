"""A call that is to be made, and the planned requests that it serves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from reportgen.instants import floor_hour
from reportgen.request import Request
from reportgen.snowflake import posted_at
from reportgen.spans import EVER


@dataclass(frozen=True, slots=True)
class Part:
    """The tweets of a call that are there for one planned request."""

    planned: Request
    tweet_ids: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Call:
    """A request, and what became of it so far. Each call is itself alone, whatever it asks for."""

    request: Request
    parts: tuple[Part, ...]
    was_made: bool = False
    failures: int = 0
    seconds: float = 0.0
    """How long it took to make it again, with the waits before."""
    last_failure: str = ""

    def only(self, tweet_ids: Collection[str], metrics: Collection[str]) -> Call | None:
        """A new call for these of its tweets and metrics; None where that is nothing."""
        kept = tuple(name for name in self.request.metrics if name in metrics)
        ids = _among(self.request.tweet_ids, tweet_ids)
        parts = tuple(Part(part.planned, _among(part.tweet_ids, ids)) for part in self.parts)
        if not ids or not kept:
            return None
        request = replace(self.request, tweet_ids=ids, metrics=kept)
        return Call(request, tuple(part for part in parts if part.tweet_ids))

    def narrowed(self, request: Request) -> Call | None:
        """A new call for the part of it that the request asks for, in its hours."""
        part = self.only(request.tweet_ids, request.metrics)
        return part and Call(request, part.parts)

    def halves(self) -> list[Call]:
        """New calls for half of the tweets each; one call where there is one tweet."""
        ids = self.request.tweet_ids
        middle = (len(ids) + 1) // 2
        halves = (self.only(half, self.request.metrics) for half in (ids[:middle], ids[middle:]))
        return [half for half in halves if half]

    @property
    def is_full(self) -> bool:
        """Whether no other tweet can be asked for with it."""
        return len(self.request.tweet_ids) >= self.request.endpoint.tweets_per_call

    def together(self, other: Call) -> Call | None:
        """One new call in place of both; None where that would ask for anything else than both do, or for too much."""
        ours, theirs = self.request, other.request
        ids = ours.tweet_ids + theirs.tweet_ids
        if len(ids) > ours.endpoint.tweets_per_call or len(set(ids)) < len(ids):
            return None
        earlier, later = sorted((ours, theirs), key=_start)
        # Windows may start apart where the later one starts with its first tweet: nothing was to count before.
        if earlier.start != later.start and not _starts_with_its_tweets(later):
            return None
        merged = replace(earlier, tweet_ids=ids)
        if merged != replace(later, tweet_ids=ids, start=earlier.start):
            return None
        return Call(merged, self.parts + other.parts)


def planned_call(request: Request) -> Call:
    """The call that a plan asks for."""
    return Call(request, (Part(request, request.tweet_ids),))


def _among(tweet_ids: Collection[str], wanted: Collection[str]) -> tuple[str, ...]:
    wanted = frozenset(wanted)
    return tuple(tweet_id for tweet_id in tweet_ids if tweet_id in wanted)


def _start(request: Request) -> datetime:
    return request.start or EVER


def _starts_with_its_tweets(request: Request) -> bool:
    start = request.start
    return start is not None and all(floor_hour(posted_at(tweet_id)) >= start for tweet_id in request.tweet_ids)
