"""`reportgen status` with schedules and an outbox, and `--check`, which says what is wrong and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.cli import options
from reportgen.instants import parse_instant
from reportgen.jobs import JobState
from reportgen.outbox import Copy, Later, Occasion, Parcel, Refused, State, Way
from reportgen.store.jobs import add_jobs, claim_job, end_job, put_off
from reportgen.store.open import open_store
from reportgen.store.outbox import add, claim, settle
from reportgen.store.schedules import remember_schedule
from tests.conftest import Command
from tests.spec.documents import BASE

STORE = "sqlite:///.reportgen/store.db"
MONDAY = parse_instant("2026-11-16T08:00:00Z")
CRON = "0 8 * * MON"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on Monday, half an hour after its only report was due."""
    monkeypatch.setattr(options, "now", lambda: MONDAY + HOUR / 2)
    monkeypatch.setenv("REPORTGEN_STORE", STORE)
    write_report()
    return empty_folder


def write_report(text: str = BASE) -> None:
    Path("reports").mkdir(exist_ok=True)
    Path("reports", "acme.yaml").write_text(f'{text}schedule: {{cron: "{CRON}"}}\n')


def known() -> None:
    with open_store(STORE) as store, store.writing() as connection:
        remember_schedule(connection, "acme", CRON, "UTC", MONDAY - timedelta(days=1))


def job(outcome: str, state: JobState | None = None, said: str | None = None) -> None:
    """Leave Monday's job: ended in this state, or put off."""
    known()
    with open_store(STORE) as store, store.writing() as connection:
        add_jobs(connection, "acme", [MONDAY], [], MONDAY, "")
        claimed = claim_job(connection, ["acme"], MONDAY, "one", HOUR)
        assert claimed
        if state is JobState.DONE:
            end_job(connection, claimed, "one", outcome, said, MONDAY)
        else:
            retry_for = timedelta() if state is JobState.FAILED else 24 * HOUR
            put_off(connection, claimed, "one", outcome, said or "", MONDAY + HOUR / 2, retry_for, 0)


def delivery(state: State, created: timedelta = timedelta()) -> None:
    parcel = Parcel(Way.MAIL, "Acme", b"mail", (Copy("team@example.com", "<1@example.com>"),), frozenset())
    at = MONDAY + created
    with open_store(STORE) as store, store.writing() as connection:
        add(connection, Occasion("acme", MONDAY), [parcel], at, State.HELD if state is State.HELD else State.WAITING)
        if state is State.FAILED:
            claimed = claim(connection, ["acme"], at, "one", HOUR)
            assert claimed
            settle(connection, claimed, "one", Refused("550 no such user"), at, HOUR, 0)


def test_where_all_is_well_a_check_says_nothing(reportgen: Command) -> None:
    job("complete", JobState.DONE)
    ended = reportgen("status", "--check")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_without_report_files_there_is_nothing_to_watch(folder: Path, reportgen: Command) -> None:
    Path("reports", "acme.yaml").unlink()
    Path("reports").rmdir()
    ended = reportgen("status", "--check")
    assert (ended.code, ended.out) == (0, "")


def test_a_failed_report_is_3(reportgen: Command) -> None:
    job("failed", said="no credential works")
    ended = reportgen("status", "--check")
    assert (ended.code, ended.out) == (
        3,
        "acme: failed, due 2026-11-16T08:00:00Z; next attempt 2026-11-16T08:35:00Z: no credential works\n",
    )


def test_an_incomplete_report_is_3(reportgen: Command) -> None:
    job("incomplete", JobState.DONE, "1 call failed")
    ended = reportgen("status", "--check")
    assert (ended.code, ended.out) == (3, "acme: incomplete, due 2026-11-16T08:00:00Z: 1 call failed\n")


