"""A call that is to be made, and the planned requests that it serves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from reportgen.plan import Request


@dataclass(frozen=True, slots=True)
class Part:
    """The tweets of a call that are there for one planned request."""

    planned: Request
    tweet_ids: tuple[str, ...]

    def of(self, tweet_ids: Collection[str]) -> Part:
        """The same with these tweets alone."""
        return Part(self.planned, tuple(tweet_id for tweet_id in self.tweet_ids if tweet_id in tweet_ids))


@dataclass(slots=True, eq=False)
class Call:
    """A request, how often it was sent, and how often it failed on their side. Each call is itself alone."""

    request: Request
    parts: tuple[Part, ...]
    sent: int = 0
    failures: int = 0
    failing_since: float = 0.0
    trouble: str = ""
    """What was wrong the last time."""

    def of(self, tweet_ids: Collection[str], metrics: Collection[str]) -> Call | None:
        """A new call for these of its tweets and metrics; None where that is nothing."""
        wanted = frozenset(tweet_ids)
        parts = tuple(part for part in (part.of(wanted) for part in self.parts) if part.tweet_ids)
        kept = tuple(name for name in self.request.metrics if name in metrics)
        if not parts or not kept:
            return None
        ids = tuple(tweet_id for tweet_id in self.request.tweet_ids if tweet_id in wanted)
        return Call(replace(self.request, tweet_ids=ids, metrics=kept), parts)

    def halves(self) -> tuple[Call, Call]:
        """Two new calls, for half the tweets each."""
        ids = self.request.tweet_ids
        middle = (len(ids) + 1) // 2
        first, second = (self.of(half, self.request.metrics) for half in (ids[:middle], ids[middle:]))
        if first is None or second is None:
            raise ValueError("a call for one tweet has no halves")
        return first, second

    @property
    def is_full(self) -> bool:
        """Whether no other tweet can be asked for with it."""
        return len(self.request.tweet_ids) >= self.request.endpoint.tweets_per_call

    def together(self, other: Call) -> Call | None:
        """One new call in place of both; None where they differ in more than tweets, or are too many."""
        ours, theirs = self.request, other.request
        ids = ours.tweet_ids + theirs.tweet_ids
        if len(ids) > ours.endpoint.tweets_per_call or len(set(ids)) < len(ids):
            return None
        starts = [request.start for request in (ours, theirs) if request.start]
        # Windows that end together are no longer together than the longer of the two.
        merged = replace(ours, tweet_ids=ids, start=min(starts, default=None))
        if merged != replace(theirs, tweet_ids=ids, start=merged.start):
            return None
        return Call(merged, self.parts + other.parts)


def planned_call(request: Request) -> Call:
    """The call that a plan asks for."""
    return Call(request, (Part(request, request.tweet_ids),))
