"""The hours that a request asks for, and those that its answer says it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from reportgen.api.bodies import Body
from reportgen.catalog import LAST_28_HOURS, TOTALS
from reportgen.instants import ceil_hour, floor_hour, parse_instant
from reportgen.plan import Request


class Window(NamedTuple):
    """A span of whole UTC hours, `end` exclusive."""

    start: datetime
    end: datetime

    def clip(self, other: Window) -> Window:
        """The part of another span that lies in this one."""
        return Window(max(self.start, other.start), min(self.end, other.end))


def asked_window(request: Request, as_of: datetime) -> Window | None:
    """What the request asks for; None on `totals`. The 28 hours of `28hr` end at `as_of`, and are rounded outward."""
    if request.start and request.end:
        return Window(request.start, request.end)
    if request.endpoint is TOTALS or request.endpoint.window is None:
        return None
    return Window(floor_hour(as_of - request.endpoint.window), ceil_hour(as_of))


def answered_window(request: Request, asked: Window, body: Body) -> Window | None:
    """The window that the answer echoes, or else the one asked for; None where it is another one.

    Between `as_of` and a call of `28hr` the hour may turn: then either end may be an hour late.
    """
    start, end = body.get("start"), body.get("end")
    if not isinstance(start, str) or not isinstance(end, str):
        return asked
    try:
        echoed = Window(parse_instant(start), parse_instant(end))
    except ValueError:
        return None
    allowed = {timedelta(), timedelta(hours=1)} if request.endpoint is LAST_28_HOURS else {timedelta()}
    return echoed if {echoed.start - asked.start, echoed.end - asked.end} <= allowed else None
