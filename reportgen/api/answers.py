"""What the API said, read into a verdict: the door of the rooms that know the shape and the wording of replies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeAlias

import polars as pl

from reportgen.api.bodies import Body, error_line, one_line, parse_body, without_ids
from reportgen.api.cells import cells_of, facts_of
from reportgen.api.groupings import read_grouping
from reportgen.api.known_gaps import known_gaps, uncounted
from reportgen.api.missing_cells import MissingCells, missing_cells
from reportgen.api.outcomes import call_failed, gap_with_hours
from reportgen.api.refusals import forbidden_tweets, read_refusal
from reportgen.api.reply import GROUPING, Reply
from reportgen.api.verdicts import Answer, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.api.windows import answered_window
from reportgen.catalog import LAST_28_HOURS
from reportgen.gaps import Gap, Reason
from reportgen.instants import format_instant
from reportgen.request import Grain, Request
from reportgen.spans import Span

_Place: TypeAlias = tuple[str | None, str | None]
_LACKS_NUMBERS: Final = "the answer lacks some numbers"
_LONGEST_INSTANT: Final = 40


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
        case 400 | 403 if body is not None:
            return read_refusal(request, status, body)
        case 200 | 400 | 403:
            # It comes from somebody on the way, or it is not all that the API said.
            return Unanswered(f"{answered} and no JSON object")
        case 401:
            return Unauthorized(said or "the credential is refused (status 401)")
        case 404:
            return Rejected(f"{answered}, not found: check engagement_url in the settings", address=True)
        case 429:
            return TooMany()
        case _:
            return Unanswered(detail) if status >= 500 else Rejected(detail)


def _read_answer(request: Request, body: Body, as_of: datetime, grouping: str) -> Answer:
    """Facts and gaps. Every cell that the request asked for is in one or the other, once."""
    asked = request.span(as_of)
    answered = asked and answered_window(request, asked, body)
    if asked and not answered:
        return call_failed(request, _another_window(request, asked, body))
    leaves = read_grouping(body.get(grouping, {}), request.grain.value)
    cells = cells_of(leaves, request)
    known = known_gaps(request, body, _forbidden(request, body, cells), as_of)
    without = uncounted(known, request)
    facts = facts_of(cells, request, asked, answered, without)
    missing = tuple(missing_cells(request, asked, without, cells, facts))
    if not missing:
        return Answer(facts, known)
    otherwise = _answered_for(body) if asked != answered else _left_out(body, grouping)
    damaged = _damaged(leaves)
    causes = [_cause(one, request, damaged, otherwise) for one in missing]
    gaps = (_gap(one, request, cause) for one, cause in zip(missing, causes, strict=True))
    return Answer(facts, (*known, *gaps), causes[0])


def _forbidden(request: Request, body: Body, cells: pl.DataFrame) -> frozenset[str]:
    """The tweets that the answer calls forbidden, and has no count of."""
    if named := forbidden_tweets(request, body):
        counted = cells.filter(pl.col("value").is_not_null())["tweet_id"].unique()
        return named.difference(map(str, counted))
    return named


def _answered_for(body: Body) -> str:
    start, end = (one_line(str(body.get(key)))[:_LONGEST_INSTANT] for key in ("start", "end"))
    return f"the API answered for {start} to {end}, not for the hours asked for"


def _another_window(request: Request, asked: Span, body: Body) -> str:
    if request.endpoint is not LAST_28_HOURS:
        return _answered_for(body)
    hours = f"({format_instant(asked.start)} to {format_instant(asked.end)})"
    return f"{_answered_for(body)} {hours}; 28hr always ends at the present: leave --as-of out"


def _left_out(body: Body, grouping: str) -> str:
    said = "" if grouping in body else without_ids(error_line(body, ""))
    return f"{_LACKS_NUMBERS}: {said}" if said else _LACKS_NUMBERS


def _damaged(leaves: pl.DataFrame) -> Mapping[_Place, str]:
    """By tweet and metric, None for all of them, what stands in place of what should be all their counts."""
    rows = leaves.filter(pl.col("found").is_not_null(), pl.col("engagement.day").is_null())
    places = rows.select("tweet.id", "engagement.type", "found").iter_rows()
    return {(tweet_id, metric): found for tweet_id, metric, found in places}


def _cause(missing: MissingCells, request: Request, damaged: Mapping[_Place, str], otherwise: str) -> str:
    """What is wrong, so that a user can report it."""
    if missing.found is not None:
        return _in_place_of(missing.found, "a count")
    for place in ((missing.tweet_id, missing.metric), (missing.tweet_id, None), (None, None)):
        if place in damaged:
            is_total = request.grain is Grain.TOTAL and place[1] is not None
            return _in_place_of(damaged[place], "a count" if is_total else "counts")
    return otherwise


def _in_place_of(found: str, what: str) -> str:
    return f'the answer has "{one_line(found)}" in place of {what}'


def _gap(missing: MissingCells, request: Request, cause: str) -> Gap:
    at = f" at {format_instant(missing.found_at)}" if missing.found_at else ""
    more = f", and {missing.others} more like it" if at and missing.others else ""
    start, end = (missing.start, missing.end) if missing.start else (request.start, request.end)
    return gap_with_hours(missing.tweet_id, missing.metric, Reason.CALL_FAILED, f"{cause}{at}{more}", start, end)
