"""Dates as the Ruby client reads them: `start` and `end` of its settings, or -s and -e of its command line.

Source of every rule: the client's own code, which does in part other than its documentation says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from reportgen.instants import ceil_hour, floor_hour, format_instant
from reportgen.migrate.model import Hours, OldDate, Part, Remark
from reportgen.spec.words import quoted

_LONGEST: Final = timedelta(days=28)
_HOUR: Final = timedelta(hours=1)
_UNITS: Final = {"d": "days", "h": "hours", "m": "minutes"}
_NAMED: Final = {timedelta(days=1): "yesterday", timedelta(days=7): "last_7_days", timedelta(days=28): "last_28_days"}
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_FORM: Final = "write it like 201603021200, which is UTC"
_IGNORED: Final = (
    "the old client reads over {written}, as it reads no dates of this form, and asks as if there were none. If you "
    "mean it, write dates here: {{start: 2026-11-09, end: 2026-11-15}}, both days in."
)
_NO_DATES: Final = (
    "Without dates, the old client asks for the 28 days up to the minute of its call; last_28_days are the 28 whole "
    "days before today, UTC."
)
_ROLLING: Final = (
    "{written} is counted back from the minute of each call; a named range has the whole days before today, UTC."
)
_FIXED: Final = (
    "{written} is counted back from the minute of each call. These are the hours of {now}; they stay as they are. "
    "Ranges that move are named: last_week, last_7_days, last_28_days, last_month."
)


class DateError(ValueError):
    """The client stumbles over the date under `key`. The text says what would be right."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def hours_of(start: OldDate | None, end: OldDate | None, now: datetime) -> Part[str | Hours]:
    """The hours that the client asks for, or the named range next to them. `now` is UTC. Raises DateError."""
    begin, finish = _read(start, now), _read(end, now)
    ignored = tuple(
        date.remark(_IGNORED.format(written=date.written)) for date in (start, end) if date and _read(date, now) is None
    )
    if begin is None and finish is None:
        return Part("last_28_days", (*ignored, Remark(_NO_DATES)))
    ago = _ago(start)
    if start and finish is None and ago in _NAMED:
        return Part(_NAMED[ago], (*ignored, start.remark(_ROLLING.format(written=start.written))))
    hours = _hours(begin, finish, floor_hour(now) if ago is not None else None)
    if hours.end <= hours.start:
        ends, begins = format_instant(hours.end), format_instant(hours.start)
        raise DateError(
            "end" if end else "start", f"the range ends at {ends} and begins at {begins}; the end has to be later"
        )
    return Part(hours, (*ignored, *_remarks(start, end, now)))


def _read(date: OldDate | None, now: datetime) -> datetime | None:
    """The instant (UTC, without seconds) that the client takes it for; None where it reads over it."""
    if date is None:
        return None
    ago = _ago(date)
    if ago is not None:
        return now.replace(second=0, microsecond=0) - ago
    form = _iso(date.written)
    if form is None:
        return None
    try:
        instant = datetime.fromisoformat(form)
    except ValueError:
        raise DateError(date.key, f"{quoted(date.written)} is no date; {_FORM}") from None
    if instant.utcoffset():
        raise DateError(
            date.key, f"{quoted(date.written)} is not UTC, and the old client drops how far it is from it; {_FORM}"
        )
    return instant.replace(tzinfo=UTC, second=0, microsecond=0)


def _iso(written: str) -> str | None:
    """The date as ISO 8601 has it, where it is as long as one of those that the client reads."""
    if re.fullmatch(r"[0-9]{12}", written):
        return f"{written[:4]}-{written[4:6]}-{written[6:8]}T{written[8:10]}:{written[10:]}"
    return written.removesuffix(" UTC") if len(written) >= len("2016-03-02 12:00") else None


def _ago(date: OldDate | None) -> timedelta | None:
    """`7d` as the time it is before the run."""
    found = re.fullmatch(r"([0-9]{1,5}(?:\.[0-9]+)?)([dhm])", date.written.lower()) if date else None
    return timedelta(**{_UNITS[found[2]]: float(found[1])}) if found else None


def _hours(start: datetime | None, end: datetime | None, latest: datetime | None) -> Hours:
    """Both as whole hours, as the client cuts them; one that is missing is 28 days from the other.

    `latest` is where a missing end is at the latest: the present, for a start that is so long before it.
    """
    finish = ceil_hour(end) if end else None
    # To a start that is no whole hour the client adds the hour before it.
    begin = floor_hour(start) - (start > floor_hour(start)) * _HOUR if start else (finish or _NEVER) - _LONGEST
    return Hours(begin, finish or min(begin + _LONGEST, latest or _NEVER))


def _remarks(start: OldDate | None, end: OldDate | None, now: datetime) -> Iterator[Remark]:
    """What to know of a range with at least one date that the client reads."""
    begin, finish = _read(start, now), _read(end, now)
    for date in (start, end):
        if date and _ago(date) is not None:
            yield date.remark(_FIXED.format(written=date.written, now=format_instant(now)))
        elif date is start and start and begin and begin > floor_hour(begin):
            yield start.remark("the old client begins with the hour before one that has begun")
    if start and begin and finish is None:
        yield start.remark("without an end, the old client asks for 28 days, as far as they have passed")
    if end and finish and begin is None:
        yield end.remark("without a start, the old client asks for the 28 days up to the end")
