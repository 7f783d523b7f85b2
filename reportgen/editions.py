"""Editions: each time that a report was made for a period, and how a directory remembers them. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

from reportgen.instants import format_instant, parse_instant
from reportgen.spec.model import Format

SCHEMA: Final = "reportgen/index/1"
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FORMATS: Final = frozenset(get_args(Format))


@dataclass(frozen=True, slots=True)
class Edition:
    """A report of a period, and its files."""

    report: str
    title: str
    period: str
    """What the period is called, in the report's voice."""
    last_day: date
    """The last local day; of `as_of` where the report has no period."""
    as_of: datetime
    """UTC."""
    timezone: ZoneInfo
    complete: bool
    formats: tuple[Format, ...]

    @property
    def files(self) -> Mapping[Format, str]:
        """The names of its files, by format."""
        return {name: f"{self.report}-{self.last_day}.{name}" for name in self.formats}

    @property
    def key(self) -> tuple[str, date]:
        """What no two editions of a directory share: their files have the same names."""
        return self.report, self.last_day


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The newest first."""
    return tuple(sorted(editions, key=lambda edition: (-edition.last_day.toordinal(), edition.report)))


def json_of(editions: Iterable[Edition]) -> str:
    """The editions as a file has them, the newest first. The same ones give the same text."""
    listed = [_fields(edition) for edition in in_order(editions)]
    return f"{json.dumps({'schema': SCHEMA, 'editions': listed}, indent=1, ensure_ascii=False)}\n"


def editions_from(text: str | bytes) -> tuple[Edition, ...]:
    """The editions of `json_of`. Raises ValueError where the text has anything that it would not write."""
    try:
        given = json.loads(text)
        schema, editions = given["schema"], tuple(map(_edition, given["editions"]))
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError("it has not the form of an index") from error
    if schema != SCHEMA or len({edition.key for edition in editions}) < len(editions):
        raise ValueError("it has not the form of an index")
    return editions


def _fields(edition: Edition) -> dict[str, Any]:
    return {
        "report": edition.report,
        "title": edition.title,
        "period": edition.period,
        "last_day": edition.last_day.isoformat(),
        "as_of": format_instant(edition.as_of),
        "timezone": edition.timezone.key,
        "complete": edition.complete,
        "files": dict(edition.files),
    }


def _edition(given: Mapping[str, Any]) -> Edition:
    """Names of files are made anew of report and day, so that none of them leads anywhere else."""
    formats = tuple(given["files"])
    edition = Edition(
        given["report"],
        given["title"],
        given["period"],
        date.fromisoformat(given["last_day"]),
        parse_instant(given["as_of"]),
        ZoneInfo(given["timezone"]),
        given["complete"],
        formats,
    )
    texts = (edition.title, edition.period)
    is_one = _NAME.fullmatch(edition.report) and isinstance(edition.complete, bool) and _FORMATS.issuperset(formats)
    if not is_one or not all(isinstance(text, str) for text in texts) or given != _fields(edition):
        raise ValueError("an edition is damaged")
    return edition
