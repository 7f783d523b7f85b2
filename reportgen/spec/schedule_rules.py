"""What is wrong with the schedule of a report file, beyond its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from reportgen.schedule import next_after
from reportgen.spec.cron_fields import FIELDS, Wrong, wrong_fields
from reportgen.spec.delivering import Schedule
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.timezone_rules import timezone_findings
from reportgen.spec.words import listed, quoted

_CRON: Final = ("schedule", "cron")


def schedule_findings(draft: Draft) -> Iterator[Finding]:
    """A cron that is none or never comes, and a zone that does not exist."""
    yield from timezone_findings(draft, "schedule", "timezone")
    if cron := draft.get(*_CRON):
        yield from (Finding(_CRON, wrong.message, within=wrong.within) for wrong in wrong_with(cron))


def wrong_with(cron: str) -> tuple[Wrong, ...]:
    """All that is wrong with a cron."""
    fields = list(re.finditer(r"\S+", cron))
    if len(fields) != len(FIELDS):
        return (Wrong(f"{_FIVE_FIELDS}; {_instead(cron, fields)}", 0),)
    if wrong := tuple(wrong_fields(fields)):
        return wrong
    if _never_comes(cron):
        return (Wrong("such a day never comes, so the report would never be made", fields[2].start()),)
    return ()


_FIVE_FIELDS: Final = f"five fields are wanted: {listed([field.name for field in FIELDS], 'and')}"
_IN_FIELDS: Final = {
    "yearly": "0 8 1 JAN *",
    "annually": "0 8 1 JAN *",
    "monthly": "0 8 1 * *",
    "weekly": "0 8 * * MON",
    "daily": "0 8 * * *",
    "midnight": "0 0 * * *",
    "hourly": "0 * * * *",
}
"""What other crons and people have a word for."""
_ONE_TOO_MANY: Final = len(FIELDS) + 1
_YEAR: Final = re.compile(r"\*|[12][0-9]{3}")


def _instead(cron: str, fields: Sequence[re.Match[str]]) -> str:
    word = cron.strip().lower().removeprefix("@")
    if word in _IN_FIELDS:
        return f"for {quoted(cron)} write {_IN_FIELDS[word]}"
    if len(fields) == _ONE_TOO_MANY:
        if not any(wrong_fields(fields[1:])):
            return f"these are six; a report is due at a whole minute, so leave the seconds out: {_joined(fields[1:])}"
        if _YEAR.fullmatch(fields[-1][0]) and not any(wrong_fields(fields[:-1])):
            return f"these are six; there is none for the year, so leave the last one out: {_joined(fields[:-1])}"
    return f"this is {quoted(cron)}"


def _joined(fields: Sequence[re.Match[str]]) -> str:
    return " ".join(field[0] for field in fields)


def _never_comes(cron: str) -> bool:
    """Whether no day of 50 years is one of those that the fields name, which are right each for itself."""
    from cronsim import CronSimError

    try:
        return next_after(Schedule(cron, ZoneInfo("UTC")), _ANY_YEAR) is None
    except CronSimError:
        return True


_ANY_YEAR: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""That a file is right does not depend on when it is looked at."""
