"""What a report needs, cut into the fewest calls that answer it. Pure.

Facts are asked for at the coarsest grain that answers the whole report, one grouping a call; groupings, local days
and rates are computed from them. So the API's limits on groupings never bind, and a call is bound by two rules only:
tweets per call, and the length of a window.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal
from zoneinfo import ZoneInfo

from reportgen.catalog import GROUP_BY, METRICS, Endpoint, measure
from reportgen.gaps import Gap, Reason
from reportgen.instants import ceil_hour, floor_hour, format_instant
from reportgen.not_counted import gap_by_rule
from reportgen.snowflake import posted_at
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.period import Period


class Grain(Enum):
    """How finely facts are asked for; the value is the `group_by` of the call."""

    TOTAL = ("tweet.id", "engagement.type")
    DAY = ("tweet.id", "engagement.type", "engagement.day")
    HOUR = ("tweet.id", "engagement.type", "engagement.day", "engagement.hour")


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose credential signs a call: the access token of `handle`, or, where that is None, the bearer token."""

    handle: str | None

    @property
    def auth(self) -> Literal["user", "app"]:
        return "user" if self.handle else "app"


@dataclass(frozen=True, slots=True)
class Request:
    """One call to the Engagement API. `start` and `end` are whole UTC hours, `end` exclusive; None off `historical`."""

    endpoint: Endpoint
    signer: Signer
    tweet_ids: tuple[str, ...]
    metrics: tuple[str, ...]
    grain: Grain
    start: datetime | None = None
    end: datetime | None = None

    def as_json(self) -> dict[str, object]:
        """The request as `plan --json` shows it."""
        return {
            "endpoint": self.endpoint.name,
            "handle": self.signer.handle,
            "auth": self.signer.auth,
            "tweet_ids": list(self.tweet_ids),
            "metrics": list(self.metrics),
            "group_by": list(self.grain.value),
            "start": format_instant(self.start) if self.start else None,
            "end": format_instant(self.end) if self.end else None,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The calls that answer a report, and what is known beforehand not to be there."""

    grain: Grain
    requests: tuple[Request, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Need:
    """One tweet, the counts to ask for, and the first hour (UTC) in which it can have any."""

    tweet: Tweet
    metrics: frozenset[str]
    start: datetime


def plan_report(
    spec: ReportSpec,
    period: Period | None,
    as_of: datetime,
    history_start: datetime,
    own_handles: Collection[str],
    *,
    bearer: bool,
) -> Plan:
    """The fewest calls that answer `spec`.

    `history_start` (UTC) is the first instant that `historical` still answers for. `own_handles` are the handles whose
    access token is there, and `bearer` tells whether the app's is. On `totals` the bearer token asks for public
    metrics, of everybody's tweets together; the owner's token for the rest.
    """
    grain = coarsest_grain(spec.groupings.values(), period)
    counts = counts_of(spec.metrics)
    requests: list[Request] = []
    gaps: list[Gap] = []
    for signer, tweets in _by_signer(spec, counts, own_handles, bearer=bearer).items():
        needs: list[_Need] = []
        for tweet in tweets:
            known = tuple(_known_gaps(tweet, counts, spec.endpoint, signer, period, as_of, history_start))
            gaps.extend(known)
            need = _need(tweet, counts, known, period, as_of)
            if need:
                needs.append(need)
        requests.extend(_requests(needs, spec.endpoint, signer, grain, counts, period))
    return Plan(grain, tuple(requests), tuple(gaps))


def counts_of(measures: Iterable[str]) -> tuple[str, ...]:
    """Names of the counts to ask for, to know these metrics and rates; in the catalog's order."""
    parts = {part for name in measures for part in measure(name).parts}
    return tuple(name for name in METRICS if name in parts)


def coarsest_grain(groupings: Iterable[Sequence[str]], period: Period | None) -> Grain:
    """The coarsest grain that answers all groupings.

    UTC days serve local days only where the two are the same, and where the period begins with a whole one: of a part
    of a day, the hours tell what was counted.
    """
    times = {key for group_by in groupings for key in group_by if GROUP_BY[key].time}
    if not times or period is None:
        return Grain.TOTAL
    begins_with_a_day = period.start == period.start.replace(hour=0, minute=0, second=0, microsecond=0)
    if "engagement.hour" not in times and begins_with_a_day and _days_are_utc(period):
        return Grain.DAY
    return Grain.HOUR


def _days_are_utc(period: Period) -> bool:
    step = timedelta(days=1)
    days = (period.end - period.start) // step
    instants = [period.start + n * step for n in range(days + 1)] + [period.end]
    return not any(_offset(instant, period.timezone) for instant in instants)


def _offset(instant: datetime, timezone: ZoneInfo) -> timedelta:
    return instant.astimezone(timezone).utcoffset() or timedelta()


def _by_signer(
    spec: ReportSpec, counts: Sequence[str], own_handles: Collection[str], *, bearer: bool
) -> Mapping[Signer, list[Tweet]]:
    public = {METRICS[name].public for name in counts}
    # Only `totals` answers a bearer token, and only for public metrics: else the owner has to sign, token or no token.
    owner_only = not spec.endpoint.app_context or public == {False}
    bearer_is_enough = bearer and public == {True}
    signed: dict[Signer, list[Tweet]] = {}
    for tweet in spec.tweets:
        by_owner = owner_only or (tweet.handle in own_handles and not bearer_is_enough)
        signed.setdefault(Signer(tweet.handle if by_owner else None), []).append(tweet)
    return signed


def _known_gaps(
    tweet: Tweet,
    counts: Sequence[str],
    endpoint: Endpoint,
    signer: Signer,
    period: Period | None,
    as_of: datetime,
    history_start: datetime,
) -> Iterator[Gap]:
    """What the API's rules say is not there, known from the tweet's age and the credential alone."""
    posted = posted_at(tweet.id)
    if posted >= as_of:
        yield Gap(tweet.id, None, Reason.UNAVAILABLE, f"posted after {format_instant(as_of)}")
        return
    start, end = (period.start, period.end) if period and endpoint.takes_range else (None, None)
    for name in counts:
        if signer.handle is None and not METRICS[name].public:
            owner = f"the access token of {tweet.handle}" if tweet.handle else "its owner's access token"
            yield Gap(tweet.id, name, Reason.NOT_AUTHORIZED, f"only {owner} may ask for it")
        elif (gap := gap_by_rule(tweet.id, name, endpoint, start, end, as_of)) and gap.end in {None, end}:
            # What was counted in some of the hours is asked for, and the reader of answers tells the others.
            yield gap
    if start and max(posted, start) < history_start:
        detail = f"the history begins on {format_instant(history_start)}"
        yield Gap(tweet.id, None, Reason.NOT_IN_HISTORY, detail, start, ceil_hour(history_start))


def _need(
    tweet: Tweet, counts: Sequence[str], known: Sequence[Gap], period: Period | None, as_of: datetime
) -> _Need | None:
    end = period.end if period else as_of
    whole = {gap.metric for gap in known if gap.end is None or gap.end >= end}
    metrics = frozenset() if None in whole else frozenset(counts) - whole
    gone_by = [gap.end for gap in known if gap.metric is None and gap.end]
    start = max([floor_hour(posted_at(tweet.id)), *([period.start] if period else []), *gone_by])
    if not metrics or start >= end:
        return None
    return _Need(tweet, metrics, start)


@dataclass(frozen=True, slots=True)
class _Window:
    """A span that one call can answer for, and how many of the sorted needs have hours in it."""

    needs: int
    start: datetime | None
    end: datetime | None


def _requests(
    needs: Sequence[_Need],
    endpoint: Endpoint,
    signer: Signer,
    grain: Grain,
    counts: Sequence[str],
    period: Period | None,
) -> Iterator[Request]:
    needs = sorted(needs, key=lambda need: (need.start, int(need.tweet.id)))
    for window in _windows(needs, endpoint, period):
        for first in range(0, window.needs, endpoint.tweets_per_call):
            batch = needs[first : min(first + endpoint.tweets_per_call, window.needs)]
            wanted = frozenset().union(*(need.metrics for need in batch))
            yield Request(
                endpoint,
                signer,
                tuple(need.tweet.id for need in batch),
                tuple(name for name in counts if name in wanted),
                grain,
                max(window.start, batch[0].start) if window.start else None,
                window.end,
            )


def _windows(needs: Sequence[_Need], endpoint: Endpoint, period: Period | None) -> list[_Window]:
    """The windows that cover the period, the earliest first; one without dates where the endpoint takes none.

    They are cut from the period's end backwards. That is optimal: the last hours of these windows lie a whole
    window apart, so no call answers two of them, and each needs ceil(needs / tweets per call) calls.
    """
    if not endpoint.takes_range or period is None:
        return [_Window(len(needs), None, None)]
    longest = endpoint.window or period.end - period.start
    starts = [need.start for need in needs]
    windows: list[_Window] = []
    end = period.end
    while alive := bisect_left(starts, end):
        start = max(end - longest, period.start)
        windows.append(_Window(alive, start, end))
        end = start
    return windows[::-1]
