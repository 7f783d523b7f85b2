"""What happens to a call on its way: drawn by the seed, and done to the reply that it would have had."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock
from typing import Final

from reportgen.simulator.chance import between, chance
from reportgen.simulator.faults import Faults, Trouble


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over HTTP. `trouble` is the kind that befell it, which may leave nothing to send."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None


def reply_of(status: int, body: Mapping[str, object], **headers: str) -> Reply:
    """A reply with a JSON body."""
    return Reply(status, json.dumps(body, ensure_ascii=False).encode(), headers=headers)


def refusal(status: int, error: str, **headers: str) -> Reply:
    """A reply with one `errors` text."""
    return reply_of(status, {"errors": [error]}, **headers)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one call meets. `delay` is in seconds; `status` is for the kinds of trouble that have one."""

    delay: float = 0
    trouble: Trouble | None = None
    status: int = 500


@dataclass(slots=True)
class Weather:
    """Draws what each call meets: by the seed, the body and how often that body came.

    So a run of the same calls meets the same troubles, in whatever order they arrive.
    """

    faults: Faults
    _times: Counter[bytes] = field(default_factory=Counter)
    _in_a_row: Counter[bytes] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def turn(self, endpoint: str, body: bytes) -> Turn:
        """What the next call with this body meets."""
        faults = self.faults
        if not faults.trouble and faults.delay[0] == faults.delay[1]:
            return Turn(delay=faults.delay[0])
        call = blake2b(body, digest_size=16, person=endpoint.encode()).digest()
        with self._lock:
            self._times[call] += 1
            turn = _drawn(faults, call, self._times[call])
            if turn.trouble and self._in_a_row[call] == faults.troubles_in_a_row:
                turn = replace(turn, trouble=None)
            self._in_a_row[call] = self._in_a_row[call] + 1 if turn.trouble else 0
        return turn


def _drawn(faults: Faults, call: bytes, times: int) -> Turn:
    key = (faults.seed, call, times)
    delay = between(*faults.delay, "delay", *key)
    if chance("trouble", *key) >= faults.trouble:
        return Turn(delay)
    kind = faults.trouble_kinds[int(chance("kind", *key) * len(faults.trouble_kinds))]
    return Turn(delay, kind, faults.trouble_statuses[int(chance("status", *key) * len(faults.trouble_statuses))])


def _vendors_error(reply: Reply, status: int) -> Reply:
    return replace(refusal(status, f"{HTTPStatus(status).phrase}. Please try again later."), headers=reply.headers)


def befallen(reply: Reply, turn: Turn, vendors_error: Callable[[Reply, int], Reply] = _vendors_error) -> Reply:
    """The reply after what it met. The kinds that lie in the sending itself only leave their name on it.

    `vendors_error` is the JSON of the kind `status`.
    """
    if turn.trouble is None:
        return reply
    change = vendors_error if turn.trouble == "status" else _CHANGES.get(turn.trouble)
    return replace(change(reply, turn.status) if change else reply, trouble=turn.trouble)


def _page(reply: Reply, status: int, title: str) -> Reply:
    html = f"<!doctype html>\n<html><head><title>{title}</title></head>\n<body><h1>{title}</h1></body></html>\n"
    return Reply(status, html.encode(), "text/html; charset=utf-8", reply.headers)


def _proxys_error(reply: Reply, status: int) -> Reply:
    return _page(reply, status, f"{status} {HTTPStatus(status).phrase}")


def _html(reply: Reply, _status: int) -> Reply:
    return _page(reply, 200, "Please sign in to the network")


def _cut_json(reply: Reply, _status: int) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) // 2])


_CHANGES: Final[Mapping[Trouble, Callable[[Reply, int], Reply]]] = {
    "proxy": _proxys_error,
    "html": _html,
    "cut_json": _cut_json,
}
