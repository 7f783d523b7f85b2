"""The five fields of cron, and what is wrong with one, in plain words. What a field may say is up to cronsim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.dates import MONTHS, WEEKDAYS
from reportgen.spec.words import quoted

if TYPE_CHECKING:
    from cronsim.cronsim import Field


@dataclass(frozen=True, slots=True)
class CronField:
    """A field: the numbers that it takes, and the names of some, in their order from the smallest number."""

    name: str
    within: str
    """What its numbers count in, and begin anew with."""
    smallest: int
    largest: int
    names: tuple[str, ...] = ()
    also: str = ""
    """What else it takes, as the end of a sentence."""

    @property
    def takes(self) -> str:
        names = f", or {self.names[0]} to {self.names[-1]}" if self.names else ""
        return f"{self.name} is {self.smallest} to {self.largest}{names}{self.also}"


FIELDS: Final = (
    CronField("minute", "hour", 0, 59),
    CronField("hour", "day", 0, 23),
    CronField("day of the month", "month", 1, 31, also="; L is the last one, and LW the last from Monday to Friday"),
    CronField("month", "year", 1, 12, tuple(name[:3].upper() for name in MONTHS)),
    CronField(
        "weekday",
        "week",
        0,
        7,
        tuple(name[:3].upper() for name in (WEEKDAYS[-1], *WEEKDAYS[:-1])),
        also="; MON#1 is the first Monday of a month, and 1L the last",
    ),
)


class Wrong(NamedTuple):
    """What is wrong with a cron, and how many characters into it."""

    message: str
    within: int


def wrong_fields(fields: Sequence[re.Match[str]]) -> Iterator[Wrong]:
    """What is wrong with each of the five fields, found in a text; terms that commas part are looked at one by one."""
    from cronsim.cronsim import Field

    for number, (field, match) in enumerate(zip(FIELDS, fields, strict=True), start=1):
        for term in re.finditer(r"[^,]+|(?<![^,])(?![^,])", match[0]):
            if not _is_taken(term[0], Field(number)):
                message = _sentence(term[0].upper(), field, Field(number))
                yield Wrong(f"{message}; this is {quoted(term[0])}", match.start() + term.start())


def _is_taken(term: str, rules: Field) -> bool:
    from cronsim import CronSimError

    try:
        rules.parse(term.upper())
    except CronSimError:
        return False
    return True


def _sentence(term: str, field: CronField, rules: Field) -> str:
    """What would be right."""
    whole, slash, step = term.partition("/")
    if slash and _is_taken(whole, rules):
        return f"after / comes the step, 1 or more, such as */{step if step.isdecimal() and int(step) else 2}"
    first, dash, last = whole.partition("-")
    if dash and _is_taken(first, rules) and _is_taken(last, rules):
        return f"no range goes beyond the end of the {field.within}; write {_around(first, last, field)}{slash}{step}"
    if "?" in term:
        return f"{field.name} is * where any will do"
    if field.names and (meant := next((name for name in field.names if whole.startswith(name)), None)):
        return f"{field.name} is {meant} for short" if whole.isalpha() else field.takes
    return field.takes


def _around(first: str, last: str, field: CronField) -> str:
    """The range over the end of the hour, day, week or year, as two."""
    ranges = (first, _end_of(field, first)), (str(field.smallest) if last.isdecimal() else field.names[0], last)
    return ",".join(start if start == end else f"{start}-{end}" for start, end in ranges)


def _end_of(field: CronField, start: str) -> str:
    if start.isalpha():
        return field.names[-1]
    # Sunday is 0 already.
    return "6" if field.largest == _SUNDAY else str(field.largest)


_SUNDAY: Final = 7
