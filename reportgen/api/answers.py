"""What the API said, read into verdicts. This room alone knows the shape and the wording of replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

import polars as pl

from reportgen.api.bodies import Body, error_line, one_line, parse_body
from reportgen.api.cells import cells_of, facts_of
from reportgen.api.engagement import GROUPING, Reply
from reportgen.api.groupings import read_grouping
from reportgen.api.lacking import Lack, lacking
from reportgen.api.limits import known_gaps, uncounted
from reportgen.api.refusals import read_refusal
from reportgen.api.verdicts import Answer, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.api.windows import answered_window, asked_window
from reportgen.facts import no_facts
from reportgen.gaps import Gap, Reason
from reportgen.instants import format_instant
from reportgen.plan import Request

_Place: TypeAlias = tuple[str | None, str | None]
_LACKS: Final = "the answer lacks its numbers"


def read_reply(request: Request, reply: Reply, as_of: datetime, grouping: str = GROUPING) -> Verdict:
    """What the reply to a request means.

    `as_of` (UTC) is the present: the 28 hours of `28hr` end there, and the ages of tweets are counted to it.
    `grouping` is the name of the request's only grouping.
    """
    body = parse_body(reply.text)
    if reply.status == 200 and body is not None:
        return _read_answer(request, body, as_of, grouping)
    return _read_failure(request, reply.status, body)


def _read_failure(request: Request, status: int, body: Body | None) -> Verdict:
    answered = f"the API answered with status {status}"
    said = error_line(body, "")
    detail = f"{answered}: {said}" if said else answered
    match status:
        case 200:
            return Unanswered(f"{answered} and no JSON object")
        case 400 | 403:
            return read_refusal(request, status, body or {})
        case 401:
            return Unauthorized(said or "status 401")
        case 404:
            return Rejected(f"{answered}, not found: check engagement_url in the settings", address=True)
        case 429:
            return TooMany()
        case _:
            return Unanswered(detail) if status >= 500 else Rejected(detail)


def call_failed(request: Request, detail: str) -> Answer:
    """The answer of a call that brought nothing."""
    return Answer(no_facts(), tuple(_gaps_for_all(request, Reason.CALL_FAILED, detail)), failed=True)


def credential_refused(request: Request, reason: str) -> Answer:
    """The answer of a call whose credential is refused. `reason` is the vendor's."""
    gaps = tuple(_gaps_for_all(request, Reason.NOT_AUTHORIZED, reason))
    return Answer(no_facts(), gaps, failed=True, refused=reason)


def _gaps_for_all(request: Request, reason: Reason, detail: str) -> Iterator[Gap]:
    detail = _with_hours(detail, request.start, request.end)
    return (Gap(tweet_id, None, reason, detail, request.start, request.end) for tweet_id in request.tweet_ids)


def _with_hours(detail: str, start: datetime | None, end: datetime | None) -> str:
    return f"{detail} ({format_instant(start)} to {format_instant(end)})" if start and end else detail


def _read_answer(request: Request, body: Body, as_of: datetime, grouping: str) -> Answer:
    """Facts and gaps. Every cell that the request asked for is in one or the other, once."""
    asked = asked_window(request, as_of)
    answered = asked and answered_window(request, asked, body)
    echo = one_line(f"the API answered for {body.get('start')} to {body.get('end')}")
    if asked and not answered:
        return call_failed(request, echo)
    known = known_gaps(request, body, as_of)
    without = uncounted(known, request)
    leaves = read_grouping(body.get(grouping, {}), request.grain.value)
    cells = cells_of(leaves, request)
    facts = facts_of(cells, request, asked, answered, without)
    lacks = tuple(lacking(request, asked, without, cells, facts))
    if not lacks:
        return Answer(facts, known)
    otherwise = echo if asked != answered else _without_numbers(body, grouping)
    damaged = _damaged(leaves)
    gaps = (_gap(lack, request, _detail(lack, damaged, otherwise)) for lack in lacks)
    return Answer(facts, (*known, *gaps), failed=True)


def _without_numbers(body: Body, grouping: str) -> str:
    said = "" if grouping in body else error_line(body, "")
    return f"{_LACKS}: {said}" if said else _LACKS


def _damaged(leaves: pl.DataFrame) -> Mapping[_Place, str]:
    """By tweet and metric, None for all of them, what stands in place of what should be all their counts."""
    rows = leaves.filter(pl.col("found").is_not_null(), pl.col("engagement.day").is_null())
    return {(tweet_id, metric): found for tweet_id, metric, _, _, _, found in rows.iter_rows()}


def _detail(lack: Lack, damaged: Mapping[_Place, str], otherwise: str) -> str:
    """What is wrong, so that a user can report it."""
    if lack.found and lack.found_at:
        more = f", and {lack.others} more like it" if lack.others else ""
        at = format_instant(lack.found_at)
        return f'the answer has "{one_line(lack.found)}" in place of a count at {at}{more}'
    for place in ((lack.tweet_id, lack.metric), (lack.tweet_id, None), (None, None)):
        if place in damaged:
            return f'the answer has "{one_line(damaged[place])}" in place of its numbers'
    return otherwise


def _gap(lack: Lack, request: Request, detail: str) -> Gap:
    start, end = (lack.start, lack.end) if lack.start else (request.start, request.end)
    return Gap(lack.tweet_id, lack.metric, Reason.CALL_FAILED, _with_hours(detail, start, end), start, end)
