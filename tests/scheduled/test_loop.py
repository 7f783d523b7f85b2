"""The loop of `serve`, round by round."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import exc, text

from reportgen.instants import parse_instant
from reportgen.scheduled.events import Event
from reportgen.scheduled.report_files import ReportFiles
from reportgen.serve import loop
from reportgen.serve.pulse import Pulse
from tests.scheduled.scheduling import SENDER, Office, report, scheduler_of, write_project

DUE = parse_instant("2026-11-16T07:30:00Z")


class Rounds:
    """Asks to stop after so many waits; beforehand, what happens in each."""

    def __init__(self, *happens: object) -> None:
        self.left = [*happens]

    def asked(self) -> bool:
        return not self.left

    def wait(self, _seconds: float) -> None:
        happens = self.left.pop(0)
        if callable(happens):
            happens()


def run(office: Office, *happens: object) -> None:
    scheduler = scheduler_of(office.project, office.clock, told=office.told)
    loop.Loop(scheduler, office.project, ReportFiles(()), Rounds(*happens), Pulse(office.clock())).run()


def rename(office: Office, before: str, after: str) -> None:
    """Let the database be one that nobody expects."""
    with office.open() as store, store.writing() as connection:
        connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))


def test_a_database_that_fails_as_nobody_expects_is_outlived_and_back_is_told_before_what_is_due(
    office: Office,
) -> None:
    write_project(office.folder, {}, report("weekly"))

    def breaks() -> None:
        office.clock.now = DUE + timedelta(minutes=1)
        rename(office, "jobs", "jobs_away")

    run(office, breaks, None, lambda: rename(office, "jobs_away", "jobs"), None, None)
    told = [event for event, _ in office.told.events]
    assert told == [
        Event.FILE_LOADED,
        Event.STORE_LOST,
        Event.STORE_BACK,
        Event.DUE,
        Event.REPORT_STARTED,
        Event.REPORT_ENDED,
        Event.DELIVERED,
    ]
    (said,) = office.told.of(Event.STORE_LOST, "said")
    assert " is not as reportgen made it (" in said
    assert "SELECT" not in said


def test_a_mistake_of_ours_in_the_database_is_outlived_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(office.folder, {}, report("weekly"))

    def breaks(*_: object) -> None:
        raise exc.IntegrityError("INSERT INTO jobs", {}, ValueError("twice"))

    monkeypatch.setattr(loop, "next_of", breaks)
    run(office, None)
    (said,) = office.told.of(Event.STORE_LOST, "said")
    assert said.startswith("the database failed unexpectedly: IntegrityError. ")
    assert "INSERT" not in said


def test_a_store_that_is_there_but_not_whole_is_not_told_as_back(office: Office) -> None:
    write_project(office.folder, {}, report("weekly"))

    def breaks() -> None:
        office.clock.now = DUE + timedelta(minutes=1)
        rename(office, "outbox", "outbox_away")

    run(office, breaks, None, None, lambda: rename(office, "outbox_away", "outbox"), None)
    assert [event for event, _ in office.told.events] == [
        Event.FILE_LOADED,
        Event.DUE,
        Event.REPORT_STARTED,
        Event.STORE_LOST,
        Event.STORE_BACK,
    ]


def test_a_way_out_that_is_not_set_up_is_told_before_anything_is_due(office: Office) -> None:
    by_hand = {key: value for key, value in report("by-hand").items() if key != "schedule"}
    write_project(office.folder, {}, report("weekly", webhooks=["board"]), by_hand)
    without = {name: value for name, value in office.environment.items() if name != SENDER}
    office = replace(office, environment=without)

    def mends() -> None:
        write_project(office.folder, {"mail": {"from": "r@acme.example"}})

    project = office.project
    scheduler = scheduler_of(project, office.clock, told=office.told)
    loop.Loop(scheduler, project, ReportFiles(()), Rounds(None, mends, None), Pulse(office.clock())).run()
    sender = ("weekly", "mail", "no sender is set; set mail.from in reportgen.yaml, or REPORTGEN_MAIL_FROM")
    board = (
        "weekly",
        "webhook",
        "no address for board: set REPORTGEN_WEBHOOK_BOARD_URL in the environment or in .env",
    )
    assert office.told.of(Event.NOT_READY, "report", "way", "said") == [sender, board, board]


def test_an_error_that_is_no_database_s_ends_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(office.folder, {}, report("weekly"))

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(loop, "next_of", breaks)
    with pytest.raises(ZeroDivisionError):
        run(office, None)


def test_a_pool_that_is_used_up_is_a_store_that_is_lost(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(office.folder, {}, report("weekly"))

    def times_out(*_: object) -> None:
        raise exc.TimeoutError

    monkeypatch.setattr(loop, "note", times_out)
    run(office, None, None)
    assert [event for event, _ in office.told.events] == [Event.FILE_LOADED, Event.STORE_LOST]


def test_a_report_that_is_due_does_not_wait_until_a_slow_mail_server_has_all_that_left_before(office: Office) -> None:
    first = report("first", email={"to": [f"{name}@acme.example" for name in ("ann", "bob", "cleo", "dan")]})
    write_project(office.folder, {}, first, report("second", schedule={"cron": "31 2 * * MON"}))
    office.run_due()
    office.clock.now = DUE
    tell = office.told

    def told(event: Event, **fields: object) -> None:
        tell(event, **fields)
        if event is Event.DELIVERED:
            office.clock.pass_by(loop.LONGEST_SENDING.total_seconds())

    scheduler = replace(scheduler_of(office.project, office.clock), tell=told)
    stop = Rounds(*[None] * 5)
    loop.Loop(scheduler, office.project, ReportFiles(()), stop, Pulse(office.clock())).run()
    told_of = [
        (event, fields["report"]) for event, fields in tell.events if event in (Event.REPORT_STARTED, Event.DELIVERED)
    ]
    assert told_of == [
        (Event.REPORT_STARTED, "first"),
        (Event.DELIVERED, "first"),
        (Event.REPORT_STARTED, "second"),
        *[(Event.DELIVERED, "first")] * 3,
        (Event.DELIVERED, "second"),
    ]
