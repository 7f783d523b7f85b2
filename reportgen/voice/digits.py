"""How many digits of a number are written, the same in all voices. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_SMALL: Final = 0.1
_TWO: Final = 2
_FOUR: Final = 4


def to_read(number: float) -> Decimal:
    """With two decimals, and with two digits that count where it is small: what is not 0 is never written as 0."""
    if 0 < abs(number) < _SMALL and places(small := Decimal(f"{number:.{_TWO}g}")) > _TWO:
        return small
    return Decimal(f"{number:.{_TWO}f}")


def for_axis(number: float) -> Decimal:
    """With four digits that count, none of them idle."""
    return Decimal(f"{number:.{_FOUR}g}")


def as_set(number: float) -> Decimal:
    """With all the digits that someone wrote, none of them idle."""
    return Decimal(str(number)).normalize()


def percent_as_set(rate: float) -> Decimal:
    """The same in percent: 2.5 for 0.025."""
    return (as_set(rate) * 100).normalize()


def of_change(share: float) -> Decimal:
    """In percent: with one decimal below 100%, and none above."""
    return Decimal(f"{share * 100:.{1 if round(share, 3) < 1 else 0}f}")


def places(number: Decimal) -> int:
    """How many decimals it has."""
    return max(0, -int(number.as_tuple().exponent))
