"""What a voice can write. Pages and charts take all numbers, days and hours from the one that they are handed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Voice(Protocol):
    """Writes in one locale. Days and hours are local already; `near` is the day whose year needs no saying."""

    @property
    def first_weekday(self) -> int:
        """The day that weeks begin with: 0 for Monday, 6 for Sunday."""
        ...

    def whole(self, number: int) -> str:
        """`12,345`."""
        ...

    def decimal(self, number: float) -> str:
        """`1,234.50`, with two decimals; small numbers with two digits that count, `0.0012`."""
        ...

    def percent(self, rate: float) -> str:
        """`3.42%`, with the decimals of `decimal`."""
        ...

    def exact(self, number: float) -> str:
        """`1,234.5`, with all digits that were written and no other."""
        ...

    def exact_percent(self, rate: float) -> str:
        """`2.5%` for 0.025, with all digits that were written and no other."""
        ...

    def change(self, share: float) -> str:
        """`12.3%`, `240%`: with one decimal below 100%."""
        ...

    def short(self, number: float) -> str:
        """`500`, `12k`, `1.5M`: four digits at most."""
        ...

    def short_percent(self, rate: float) -> str:
        """`2.5%`, without idle decimals."""
        ...

    def month(self, day: date) -> str:
        """`Nov`."""
        ...

    def year(self, day: date) -> str:
        """`2026`."""
        ...

    def day_of_month(self, day: date) -> str:
        """`9`."""
        ...

    def weekday(self, day: date) -> str:
        """`Mon`."""
        ...

    def weekday_and_day(self, day: date) -> str:
        """`Mon 9`."""
        ...

    def day_and_month(self, day: date) -> str:
        """`9 Nov`."""
        ...

    def day_in_full(self, day: date) -> str:
        """`9 November`."""
        ...

    def month_and_year(self, day: date) -> str:
        """`November 2026`."""
        ...

    def short_day(self, day: date, near: date) -> str:
        """`Mon 9 Nov`, with the year where it is not the one of `near`."""
        ...

    def short_moment(self, moment: datetime, near: date) -> str:
        """`Mon 9 Nov, 14:05`, with the year where it is not the one of `near`."""
        ...

    def long_day(self, day: date) -> str:
        """`9 November 2026`."""
        ...

    def long_moment(self, moment: datetime) -> str:
        """`9 November 2026, 14:05`."""
        ...

    def span(self, first: date, last: date) -> str:
        """`9–15 November 2026`, or one day alone."""
        ...

    def short_span(self, first: date, last: date, near: date) -> str:
        """`9–15 Nov`, with the year where the last day is not of the one of `near`."""
        ...

    def clock(self, moment: datetime) -> str:
        """`14:05`."""
        ...

    def hour(self, hour: int) -> str:
        """`14:00`: an hour of the day, 0 to 23."""
        ...

    def month_in_full(self, day: date) -> str:
        """`November`."""
        ...

    def weekday_in_full(self, weekday: int) -> str:
        """`Monday` for 0."""
        ...
