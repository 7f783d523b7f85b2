"""A year of weeks, by a moved clock: a mail for each, also on the nights when clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reportgen.outbox import State
from reportgen.store.outbox import listing
from tests.delivery.mail_server import MailServer
from tests.scheduled.scheduling import Office, report, write_project

YEAR = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
CHANGES = {date(2026, 3, 8), date(2026, 11, 1), date(2026, 3, 29), date(2026, 10, 25)}
"""The nights of Sundays in which the clocks of New York and of Berlin change."""


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/store.db"


def looks(first: date, days: Iterable[date], zone: str) -> list[datetime]:
    """When to look whether something is due: at first; around 02:30 of each day, and days later; and each half hour of
    a night in which clocks change.
    """
    found = {datetime.combine(first, time(), UTC)}
    for day in days:
        if day in CHANGES:
            midnight = datetime.combine(day, time(), UTC)
            found |= {midnight + timedelta(minutes=30 * step) for step in range(24)}
        due = datetime.combine(day, time(2, 30), ZoneInfo(zone)).astimezone(UTC)
        found |= {due - timedelta(seconds=1), due, due + timedelta(minutes=30), due + timedelta(days=3)}
    return sorted(found)


def test_of_mondays_at_half_past_two_in_new_york_is_52_mails(office: Office, mail_server: MailServer) -> None:
    write_project(office.folder, {}, report("weekly", schedule={"cron": "30 2 * * MON"}))
    mondays = [day for day in YEAR if day.weekday() == 0]
    for office.clock.now in looks(YEAR[0], mondays, NEW_YORK):
        office.run_due()
    assert (len(mondays), len(mail_server.mails)) == (52, 52)
    assert {mail.recipients for mail in mail_server.mails} == {("team@acme.example",)}
    assert len({mail.message_id for mail in mail_server.mails}) == 52


@pytest.mark.parametrize(
    ("zone", "first"), [(NEW_YORK, date(2026, 1, 1)), (BERLIN, date(2026, 10, 1))], ids=["New York", "Berlin's autumn"]
)
def test_of_sundays_is_a_mail_each_although_the_hour_is_left_out_once_and_comes_twice_once(
    office: Office, mail_server: MailServer, zone: str, first: date
) -> None:
    write_project(office.folder, {}, report("weekly", timezone=zone, schedule={"cron": "30 2 * * SUN"}))
    sundays = [day for day in YEAR if day.weekday() == 6 and day >= first]
    for office.clock.now in looks(first, sundays, zone):
        office.run_due()
    with office.open() as store, store.reading() as connection:
        sent = listing(connection, states=[State.SENT])
    dues = sorted(one.occasion.due.astimezone(ZoneInfo(zone)) for one in sent if one.occasion.due)
    assert [due.date() for due in dues] == sundays
    # At 03:00 where the clocks leave 02:30 out.
    assert {due.date() for due in dues if due.time() != time(2, 30)} == {date(2026, 3, 8)} & set(sundays)
    assert len({mail.message_id for mail in mail_server.mails}) == len(mail_server.mails) == len(sundays)
