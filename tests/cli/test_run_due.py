"""`reportgen run --due`: what is due, made and sent once."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.delivery.smtp_client import Client
from reportgen.errors import Exit
from reportgen.instants import parse_instant
from reportgen.outbox import Copy, Occasion, Parcel, Way
from reportgen.scheduled import attempt
from reportgen.settings import load_settings
from reportgen.store.jobs import add_jobs, claim_job
from reportgen.store.open import open_store
from reportgen.store.outbox import add, claim
from tests.conftest import Command
from tests.delivery.mail_server import MailServer, serving
from tests.scheduled.scheduling import SENDER, report, write_project

SUNDAY, DUE, MONDAY = "2026-11-15T12:00:00Z", "2026-11-16T07:30:00Z", "2026-11-16T07:31:00Z"


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    with serving(tmp_path, "none") as server:
        yield server


@pytest.fixture
def weekly(project: Path, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a report that is due on Mondays."""
    for name, value in {**mail_server.environment(), SENDER: "r@acme.example"}.items():
        monkeypatch.setenv(name, value)
    write_project(project, {}, report("weekly"))
    return project


def test_what_is_due_is_made_and_sent_once(weekly: Path, reportgen: Command, mail_server: MailServer) -> None:
    ended = reportgen("run", "--due", "--as-of", SUNDAY)
    assert (ended.code, ended.out, ended.err) == (Exit.DONE, "", "Nothing is due.\n")
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    sent = "weekly: sent to team@acme.example: 250 2.0.0 taken over\n"
    assert (ended.code, ended.out, ended.err) == (Exit.DONE, "out/weekly-2026-11-15.json\n", sent)
    assert [mail.recipients for mail in mail_server.mails] == [("team@acme.example",)]
    ended = reportgen("run", "--due", "reports", "--as-of", MONDAY)
    assert (ended.code, ended.out, ended.err) == (Exit.DONE, "", "Nothing is due.\n")
    assert len(mail_server.mails) == 1


def test_each_line_of_what_went_wrong_has_the_name_of_its_report(
    weekly: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REPORTGEN_SMTP_HOST", SENDER):
        monkeypatch.delenv(name)
    reportgen("run", "--due", "--as-of", SUNDAY)
    server, sender, again = reportgen("run", "--due", "--as-of", MONDAY).err.splitlines()
    assert server == "weekly: no mail server is set; set smtp.host in reportgen.yaml, or REPORTGEN_SMTP_HOST"
    assert sender == "weekly: no sender is set; set mail.from in reportgen.yaml, or REPORTGEN_MAIL_FROM"
    assert again.startswith(f"weekly: what was due {DUE} is made again from 2026-11-16T07:3")


def test_as_json_it_is_one_object_with_what_was_due_and_sent(weekly: Path, reportgen: Command) -> None:
    assert json.loads(reportgen("run", "--due", "--json", "--as-of", SUNDAY).out) == {
        "reports": [],
        "calls": {"planned": 0, "made": 0, "retried": 0},
        "deliveries": {"sent": 0, "failed": 0, "waiting": 0},
    }
    made = json.loads(reportgen("run", "--due", "--json", "--as-of", MONDAY).out)
    assert made["reports"] == [
        {
            "report": "weekly",
            "status": "complete",
            "files": {"json": "out/weekly-2026-11-15.json"},
            "gaps": 1,
            "error": None,
            "due": DUE,
        }
    ]
    assert made["calls"]["made"] == made["calls"]["planned"] > 0
    assert made["deliveries"] == {"sent": 1, "failed": 0, "waiting": 0}


def test_a_broken_file_ends_with_2_and_the_others_are_made(
    weekly: Path, reportgen: Command, mail_server: MailServer
) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)
    write_project(weekly, {}, report("another", metrics=["clicks"]))
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    assert (ended.code, ended.out) == (Exit.INPUT, "out/weekly-2026-11-15.json\n")
    assert ended.err.startswith("reports/another.yaml:")
    assert len(mail_server.mails) == 1


def test_what_is_not_sent_ends_with_5_and_says_to_whom(
    weekly: Path, reportgen: Command, mail_server: MailServer
) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)
    mail_server.to_recipient["team@acme.example"].append("450 4.2.0 Greylisted")
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    assert ended.code == Exit.DELIVERY
    told = re.fullmatch(
        r"weekly: not sent to team@acme.example yet: 450 4.2.0 Greylisted; the next reportgen serve, run --due or mail "
        r"after 2026-11-16T07:3[12]:..Z tries again\n",
        ended.err,
    )
    assert told, ended.err
    ended = reportgen("run", "--due", "--as-of", "2026-11-16T07:33:00Z")
    sent = "weekly: sent to team@acme.example: 250 2.0.0 taken over\n"
    assert (ended.code, ended.out, ended.err) == (Exit.DONE, "", sent)
    assert len(mail_server.mails) == 1


