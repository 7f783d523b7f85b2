"""What the API does not count by its own rules: known from a tweet's age and the hours asked for alone. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from reportgen.catalog import AGE_LIMITS, COUNTED_SINCE, AgeLimit, Endpoint
from reportgen.gaps import Gap, Reason
from reportgen.instants import floor_hour
from reportgen.snowflake import posted_at


def gap_by_rule(
    tweet_id: str, metric: str, endpoint: Endpoint, start: datetime | None, end: datetime | None, as_of: datetime
) -> Gap | None:
    """The gap that a tweet leaves for a metric, whatever an answer says; None where all of it is counted.

    `start` and `end` (UTC, `end` exclusive) are the hours asked for, None off `historical`. Ages are counted to
    `as_of` (UTC).
    """
    posted = posted_at(tweet_id)
    if limit := limit_passed(metric, endpoint, as_of - posted):
        return too_old(tweet_id, metric, limit)
    since = COUNTED_SINCE.get(metric)
    if not since or not start or not end or start >= since:
        return None
    first, until = max(start, floor_hour(posted)), min(end, since)
    if first >= until:
        return None
    return Gap(tweet_id, metric, Reason.NOT_COUNTED_THEN, f"not counted before {since:%Y-%m-%d}", first, until)


def limit_passed(metric: str, endpoint: Endpoint, age: timedelta) -> AgeLimit | None:
    """The limit that makes a tweet of this age too old for the metric; None where it is not."""
    for limit in AGE_LIMITS:
        if metric in limit.metrics and endpoint.name in limit.endpoints and age > limit.age:
            return limit
    return None


def too_old(tweet_id: str, metric: str, limit: AgeLimit) -> Gap:
    """The gap of a tweet that is past a limit."""
    return Gap(tweet_id, metric, limit.reason, f"older than {limit.age.days} days")
