"""Tells from the ids of a file whether a program took them for numbers, and lost their last digits. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

_DIGITS_KEPT: Final = 15
_BY_CHANCE: Final = 1e-5
_COUNTS: Final = 4096
"""The last 12 bits of an id count the tweets of a millisecond. For years most were 0: such an id tells nothing."""
_ZEROS: Final = (
    "have zeros for their last digits, which a spreadsheet or a program made of them that took them for numbers"
)
_256: Final = "can be divided by 256, as ids can whose last digits were lost in a program that took them for numbers"
_DIVISORS: Final[Mapping[int, str]] = MappingProxyType({100: _ZEROS, 1_000: _ZEROS, 10_000: _ZEROS, 256: _256})
"""What rounded ids can be divided by, and what is said of them. JavaScript keeps 17 digits, spreadsheets 15 or 16;
a float written in full is so many times 256."""


@dataclass(slots=True)
class RoundedIds:
    """Counts the ids of a file that end as rounded ones do."""

    long: int = 0
    times: Counter[int] = field(default_factory=Counter)
    lines: dict[int, int] = field(default_factory=dict)
    """By divisor, the line of the first id."""

    def count(self, tweet_id: str, line: int) -> None:
        """Take the id of a row in."""
        if len(tweet_id) <= _DIGITS_KEPT:
            return
        self.long += 1
        number = int(tweet_id)
        if (number % 100 and number % 256) or not number % _COUNTS:
            return
        for divisor in _DIVISORS:
            if number % divisor == 0:
                self.times[divisor] += 1
                self.lines.setdefault(divisor, line)

    @property
    def found(self) -> tuple[int, str] | None:
        """The line of the first of them and what is wrong; None where so many may be chance."""
        for divisor, said in _DIVISORS.items():
            times = self.times[divisor]
            if _chance(times, self.long, 1 / divisor) < _BY_CHANCE:
                return self.lines[divisor], _message(times, self.long, said)
        return None


def _chance(times: int, of: int, each: float) -> float:
    """How likely it is, at most, that so many end so, or more: Chernoff's bound, which is exact for all of them."""
    if times <= of * each:
        return 1
    others = of - times
    return float((of * each / times) ** times * ((1 - each) * of / others if others else 1) ** others)


def _message(times: int, of: int, said: str) -> str:
    return f"{times:,} of {of:,} tweet ids {said}; export it again with the column as text"
