"""The record of a run: written while the run goes on, so that what its calls brought is there whatever ends it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import polars as pl
from sqlalchemy import Connection

from reportgen.api.verdicts import Answer, Refusal, Verdict
from reportgen.ask import Ask
from reportgen.catalog import Endpoint
from reportgen.coverage import Coverage, Sight, both
from reportgen.errors import Exit, StoreError, exit_code_of
from reportgen.facts import no_facts
from reportgen.gaps import LASTING, Gap
from reportgen.ledger import CallEntry
from reportgen.needs import Needs
from reportgen.plan import Plan, rest_of
from reportgen.planned import PlannedRun
from reportgen.request import Request, Signer
from reportgen.store.facts import keep_facts
from reportgen.store.known import oldest_unsettled, read_facts, read_known
from reportgen.store.lasting_gaps import forget_gaps, keep_gaps
from reportgen.store.ledger import add_call, begin_run, end_run, others_called, was_answered
from reportgen.store.open import IN_MEMORY, Store, open_store
from reportgen.store.tweets import keep_owners

NOT_BEGUN: Final = 0
"""The id of a run that makes no call, and that a store which cannot be written does not have."""


@dataclass(slots=True)
class RunRecord:
    """What is kept of one run. A run that has begun does not end because the store cannot be written any more.

    See `reportgen.fetch.record.Record`.
    """

    store: Store
    run: int
    """Its id in the ledger, or NOT_BEGUN."""
    planned: PlannedRun
    reports: Mapping[str, Collection[Request]]
    """The planned calls of each report, by its name."""
    clock: Callable[[], float]
    """Seconds since 1970."""
    trouble: StoreError | None = None
    """Why some of it is not kept, if it is not."""
    _spare: Store | None = None
    """In memory: what came since then."""

    def received(self, entry: CallEntry, verdict: Verdict) -> Verdict:
        """Keep the entry of a call, and what it brought, in one transaction."""
        reports = [name for name, requests in self.reports.items() if any(r in requests for r in entry.planned)]

        def write(connection: Connection) -> None:
            add_call(connection, self.run, entry, reports)
            self._keep(connection, entry.request, verdict)

        self._write(write)
        return replace(verdict, facts=no_facts()) if isinstance(verdict, Answer) else verdict

    def refused(self, request: Request, gaps: Collection[Gap]) -> None:
        """Keep what has turned out, later, about the tweets of a call."""
        if not LASTING.isdisjoint(gap.reason for gap in gaps):
            self._write(lambda connection: keep_gaps(connection, request, gaps, self.planned.sight.as_of))

    def rest_of(self, request: Request) -> Plan:
        """What no other run has asked for meanwhile of the request, and the gaps that others have found in it."""
        whole = Plan((request,))
        if self._spare or self.planned.ask is Ask.EVERYTHING:
            return whole
        try:
            with self.store.reading() as connection:
                if not others_called(connection, self.run, self.planned.last_call):
                    return whole
                of_all = (needs.within(request) for report in self.planned.reports for needs in report.all_needs)
                needs = [part for part in of_all if part.tweets]
                return rest_of(request, needs, read_known(connection, needs, self.planned.sight))
        except StoreError as error:
            self._give_up(error)
            return whole

    def was_answered(self, signer: Signer, endpoint: Endpoint) -> bool:
        """Whether a run whose answers serve this one too had one for the signer from the endpoint."""
        if self._spare:
            return False
        try:
            with self.store.reading() as connection:
                return was_answered(connection, signer, endpoint, self.planned.sight.since)
        except StoreError as error:
            self._give_up(error)
            return False

    def known(self, needs: Needs) -> tuple[Coverage, pl.DataFrame]:
        """What is known now of what a report needs: the coverage, and the facts.

        Where the store fails that failed before, that is what came since. Else raises StoreError.
        """
        try:
            coverage, facts = _read(self.store, needs, self.planned.sight)
        except StoreError as error:
            if self._spare is None:
                raise
            self._give_up(error)
            coverage, facts = Coverage(), no_facts()
        if self._spare is None:
            return coverage, facts
        more, newer = _read(self._spare, needs, self.planned.sight)
        older = facts.join(newer, on=["tweet_id", "metric", "start"], how="anti", nulls_equal=True)
        return both(needs, coverage, more), pl.concat([older, newer])

    def known_at(self, needs: Needs) -> datetime | None:
        """When the oldest of the numbers that may have changed since were asked for (UTC), where a run makes no call.

        None where all are final, and where it makes calls. Raises StoreError.
        """
        if self.planned.ask is not Ask.NOTHING:
            return None
        with self.store.reading() as connection:
            return oldest_unsettled(connection, needs, self.planned.sight)

    def end(self, exit_code: Exit, made: int | None = None, retried: int | None = None) -> None:
        """Keep how the run ended, even where calls are missing: what has ended is not to look killed."""
        ended = datetime.fromtimestamp(self.clock(), UTC)
        try:
            with self.store.writing() as connection:
                end_run(connection, self.run, ended, exit_code, made, retried)
        except StoreError as error:
            self.trouble = self.trouble or error

    def close(self) -> None:
        """Let go of what was not kept."""
        if self._spare:
            self._spare.close()

    def _keep(self, connection: Connection, request: Request, verdict: Verdict) -> None:
        as_of = self.planned.sight.as_of
        match verdict:
            case Answer(facts, gaps):
                if self.planned.known.gaps:
                    forget_gaps(connection, request, facts["tweet_id"].unique().to_list())
                anew = self.planned.ask is Ask.EVERYTHING
                keep_facts(connection, request, facts, as_of, self.planned.settled, anew=anew)
                keep_gaps(connection, request, gaps, as_of)
            case Refusal(_, tweets):
                keep_gaps(connection, request, tweets.values(), as_of)

    def _write(self, write: Callable[[Connection], None]) -> None:
        if self._spare is None:
            try:
                with self.store.writing() as connection:
                    write(connection)
            except StoreError as error:
                self._give_up(error)
            else:
                return
        with self._in_memory().writing() as connection:
            write(connection)

    def _give_up(self, error: StoreError) -> None:
        """Keep in memory what comes from now on."""
        self.trouble = self.trouble or error
        self._in_memory()

    def _in_memory(self) -> Store:
        self._spare = self._spare or open_store(IN_MEMORY)
        return self._spare


def _read(store: Store, needs: Needs, sight: Sight) -> tuple[Coverage, pl.DataFrame]:
    with store.reading() as connection:
        coverage = read_known(connection, [needs], sight).coverage
        return coverage, read_facts(connection, needs, coverage, sight)


@contextmanager
def recorded_run(store: Store, clock: Callable[[], float], planned: PlannedRun) -> Iterator[RunRecord]:
    """Keep that a run begins, and how an error ends it; who else ends it says so to the record.

    `clock` gives the seconds since 1970. Raises StoreError, before anything begins; a run that makes no call begins all
    the same, and can read what is there.
    """
    trouble: StoreError | None = None
    try:
        run = _begin(store, datetime.fromtimestamp(clock(), UTC), planned)
    except StoreError as error:
        if planned.ask is not Ask.NOTHING:
            raise
        run, trouble = NOT_BEGUN, error
    reports = {report.spec.name: frozenset(planned.requests_of(report)) for report in planned.reports}
    record = RunRecord(store, run, planned, reports, clock, trouble)
    try:
        yield record
    except BaseException as end:
        record.end(exit_code_of(end))
        raise
    finally:
        record.close()


def _begin(store: Store, started: datetime, planned: PlannedRun) -> int:
    names = [report.spec.name for report in planned.reports]
    all_needs = [needs for report in planned.reports for needs in report.all_needs]
    owners = {id_: handle for needs in all_needs for id_, handle in needs.owners.items() if handle}
    with store.writing() as connection:
        run = begin_run(connection, started, planned.sight.as_of, names, len(planned.requests))
        keep_owners(connection, {id_: owners[id_] for r in planned.requests for id_ in r.tweet_ids if id_ in owners})
    return run
