"""The calls that wait to be made, in their order. Pure. Instants are seconds since 1970."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from itertools import count

from reportgen.fetch.call import Call


class Queue:
    """Calls that may leave, calls that wait for an instant, and rests of refused calls, which wait for others."""

    def __init__(self, calls: Iterable[Call]) -> None:
        self._ready = deque(calls)
        self._later: list[tuple[float, int, Call]] = []
        self._rests: list[Call] = []
        self._ticket = count()

    def __len__(self) -> int:
        return len(self._ready) + len(self._later) + len(self._rests)

    @property
    def first_later(self) -> tuple[float, Call] | None:
        """The earliest of the calls that wait for an instant, and that instant."""
        return (self._later[0][0], self._later[0][2]) if self._later else None

    def put_first(self, *calls: Call) -> None:
        """These are next."""
        self._ready.extendleft(reversed(calls))

    def put_later(self, at: float, call: Call) -> None:
        """This one is next from that instant on."""
        heappush(self._later, (at, next(self._ticket), call))

    def put_rest(self, rest: Call) -> None:
        """This one is what a refusal left of a call. It waits for others of its kind, to leave as one with them."""
        for position, other in enumerate(self._rests):
            if both := other.together(rest):
                del self._rests[position]
                rest = both
                break
        (self._ready if rest.is_full else self._rests).append(rest)

    def bring_forward(self, now: float, *, last: bool) -> None:
        """Let those leave whose instant has come; and the rests, where these are the last and no other will come."""
        while self._later and self._later[0][0] <= now:
            self._ready.appendleft(heappop(self._later)[2])
        if last and not self._ready:
            self._ready.extend(self._rests)
            self._rests.clear()

    def take(self, is_held: Callable[[Call], bool]) -> Call | None:
        """Take the first call that may leave and is not held."""
        place = next((place for place, call in enumerate(self._ready) if not is_held(call)), None)
        if place is None:
            return None
        call = self._ready[place]
        del self._ready[place]
        return call

    def take_all(self) -> list[Call]:
        """Take every call."""
        calls = [*self._ready, *(call for _, _, call in self._later), *self._rests]
        self._ready.clear()
        self._later.clear()
        self._rests.clear()
        return calls
