"""Instants are UTC, however they are written."""

from datetime import UTC, datetime

import pytest

from reportgen.instants import ceil_hour, floor_hour, format_instant, instant_or_null, parse_instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-16T09:00:00Z", datetime(2026, 11, 16, 9, tzinfo=UTC)),
        ("2026-11-16T09:00:00-05:00", datetime(2026, 11, 16, 14, tzinfo=UTC)),
        ("2026-11-16T09:00", datetime(2026, 11, 16, 9, tzinfo=UTC)),
        ("2026-11-16", datetime(2026, 11, 16, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_as_utc(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_instant_is_refused_with_the_form_that_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no ISO 8601 .* write it like 2026-11-16T09:00:00Z"):
        parse_instant(text)


def test_an_instant_is_written_in_utc_with_a_z() -> None:
    assert format_instant(parse_instant("2026-11-16T09:00:00+05:30")) == "2026-11-16T03:30:00Z"


def test_in_json_an_instant_may_be_null() -> None:
    assert instant_or_null(parse_instant("2026-11-16T09:00")) == "2026-11-16T09:00:00Z"
    assert instant_or_null(None) is None


def test_an_instant_is_rounded_to_whole_hours() -> None:
    assert floor_hour(parse_instant("2026-11-16T09:59:59Z")) == parse_instant("2026-11-16T09:00:00Z")
    assert ceil_hour(parse_instant("2026-11-16T09:00:01Z")) == parse_instant("2026-11-16T10:00:00Z")
    assert ceil_hour(parse_instant("2026-11-16T09:00:00Z")) == parse_instant("2026-11-16T09:00:00Z")
