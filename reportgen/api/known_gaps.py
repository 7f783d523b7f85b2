"""What an answer cannot have, by its own lists and by the API's rules: a number beside it is no measurement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from reportgen.api.bodies import UNAVAILABLE_KEY, Body, named_ids
from reportgen.api.outcomes import tweet_forbidden, tweet_unavailable
from reportgen.catalog import AGE_LIMITS, AgeLimit
from reportgen.gaps import Gap
from reportgen.not_counted import gap_by_rule, too_old
from reportgen.request import Grain, Request

Uncounted = Mapping[tuple[str, str], datetime | None]
"""By tweet id and metric, the instant until which nothing was counted; None where nothing ever was."""


def known_gaps(request: Request, body: Body, forbidden: Collection[str], as_of: datetime) -> tuple[Gap, ...]:
    """The gaps of tweets that are gone or `forbidden`, and of metrics that the API does not count or did not then.

    No call will fill them, so they are no failure. A tweet and a metric have one at most.
    """
    gone = named_ids(body, UNAVAILABLE_KEY)
    listed = {limit: named_ids(body, limit.answer_key) for limit in AGE_LIMITS}
    gaps: list[Gap] = []
    for tweet_id in request.tweet_ids:
        if tweet_id in gone:
            gaps.append(tweet_unavailable(tweet_id))
        elif tweet_id in forbidden:
            gaps.append(tweet_forbidden(tweet_id))
        else:
            gaps.extend(_uncounted_metrics(tweet_id, request, listed, as_of))
    return tuple(gaps)


def _uncounted_metrics(
    tweet_id: str, request: Request, listed: Mapping[AgeLimit, frozenset[str]], as_of: datetime
) -> Iterator[Gap]:
    for metric in request.metrics:
        by_list = (limit for limit, ids in listed.items() if metric in limit.metrics and tweet_id in ids)
        if limit := next(by_list, None):
            yield too_old(tweet_id, metric, limit)
        elif gap := gap_by_rule(tweet_id, metric, request.endpoint, request.start, request.end, as_of):
            yield gap


def uncounted(gaps: Iterable[Gap], request: Request) -> Uncounted:
    """What the gaps of the request leave out. A total over hours of which some were not counted is none at all."""
    return {
        (gap.tweet_id, metric): None if request.grain is Grain.TOTAL else gap.end
        for gap in gaps
        for metric in (request.metrics if gap.metric is None else [gap.metric])
    }
