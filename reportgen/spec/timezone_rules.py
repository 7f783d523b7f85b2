"""Whether a report file's time zones are in the IANA database."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.words import closest, quoted


def find_timezone(name: str) -> ZoneInfo | None:
    """The time zone of that IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def report_timezone_findings(draft: Draft) -> Iterator[Finding]:
    """The zone of the report's days."""
    yield from timezone_findings(draft, "timezone")


def timezone_findings(draft: Draft, *place: str) -> Iterator[Finding]:
    """A zone that does not exist, and which one may be meant."""
    name = draft.get(*place)
    if name and not find_timezone(name):
        # People write the city alone.
        by_city = {zone.rpartition("/")[2]: zone for zone in sorted(available_timezones())}
        nearest = closest(name, available_timezones()) or by_city.get(closest(name, by_city) or "")
        hint = f"; did you mean '{nearest}'?" if nearest else "; it is written like America/New_York"
        yield Finding(place, f"{quoted(name)} is not an IANA time zone{hint}")
