"""English, as reportgen writes it where no locale is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from reportgen import dates
from reportgen.voice import digits

_SHORT: Final = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))


@dataclass(frozen=True, slots=True)
class English:
    """A Voice: day before month, 24 hours, weeks from Monday, a comma between thousands."""

    @property
    def first_weekday(self) -> int:
        return 0

    def whole(self, number: int) -> str:
        return f"{number:,}"

    def decimal(self, number: float) -> str:
        return f"{digits.to_read(number):,f}"

    def percent(self, rate: float) -> str:
        return f"{digits.to_read(rate * 100):,f}%"

    def exact(self, number: float) -> str:
        return f"{digits.as_set(number):,f}"

    def exact_percent(self, rate: float) -> str:
        return f"{digits.percent_as_set(rate):,f}%"

    def change(self, share: float) -> str:
        return f"{digits.of_change(share):,f}%"

    def short(self, number: float) -> str:
        few = digits.for_axis(number)
        for size, sign in _SHORT:
            if abs(few) >= size:
                return f"{float(few) / size:.4g}{sign}"
        return f"{few:f}"

    def short_percent(self, rate: float) -> str:
        return f"{digits.for_axis(rate * 100):f}%"

    def month(self, day: date) -> str:
        return dates.month(day)

    def year(self, day: date) -> str:
        return str(day.year)

    def day_of_month(self, day: date) -> str:
        return str(day.day)

    def weekday(self, day: date) -> str:
        return dates.weekday(day)

    def weekday_and_day(self, day: date) -> str:
        return f"{dates.weekday(day)} {day.day}"

    def day_and_month(self, day: date) -> str:
        return f"{day.day} {dates.month(day)}"

    def day_in_full(self, day: date) -> str:
        return f"{day.day} {dates.MONTHS[day.month - 1]}"

    def month_and_year(self, day: date) -> str:
        return f"{dates.MONTHS[day.month - 1]} {day.year}"

    def short_day(self, day: date, near: date) -> str:
        return dates.short_day(day, near)

    def short_moment(self, moment: datetime, near: date) -> str:
        return f"{dates.short_day(moment, near)}, {dates.clock(moment)}"

    def long_day(self, day: date) -> str:
        return dates.long_day(day)

    def long_moment(self, moment: datetime) -> str:
        return dates.long_moment(moment)

    def span(self, first: date, last: date) -> str:
        return dates.span(first, last)

    def short_span(self, first: date, last: date, near: date) -> str:
        start = f"{first.day}–" if first.month == last.month else f"{first.day} {dates.month(first)} – "
        text = f"{start}{last.day} {dates.month(last)}"
        return text if last.year == near.year else f"{text} {last.year}"

    def clock(self, moment: datetime) -> str:
        return dates.clock(moment)

    def hour(self, hour: int) -> str:
        return f"{hour:02}:00"

    def month_in_full(self, day: date) -> str:
        return f"{day:%B}"

    def weekday_in_full(self, weekday: int) -> str:
        return dates.WEEKDAYS[weekday]


ENGLISH: Final = English()