def test_what_is_refused_says_how_to_send_it_after_all(
    weekly: Path, reportgen: Command, mail_server: MailServer
) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)
    mail_server.to_recipient["team@acme.example"].append("550 5.1.1 unknown user")
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    told = "weekly: not sent to team@acme.example: 550 5.1.1 unknown user; reportgen outbox retry 1 sends it again\n"
    assert (ended.code, ended.err) == (Exit.DELIVERY, told)


def test_what_is_put_off_ends_with_3_and_says_until_when(
    weekly: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)
    monkeypatch.setenv("REPORTGEN_ACME_ACCESS_TOKEN", "")
    monkeypatch.setenv("REPORTGEN_ACME_ACCESS_TOKEN_SECRET", "")
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    assert ended.code == Exit.CALLS_FAILED
    first, last = ended.err.splitlines()[0], ended.err.splitlines()[-1]
    assert "REPORTGEN_ACME_ACCESS_TOKEN" in first
    assert last.startswith(f"weekly: what was due {DUE} is made again from 2026-11-16T07:3")
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    assert (ended.code, ended.err) == (Exit.CALLS_FAILED, f"{last}\n")


def test_what_another_process_has_is_told_with_until_when(weekly: Path, reportgen: Command) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)
    at, lease = parse_instant(MONDAY), timedelta(minutes=5)
    with open_store(load_settings(weekly, os.environ)[0].store) as store, store.writing() as connection:
        add_jobs(connection, "weekly", [parse_instant(DUE)], [], at, "")
        claim_job(connection, ["weekly"], at, "another", lease)
        copy = Copy("team@acme.example", "<1@x>")
        add(connection, Occasion("weekly", None), [Parcel(Way.MAIL, "Weekly", b"mail", (copy,), frozenset())], at)
        claim(connection, ["weekly"], at, "another", lease)
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    job, mail = ended.err.splitlines()
    after = "taken over after 2026-11-16T07:36:00Z"
    assert ended.code == Exit.CALLS_FAILED
    assert job == f"weekly: somebody else is making what was due {DUE}; if not, it is {after}"
    assert mail == f"weekly: somebody else is sending it to team@acme.example; if not, it is {after}"


def test_sigterm_gives_the_report_back_as_ctrl_c_does(
    weekly: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)

    def is_ended(*_given: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()

    before = signal.getsignal(signal.SIGTERM)
    with monkeypatch.context() as patch:
        patch.setattr(attempt, "make_reports", is_ended)
        ended = reportgen("run", "--due", "--as-of", MONDAY)
    assert (ended.code, ended.err.splitlines()[-1]) == (Exit.STOPPED, "stopped")
    assert signal.getsignal(signal.SIGTERM) is before
    assert reportgen("run", "--due", "--as-of", MONDAY).code == Exit.DONE


def test_sigterm_waits_until_a_mail_that_has_left_is_written_down(
    weekly: Path, reportgen: Command, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reportgen("run", "--due", "--as-of", SUNDAY)
    end = Client.end

    def ended_meanwhile(client: Client, seconds: float) -> tuple[int, bytes]:
        os.kill(os.getpid(), signal.SIGTERM)
        return end(client, seconds)

    monkeypatch.setattr(Client, "end", ended_meanwhile)
    ended = reportgen("run", "--due", "--as-of", MONDAY)
    assert (ended.code, ended.err.splitlines()[-1]) == (Exit.STOPPED, "stopped")
    assert reportgen("run", "--due", "--as-of", MONDAY).err == "Nothing is due.\n"
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize(
    "option", [("--out", "made"), ("--format", "html"), ("--refresh",), ("--offline",), ("--over-handle-limit",)]
)
def test_options_that_would_change_what_the_file_says_are_refused(
    weekly: Path, reportgen: Command, option: tuple[str, ...]
) -> None:
    ended = reportgen("run", "--due", *option)
    assert ended.code == Exit.INPUT
    expected = f"--due makes reports as their files say, by their schedules: leave {option[0]} out"
    assert " ".join(ended.err.split()).endswith(expected)


def test_without_due_a_file_is_wanted(weekly: Path, reportgen: Command) -> None:
    ended = reportgen("run")
    assert ended.code == Exit.INPUT
    assert "Missing argument 'FILE...'" in ended.err


def test_broken_settings_end_it(weekly: Path, reportgen: Command) -> None:
    (weekly / "reportgen.yaml").write_text("tries: many\n")
    ended = reportgen("run", "--due", "--json", "--as-of", MONDAY)
    assert ended.code == Exit.INPUT
    assert json.loads(ended.out)["reports"] == []
    assert ended.err.startswith("reportgen.yaml:1:8: tries:")


def test_where_nobody_could_look_nothing_is_said_of_what_is_due(weekly: Path, reportgen: Command) -> None:
    (weekly / "reportgen.yaml").write_text("tries: many\n")
    assert "Nothing is due." not in reportgen("run", "--due", "--as-of", MONDAY).err
    (weekly / "reportgen.yaml").unlink()
    ended = reportgen("run", "--due", "nothere.yaml", "--as-of", MONDAY)
    assert (ended.code, ended.err) == (Exit.INPUT, "nothere.yaml:1:1: there is no such file\n")
