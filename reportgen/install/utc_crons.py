"""Crons in UTC for schedules in any time zone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from reportgen.schedule import occurrences, times_of_day
from reportgen.spec.delivering import Schedule

_YEAR: Final = timedelta(days=366)
_ALL_CALENDARS: Final = 28 * timedelta(days=365.25)
"""After these years, weekdays fall on the same days again."""
_ENOUGH: Final = 20_000
_OFTEN: Final = 12
"""Minutes of an hour; none of those who are started by these crons starts more often."""
_WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


class _Days(NamedTuple):
    """Fields of cron: the days on which a time is due, and perhaps others."""

    day: str
    month: str
    weekday: str


def utc_crons(schedules: Iterable[Schedule], now: datetime) -> tuple[str, ...]:
    """Crons in UTC that fire whenever one of the schedules is due, in summer and in winter time, and at other times
    too: who is started by them has to look what is due. At least five minutes lie between them.

    In plain cron, without L and #; never with both a day of the month and a weekday, where one would be enough.
    """
    return tuple(dict.fromkeys(cron for schedule in schedules for cron in _crons(_seldom(schedule), now)))


def _seldom(schedule: Schedule) -> Schedule:
    _, rest = schedule.cron.split(maxsplit=1)
    is_often = len({at.minute for at in times_of_day(schedule)}) > _OFTEN
    return replace(schedule, cron=f"*/5 {rest}") if is_often else schedule


def _crons(schedule: Schedule, now: datetime) -> Iterator[str]:
    dues: dict[tuple[int, int], list[datetime]] = {}
    months: set[int] = set()
    for due in _coming(schedule, now):
        dues.setdefault((due.hour, due.minute), []).append(due)
        months.add(due.month)
    minutes: dict[tuple[int, _Days], list[int]] = {}
    for (hour, minute), instants in sorted(dues.items()):
        minutes.setdefault((hour, _days(instants, months)), []).append(minute)
    hours: dict[tuple[str, _Days], list[int]] = {}
    for (hour, days), of_hour in minutes.items():
        hours.setdefault((_field(of_hour, 60), days), []).append(hour)
    for (minute_field, days), same in hours.items():
        yield f"{minute_field} {_field(same, 24)} {days.day} {days.month} {days.weekday}"


def _coming(schedule: Schedule, now: datetime) -> Iterator[datetime]:
    """When it is due in as many years as make all that can come, come; what is due often shows it all in one."""
    for number, due in enumerate(occurrences(schedule, now, now + _ALL_CALENDARS)):
        if number >= _ENOUGH and due > now + _YEAR:
            return
        yield due


def _days(instants: Collection[datetime], months: Collection[int]) -> _Days:
    """The fields that hold the days of these instants: by weekday or day of the month, whichever says more."""
    days = {instant.day for instant in instants}
    weekdays = {instant.isoweekday() % 7 for instant in instants}
    month = _field(sorted(months), 12)
    if len(weekdays) / 7 <= len(days) / 31:
        named = ",".join(_WEEKDAYS[weekday] for weekday in sorted(weekdays))
        return _Days("*", month, "*" if len(weekdays) == len(_WEEKDAYS) else named)
    return _Days(_field(sorted(days), 31), month, "*")


def _field(numbers: Collection[int], all_of_them: int) -> str:
    return "*" if len(numbers) == all_of_them else ",".join(map(str, numbers))
