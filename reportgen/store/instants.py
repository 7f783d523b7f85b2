"""How the store keeps instants."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An instant, UTC on the way in and on the way out; not every database keeps the offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def seconds_of(instant: datetime) -> int:
    """The instant in whole seconds since 1970."""
    return int(instant.timestamp())


def instant_of(seconds: int) -> datetime:
    """The instant (UTC) so many seconds after 1970 began."""
    return datetime.fromtimestamp(seconds, UTC)
