"""How long to go on when calls fail. Times are seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and for how long the same call is made again."""

    tries: int
    """How often one call is made, the first time included."""
    first_wait: float = 0.5
    longest_wait: float = 30
    call: float = 300
    """After its first failure a call is made again for so long."""
    outage: float = 300
    """So long after the API's last answer, all that is still to be asked is given up."""
    busy: float = 900
    """So long may the limit of the minute leave us nothing."""

    def wait(self, failures: int, chance: float) -> float:
        """How long to wait after so many failures: twice as long each time, and by `chance` (0 to 1) up to half less.

        The chance keeps calls that failed together from coming back together.
        """
        return min(self.longest_wait, self.first_wait * 2.0 ** (failures - 1)) * (1 - chance / 2)
