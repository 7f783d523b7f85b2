"""What is known already, and which gaps that leaves a report with. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from reportgen.catalog import Endpoint
from reportgen.gaps import Gap, Reason
from reportgen.needs import Needs
from reportgen.request import Grain, Signer
from reportgen.spans import Span, Spans, joined, whole_days, within, without

Place: TypeAlias = tuple[str, str]
"""A tweet's id and a metric."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What counts as known at a run's present, `as_of`: what is final, and what was asked for since `since` (UTC)."""

    as_of: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """The spans of which all counts are known, by endpoint and grain, and then by tweet and metric.

    A span of `historical` is of whole UTC hours or days; one of `totals` is from ever until the present.
    """

    spans: Mapping[tuple[Endpoint, Grain], Mapping[Place, Spans]] = field(default_factory=dict)

    def of(self, endpoint: Endpoint, grain: Grain, tweet_id: str, metric: str) -> Spans:
        """What is known at this grain; of days, also those of which each hour is known."""
        place = tweet_id, metric
        spans = self.spans.get((endpoint, grain), {}).get(place, ())
        if grain is not Grain.DAY:
            return spans
        hours = self.spans.get((endpoint, Grain.HOUR), {}).get(place, ())
        return joined([*spans, *whole_days(hours)]) if hours else spans

    def missing(self, needs: Needs, tweet_id: str, metric: str) -> Spans:
        """What a report needs of a tweet and is not known."""
        span = needs.tweets.get(tweet_id)
        return without((span,), self.of(needs.endpoint, needs.grain, tweet_id, metric)) if span else ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before the first call."""

    coverage: Coverage = Coverage()
    gaps: Mapping[tuple[Endpoint, str | None, str], tuple[Gap, ...]] = field(default_factory=dict)
    """Gaps with a lasting reason, by endpoint, by the handle that signed, in small letters (None for the bearer token),
    and by the tweet's id."""

    def gaps_of(self, endpoint: Endpoint, signer: Signer, tweet_id: str) -> tuple[Gap, ...]:
        """What this endpoint will not tell this signer of the tweet."""
        return self.gaps.get((endpoint, signer.handle and signer.handle.lower(), tweet_id), ())


def both(needs: Needs, one: Coverage, other: Coverage) -> Coverage:
    """What either knows of what a report needs, at its grain: hours of both make no day."""
    places = [(tweet_id, name) for tweet_id in needs.tweets for name in needs.counts]
    spans = {
        place: joined([*one.of(needs.endpoint, needs.grain, *place), *other.of(needs.endpoint, needs.grain, *place)])
        for place in places
    }
    return Coverage({(needs.endpoint, needs.grain): spans})


def gaps_left(needs: Needs, coverage: Coverage, gaps: Iterable[Gap]) -> list[Gap]:
    """Of the gaps, what is not known after all: a number that is known stays one, whatever is said of its tweet."""
    return [
        left
        for gap in dict.fromkeys(gaps)
        if (needed := needs.tweets.get(gap.tweet_id))
        for left in _left(needs, needed, coverage, gap)
    ]


def said_once(gaps: Sequence[Gap]) -> list[Gap]:
    """The gaps without those of a metric that lie in one of the whole tweet.

    Which of the two was found first, or at all, depends on what else was asked.
    """
    whole: dict[str, list[Span]] = {}
    for gap in gaps:
        if gap.metric is None:
            whole.setdefault(gap.tweet_id, []).append(gap.span)
    return [
        gap
        for gap in gaps
        if gap.metric is None or gap.tweet_id not in whole or without((gap.span,), whole[gap.tweet_id])
    ]


def gaps_unexplained(needs: Needs, coverage: Coverage, gaps: Iterable[Gap], detail: str) -> list[Gap]:
    """A gap, with this detail, for all that is needed, is not known, and is in none of the gaps."""
    of_tweet: dict[str, list[Gap]] = {}
    for gap in gaps:
        of_tweet.setdefault(gap.tweet_id, []).append(gap)
    return [
        Gap(tweet_id, metric, Reason.CALL_FAILED, detail, *_hours(needs, span))
        for tweet_id in needs.tweets
        for metric in needs.counts
        if (missing := coverage.missing(needs, tweet_id, metric))
        for span in without(missing, [gap.span for gap in of_tweet.get(tweet_id, ()) if gap.metric in {None, metric}])
    ]


def _left(needs: Needs, needed: Span, coverage: Coverage, gap: Gap) -> Iterator[Gap]:
    metrics = needs.counts if gap.metric is None else tuple({gap.metric}.intersection(needs.counts))
    whole = within((needed,), gap.span)
    missing = {name: within(coverage.missing(needs, gap.tweet_id, name), gap.span) for name in metrics}
    if whole and metrics and all(spans == whole for spans in missing.values()):
        yield gap
        return
    alike = len(set(missing.values())) == 1
    for name, spans in [(gap.metric, missing[metrics[0]])] if alike else missing.items():
        for span in spans:
            start, end = _hours(needs, span)
            yield replace(gap, metric=name, start=start, end=end)


def _hours(needs: Needs, span: Span) -> Span | tuple[None, None]:
    return span if needs.grain is not Grain.TOTAL else (None, None)
