"""What a report file says about when a report is made by itself, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from reportgen.spec.problems import Place
from reportgen.spec.texts import named_totals

Attached: TypeAlias = Literal["html", "pdf", "json", "csv", "xlsx", "parquet"]
WhenIncomplete: TypeAlias = Literal["send", "hold"]
CatchUp: TypeAlias = Literal["latest", "all", "none"]

DEFAULT_SUBJECT: Final = "{{ title }}: {{ period.label }}"


@dataclass(frozen=True, slots=True)
class Email:
    """The mail with the report. Addresses are as in the file: `name@example.com`, or `Name <name@example.com>`."""

    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    reply_to: str | None = None
    subject: str = DEFAULT_SUBJECT
    """A line of Jinja."""
    intro: str | None = None
    """Markdown and Jinja, as in text sections."""
    attach: tuple[Attached, ...] = ()
    when_incomplete: WhenIncomplete = "hold"
    metrics: tuple[str, ...] = ()
    """What subject and introduction name."""
    subject_at: tuple[int, int] = (1, 1)
    """Line and column of the subject in the file, for errors that only the numbers bring out."""
    intro_at: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the report is made by itself."""

    cron: str
    """Minute, hour, day of the month, month, weekday."""
    timezone: ZoneInfo
    catch_up: CatchUp = "latest"
    """Of what was missed: the newest, all, or nothing."""


@dataclass(frozen=True, slots=True)
class Publish:
    """A directory that gets a copy of each report's files, and an index.html of all."""

    directory: Path


def email_of(given: Mapping[str, Any] | None, position: Callable[[Place], tuple[int, int]]) -> Email | None:
    """The mail of a file's key `email`, which the schema and the rules have passed. `position` tells line and column of
    a place.
    """
    if given is None:
        return None
    lists = {key: tuple(given[key]) for key in ("to", "cc", "bcc", "attach") if key in given}
    texts = [given[key] for key in ("subject", "intro") if key in given]
    return Email(
        **{**given, **lists},
        metrics=tuple(dict.fromkeys(name for text in texts for name in named_totals(text))),
        subject_at=position(("email", "subject")),
        intro_at=position(("email", "intro")),
    )


def schedule_of(given: Mapping[str, Any] | None, timezone: ZoneInfo) -> Schedule | None:
    """The schedule of a file's key `schedule`; in the report's time zone where it names none."""
    if given is None:
        return None
    zone = ZoneInfo(given["timezone"]) if "timezone" in given else timezone
    return Schedule(given["cron"], zone, given.get("catch_up", "latest"))


def publish_of(given: Mapping[str, Any] | None) -> Publish | None:
    """The directory of a file's key `publish`."""
    return None if given is None else Publish(Path(given["directory"]))
