"""What the settings of another client come to, before it is written as a report file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from reportgen.spec.model import Format

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a key of the old file has no exact counterpart for, or what to know of the new one. One sentence or two."""

    text: str
    line: int | None = None
    """Of the old file, from 1; None where it is about none of its lines."""

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Part(Generic[Value]):
    """The value of a key of the report file, and what stands above it."""

    value: Value
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` to `end`, whole hours, UTC, `end` exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Grouping:
    """A grouping under a name that a report file allows; none where `keys` is empty, and the remarks say why."""

    name: str
    keys: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that are made."""

    formats: tuple[Format, ...]
    directory: str


@dataclass(frozen=True, slots=True)
class OldDate:
    """A date as it is written; `line` is of the old file, None where it comes from the command line."""

    key: str
    """`start` or `end`."""
    written: str
    line: int | None = None

    def remark(self, text: str) -> Remark:
        return Remark(text, self.line)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says beside the file: what the old clients were told on their command lines. None is not said."""

    name: str | None = None
    file: str | None = None
    """What the report file is called, without its ending: the report's name where the user says none."""
    handle: str | None = None
    """With @."""
    endpoint: str | None = None
    start: str | None = None
    end: str | None = None
    tweets: tuple[str, ...] = ()
    """Files of tweets, from the working directory."""

    @property
    def dates(self) -> tuple[OldDate | None, OldDate | None]:
        """Start and end."""
        start, end = (OldDate(key, text) if text else None for key, text in (("start", self.start), ("end", self.end)))
        return start, end


@dataclass(frozen=True, slots=True)
class Inbox:
    """What lies in the inbox of the Ruby client, and in the folder that it moves files to."""

    patterns: tuple[str, ...] = ()
    """Of the files that it reads."""
    others: tuple[str, ...] = ()
    """Files that it does not read, and a report could: of other endings."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A report file to be."""

    client: str
    """`the Ruby sample client`."""
    source: str
    """The old file, as the user typed it."""
    name: Part[str]
    title: str | None
    """The old name, where it is no name that a report file allows."""
    endpoint: Part[str]
    handle: Part[str | None]
    """`@name`; None where the report is one of public tweets."""
    tweets_from: Part[tuple[str, ...]]
    date_range: Part[str | Hours | None]
    """A named range, or None on endpoints without dates."""
    metrics: Part[tuple[str, ...]]
    groupings: Sequence[Grouping]
    top: Part[int]
    """How many top tweets of each metric the page shows; 0 for the sections that a report file has by default."""
    outputs: Part[Outputs]
    elsewhere: tuple[Remark, ...]
    """What belongs in no report file."""
