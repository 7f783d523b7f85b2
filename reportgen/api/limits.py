"""What an answer cannot have, by its own lists and by the API's rules: a number beside it is no measurement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from reportgen.api.bodies import Body, named_ids
from reportgen.api.refusals import UNAVAILABLE, UNAVAILABLE_KEY
from reportgen.catalog import AGE_LIMITS, COUNTED_SINCE, HISTORICAL, AgeLimit, limit_passed
from reportgen.gaps import Gap, Reason
from reportgen.instants import floor_hour
from reportgen.plan import Grain, Request
from reportgen.snowflake import posted_at

Uncounted = Mapping[tuple[str, str], datetime | None]
"""By tweet id and metric, the instant until which nothing was counted; None where nothing ever was."""


def known_gaps(request: Request, body: Body, as_of: datetime) -> tuple[Gap, ...]:
    """The gaps of tweets that are gone, and of metrics that the API does not count for them or did not then.

    No call will fill them, so they are no failure. A tweet and a metric have one at most.
    """
    gone = named_ids(body, UNAVAILABLE_KEY)
    listed = {limit: named_ids(body, limit.answer_key) for limit in AGE_LIMITS}
    return tuple(gap for tweet_id in request.tweet_ids for gap in _gaps_of(tweet_id, request, gone, listed, as_of))


def _gaps_of(
    tweet_id: str,
    request: Request,
    gone: frozenset[str],
    listed: Mapping[AgeLimit, frozenset[str]],
    as_of: datetime,
) -> Iterator[Gap]:
    if tweet_id in gone:
        yield Gap(tweet_id, None, Reason.UNAVAILABLE, UNAVAILABLE)
        return
    posted = posted_at(tweet_id)
    for metric in request.metrics:
        by_list = (limit for limit, ids in listed.items() if metric in limit.metrics and tweet_id in ids)
        since = COUNTED_SINCE.get(metric)
        if limit := next(by_list, None) or limit_passed(metric, request.endpoint, as_of - posted):
            yield Gap(tweet_id, metric, limit.reason, limit.detail)
        elif since and request.endpoint is HISTORICAL and request.start and request.end:
            start, end = max(request.start, floor_hour(posted)), min(request.end, since)
            if start < end:
                detail = f"not counted before {since:%Y-%m-%d}"
                yield Gap(tweet_id, metric, Reason.NOT_COUNTED_THEN, detail, start, end)


def uncounted(gaps: Iterable[Gap], request: Request) -> Uncounted:
    """What the gaps of the request leave out. A total over hours of which some were not counted is none at all."""
    return {
        (gap.tweet_id, metric): None if request.grain is Grain.TOTAL else gap.end
        for gap in gaps
        for metric in (request.metrics if gap.metric is None else [gap.metric])
    }
