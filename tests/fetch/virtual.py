"""Runs the calls of one or more processes in a time of their own: nothing waits, and everything has its second."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from reportgen.api.answers import read_reply
from reportgen.api.reply import NoReplyError, Reply
from reportgen.api.verdicts import Answer, TooMany, Verdict
from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.facts import no_facts
from reportgen.fetch.call import Call
from reportgen.fetch.calls import Calls
from reportgen.fetch.pace import Pace
from reportgen.fetch.patience import Patience
from reportgen.fetch.record import Record, Unrecorded
from reportgen.ledger import CallEntry
from reportgen.request import Grain, Request, Signer
from reportgen.slots import OwnSlots

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
START = AS_OF.timestamp()
WINDOW = (datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC))
TWEETS = tuple(str(2_117_000_000_000_000_000 + n) for n in range(1000))
ACME, HELP = Signer("@acme"), Signer("@acme_help")

Server = Callable[[Request, float], Reply | NoReplyError]


def ok(request: Request) -> Reply:
    """A full answer: each count is 1."""
    metrics: object = dict.fromkeys(request.metrics, "1")
    if request.grain is Grain.DAY and request.start and request.end:
        days = [request.start + timedelta(days=n) for n in range((request.end - request.start).days)]
        metrics = {name: {f"{day:%Y-%m-%d}": "1" for day in days} for name in request.metrics}
    return Reply(200, json.dumps({"facts": dict.fromkeys(request.tweet_ids, metrics)}))


def refuse(status: int, *errors: str) -> Reply:
    return Reply(status, json.dumps({"errors": errors}))


def totals(*tweet_ids: str, signer: Signer = ACME, metrics: tuple[str, ...] = ("favorites",)) -> Request:
    return Request(TOTALS, signer, tweet_ids, metrics, Grain.TOTAL)


def historical(tweet_ids: Sequence[str], week: int = 0, signer: Signer = ACME) -> Request:
    """A call for the 9th of November, or for the same day so many weeks before."""
    start, end = (instant - timedelta(weeks=week) for instant in WINDOW)
    return Request(HISTORICAL, signer, tuple(tweet_ids), ("favorites",), Grain.DAY, start, end)


def calls_of(
    *requests: Request,
    limit: int | None = None,
    slots: OwnSlots | None = None,
    at_once: int = 16,
    chance: float = 0.0,
    patience: Patience | None = None,
    read: Callable[[Request, Reply], Verdict] = lambda request, reply: read_reply(request, reply, AS_OF),
    record: Record | None = None,
) -> Calls:
    pace = Pace(limit, slots or OwnSlots(), lambda: chance)
    return Calls(requests, read, pace, at_once, lambda: chance, patience or Patience(tries=10), record or Unrecorded())


@dataclass
class Noted(Unrecorded):
    """Keeps nothing but the entries."""

    entries: list[CallEntry] = field(default_factory=list)

    def received(self, entry: CallEntry, verdict: Verdict) -> Verdict:
        self.entries.append(entry)
        return verdict


def read_status(request: Request, reply: Reply) -> Verdict:
    """For tests of the pace alone, in which nobody looks at the numbers."""
    return TooMany() if reply.status == 429 else Answer(no_facts())


@dataclass
class Log:
    """What was sent, when it left, until when nothing left and why, and when all was over."""

    sent: list[tuple[float, Request]] = field(default_factory=list)
    waits: list[tuple[float, str]] = field(default_factory=list)
    """The ends of waits, from the start."""
    end: float = START

    @property
    def requests(self) -> list[Request]:
        return [request for _, request in self.sent]

    @property
    def seconds(self) -> list[float]:
        """When each call left, from the start."""
        return [round(instant - START, 3) for instant, _ in self.sent]

    @property
    def sizes(self) -> list[int]:
        return [len(request.tweet_ids) for request in self.requests]


def run(server: Server, *processes: Calls, latency: float = 0.1, start: float = START) -> Log:
    """Make all calls of all processes, each as `fetch` does.

    A call takes `latency` seconds, and is served when half of that is over.
    """
    log = Log()
    under_way: list[tuple[float, int, Calls, Call, Reply | NoReplyError]] = []
    ticket = count()

    def leave(calls: Calls, now: float) -> None:
        for call in calls.due(now):
            log.sent.append((now, call.request))
            heappush(under_way, (now + latency, next(ticket), calls, call, server(call.request, now + latency / 2)))

    log.end = start
    for calls in processes:
        leave(calls, start)
    while any(calls.unfinished for calls in processes):
        waits = [wait for calls in processes if (wait := calls.wait(log.end))]
        log.waits += [(round(wait.until - START, 3), wait.why) for wait in waits if wait.why]
        log.end = min([*(wait.until for wait in waits), *(event[0] for event in under_way[:1])])
        while under_way and under_way[0][0] <= log.end:
            _, _, calls, call, reply = heappop(under_way)
            calls.arrived(call)
            leave(calls, log.end)
            calls.receive(call, reply, log.end)
        for calls in processes:
            leave(calls, log.end)
    return log


@dataclass
class Limited:
    """Answers so many calls in each minute of the clock, and 429 to the others."""

    limit: int
    ahead: float = 0.0
    """By how many seconds its minutes turn before ours."""
    tells: bool = True
    counted: dict[int, int] = field(default_factory=dict)
    refused: int = 0

    def __call__(self, request: Request, now: float) -> Reply:
        minute = int((now + self.ahead) // 60)
        self.counted[minute] = self.counted.get(minute, 0) + 1
        left = self.limit - self.counted[minute]
        told = (self.limit, max(left, 0)) if self.tells else (None, None)
        if left < 0:
            self.refused += 1
            return Reply(429, '{"errors": ["Too many requests"]}', *told)
        return Reply(200, ok(request).text, *told)

    @property
    def full_minutes(self) -> list[int]:
        """Calls answered in each minute but the first and the last."""
        return [
            min(self.counted.get(minute, 0), self.limit) for minute in range(min(self.counted) + 1, max(self.counted))
        ]
