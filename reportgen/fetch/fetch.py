"""Makes the calls of a plan, several at once, until each is answered or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reportgen.api.verdicts import Answer
from reportgen.fetch.calls import Calls
from reportgen.fetch.line import Line
from reportgen.plan import Request, Signer


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answers to each request, in parts that add up, and how many calls were made for them."""

    answers: Mapping[Request, Sequence[Answer]]
    calls_made: int
    calls_repeated: int

    @property
    def refused(self) -> dict[Signer, str]:
        """The signers of whom the vendor refused every call for the credential's sake, and its reason."""
        parts = [(request.signer, answer) for request, answers in self.answers.items() for answer in answers]
        answered = {signer for signer, answer in parts if not answer.refused}
        return {signer: answer.refused for signer, answer in parts if answer.refused and signer not in answered}


class Watch(Protocol):
    """Somebody who is told how far the calls are."""

    def calls(self, finished: int, to_make: int) -> None:
        """So many calls have come to an end, and so many are still to, as far as is known."""

    def waiting(self, seconds: float, why: str) -> None:
        """No call leaves for so long, for more than keeping the pace."""


def fetch(calls: Calls, line: Line, watch: Watch) -> Fetched:
    """Make the calls over the line."""
    while True:
        _start(calls, line)
        if calls.done:
            return Fetched(calls.answers, calls.made, calls.repeated)
        wait = calls.wait(line.now())
        if wait and wait.why:
            watch.waiting(wait.until - line.now(), wait.why)
        arrived = line.next(max(wait.until - line.now(), 0) if wait else None)
        if arrived is None:
            continue
        call, reply = arrived
        calls.arrived(call)
        # Reading takes a while: the next call is under way meanwhile.
        _start(calls, line)
        calls.take(call, reply, line.now())
        watch.calls(calls.finished, calls.to_make)


def _start(calls: Calls, line: Line) -> None:
    for call in calls.due(line.now()):
        line.start(call)
