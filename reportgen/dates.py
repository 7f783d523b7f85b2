"""How days and hours are written for people. English month and day names, whatever the machine's locale is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month(day: date) -> str:
    """`Nov`."""
    return MONTHS[day.month - 1][:3]


def weekday(day: date) -> str:
    """`Mon`."""
    return WEEKDAYS[day.weekday()][:3]


def clock(moment: datetime) -> str:
    """`14:05`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def short_day(day: date, near: date) -> str:
    """`Mon 9 Nov`, with the year where it is not the one of `near`."""
    text = f"{weekday(day)} {day.day} {month(day)}"
    return text if day.year == near.year else f"{text} {day.year}"


def long_day(day: date) -> str:
    """`9 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_moment(moment: datetime) -> str:
    """`9 November 2026, 14:05`."""
    return f"{long_day(moment)}, {clock(moment)}"


def span(first: date, last: date) -> str:
    """`9–15 November 2026`, `30 November – 6 December 2026`, or one day alone."""
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return long_day(last)
    if first.year != last.year:
        return f"{long_day(first)} – {long_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {long_day(last)}"
    return f"{first.day}–{long_day(last)}"


def city(timezone: ZoneInfo) -> str:
    """`New York`: what a time is followed by where people know the zone."""
    return timezone.key.rpartition("/")[2].replace("_", " ")


def from_now(moment: datetime, now: datetime) -> str:
    """`in 6 days`, `3 hours ago`, `in less than a minute`, or `now` up to a minute later: as few words as will do."""
    away = abs(moment - now)
    unit, name = next(((unit, name) for unit, name in _UNITS if away >= 2 * unit), _UNITS[-1])
    number = away // unit
    if not number:
        return "in less than a minute" if moment > now else "now"
    words = f"{number:,} {name}{'' if number == 1 else 's'}"
    return f"in {words}" if moment > now else f"{words} ago"


_UNITS: Final = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))
