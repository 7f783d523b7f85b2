"""What a report needs to know, and what the API's rules say is not there to be known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reportgen.catalog import METRICS, TOTALS, Endpoint, group_by_key
from reportgen.gaps import POSTED_AFTER, Gap, Reason
from reportgen.instants import ceil_day, ceil_hour, floor_day, floor_hour, format_instant
from reportgen.not_counted import gap_by_rule
from reportgen.owners import OWNER_UNKNOWN, lacks_owner
from reportgen.request import Grain, Request
from reportgen.snowflake import posted_at
from reportgen.spans import EVER, NEVER, Span
from reportgen.spec.model import Obstacle, ReportSpec, Tweet
from reportgen.spec.period import Period


@dataclass(frozen=True, slots=True)
class Needs:
    """All `counts` of each of the `tweets`, over the span that the tweet has there."""

    endpoint: Endpoint
    grain: Grain
    """The coarsest that answers all groupings."""
    counts: tuple[str, ...]
    tweets: Mapping[str, Span]
    """By id, from the hour (or the UTC day) in which a tweet can have its first count. `totals` count since ever, until
    the report's present. A tweet that was posted after the period is not there."""
    owners: Mapping[str, str | None]
    """The handle of each of these tweets, as `@name`, where the report file has it."""
    gaps: tuple[Gap, ...] = ()
    """What no call can answer, by the API's rules."""
    never: tuple[Gap, ...] = ()
    """The tweets that are dated after the present: nothing of them can be known."""
    failed: frozenset[str] = frozenset()
    """The ids of tweets among the `gaps` whose owner a call was to tell, and did not."""

    def within(self, request: Request) -> Needs:
        """What of it a call may answer."""
        window = Span(request.start or EVER, request.end or NEVER)
        ids = self.tweets.keys() & request.tweet_ids if self.endpoint is request.endpoint else ()
        spans = {tweet_id: window.clip(self.tweets[tweet_id]) for tweet_id in request.tweet_ids if tweet_id in ids}
        return replace(
            self,
            counts=tuple(name for name in self.counts if name in request.metrics),
            tweets={tweet_id: span for tweet_id, span in spans.items() if span.start < span.end},
            gaps=tuple(gap for gap in self.gaps if gap.tweet_id in ids),
        )


def needs_of(spec: ReportSpec, period: Period | None, as_of: datetime, history_start: datetime) -> Needs:
    """What the report needs at its present, `as_of` (UTC).

    `history_start` (UTC) is the first instant that `historical` still answers for.
    """
    counts = spec.counts
    grain = grain_of(spec.endpoint, spec.divided_by, period)
    whole = _whole_span(spec.endpoint, period, as_of)
    tweets: dict[str, Span] = {}
    owners: dict[str, str | None] = {}
    gaps: list[Gap] = []
    never: list[Gap] = []
    failed: set[str] = set()
    for tweet in spec.tweets:
        if posted_at(tweet.id) >= as_of:
            never.append(Gap(tweet.id, None, Reason.UNAVAILABLE, f"{POSTED_AFTER} {format_instant(as_of)}"))
            continue
        span = _span(tweet.id, spec.endpoint, grain, whole)
        if span.start < span.end:
            tweets[tweet.id] = span
            owners[tweet.id] = tweet.handle
            known = _rule_gaps(tweet.id, counts, spec.endpoint, whole, as_of, history_start)
            gaps.extend(_in_whole_days(gap) if grain is Grain.DAY else gap for gap in known)
            if obstacle := _obstacle(tweet, spec):
                gaps.extend(_obstacle_gaps(tweet.id, obstacle, counts))
                failed.update([tweet.id] if obstacle.is_failure else [])
    return Needs(spec.endpoint, grain, counts, tweets, owners, tuple(gaps), tuple(never), frozenset(failed))


def grain_of(endpoint: Endpoint, groupings: Iterable[Sequence[str]], period: Period | None) -> Grain:
    """The coarsest grain that answers all groupings, and whose facts other reports can use.

    UTC days serve where the local days are the same, and where the period is made of whole ones. Numbers over any other
    span would be of no use to the next report, so hours are asked for, although a total would do.
    """
    if endpoint is TOTALS or period is None:
        return Grain.TOTAL
    keys = {key for group_by in groupings for key in group_by}
    in_days = endpoint.takes_range and _is_whole_days(period) and "engagement.hour" not in keys
    if not in_days:
        return Grain.HOUR
    by_time = any(group_by_key(key).time for key in keys)
    return Grain.HOUR if by_time and not _days_are_utc(period) else Grain.DAY


def _is_whole_days(period: Period) -> bool:
    return all(instant == floor_day(instant) for instant in (period.start, period.end))


def _days_are_utc(period: Period) -> bool:
    step = timedelta(days=1)
    days = (period.end - period.start) // step
    return not any(_offset(period.start + n * step, period.timezone) for n in range(days + 1))


def _offset(instant: datetime, timezone: ZoneInfo) -> timedelta:
    return instant.astimezone(timezone).utcoffset() or timedelta()


def _whole_span(endpoint: Endpoint, period: Period | None, as_of: datetime) -> Span:
    if period is None:
        return Span(EVER, as_of)
    if endpoint.takes_range:
        return Span(period.start, period.end)
    return Span(floor_hour(period.start), ceil_hour(period.end))


def _span(tweet_id: str, endpoint: Endpoint, grain: Grain, whole: Span) -> Span:
    """The part of the whole span in which the tweet can have counts."""
    if endpoint is TOTALS:
        return whole
    posted = floor_hour(posted_at(tweet_id))
    return Span(max(whole.start, floor_day(posted) if grain is Grain.DAY else posted), whole.end)


def _rule_gaps(
    tweet_id: str, counts: Sequence[str], endpoint: Endpoint, whole: Span, as_of: datetime, history_start: datetime
) -> Iterator[Gap]:
    """What is not there, known from the tweet's age and the hours alone."""
    start, end = whole if endpoint.takes_range else (None, None)
    for name in counts:
        if gap := gap_by_rule(tweet_id, name, endpoint, start, end, as_of):
            yield gap
    if start and max(posted_at(tweet_id), start) < history_start:
        detail = f"the history begins on {format_instant(history_start)}"
        yield Gap(tweet_id, None, Reason.NOT_IN_HISTORY, detail, start, ceil_hour(history_start))


def _obstacle(tweet: Tweet, spec: ReportSpec) -> Obstacle | None:
    """What keeps the tweet from being asked for."""
    return tweet.obstacle or (OWNER_UNKNOWN if lacks_owner(tweet, spec) else None)


def _obstacle_gaps(tweet_id: str, obstacle: Obstacle, counts: Sequence[str]) -> Iterator[Gap]:
    # A whole tweet that is not authorized means that the API refused a credential, which is told in other words.
    if not obstacle.only_private and obstacle.reason is not Reason.NOT_AUTHORIZED:
        yield Gap(tweet_id, None, obstacle.reason, obstacle.detail)
        return
    for name in counts:
        if not (obstacle.only_private and METRICS[name].public):
            yield Gap(tweet_id, name, obstacle.reason, obstacle.detail)


def _in_whole_days(gap: Gap) -> Gap:
    """Of a day that was counted in part, nothing is known."""
    if gap.start is None or gap.end is None:
        return gap
    return replace(gap, start=floor_day(gap.start), end=ceil_day(gap.end))
