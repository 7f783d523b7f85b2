"""How days and hours are written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reportgen import dates

MONDAY = date(2026, 11, 9)
AFTERNOON = datetime(2026, 11, 9, 14, 5, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (MONDAY, date(2026, 11, 15), "9–15 November 2026"),
        (date(2026, 10, 26), date(2026, 11, 1), "26 October – 1 November 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        (MONDAY, MONDAY, "9 November 2026"),
        (AFTERNOON, AFTERNOON.replace(hour=20), "9 November 2026"),
    ],
)
def test_a_range_of_days_says_each_thing_once(first: date, last: date, text: str) -> None:
    assert dates.span(first, last) == text


def test_an_instant_is_written_in_full() -> None:
    assert dates.long_moment(AFTERNOON) == "9 November 2026, 14:05"


@pytest.mark.parametrize(
    ("zone", "text"),
    [("America/New_York", "New York"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_a_time_zone_is_called_by_its_city(zone: str, text: str) -> None:
    assert dates.city(ZoneInfo(zone)) == text


@pytest.mark.parametrize(
    ("later", "text"),
    [
        (timedelta(seconds=59), "in less than a minute"),
        (timedelta(seconds=1), "in less than a minute"),
        (timedelta(0), "now"),
        (timedelta(seconds=-59), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=-119), "119 minutes ago"),
        (timedelta(minutes=120), "in 2 hours"),
        (timedelta(hours=-47), "47 hours ago"),
        (timedelta(hours=48), "in 2 days"),
        (timedelta(days=-1461), "1,461 days ago"),
    ],
)
def test_from_now(later: timedelta, text: str) -> None:
    assert dates.from_now(AFTERNOON + later, AFTERNOON) == text
