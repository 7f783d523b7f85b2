"""When a schedule is due. Pure. Instants are UTC.

The days are cronsim's, which reads cron as Debian does: where the day of the month or the weekday begins with a star
both have to match, else one of them is enough. On the nights when the clocks change:

- A schedule of some hours (`30 2 * * *`, `*/15 2 * * *`, `0 */6 * * *`) is due once at each local time that it names.
  A local time that does not exist that night falls on the moment at which the clocks jump, together with the others
  that they jump over; one that comes twice counts when it comes first.
- A schedule of every hour (`*/15 * * * *`) follows the time that passes: it is due whenever the clock shows what it
  names, in an hour that comes twice both times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from reportgen.spec.delivering import Schedule

if TYPE_CHECKING:
    from cronsim import CronSim

_MINUTE: Final = timedelta(minutes=1)
_ANY: Final = datetime.combine(date(2000, 1, 1), time())


def occurrences(schedule: Schedule, after: datetime, until: datetime) -> Iterator[datetime]:
    """When it is due after `after`, until `until`, which counts; the oldest first."""
    last = after
    for instant in _from(schedule, after):
        if instant > until:
            return
        # The times of a day that a zone left out wholly fall together with the first of the next.
        if instant > last:
            yield instant
            last = instant


def occurrences_back(schedule: Schedule, until: datetime, after: datetime) -> Iterator[datetime]:
    """As `occurrences`, the newest first: no more is computed than is taken."""
    last = until + _MINUTE
    for instant in _back_from(schedule, until):
        if instant <= after:
            return
        if instant < last and instant <= until:
            yield instant
            last = instant


def next_after(schedule: Schedule, after: datetime) -> datetime | None:
    """When it is due next; None where it is not within 50 years."""
    return next((instant for instant in _from(schedule, after) if instant > after), None)


def _from(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    first = after.astimezone(schedule.timezone).date()
    times = times_of_day(schedule)
    for day in _days(schedule, datetime.combine(first, time()) - _MINUTE):
        yield from _instants(day, times, schedule.timezone)


def _back_from(schedule: Schedule, until: datetime) -> Iterator[datetime]:
    last = until.astimezone(schedule.timezone).date()
    times = times_of_day(schedule)
    for day in _days(schedule, datetime.combine(last, time()) + _MINUTE, reverse=True):
        yield from reversed(_instants(day, times, schedule.timezone))


def times_of_day(schedule: Schedule) -> tuple[time, ...]:
    """The local times of a day that the fields name."""
    fields = _cronsim(schedule.cron, _ANY)
    return tuple(time(hour, minute) for hour in sorted(fields.hours) for minute in sorted(fields.minutes))


def _days(schedule: Schedule, start: datetime, *, reverse: bool = False) -> Iterator[date]:
    """The days that the fields name, behind `start` (before it, in reverse), for 50 years without one."""
    midnights = " ".join(["0", "0", *schedule.cron.split()[2:]])
    return (midnight.date() for midnight in _cronsim(midnights, start, reverse=reverse))


def _cronsim(cron: str, start: datetime, *, reverse: bool = False) -> CronSim:
    from cronsim import CronSim

    return CronSim(cron, start, reverse)


def _instants(day: date, times: Iterable[time], zone: ZoneInfo) -> list[datetime]:
    """When the clocks of the zone show these times on this day; sorted."""
    walls = [datetime.combine(day, at) for at in times]
    if len({wall.hour for wall in walls}) < _HOURS_OF_A_DAY:
        return sorted({_first(wall, zone) for wall in walls})
    both = ((wall, _utc(wall.replace(fold=fold), zone)) for wall in walls for fold in (0, 1))
    return sorted({instant for wall, instant in both if _shown(instant, zone) == wall})


_HOURS_OF_A_DAY: Final = 24


def _first(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at which the clocks show this time or, where they leave it out, at which they have jumped."""
    while _shown(instant := _utc(wall, zone), zone) != wall:
        wall += _MINUTE
    return instant


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
