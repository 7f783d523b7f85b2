"""The hours that an answer says it is about."""

from __future__ import annotations

from datetime import timedelta

from reportgen.api.bodies import Body
from reportgen.catalog import LAST_28_HOURS
from reportgen.instants import parse_instant
from reportgen.request import Request
from reportgen.spans import Span


def answered_window(request: Request, asked: Span, body: Body) -> Span | None:
    """The window that the answer echoes, or else the one asked for; None where it is another one.

    Between `as_of` and a call of `28hr` the hour may turn: then either end may be an hour late.
    """
    start, end = body.get("start"), body.get("end")
    if not isinstance(start, str) or not isinstance(end, str):
        return asked
    try:
        echoed = Span(parse_instant(start), parse_instant(end))
    except ValueError:
        return None
    allowed = {timedelta(), timedelta(hours=1)} if request.endpoint is LAST_28_HOURS else {timedelta()}
    return echoed if {echoed.start - asked.start, echoed.end - asked.end} <= allowed else None
