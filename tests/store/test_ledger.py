"""The ledger has every run and every call, whatever ends the run, and never ends one itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from reportgen.api.verdicts import TooMany
from reportgen.errors import CredentialError, Exit, InputError, StoreError
from reportgen.ledger import CallEntry, CallsOfHandle, Outcome, RunEntry
from reportgen.request import Request, Signer
from reportgen.store.history import calls_by_handle, last_runs
from reportgen.store.open import Store, open_store
from reportgen.store.record import RunRecord, recorded_run
from reportgen.store.schema import CALLS
from tests.fetch.virtual import TWEETS, historical, totals
from tests.store.using import planned_run

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
ACME, PUBLIC = historical(TWEETS[:3], signer=Signer("@Acme")), totals(TWEETS[0], signer=Signer(None))
PLANNED = planned_run({"weekly": ACME, "other": PUBLIC}, AS_OF)


def clock_of(*seconds: float) -> Callable[[], float]:
    """Tells these seconds after NOW, one after the other."""
    left = iter(seconds)
    return lambda: NOW.timestamp() + next(left)


@contextmanager
def running(store: Store, *seconds: float) -> Iterator[RunRecord]:
    """A run that begins and ends so many seconds after NOW."""
    with recorded_run(store, clock_of(*seconds), PLANNED) as record:
        yield record


def entry(
    request: Request = ACME,
    outcome: Outcome = Outcome.ANSWERED,
    left_at: datetime = NOW,
    status: int | None = 200,
    cause: str | None = None,
    planned: tuple[Request, ...] | None = None,
) -> CallEntry:
    return CallEntry(request, planned or (request,), left_at.timestamp(), 0.25, outcome, status, cause)


def note(record: RunRecord, told: CallEntry) -> None:
    record.received(told, TooMany())


def counts(**changed: int) -> dict[Outcome, int]:
    return {outcome: changed.get(outcome.name.lower(), 0) for outcome in Outcome}


def test_a_run_is_there_from_its_start_and_has_its_end_in_the_end(store: Store) -> None:
    with running(store, 0, 65.5) as record:
        begun = RunEntry(NOW, None, AS_OF, ("weekly", "other"), None, planned=2, made=0, retried=None)
        assert last_runs(store, 10) == (begun,)
        record.end(Exit.CALLS_FAILED, made=5, retried=3)
    ended = NOW + timedelta(seconds=65.5)
    assert last_runs(store, 10) == (
        RunEntry(NOW, ended, AS_OF, ("weekly", "other"), Exit.CALLS_FAILED, planned=2, made=5, retried=3),
    )


def test_a_call_is_there_as_soon_as_it_came_back(store: Store) -> None:
    with running(store, 0, 1) as record:
        note(record, entry(ACME, Outcome.FAILED, status=None, cause="no reply"))
        note(record, entry(PUBLIC, planned=(PUBLIC, ACME)))
        with store.reading() as connection:
            rows = [tuple(row) for row in connection.execute(select(CALLS).order_by(CALLS.c.id))]
        record.end(Exit.DONE)
    assert rows == [
        (1, 1, NOW, 0.25, "historical", "@acme", 3, 1, ["weekly"], "failed", None, "no reply"),
        (2, 1, NOW, 0.25, "totals", None, 1, 1, ["weekly", "other"], "answered", 200, None),
    ]


def test_of_a_run_that_has_not_ended_those_calls_count_that_came_back(store: Store) -> None:
    with running(store, 0, 0) as first, running(store, 0, 0) as second:
        for record in (first, second, second):
            note(record, entry())
        assert [(run.made, run.retried) for run in last_runs(store, 10)] == [(2, None), (1, None)]


def test_the_latest_runs_are_told_first_and_no_more_than_wanted(store: Store) -> None:
    for second in range(4):
        with running(store, second, second) as record:
            record.end(Exit.DONE)
    assert [run.started.second for run in last_runs(store, 3)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (InputError("too many handles"), Exit.INPUT),
        (CredentialError("none"), Exit.CREDENTIALS),
        (KeyboardInterrupt(), Exit.STOPPED),
        (ZeroDivisionError(), Exit.UNEXPECTED),
    ],
)
def test_what_ends_a_run_early_is_kept_and_goes_on(store: Store, error: BaseException, exit_code: Exit) -> None:
    with pytest.raises(type(error)), running(store, 0, 2):
        raise error
    (run,) = last_runs(store, 10)
    assert (run.exit_code, run.ended) == (exit_code, NOW + timedelta(seconds=2))


def test_calls_are_counted_by_who_signed_them_from_the_first_day_on(store: Store) -> None:
    october = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)
    with running(store, 0, 1) as record:
        note(record, entry(PUBLIC, Outcome.TOO_MANY, status=429))
        note(record, entry(totals(TWEETS[0], signer=Signer("@zeta")), Outcome.FAILED, planned=(ACME,)))
        note(record, entry(left_at=october))
        note(record, entry(left_at=october + timedelta(seconds=1)))
        note(record, entry())
        record.end(Exit.DONE)
    assert calls_by_handle(store, date(2026, 11, 1)) == (
        CallsOfHandle("@acme", counts(answered=2)),
        CallsOfHandle("@zeta", counts(failed=1)),
        CallsOfHandle(None, counts(too_many=1)),
    )
    assert [calls.made for calls in calls_by_handle(store, date(2026, 10, 1))] == [3, 1, 1]


def test_the_size_is_that_of_the_file(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        size = store.size()
    assert size == (tmp_path / "store.db").stat().st_size > 0


@pytest.fixture
def busy(tmp_path: Path, impatient: None) -> Iterator[sqlite3.Connection]:
    """Another process's connection, which may write so long that nobody waits for it."""
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as connection:
        yield connection


class TestAFailingStore:
    def test_ends_the_ledger_and_not_the_run_and_the_end_is_still_kept(
        self, tmp_path: Path, busy: sqlite3.Connection
    ) -> None:
        with open_store(f"sqlite:///{tmp_path}/store.db") as store:
            with running(store, 0, 1) as record:
                note(record, entry())
                busy.execute("BEGIN IMMEDIATE")
                note(record, entry())
                busy.execute("ROLLBACK")
                note(record, entry())
                record.end(Exit.DONE, made=3, retried=0)
            assert "has been in use by another process" in str(record.trouble)
            assert [calls.made for calls in calls_by_handle(store, NOW.date())] == [1]
            assert [run.made for run in last_runs(store, 1)] == [3]

    def test_at_the_end_leaves_the_run_as_not_ended(self, tmp_path: Path, busy: sqlite3.Connection) -> None:
        with open_store(f"sqlite:///{tmp_path}/store.db") as store:
            with running(store, 0, 1) as record:
                busy.execute("BEGIN IMMEDIATE")
                record.end(Exit.DONE)
            assert record.trouble
            assert [run.ended for run in last_runs(store, 1)] == [None]

    def test_lets_no_run_begin(self, tmp_path: Path, busy: sqlite3.Connection) -> None:
        with open_store(f"sqlite:///{tmp_path}/store.db") as store:
            busy.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError), running(store, 0, 1):
                raise AssertionError("it began")
