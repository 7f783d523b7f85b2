"""Instants: how they are read, written and rounded. Always UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def parse_instant(text: str) -> datetime:
    """An ISO 8601 date-time as UTC; without an offset it is UTC, and a date alone is its midnight.

    Raises ValueError with a sentence for the user.
    """
    try:
        instant = datetime.fromisoformat(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = f"{text!r} is no ISO 8601 date or date-time; write it like 2026-11-16T09:00:00Z"
        raise ValueError(message) from error


def format_instant(instant: datetime) -> str:
    """The instant as `2026-11-16T09:00:00Z`."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def instant_or_null(instant: datetime | None) -> str | None:
    """As `format_instant`, for JSON; None, which is its null, where there is none."""
    return format_instant(instant) if instant else None


def floor_hour(instant: datetime) -> datetime:
    """The whole hour at or before the instant."""
    return instant.replace(minute=0, second=0, microsecond=0)


def ceil_hour(instant: datetime) -> datetime:
    """The whole hour at or after the instant."""
    floor = floor_hour(instant)
    return floor if floor == instant else floor + timedelta(hours=1)


def floor_day(instant: datetime) -> datetime:
    """The midnight (UTC) at or before the instant, which is UTC."""
    return instant.replace(hour=0, minute=0, second=0, microsecond=0)


def ceil_day(instant: datetime) -> datetime:
    """The midnight (UTC) at or after the instant, which is UTC."""
    floor = floor_day(instant)
    return floor if floor == instant else floor + timedelta(days=1)
