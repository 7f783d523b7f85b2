"""The dates of the Ruby client, as its own code reads them."""

from __future__ import annotations

import pytest

from reportgen.instants import format_instant, parse_instant
from reportgen.migrate.model import Hours, OldDate, Part
from reportgen.migrate.ruby_dates import DateError, hours_of

NOW = parse_instant("2026-11-16T12:34:56Z")


def hours(start: str | None = None, end: str | None = None) -> Part[str | Hours]:
    return hours_of(
        OldDate("start", start, 9) if start else None,
        OldDate("end", end, 9) if end else None,
        NOW,
    )


def written(part: Part[str | Hours]) -> str:
    value = part.value
    return value if isinstance(value, str) else f"{format_instant(value.start)} {format_instant(value.end)}"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("202611020700", "202611090600"),
        ("2026-11-02 07:00", "2026-11-09 06:00"),
        ("2026-11-02T07:00:00.000Z", "2026-11-09T06:00:01Z"),
        ("2026-11-02 07:00:00 UTC", "2026-11-09T06:00:59.900Z"),
    ],
)
def test_every_form_is_read_as_utc_and_without_its_seconds(start: str, end: str) -> None:
    assert written(hours(start, end)) == "2026-11-02T07:00:00Z 2026-11-09T06:00:00Z"
    assert hours(start, end).remarks == ()


def test_a_start_within_an_hour_goes_back_to_the_hour_before_it_and_the_end_on_to_the_next() -> None:
    found = hours("202611020730", "202611090601")
    assert written(found) == "2026-11-02T06:00:00Z 2026-11-09T07:00:00Z"
    assert [str(remark) for remark in found.remarks] == [
        "line 9: the old client begins with the hour before one that has begun"
    ]


def test_one_date_alone_is_28_days_from_the_other() -> None:
    assert written(hours(start="202609010000")) == "2026-09-01T00:00:00Z 2026-09-29T00:00:00Z"
    assert written(hours(end="202609290000")) == "2026-09-01T00:00:00Z 2026-09-29T00:00:00Z"


def test_no_date_at_all_is_the_api_s_own_range_which_last_28_days_come_next_to() -> None:
    found = hours()
    assert found.value == "last_28_days"
    assert "the 28 days up to the minute of its call" in str(found.remarks[0])


@pytest.mark.parametrize("ignored", ["2026-11-02", "20261102", "2026110207"])
def test_forms_that_the_client_reads_over_are_as_if_they_were_not_there(ignored: str) -> None:
    found = hours(ignored, ignored)
    assert found.value == "last_28_days"
    assert [remark.line for remark in found.remarks] == [9, 9, None]
    assert f"reads over {ignored}" in str(found.remarks[0])
    assert written(hours(ignored, "202609290000")) == "2026-09-01T00:00:00Z 2026-09-29T00:00:00Z"


@pytest.mark.parametrize(("start", "name"), [("1d", "yesterday"), ("7d", "last_7_days"), ("672H", "last_28_days")])
def test_days_before_each_call_have_the_named_range_next_to_them(start: str, name: str) -> None:
    found = hours(start)
    assert found.value == name
    assert str(found.remarks[0]).startswith(f"line 9: {start} is counted back from the minute of each call")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("14d", "7d", "2026-11-02T11:00:00Z 2026-11-09T13:00:00Z"),
        ("10d", None, "2026-11-06T11:00:00Z 2026-11-16T12:00:00Z"),
        ("6h", None, "2026-11-16T05:00:00Z 2026-11-16T12:00:00Z"),
        ("0d", None, "2026-11-16T11:00:00Z 2026-11-16T12:00:00Z"),
        ("40d", None, "2026-10-07T11:00:00Z 2026-11-04T11:00:00Z"),
        (None, "7d", "2026-10-12T13:00:00Z 2026-11-09T13:00:00Z"),
    ],
)
def test_other_times_before_each_call_are_the_hours_of_now(start: str | None, end: str | None, expected: str) -> None:
    found = hours(start, end)
    assert written(found) == expected
    assert "These are the hours of 2026-11-16T12:34:56Z; they stay as they are." in str(found.remarks[0])


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("202613020700", None, "'202613020700' is no date; write it like 201603021200, which is UTC"),
        (None, "the end of the year", "'the end of the year' is no date; write it like 201603021200, which is UTC"),
        (
            "2026-11-02T07:00:00+01:00",
            None,
            (
                "'2026-11-02T07:00:00+01:00' is not UTC, and the old client drops how far it is from it; write it "
                "like 201603021200, which is UTC"
            ),
        ),
        (
            "202611020700",
            "202611020700",
            "the range ends at 2026-11-02T07:00:00Z and begins at 2026-11-02T07:00:00Z; the end has to be later",
        ),
    ],
)
def test_a_date_over_which_the_client_stumbles_is_refused(start: str | None, end: str | None, message: str) -> None:
    with pytest.raises(DateError) as refused:
        hours(start, end)
    assert str(refused.value) == message
