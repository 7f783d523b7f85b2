"""The query parameters of a call: split, named and checked as the vendor's contract has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from reportgen.simulator.x.problems import invalid

LOOKED_UP_AT_ONCE: Final = 100
"""Users or posts of one call."""
_FIRST_TIME: Final = datetime(2010, 11, 6, tzinfo=UTC)
_LAST_TIME_AGO: Final = timedelta(seconds=10)

_ID: Final = re.compile(r"[0-9]{1,19}")
_USERNAME: Final = re.compile(r"[A-Za-z0-9_]{1,15}")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of a call by their names. All methods raise ProblemError (400) where a value is not allowed."""

    values: Mapping[str, str]

    def names(self, parameter: str, known: Sequence[str]) -> frozenset[str]:
        """A list of which each part is one of the known."""
        given = self._parts(parameter)
        for name in given:
            if name not in known:
                raise self._wrong(parameter, name, f"is not one of [{','.join(known)}]")
        return frozenset(given)

    def ids(self, parameter: str) -> list[str]:
        """Up to 100 ids, each once. The parameter has to be there."""
        return self._listed(parameter, _ID)

    def usernames(self, parameter: str) -> list[str]:
        """Up to 100 names of users, each once. The parameter has to be there."""
        return self._listed(parameter, _USERNAME)

    def id(self, parameter: str) -> int | None:
        """An id, None where there is none."""
        value = self.values.get(parameter)
        if value is None:
            return None
        _check(parameter, value, _ID, "query")
        return int(value)

    def number(self, parameter: str, least: int, most: int) -> int | None:
        """A whole number of that span, None where there is none."""
        value = self.values.get(parameter)
        if value is None:
            return None
        if not value.isdecimal() or not least <= int(value) <= most:
            raise self._wrong(parameter, value, f"is not between {least} and {most}")
        return int(value)

    def instant(self, parameter: str) -> datetime | None:
        """A date-time in UTC, None where there is none."""
        value = self.values.get(parameter)
        if value is None:
            return None
        try:
            at = datetime.fromisoformat(value) if _INSTANT.fullmatch(value) else None
        except ValueError:
            at = None
        if at is None:
            raise self._wrong(parameter, value, "is not a date-time such as 2026-11-16T12:00:00Z")
        if at < _FIRST_TIME:
            raise self._wrong(parameter, value, "must be on or after 2010-11-06")
        return at

    def span(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """`start_time` and `end_time`, the end at least ten seconds before `now`."""
        start, end = self.instant("start_time"), self.instant("end_time")
        if end and end > now - _LAST_TIME_AGO:
            message = f"Invalid 'end_time':'{self.values['end_time']}'. "
            message += "'end_time' must be a minimum of 10 seconds prior to the request time."
            raise invalid(message, end_time=self.values["end_time"])
        if start and start >= (end or now):
            message = f"Invalid 'start_time':'{self.values['start_time']}'. 'start_time' must be before 'end_time'."
            raise invalid(message, start_time=self.values["start_time"])
        return start, end

    def _listed(self, parameter: str, form: re.Pattern[str]) -> list[str]:
        parts = self._parts(parameter)
        if not parts:
            raise invalid(f"The `{parameter}` query parameter can not be empty", **{parameter: ""})
        for part in parts:
            _check(parameter, part, form, "query")
        if len(parts) > LOOKED_UP_AT_ONCE:
            message = f"The number of values in the `{parameter}` query parameter list [{len(parts)}] "
            message += f"is not between 1 and {LOOKED_UP_AT_ONCE}"
            raise invalid(message, **{parameter: self.values[parameter]})
        return list(dict.fromkeys(parts))

    def _parts(self, parameter: str) -> list[str]:
        value = self.values.get(parameter, "")
        return value.split(",") if value else []

    @staticmethod
    def _wrong(parameter: str, value: str, why: str) -> Exception:
        return invalid(f"The `{parameter}` query parameter value [{value}] {why}", **{parameter: value})


def read_query(text: str, known: Sequence[str]) -> Query:
    """The parameters of a query string. Raises ProblemError (400) for one that is not known, or there twice."""
    values: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name not in known:
            raise invalid(f"The query parameter [{name}] is not one of [{','.join(known)}]", **{name: value})
        if name in values:
            raise invalid(f"The query parameter [{name}] is there twice", **{name: value})
        values[name] = value
    return Query(values)


def check_id(parameter: str, value: str) -> None:
    """Raises ProblemError (400) where the part of a path is no id."""
    _check(parameter, value, _ID, "path")


def check_username(parameter: str, value: str) -> None:
    """Raises ProblemError (400) where the part of a path is no name of a user."""
    _check(parameter, value, _USERNAME, "path")


def _check(parameter: str, value: str, form: re.Pattern[str], place: str) -> None:
    if not form.fullmatch(value):
        message = f"The `{parameter}` {place} parameter value [{value}] does not match ^{form.pattern}$"
        raise invalid(message, **{parameter: value})
