"""Crons in UTC: they fire whenever a schedule is due, in summer and in winter, and are plain enough for any cron."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reportgen.install.utc_crons import utc_crons
from reportgen.schedule import occurrences
from reportgen.spec.delivering import Schedule

NOW = datetime(2026, 11, 16, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("cron", "zone", "expected"),
    [
        ("0 8 * * MON", "America/New_York", ("0 12,13 * * MON",)),
        ("30 23 * * SUN", "America/New_York", ("30 3,4 * * MON",)),
        ("0 0 1 * *", "Europe/Berlin", ("0 22 30,31 * *", "0 23 28,29,30,31 * *")),
        ("0 8 1 1,4,7,10 *", "UTC", ("0 8 1 1,4,7,10 *",)),
        ("0 8 L * *", "UTC", ("0 8 28,29,30,31 * *",)),
        ("0 8 * * MON#1", "UTC", ("0 8 * * MON",)),
        ("0 */6 * * *", "Asia/Kathmandu", ("15 0,6,12,18 * * *",)),
        ("*/15 * * * *", "Europe/Berlin", ("0,15,30,45 * * * *",)),
        ("* 8 * * *", "UTC", ("0,5,10,15,20,25,30,35,40,45,50,55 8 * * *",)),
        ("0 8 29 2 *", "UTC", ("0 8 29 2 *",)),
    ],
)
def test_a_schedule_in_utc(cron: str, zone: str, expected: tuple[str, ...]) -> None:
    assert utc_crons([Schedule(cron, ZoneInfo(zone))], NOW) == expected


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana"])
@pytest.mark.parametrize("cron", ["30 2 * * *", "0 8 * * MON", "30 23 LW * *", "0 0 1 * *", "15,45 */5 * 3,10 SUN"])
def test_some_cron_fires_whenever_the_schedule_is_due_in_many_years(cron: str, zone: str) -> None:
    schedule, until = Schedule(cron, ZoneInfo(zone)), NOW + timedelta(days=12 * 365)
    dues = {*occurrences(schedule, NOW, until)}
    fired = {t for given in utc_crons([schedule], NOW) for t in occurrences(Schedule(given, UTC_ZONE), NOW, until)}
    assert dues - fired == set()


def test_schedules_at_the_same_time_share_a_line() -> None:
    schedules = [Schedule("0 8 * * MON", UTC_ZONE), Schedule("0 8 * * 1", UTC_ZONE)]
    assert utc_crons(schedules, NOW) == ("0 8 * * MON",)
