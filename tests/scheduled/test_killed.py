"""Whoever made a report or sent a mail was killed over it: somebody else does it, and nobody calls it done before."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from reportgen.delivery import send
from reportgen.errors import Exit
from reportgen.jobs import JobState
from reportgen.outbox import State
from reportgen.scheduled import attempt
from reportgen.scheduled.events import Event
from tests.delivery.mail_server import MailServer
from tests.scheduled.scheduling import Office, report, write_project
from tests.scheduled.test_job import DUE, LEASE, OPS, alerts, job


@pytest.fixture(autouse=True)
def weekly(office: Office) -> None:
    """A report that was due a minute ago."""
    write_project(office.folder, {"alerts": [OPS]}, report("weekly"))
    office.run_due()
    office.clock.now = DUE + timedelta(minutes=1)


def killed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what is due in a process that is killed as it makes it."""

    class Killed(BaseException):
        pass

    def dies(*_given: object, **_named: object) -> object:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(attempt, "make_reports", dies)
        with suppress(Killed):
            office.run_due()


def test_one_kill_is_made_good_and_nobody_is_told(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(office, monkeypatch)
    office.clock.now += LEASE
    office.run_due()
    assert (job(office).state, job(office).attempts) == (JobState.DONE, 2)
    assert office.told.of(Event.REPORT_LEFT, "attempt", "state", "said") == [(1, JobState.DUE, None)]
    assert alerts(mail_server) == []


def test_one_whose_maker_is_killed_each_time_is_put_off_with_one_alert_and_given_up(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(office.folder, {"alerts": [OPS], "retry_for": 1})
    until = office.clock.now + timedelta(minutes=70)
    while office.clock.now < until:
        killed(office, monkeypatch)
        office.clock.now += LEASE
    left = job(office)
    assert (left.state, left.outcome, left.attempts) == (JobState.FAILED, "failed", 5)
    (subject,) = alerts(mail_server)
    assert subject == "Weekly: not made; next attempt 02:46 (New York)"


def test_what_somebody_else_is_at_is_told_and_not_called_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(office, monkeypatch)
    tally = office.run_due()
    until = office.clock.now + LEASE
    assert (tally.exit_code, [one.lease_until for one in tally.not_done]) == (Exit.CALLS_FAILED, [until])


def test_a_copy_that_somebody_was_killed_over_is_told_until_it_is_sent(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(send, "_sent", dies)
        with suppress(Killed):
            office.run_due()
    tally = office.run_due()
    assert (tally.exit_code, [one.state for one in tally.not_sent]) == (Exit.DELIVERY, [State.SENDING])
    office.clock.now += LEASE
    assert office.run_due().exit_code is Exit.DONE
    assert len(mail_server.mails) == 1
