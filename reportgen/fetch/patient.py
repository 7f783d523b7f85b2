"""Patience with the X API v2: what fails on the way is asked for again, and limits of 15 minutes are waited out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reportgen.api.reply import NoReplyError, UnreachedError
from reportgen.api.x.attempts import Room, T
from reportgen.api.x.failures import FAILURES, XBusyError, XUnauthorizedError
from reportgen.fetch.patience import Patience
from reportgen.fetch.watch import Waiting
from reportgen.request import Signer

LONGEST_LIMIT: Final = 16 * 60
"""Seconds: what the vendor's limits that are waited for span, and a minute by which two clocks may differ."""
TRIES_AT_LIMIT: Final = 3
"""How often a call is made that meets the limit each time, since others draw on it too."""
_USED_UP: Final = "the X API's limit of 15 minutes is used up"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Time and chance, and who looks on. `clock` gives epoch seconds, `sleep` takes seconds, `chance` is 0 to 1."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    watch: Waiting


class Patient:
    """`Attempts` of calls that are made one after the other.

    A credential that was refused is not used again. After an outage nothing is asked any more.
    """

    def __init__(self, patience: Patience, around: Surroundings) -> None:
        self._patience = patience
        self._around = around
        self._rooms: dict[tuple[str, Signer], Room] = {}
        self._refused: dict[Signer, str] = {}
        self._failing_since: float | None = None
        self._outage: str | None = None
        self._is_reached = False

    def heard(self, room: Room) -> None:
        """An answer told of a limit."""
        self._rooms[room.limit, room.signer] = room

    def make(self, limit: str, signer: Signer, attempt: Callable[[], T]) -> T:
        """What came of a call. Raises what the last attempt did, when no more is to be hoped for."""
        if signer in self._refused:
            raise XUnauthorizedError(self._refused[signer])
        if self._outage:
            raise NoReplyError(self._outage)
        began = self._around.clock()
        failures = met = 0
        while True:
            self._wait_for_room(limit, signer)
            try:
                made = self._reaching(attempt)
            except NoReplyError as error:
                failures += 1
                self._wait_after(error, failures, began)
            except XBusyError as error:
                met += 1
                self._expect_room(error, met, limit, signer)
            except XUnauthorizedError as error:
                self._refused[signer] = str(error)
                raise
            else:
                self._failing_since = None
                return made

    def _reaching(self, attempt: Callable[[], T]) -> T:
        """Make an attempt, and see whether anybody was there, whatever came of it."""
        try:
            made = attempt()
        except FAILURES as error:
            self._is_reached |= not isinstance(error, UnreachedError)
            raise
        self._is_reached = True
        return made

    def _wait_for_room(self, limit: str, signer: Signer) -> None:
        room = self._rooms.get((limit, signer))
        if room and room.remaining <= 0:
            seconds = room.reset_at - self._around.clock()
            # A limit that is over later than one can be is none that the vendor would keep to.
            if 0 < seconds <= LONGEST_LIMIT:
                # The chance keeps processes that share the limit from coming back together.
                self._wait(seconds + self._around.chance(), _USED_UP)

    def _expect_room(self, error: XBusyError, met: int, limit: str, signer: Signer) -> None:
        """Wait for the end of the limit that was met; raise `error` where that is of no use."""
        now = self._around.clock()
        if error.reset_at is None or error.reset_at - now > LONGEST_LIMIT or met >= TRIES_AT_LIMIT:
            raise error
        self._failing_since = None
        if error.reset_at > now:
            self.heard(Room(limit, signer, 0, error.reset_at))
        else:
            self._wait(self._patience.wait(met, self._around.chance()), _USED_UP)

    def _wait_after(self, error: NoReplyError, failures: int, began: float) -> None:
        """Wait after a failure; raise `error` where there were enough, of this call or of all."""
        now = self._around.clock()
        if self._failing_since is None:
            self._failing_since = now
        seconds = self._patience.wait(failures, self._around.chance())
        longest = self._patience.outage_seconds if self._is_reached else self._patience.unreached_seconds
        if now + seconds - self._failing_since > longest:
            self._outage = str(error)
            raise error
        if failures >= self._patience.tries or now + seconds - began > self._patience.call_seconds:
            raise error
        self._wait(seconds, str(error))

    def _wait(self, seconds: float, why: str) -> None:
        self._around.watch.waiting(seconds, why)
        self._around.sleep(seconds)
