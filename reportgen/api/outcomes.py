"""What calls, tweets and metrics leave that brought no answer to read: gaps, each with its reason."""

from __future__ import annotations

from datetime import datetime

from reportgen.api.bodies import without_ids
from reportgen.api.verdicts import Answer
from reportgen.facts import no_facts
from reportgen.gaps import Gap, Reason
from reportgen.instants import format_instant
from reportgen.request import Request


def call_failed(request: Request, detail: str) -> Answer:
    """The answer of a call that brought nothing."""
    return _gaps_alone(request, Reason.CALL_FAILED, detail)


def credential_refused(request: Request, reason: str) -> Answer:
    """The answer of a call whose credential is refused. `reason` is the vendor's."""
    return _gaps_alone(request, Reason.NOT_AUTHORIZED, reason)


def metric_refused(tweet_id: str, metric: str) -> Gap:
    """The gap of a tweet where the credential may not have the metric."""
    return Gap(tweet_id, metric, Reason.FORBIDDEN, "these credentials may not have this metric")


def tweet_forbidden(tweet_id: str) -> Gap:
    """The gap of a tweet that the API calls forbidden."""
    return Gap(tweet_id, None, Reason.FORBIDDEN, "not this account's tweet")


def tweet_unavailable(tweet_id: str) -> Gap:
    """The gap of a tweet that the API calls unavailable."""
    return Gap(tweet_id, None, Reason.UNAVAILABLE, "deleted, protected or never there")


def tweet_refused(tweet_id: str, reason: Reason, text: str) -> Gap:
    """The gap of a tweet that was refused alone, though nothing was named. `text` is the vendor's.

    Ids in it go: the gap is kept, and another tweet that has to be forgotten is not to live on in it.
    """
    return Gap(tweet_id, None, reason, f"the API refused this tweet: {without_ids(text)}")


def gap_with_hours(
    tweet_id: str, metric: str | None, reason: Reason, detail: str, start: datetime | None, end: datetime | None
) -> Gap:
    """A gap whose detail tells its hours, too, where it has any: a run has many calls, of different hours."""
    hours = f" ({format_instant(start)} to {format_instant(end)})" if start and end else ""
    return Gap(tweet_id, metric, reason, detail + hours, start, end)


def _gaps_alone(request: Request, reason: Reason, detail: str) -> Answer:
    gaps = tuple(
        gap_with_hours(tweet_id, None, reason, detail, request.start, request.end) for tweet_id in request.tweet_ids
    )
    return Answer(no_facts(), gaps, without_ids(detail))
