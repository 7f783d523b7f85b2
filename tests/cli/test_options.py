"""What several commands take alike."""

from __future__ import annotations

from datetime import UTC, datetime

from reportgen.cli.options import Instant

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def test_the_present_is_a_whole_second_typed_or_not() -> None:
    assert Instant().convert("2026-11-16T12:00:00.7Z", None, None) == NOON
    assert Instant().convert(NOON.replace(microsecond=400_000), None, None) == NOON
