"""The Engagement API's rules: from a request, its caller and the world to an answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reportgen.catalog import (
    AGED_ON_TOTALS,
    COUNTED_SINCE,
    DEFAULT_HISTORY,
    HISTORICAL,
    LAST_28_HOURS,
    METRICS,
    TOTALS,
    TOTALS_IMPRESSIONS_AGE,
    VIDEO_VIEWS_AGE,
    Endpoint,
)
from reportgen.instants import ceil_hour, floor_hour, format_instant
from reportgen.simulator.accounts import Account
from reportgen.simulator.groupings import Cells, nest
from reportgen.simulator.request import RefusedError, Request, read_request
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World


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


def answer(endpoint: Endpoint, body: object, caller: Account | None, world: World) -> Answer:
    """What the API answers to a JSON body; `caller` is whose access token signed it, None for the bearer token."""
    try:
        request = read_request(endpoint, body)
        _check_context(request, caller)
        window = _window(request, world.now)
        tweets = _available(request.tweet_ids, world)
        if caller:
            _check_owner(tweets, caller, world)
        return Answer(200, _data(request, window, tweets, world))
    except RefusedError as refused:
        return Answer(refused.status, refused.body)


def _check_context(request: Request, caller: Account | None) -> None:
    if caller:
        return
    if not request.endpoint.app_context:
        message = f"{request.endpoint.name} needs user context: sign with the access token of the Tweets' owner."
        raise RefusedError(403, message)
    private = [name for name in request.metrics if not METRICS[name].public]
    if private:
        raise RefusedError(403, f"Forbidden to access metrics: {', '.join(private)}")


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


def _available(tweet_ids: Sequence[str], world: World) -> list[Tweet]:
    tweets = [tweet for tweet in map(world.tweet, tweet_ids) if tweet and world.is_available(tweet)]
    if not tweets:
        raise RefusedError(400, _unavailable(tweet_ids), unavailable_tweet_ids=list(tweet_ids))
    return tweets


def _check_owner(tweets: Iterable[Tweet], caller: Account, world: World) -> None:
    """One foreign tweet refuses the whole call. Both wordings of the API occur: with several authors, one for each."""
    foreign: dict[str, list[str]] = {}
    for tweet in tweets:
        if tweet.handle != caller.handle:
            foreign.setdefault(world.account(tweet.handle).user_id, []).append(tweet.id)
    if len(foreign) == 1:
        (ids,) = foreign.values()
        raise RefusedError(403, f"Forbidden to access tweets: {', '.join(ids)}")
    if foreign:
        authors = foreign.items()
        raise RefusedError(
            403, *(f"Forbidden to access tweets for author id {who}: {', '.join(ids)}" for who, ids in authors)
        )


def _data(request: Request, window: _Window | None, tweets: Sequence[Tweet], world: World) -> dict[str, object]:
    cells: Cells = {
        (tweet.id, metric): _counts(tweet, metric, request.endpoint, window, world)
        for tweet in tweets
        for metric in request.metrics
    }
    first_hour = floor_hour(window.start if window else world.now)
    groupings = {name: nest(group_by, cells, first_hour) for name, group_by in request.groupings.items()}
    # A grouping may bear the name of one of the API's own keys.
    return {**_echo(window), **_limits(request, tweets, world.now), **groupings}


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
    if metric == "video_views":
        return age > VIDEO_VIEWS_AGE
    return endpoint is TOTALS and metric in AGED_ON_TOTALS and age > TOTALS_IMPRESSIONS_AGE


def _echo(window: _Window | None) -> dict[str, object]:
    if window is None:
        return {}
    return {"start": format_instant(floor_hour(window.start)), "end": format_instant(ceil_hour(window.end))}


def _limits(request: Request, tweets: Sequence[Tweet], now: datetime) -> dict[str, object]:
    """What the answer says beside its counts on the tweets and metrics that it has none of."""
    there = {tweet.id for tweet in tweets}
    unavailable = [tweet_id for tweet_id in request.tweet_ids if tweet_id not in there]
    aged, without_video = (
        [
            tweet.id
            for tweet in tweets
            if any(_is_unsupported(tweet, metric, request.endpoint, now) for metric in metrics & set(request.metrics))
        ]
        for metrics in (AGED_ON_TOTALS, frozenset({"video_views"}))
    )
    oldest = format_instant(now - TOTALS_IMPRESSIONS_AGE)
    too_old = f"Impressions & engagements for tweets older than 90 days ({oldest}) are not supported"
    errors = [_unavailable(unavailable)] * bool(unavailable) + [too_old] * bool(aged)
    said = {
        "errors": errors,
        "unavailable_tweet_ids": unavailable,
        "unsupported_for_impressions_engagements_tweet_ids": aged,
        "unsupported_for_video_views_tweet_ids": without_video,
    }
    return {key: values for key, values in said.items() if values}


def _unavailable(tweet_ids: Sequence[str]) -> str:
    return f"{len(tweet_ids)} Tweet ID(s) are unavailable"
