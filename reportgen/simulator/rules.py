"""The Engagement API's rules: from a request, its caller and the world to an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reportgen.catalog import (
    AGE_LIMITS,
    COUNTED_SINCE,
    DEFAULT_HISTORY,
    HISTORICAL,
    LAST_28_HOURS,
    TOTALS,
    Endpoint,
)
from reportgen.instants import ceil_hour, floor_hour, format_instant
from reportgen.simulator.access import (
    available,
    check_address,
    check_context,
    check_credentials,
    check_owner,
    unavailable,
)
from reportgen.simulator.accounts import Account
from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.groupings import Cells, nest
from reportgen.simulator.request import RefusedError, Request, read_request
from reportgen.simulator.shapes import EXTRA_KEYS, echo, shaped, with_extra_keys
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World

_IMPRESSIONS: Final = next(limit for limit in AGE_LIMITS if "impressions" in limit.metrics)
"""The limit that the API puts into words, too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a JSON body."""

    status: int
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Window:
    """The span counted, `end` exclusive. It is echoed on whole hours."""

    start: datetime
    end: datetime


def answer(endpoint: Endpoint, body: object, caller: Account | None, world: World, faults: Faults = FRIENDLY) -> Answer:
    """What the API answers to a JSON body; `caller` is whose access token signed it, None for the bearer token."""
    try:
        check_address(endpoint, faults)
        check_credentials(caller, faults)
        request = read_request(endpoint, body)
        check_context(request, caller, faults)
        window = _window(request, world.now)
        tweets = available(request.tweet_ids, world, faults)
        check_owner(tweets, caller, world, faults)
        return Answer(200, _body(request, window, tweets, world, faults))
    except RefusedError as refused:
        return Answer(refused.status, refused.body)


def _window(request: Request, now: datetime) -> _Window | None:
    if request.endpoint is TOTALS:
        return None
    if request.endpoint is LAST_28_HOURS:
        return _Window(now - timedelta(hours=28), now)
    longest = timedelta(weeks=4)
    if request.start is None and request.end is None:
        return _Window(ceil_hour(now) - longest, ceil_hour(now))
    if request.start is None or request.end is None:
        raise RefusedError(400, "Give both start and end, or neither.")
    window = _Window(floor_hour(request.start), ceil_hour(request.end))
    oldest = floor_hour(now - DEFAULT_HISTORY)
    if request.start >= request.end:
        raise RefusedError(400, "start must be before end.")
    if request.end > now:
        raise RefusedError(400, "end must not be in the future.")
    if window.end - window.start > longest:
        raise RefusedError(400, "start and end may be 4 weeks apart at most.")
    if window.start < oldest:
        raise RefusedError(400, f"start must not be before {format_instant(oldest)}.")
    return window


def _body(
    request: Request, window: _Window | None, tweets: Sequence[Tweet], world: World, faults: Faults
) -> dict[str, object]:
    first_hour = floor_hour(window.start if window else world.now)
    cells = _cells(request, window, tweets, world, faults)
    nested = {name: nest(by, cells, first_hour, faults.hours) for name, by in request.groupings.items()}
    groupings = {name: with_extra_keys(shaped(counts, faults, name), faults) for name, counts in nested.items()}
    echoed = echo(window.start, window.end, faults) if window else {}
    extra = EXTRA_KEYS if faults.extra_keys else {}
    # A grouping may bear the name of one of the API's own keys.
    return {**extra, **echoed, **_limits(request, tweets, world.now, faults), **groupings}


def _cells(request: Request, window: _Window | None, tweets: Sequence[Tweet], world: World, faults: Faults) -> Cells:
    return {
        (tweet.id, metric): _counts(tweet, metric, request.endpoint, window, world)
        for tweet in tweets
        for metric in request.metrics
        if tweet.id not in faults.missing_tweet_ids and metric not in faults.missing_metrics
        if faults.unsupported != "listed" or not _is_unsupported(tweet, metric, request.endpoint, world.now)
    }


def _counts(tweet: Tweet, metric: str, endpoint: Endpoint, window: _Window | None, world: World) -> Sequence[int]:
    supported = not _is_unsupported(tweet, metric, endpoint, world.now)
    if window is None:
        return [world.total(tweet.id, metric) if supported else 0]
    counts = world.hourly(tweet.id, metric, window.start, window.end)
    if not supported:
        return [0] * len(counts)
    if endpoint is HISTORICAL and metric in COUNTED_SINCE:
        uncounted = max((COUNTED_SINCE[metric] - window.start) // timedelta(hours=1), 0)
        return [0] * len(counts[:uncounted]) + counts[uncounted:]
    return counts


def _is_unsupported(tweet: Tweet, metric: str, endpoint: Endpoint, now: datetime) -> bool:
    age = now - tweet.posted_at
    limits = (limit for limit in AGE_LIMITS if metric in limit.metrics and endpoint.name in limit.endpoints)
    return any(age > limit.age for limit in limits)


def _limits(request: Request, tweets: Sequence[Tweet], now: datetime, faults: Faults) -> dict[str, object]:
    """What the answer says beside its counts on the tweets and metrics that it has none of."""
    there = {tweet.id for tweet in tweets}
    missing = [tweet_id for tweet_id in request.tweet_ids if tweet_id not in there]
    passed = {
        limit.answer_key: [
            tweet.id
            for tweet in tweets
            if any(_is_unsupported(tweet, metric, request.endpoint, now) for metric in asked)
        ]
        for limit in (AGE_LIMITS if faults.unsupported != "zero" else ())
        if (asked := limit.metrics.intersection(request.metrics))
    }
    oldest = format_instant(now - _IMPRESSIONS.age)
    too_old = (
        f"Impressions & engagements for tweets older than {_IMPRESSIONS.age.days} days ({oldest}) are not supported"
    )
    errors = [unavailable(missing)] * bool(missing) + [too_old] * bool(passed.get(_IMPRESSIONS.answer_key))
    said = {"errors": errors, "unavailable_tweet_ids": missing, **passed}
    return {key: values for key, values in said.items() if values}
