"""Which marks an axis bears, and their words, so that labels neither overlap nor need to be slanted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from reportgen.render.labels import label_text
from reportgen.render.letters import LETTER, breadth
from reportgen.report.model import Label, TweetLabel
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the x axis: the place it stands at, and the lines written under it."""

    place: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Ticks that an axis could have, and how many pixels each of them takes."""

    ticks: tuple[Tick, ...]
    pixels: float


@dataclass(frozen=True, slots=True)
class _Room:
    """What a tick takes: its letters, these at least, and the pixels to the next."""

    letters: int
    gap: int


_DAY: Final = _Room(6, 4)
_DAY_IN_TWO_LINES: Final = _Room(3, 11)
_DAY_OF_MONTH: Final = _Room(2, 8)
_DATE: Final = _Room(6, 28)
_MONTH: Final = _Room(3, 15)
_CLOCK: Final = _Room(5, 17)
_WEEKDAY: Final = _Room(3, 19)
_LONGEST_BY_THE_HOUR: Final = timedelta(hours=72)
_MOST_DAYS_OF_MONTH: Final = 16


def place(label: Label) -> str:
    """What tells this label from the others along the axis: local time as it is written, so no zone can shift it."""
    if isinstance(label, TweetLabel):
        return label.id
    if isinstance(label, datetime):
        return f"{label:%Y-%m-%dT%H:%M}"
    return label.isoformat() if isinstance(label, date) else label


def x_ticks(labels: Sequence[Label], key: str, room: float, voice: Voice) -> tuple[Tick, ...]:
    """The ticks of an axis of `room` pixels that bears these labels of a `group_by` key, in this order."""
    days = [label for label in labels if isinstance(label, date)]
    hours = [label for label in days if isinstance(label, datetime)]
    if hours:
        choices = _hours(hours, voice)
    elif days:
        choices = _dates(days, key, voice)
    elif key == "engagement.hour":
        texts = [(label_text(label, key, date.min, voice),) for label in labels]
        choices = [_choice(map(place, labels[::step]), texts[::step], _CLOCK) for step in (1, 3, 6)]
    else:
        choices = [_choice(map(place, labels), [(str(label),) for label in labels], _WEEKDAY)]
    fitting = (choice for choice in choices if choice.ticks and len(choice.ticks) * choice.pixels <= room)
    return next(fitting, choices[-1]).ticks


def y_ticks(highest: float, *, lowest: float = 0, whole: bool) -> tuple[float, ...]:
    """Round numbers around 0, from `lowest` or below to `highest` or above, five or so; `whole` for whole numbers."""
    top, bottom = (Decimal(str(number)) for number in (max(highest, 0), min(lowest, 0)))
    if top == bottom:
        return (0, 1) if whole else (0, 0.01)
    step = _round_step((top - bottom) / 4)
    if whole:
        step = max(Decimal(1), round(step, 0))
    return tuple(float(number * step) for number in range(math.floor(bottom / step), math.ceil(top / step) + 1))


def _round_step(at_least: Decimal) -> Decimal:
    magnitude = Decimal(1).scaleb(at_least.adjusted())
    return next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= at_least * Decimal("0.999"))


def _dates(days: Sequence[date], key: str, voice: Voice) -> list[_Choice]:
    if key == "engagement.month":
        return [_choice(map(place, days[::step]), _months(days[::step], voice), _MONTH) for step in (1, 3, 6, 12)]
    if key == "engagement.week":
        return [
            _choice(map(place, days[::step]), _days_and_months(days[::step], voice), _DATE) for step in (1, 2, 4, 8, 13)
        ]
    return _days({day: place(day) for day in days}, voice)


def _days(places: Mapping[date, str], voice: Voice) -> list[_Choice]:
    """From every day to every year: what a row of days, each with its place on the axis, could bear."""
    days = list(places)
    mondays = [day for day in days if day.weekday() == 0]
    firsts = [day for day in days if day.day == 1]
    quarters = [day for day in firsts if day.month in {1, 4, 7, 10}]
    years = [day for day in firsts if day.month == 1]
    few = days if len(days) <= _MOST_DAYS_OF_MONTH else []
    weekdays = [voice.weekday(day) for day in days]
    numbers = [voice.day_of_month(day) for day in days]
    months = [voice.month(day) for day in days]
    with_month = [" ".join(lines) for lines in _two_lines(numbers, months)]

    def at(some: Iterable[date]) -> list[str]:
        return [places[day] for day in some]

    return [
        _choice(at(few), _two_lines([voice.weekday_and_day(day) for day in few], months), _DAY),
        _choice(at(few), zip(weekdays, with_month, strict=True), _DAY_IN_TWO_LINES),
        _choice(at(few), _two_lines(numbers, months), _DAY_OF_MONTH),
        _choice(at(mondays), _days_and_months(mondays, voice), _DATE),
        _choice(at(mondays[::2]), _days_and_months(mondays[::2], voice), _DATE),
        _choice(at(firsts), _months(firsts, voice), _MONTH),
        _choice(at(quarters), _months(quarters, voice), _MONTH),
        _choice(at(years), _months(years, voice), _MONTH),
    ]


def _hours(hours: Sequence[datetime], voice: Voice) -> list[_Choice]:
    if hours[-1] - hours[0] <= _LONGEST_BY_THE_HOUR:
        return [_every_hours(step, hours, voice) for step in (1, 3, 6, 12)]
    starts = [later for earlier, later in pairwise(hours) if earlier.date() != later.date()]
    if hours[0].hour == 0:
        starts.insert(0, hours[0])
    return _days({start.date(): place(start) for start in starts}, voice)


def _every_hours(step: int, hours: Sequence[datetime], voice: Voice) -> _Choice:
    """Clock times, with the day under the first of them and under each midnight, where the two don't touch."""
    shown = [hour for hour in hours if hour.hour % step == 0]
    midnights = [hour for hour in shown if hour.hour == 0]
    first_has_room = not midnights or shown.index(midnights[0]) != 1
    dated = {*midnights, *(shown[:1] if first_has_room else ())}
    lines = [(_clock(hour, voice), *((voice.short_day(hour, hour),) if hour in dated else ())) for hour in shown]
    return _choice(map(place, shown), lines, _CLOCK)


def _clock(moment: datetime, voice: Voice) -> str:
    return voice.clock(moment) if moment.minute else voice.hour(moment.hour)


def _choice(places: Iterable[str], lines: Iterable[tuple[str, ...]], room: _Room) -> _Choice:
    ticks = tuple(map(Tick, places, lines))
    widest = max((breadth(tick.lines[0]) for tick in ticks), default=0)
    return _Choice(ticks, LETTER * max(room.letters, widest) + room.gap)


def _days_and_months(days: Sequence[date], voice: Voice) -> list[tuple[str, ...]]:
    """`9 Nov`, with the year under it where there is more than one."""
    upper = [voice.day_and_month(day) for day in days]
    if len({day.year for day in days}) < 2:
        return [(text,) for text in upper]
    return _two_lines(upper, [voice.year(day) for day in days])


def _months(days: Sequence[date], voice: Voice) -> list[tuple[str, ...]]:
    """`Nov`, with the year under the first of each."""
    return _two_lines([voice.month(day) for day in days], [voice.year(day) for day in days])


def _two_lines(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """The lower line only where it is another than before."""
    before = [None, *lower]
    return [(top,) if last == low else (top, low) for top, low, last in zip(upper, lower, before, strict=False)]