def test_an_overdue_report_is_3(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    known()
    assert reportgen("status", "--check").code == 0
    monkeypatch.setattr(options, "now", lambda: MONDAY + HOUR + timedelta(minutes=1))
    ended = reportgen("status", "--check")
    overdue = "acme: overdue since 2026-11-16T08:00:00Z, and nobody makes it; does a scheduler run?\n"
    assert (ended.code, ended.out) == (3, overdue)


def test_a_schedule_that_no_scheduler_has_seen_is_3(folder: Path, reportgen: Command) -> None:
    ended = reportgen("status", "--check")
    unseen = "acme: no scheduler has looked at its schedule yet; reportgen serve does, and reportgen run --due\n"
    assert (ended.code, ended.out) == (3, unseen)
    assert not (folder / ".reportgen").exists()


def test_a_file_with_errors_is_3_and_hides_no_other(reportgen: Command) -> None:
    job("complete", JobState.DONE)
    Path("reports", "b.yaml").write_text("version: 2\n")
    ended = reportgen("status", "--check")
    assert ended.code == 3
    assert ended.out.splitlines()[0].startswith("reports/b.yaml:1:")
    assert "acme" not in ended.out


def test_what_was_held_is_decided_when_it_was_sent_or_canceled(reportgen: Command) -> None:
    job("incomplete", JobState.FAILED, "1 call failed")
    delivery(State.HELD)
    assert reportgen("status", "--check").out.startswith("acme: given up, due 2026-11-16T08:00:00Z: 1 call failed\n")
    assert reportgen("outbox", "cancel", "1").code == 0
    ended = reportgen("status", "--check")
    assert (ended.code, ended.out) == (0, "")


def test_what_no_file_has_any_more_is_3_until_the_file_is_back(
    reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    known()
    with open_store(STORE) as store, store.writing() as connection:
        add_jobs(connection, "acme", [MONDAY], [], MONDAY, "")
    monkeypatch.setattr(options, "now", lambda: MONDAY + HOUR + timedelta(minutes=1))
    Path("reports", "acme.yaml").rename("acme.away")
    Path("reports", "b.yaml").write_text(BASE.replace("name: acme", "name: b"))
    ended = reportgen("status", "--check")
    left = (
        "acme: due 2026-11-16T08:00:00Z, not made yet, and no report file here has this name; "
        "put the file back, or it is skipped after 2026-11-23T08:00:00Z\n"
    )
    assert (ended.code, ended.out) == (3, left)
    assert left in reportgen("status").out


def test_a_folder_that_is_gone_though_schedules_are_known_is_3(reportgen: Command) -> None:
    known()
    Path("reports").rename("away")
    ended = reportgen("status", "--check")
    gone = (
        "reports: there is no such folder here, and schedules of 1 report are known; "
        "run this in the project's folder, or name the files\n"
    )
    assert (ended.code, ended.out) == (3, gone)


def test_dues_of_the_future_are_3_and_hide_nothing(reportgen: Command) -> None:
    job("complete", JobState.DONE)
    with open_store(STORE) as store, store.writing() as connection:
        add_jobs(connection, "acme", [MONDAY + 24 * 365 * HOUR], [], MONDAY, "")
        future = MONDAY + 24 * 365 * HOUR
        claimed = claim_job(connection, ["acme"], future, "one", HOUR)
        assert claimed
        put_off(connection, claimed, "one", "failed", "no call answered", future, 24 * HOUR, 0)
    ended = reportgen("status", "--check")
    future_dues = (
        "acme: found due once in the future, by a clock that was ahead; "
        "set it right; reportgen store prune --before DATE deletes what it left\n"
    )
    assert (ended.code, ended.out) == (3, future_dues)


def test_two_files_of_one_name_are_3(reportgen: Command) -> None:
    job("complete", JobState.DONE)
    copy = Path("reports", "copy.yaml")
    copy.write_text(Path("reports", "acme.yaml").read_text())
    ended = reportgen("status", "--check")
    assert (ended.code, ended.out.partition(" ")[2]) == (3, "name: reports/acme.yaml is called 'acme' too\n")


def test_a_failed_delivery_is_5_whatever_the_report_is(reportgen: Command) -> None:
    job("incomplete", JobState.DONE)
    delivery(State.FAILED)
    ended = reportgen("status", "--check")
    assert ended.code == 5
    assert ended.out.splitlines() == [
        "acme: incomplete, due 2026-11-16T08:00:00Z",
        "acme, mail 1 to team@example.com: failed: 550 no such user",
    ]


def test_a_held_delivery_is_5(reportgen: Command) -> None:
    job("complete", JobState.DONE)
    delivery(State.HELD)
    ended = reportgen("status", "--check")
    held = "acme, mail 1 to team@example.com: held; reportgen outbox retry 1 lets it go\n"
    assert (ended.code, ended.out) == (5, held)


def test_a_delivery_that_waits_for_long_is_5(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    job("complete", JobState.DONE)
    delivery(State.WAITING)
    assert reportgen("status", "--check").code == 0
    monkeypatch.setattr(options, "now", lambda: MONDAY + HOUR + timedelta(seconds=1))
    ended = reportgen("status", "--check")
    waits = "acme, mail 1 to team@example.com: waits since 2026-11-16T08:00:00Z, and nobody sends it\n"
    assert (ended.code, ended.out) == (5, waits)


def test_what_waits_for_a_file_that_is_gone_is_named(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    job("complete", JobState.DONE)
    delivery(State.WAITING)
    Path("reports", "acme.yaml").unlink()
    write_report(BASE.replace("name: acme", "name: renamed"))
    monkeypatch.setattr(options, "now", lambda: MONDAY + HOUR + timedelta(seconds=1))
    ended = reportgen("status", "--check")
    assert ended.code == 5
    where = (
        "; no report file here has this name, so nothing here sends it: put the file back, or reportgen outbox cancel 1"
    )
    assert ended.out.endswith(f"waits since 2026-11-16T08:00:00Z, and nobody sends it{where}\n")


def test_people_see_schedules_and_the_outbox_first(reportgen: Command) -> None:
    job("failed", said="no credential works")
    delivery(State.FAILED)
    assert reportgen("status").out.splitlines()[:8] == [
        "Schedules (UTC)",
        "  report  last due          outcome  next                      why",
        "  acme    2026-11-16 08:00  failed   2026-11-16 08:35 (again)  no credential works",
        "Outbox: 1 failed",
        "  number  state   report  to                        next  said",
        "       1  failed  acme    mail to team@example.com  –     550 no such user",
        "reportgen outbox retry NUMBER sends it, reportgen outbox cancel NUMBER does not",
        "",
    ]


def test_what_was_put_off_is_shown_with_its_reason_and_its_next_attempt(reportgen: Command) -> None:
    delivery(State.WAITING)
    assert reportgen("status").out.splitlines()[3:5] == ["Outbox: 1 waiting", ""]
    with open_store(STORE) as store, store.writing() as connection:
        claimed = claim(connection, ["acme"], MONDAY, "one", HOUR)
        assert claimed
        settle(connection, claimed, "one", Later("450 greylisted"), MONDAY + HOUR / 2, HOUR, 0)
    assert reportgen("status").out.splitlines()[3:7] == [
        "Outbox: 1 waiting",
        "  number  state    report  to                        next              said",
        "       1  waiting  acme    mail to team@example.com  2026-11-16 08:31  450 greylisted",
        "reportgen outbox retry NUMBER sends it, reportgen outbox cancel NUMBER does not",
    ]
    shown = json.loads(reportgen("status", "--json").out)["outbox"]
    assert shown["troubled"] == []
    assert [(one["number"], one["state"], one["next_attempt"], one["said"]) for one in shown["waiting"]] == [
        (1, "waiting", "2026-11-16T08:31:00Z", "450 greylisted")
    ]


def test_programs_see_the_same(reportgen: Command) -> None:
    job("failed", said="no credential works")
    delivery(State.FAILED)
    shown = json.loads(reportgen("status", "--json").out)
    assert shown["schedules"] == [
        {
            "report": "acme",
            "due": [],
            "next": "2026-11-23T08:00:00Z",
            "waiting": [
                {"due": "2026-11-16T08:00:00Z", "next_attempt": "2026-11-16T08:35:00Z", "said": "no credential works"}
            ],
            "last": {
                "due": "2026-11-16T08:00:00Z",
                "state": "due",
                "outcome": "failed",
                "said": "no credential works",
            },
        }
    ]
    assert shown["outbox"]["states"]["failed"] == 1
    assert [(one["number"], one["said"]) for one in shown["outbox"]["troubled"]] == [(1, "550 no such user")]
    assert len(shown["problems"]) == 2


def test_in_a_terminal_no_address_of_the_outbox_is_cut(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    job("complete", JobState.DONE)
    delivery(State.FAILED)
    for name, value in {"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "60"}.items():
        monkeypatch.setenv(name, value)
    lines = [line.rstrip() for line in reportgen("status").out.splitlines()]
    first = lines.index("Outbox: 1 failed")
    assert lines[first + 1 : first + 5] == [
        "number  state   what, to whom, what was said last",
        "     1  failed  acme",
        "                mail to team@example.com",
        "                550 no such user",
    ]


def test_check_and_json_do_not_go_together(reportgen: Command) -> None:
    ended = reportgen("status", "--check", "--json")
    assert ended.code == 2
    assert "--check and --json do not go together" in ended.err
