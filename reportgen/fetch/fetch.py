"""Makes the calls of a plan, several at once, until each is answered or given up."""

from __future__ import annotations

from reportgen.fetch.calls import Calls
from reportgen.fetch.line import Line
from reportgen.fetch.watch import Watch


def fetch(calls: Calls, line: Line, watch: Watch) -> None:
    """Make the calls over the line, until each has come to an end."""
    _start(calls, line)
    while calls.unfinished:
        wait = calls.wait(line.now())
        if wait and wait.why:
            watch.waiting(wait.until - line.now(), wait.why)
        arrived = line.next(max(wait.until - line.now(), 0) if wait else None)
        if arrived:
            call, reply = arrived
            calls.arrived(call)
            # Reading takes a while: the next call is under way meanwhile.
            _start(calls, line)
            calls.receive(call, reply, line.now())
            watch.calls(calls.finished, calls.unfinished)
        _start(calls, line)


def _start(calls: Calls, line: Line) -> None:
    for call in calls.due(line.now()):
        line.start(call)
