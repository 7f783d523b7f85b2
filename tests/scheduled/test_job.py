"""What becomes of a report that is due: made, put off, held, given up; and what leaves of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reportgen.errors import Exit
from reportgen.instants import parse_instant
from reportgen.jobs import Job, JobState
from reportgen.outbox import State, Way
from reportgen.run import make_reports
from reportgen.scheduled import attempt
from reportgen.scheduled.events import Event
from reportgen.simulator.faults import Faults
from reportgen.simulator.weather import Weather
from reportgen.spec.model import ReportSpec
from reportgen.store.jobs import claim_job, jobs_listing, put_off_lost
from reportgen.store.outbox import listing
from tests.delivery.letters import text_of
from tests.delivery.mail_server import MailServer
from tests.scheduled.scheduling import Office, report, write_project

DUE = parse_instant("2026-11-16T07:30:00Z")
OPS = "ops@acme.example"
LEASE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def weekly(office: Office) -> None:
    """A report that was due a minute ago."""
    write_project(office.folder, {"alerts": [OPS], "tries": 1}, report("weekly"))
    office.run_due()
    office.clock.now = DUE + timedelta(minutes=1)


def rain(office: Office, *, outage: bool) -> None:
    """Let each call fail from now on, or none."""
    office.simulator.weather = Weather(Faults(trouble=1, trouble_kinds=("status",)) if outage else Faults())


def job(office: Office) -> Job:
    with office.open() as store, store.reading() as connection:
        (found,) = jobs_listing(connection)
    return found


def outbox(office: Office) -> list[tuple[Way, State]]:
    with office.open() as store, store.reading() as connection:
        return sorted((one.way, one.state) for one in listing(connection))


def alerts(mail_server: MailServer) -> list[str]:
    return [str(mail.message["Subject"]) for mail in mail_server.mails if mail.recipients == (OPS,)]


def test_a_complete_one_is_done_and_sent_once(office: Office, mail_server: MailServer) -> None:
    tally = office.run_due()
    assert tally.exit_code is Exit.DONE
    assert [one.made.status for one in tally.ended] == ["complete"]
    assert (job(office).state, outbox(office)) == (JobState.DONE, [(Way.MAIL, State.SENT)])
    assert office.run_due().ended == []
    assert len(mail_server.mails) == 1


def test_a_late_one_says_what_the_punctual_one_would_have_said(office: Office) -> None:
    office.clock.now = DUE + timedelta(days=3)
    office.run_due()
    assert office.told.of(Event.REPORT_STARTED, "as_of") == [DUE]
    (path,) = (office.folder / "out").glob("*.json")
    assert path.name == "weekly-2026-11-15.json"


def test_one_of_totals_says_what_is_true_now(office: Office) -> None:
    spec = report("weekly", endpoint="totals")
    del spec["date_range"]
    write_project(office.folder, {}, spec)
    office.clock.now = DUE + timedelta(days=3)
    office.run_due()
    assert office.told.of(Event.REPORT_STARTED, "as_of") == [DUE + timedelta(days=3)]


def test_an_incomplete_one_is_put_off_with_one_alert_until_it_is_complete(
    office: Office, mail_server: MailServer
) -> None:
    rain(office, outage=True)
    tally = office.run_due()
    assert (tally.exit_code, [one.state for one in tally.not_done]) == (Exit.CALLS_FAILED, [JobState.DUE])
    first = job(office)
    assert (first.state, first.outcome, first.next_attempt) == (
        JobState.DUE,
        "incomplete",
        office.clock.now + timedelta(minutes=5),
    )
    office.clock.pass_by(300)
    office.run_due()
    assert job(office).next_attempt == office.clock.now + timedelta(minutes=10)
    rain(office, outage=False)
    office.clock.pass_by(600)
    assert office.run_due().exit_code is Exit.DONE
    assert job(office).state is JobState.DONE
    assert len(alerts(mail_server)) == 1
    assert outbox(office) == [(Way.ALERT, State.SENT), (Way.MAIL, State.SENT)]


def test_one_that_fails_in_a_file_whose_name_is_no_text_is_put_off_and_told_of(
    office: Office, mail_server: MailServer
) -> None:
    (office.folder / "reports" / "weekly.yaml").unlink()
    write_project(office.folder, {"alerts": [OPS]}, report("weekly", email={"to": [OPS], "subject": "{{ 1 / 0 }}"}))
    (office.folder / "reports" / "weekly.yaml").rename(office.folder / "reports" / "w\udcf6chentlich.yaml")
    assert office.run_due().exit_code is Exit.CALLS_FAILED
    assert job(office).said == "reports/w\ufffdchentlich.yaml:3:12: this text cannot be rendered: division by zero"
    (alert,) = mail_server.mails
    assert "reports/w\ufffdchentlich.yaml" in text_of(alert.message, "plain")


def test_one_that_stays_incomplete_is_held_when_its_time_is_over(office: Office, mail_server: MailServer) -> None:
    rain(office, outage=True)
    office.run_due()
    office.clock.now = DUE + timedelta(hours=24, minutes=2)
    assert office.run_due().exit_code is Exit.CALLS_FAILED
    assert (job(office).state, job(office).outcome) == (JobState.FAILED, "incomplete")
    assert outbox(office) == [(Way.ALERT, State.SENT), (Way.MAIL, State.HELD)]
    assert [mail.recipients for mail in mail_server.mails] == [(OPS,)]


def test_an_incomplete_one_is_sent_where_its_file_says_so(office: Office, mail_server: MailServer) -> None:
    write_project(
        office.folder,
        {"alerts": [OPS], "tries": 1},
        report("weekly", email={"to": ["team@acme.example"], "when_incomplete": "send"}),
    )
    rain(office, outage=True)
    assert office.run_due().exit_code is Exit.CALLS_FAILED
    assert (job(office).state, job(office).outcome) == (JobState.DONE, "incomplete")
    assert outbox(office) == [(Way.ALERT, State.SENT), (Way.MAIL, State.SENT)]


def test_one_that_cannot_be_made_is_a_failed_attempt_with_its_sentence(office: Office, mail_server: MailServer) -> None:
    office.environment = {name: value for name, value in office.environment.items() if "ACME" not in name}
    office.run_due()
    assert (job(office).state, job(office).outcome) == (JobState.DUE, "failed")
    assert "REPORTGEN_ACME_ACCESS_TOKEN" in (job(office).said or "")
    assert len(alerts(mail_server)) == 1


def test_an_unexpected_error_in_one_report_leaves_the_others(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(office.folder, {}, report("other", schedule={"cron": "31 2 * * MON"}))
    office.clock.now = DUE - timedelta(minutes=1)
    office.run_due()
    office.clock.now = DUE + timedelta(minutes=2)
    original = make_reports

    def breaks(specs: list[ReportSpec], *given: object, **named: object) -> object:
        if specs[0].name == "weekly":
            raise ZeroDivisionError
        return original(specs, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(attempt, "make_reports", breaks)
    tally = office.run_due()
    assert [(one.made.name, one.made.status) for one in tally.ended] == [("weekly", "failed"), ("other", "complete")]
    (said,) = tally.ended[0].made.errors
    assert said.startswith("failed unexpectedly: ZeroDivisionError. Please report it with ")
    assert len(mail_server.mails) == 1


def test_who_has_lost_the_lease_changes_nothing(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = make_reports

    def is_overtaken(*given: object, **named: object) -> object:
        done = original(*given, **named)  # type: ignore[arg-type]
        office.clock.pass_by(600)
        with office.open() as store, store.writing() as connection:
            put_off_lost(connection, ["weekly"], office.clock.now, LEASE, timedelta(hours=24), 0)
            assert claim_job(connection, ["weekly"], office.clock.now, "another", LEASE)
        return done

    monkeypatch.setattr(attempt, "make_reports", is_overtaken)
    tally = office.run_due()
    assert tally.ended[0].job is None
    assert office.told.of(Event.REPORT_LOST, "report", "attempt") == [("weekly", 1)]
    assert (job(office).state, job(office).attempts, outbox(office)) == (JobState.RUNNING, 2, [])
    assert mail_server.mails == []


def test_ctrl_c_lets_it_be_due_again_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object, **_named: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(attempt, "make_reports", interrupted)
        with pytest.raises(KeyboardInterrupt):
            office.run_due()
    assert (job(office).state, job(office).next_attempt) == (JobState.DUE, office.clock.now)
    assert office.run_due().exit_code is Exit.DONE


def test_without_a_mail_server_it_is_said_before_the_first_call(office: Office) -> None:
    office.environment = {name: value for name, value in office.environment.items() if "SMTP" not in name}
    office.run_due()
    assert "mail server" in (job(office).said or "")
    assert office.simulator.calls == []


def test_what_is_not_delivered_is_what_the_exit_code_says(office: Office, mail_server: MailServer) -> None:
    mail_server.to_recipient["team@acme.example"].extend(["450 4.2.0 Greylisted", "550 5.1.1 no such user"])
    first = office.run_due()
    assert (first.exit_code, len(first.not_sent)) == (Exit.DELIVERY, 1)
    office.clock.pass_by(60)
    second = office.run_due()
    assert (second.exit_code, [one.state for one in second.deliveries]) == (Exit.DELIVERY, [State.FAILED, State.SENT])
    assert len(alerts(mail_server)) == 1
    office.clock.pass_by(60)
    assert office.run_due().exit_code is Exit.DONE
