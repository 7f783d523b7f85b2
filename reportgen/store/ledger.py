"""The ledger in the store: written while a run goes on, so that it is there whatever ends the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Insert, Update, insert, update

from reportgen.errors import Exit, StoreError, exit_code_of
from reportgen.ledger import CallEntry
from reportgen.plan import Request
from reportgen.store.open import Store
from reportgen.store.schema import CALLS, RUNS


@dataclass(slots=True)
class RunLedger:
    """The ledger of one run. A run that has begun does not end because the store fails: the ledger does."""

    store: Store
    run: int
    """Its id."""
    reports: Mapping[Request, Sequence[str]]
    """The names of the reports that each planned request is for."""
    clock: Callable[[], float]
    """Seconds since 1970."""
    trouble: StoreError | None = None
    """Why calls are missing, if any are, or the end of the run."""

    def note(self, entry: CallEntry) -> None:
        """Keep the entry of a call that came back, unless an earlier one could not be kept."""
        if self.trouble is None:
            self._write(insert(CALLS).values(run=self.run, **self._row(entry)))

    def end(self, exit_code: Exit, made: int | None = None, retried: int | None = None) -> None:
        """Keep how the run ended, even where calls are missing: what has ended is not to look killed."""
        ended = datetime.fromtimestamp(self.clock(), UTC)
        end = update(RUNS).where(RUNS.c.id == self.run)
        self._write(end.values(ended=ended, exit_code=exit_code.value, calls_made=made, calls_retried=retried))

    def _write(self, statement: Insert | Update) -> None:
        try:
            with self.store.writing() as connection:
                connection.execute(statement)
        except StoreError as error:
            self.trouble = self.trouble or error

    def _row(self, entry: CallEntry) -> dict[str, object]:
        request = entry.request
        return {
            "left_at": datetime.fromtimestamp(entry.left_at, UTC),
            "seconds": entry.seconds,
            "endpoint": request.endpoint.name,
            "handle": request.signer.handle.lower() if request.signer.handle else None,
            "tweets": len(request.tweet_ids),
            "metrics": len(request.metrics),
            "reports": list(dict.fromkeys(name for planned in entry.planned for name in self.reports[planned])),
            "outcome": entry.outcome.value,
            "status": entry.status,
            "cause": entry.cause,
        }


@contextmanager
def run_in_ledger(
    store: Store,
    clock: Callable[[], float],
    as_of: datetime,
    names: Sequence[str],
    reports: Mapping[Request, Sequence[str]],
) -> Iterator[RunLedger]:
    """Keep that a run of these reports begins, and how an error ends it; who else ends it says so to the ledger.

    `reports` has the names of the reports that each planned request is for. Raises StoreError, before anything begins.
    """
    begun = {"as_of": as_of, "reports": list(names), "calls_planned": len(reports)}
    begin = insert(RUNS).values(started=datetime.fromtimestamp(clock(), UTC), **begun)
    with store.writing() as connection:
        # Without RETURNING, which SQLite has only since version 3.35.
        run: int = connection.execute(begin).inserted_primary_key[0]  # type: ignore[index]
    ledger = RunLedger(store, run, reports, clock)
    try:
        yield ledger
    except BaseException as end:
        ledger.end(exit_code_of(end))
        raise
