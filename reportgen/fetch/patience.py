"""How long to go on when calls fail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and for how many seconds the same call is made again."""

    tries: int
    """How often one call is made, the first time included."""
    first_wait: float = 0.5
    longest_wait: float = 30
    call_seconds: float = 300
    """So long may it take to make one call again and again, with the waits before."""
    outage_seconds: float = 300
    """So long may there be failures and nothing else, until all that is still to be asked is given up."""
    unreached_seconds: float = 16
    """The same where nothing ever came: there is no network then, or the address is wrong, and no outage."""
    busy_seconds: float = 900
    """So long may others leave us nothing of the minute's limit."""

    def wait(self, failures: int, chance: float) -> float:
        """How long to wait after so many failures: twice as long each time, and by `chance` (0 to 1) up to half less.

        The chance keeps calls that failed together from coming back together.
        """
        return min(self.longest_wait, self.first_wait * 2.0 ** (failures - 1)) * (1 - chance / 2)
