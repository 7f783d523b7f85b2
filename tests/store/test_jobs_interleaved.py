"""Whatever the schedulers do, in whatever order: each job is done once, and none is left to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from reportgen.jobs import Job, JobState
from reportgen.store.delivery_faults import faults_of_deliveries
from reportgen.store.jobs import (
    add_jobs,
    claim_job,
    end_job,
    jobs_listing,
    put_off,
    put_off_lost,
    renew,
    skip_overtaken,
)
from reportgen.store.open import Store, open_store
from reportgen.store.schema_of_delivery import JOBS
from tests.conftest import new_address
from tests.store.filled import at

START: Final = at("2026-11-16T08:00")
LEASE: Final = timedelta(minutes=5)
RETRY_FOR: Final = timedelta(hours=3)
REPORTS: Final = ("daily", "weekly")
HOLDERS: Final = st.sampled_from(["one", "two"])
ENDED: Final = (JobState.DONE, JobState.FAILED, JobState.SKIPPED)


class Schedulers(RuleBasedStateMachine):
    """Schedulers on one store; beside it, who has which job, and how each ended."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.found: set[tuple[str, datetime]] = set()
        self.ended: dict[tuple[str, datetime], JobState] = {}
        self.has: dict[tuple[str, datetime], tuple[str, int]] = {}
        """The last one that took it, and its attempt."""
        self.claims: list[tuple[str, Job]] = []

    @initialize()
    def empty(self) -> None:
        with self.store.writing() as connection:
            connection.execute(delete(JOBS))

    @rule(minutes=st.sampled_from([1, 4, 5, 60, 200]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(report=st.sampled_from(REPORTS), hours=st.integers(0, 3), others_too=st.booleans())
    def somebody_finds_one_due(self, report: str, hours: int, others_too: bool) -> None:
        due = self.now.replace(minute=0) - timedelta(hours=hours)
        with self.store.writing() as connection:
            for _ in range(2 if others_too else 1):
                add_jobs(connection, report, [due], [], self.now, "")
        self.found.add((report, due))

    @rule(report=st.sampled_from(REPORTS))
    def older_ones_are_skipped(self, report: str) -> None:
        newest = max((due for name, due in self.found if name == report), default=None)
        with self.store.writing() as connection:
            left = {
                (job.report, job.due)
                for job in jobs_listing(connection)
                if job.report == report and job.due != newest and job.state_at(self.now) is JobState.DUE
            }
            skip_overtaken(connection, report, self.now)
        for key in left:
            self.ended[key] = JobState.SKIPPED
            self.has.pop(key, None)

    @rule(holder=HOLDERS)
    def somebody_takes_one(self, holder: str) -> None:
        with self.store.writing() as connection:
            for lost in put_off_lost(connection, REPORTS, self.now, LEASE, RETRY_FOR, 0.5):
                assert self.has.pop((lost.report, lost.due))[1] == lost.attempts
                if lost.state is JobState.FAILED:
                    self.ended[lost.report, lost.due] = JobState.FAILED
            may = {
                (job.report, job.due)
                for job in jobs_listing(connection)
                if job.state is JobState.DUE and (job.next_attempt or self.now) <= self.now
            }
            job = claim_job(connection, REPORTS, self.now, holder, LEASE)
        assert (job is None) == (not may)
        if job:
            key = (job.report, job.due)
            assert key in may
            assert key not in self.has
            self.has[key] = (holder, job.attempts)
            self.claims.append((holder, job))

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), how=st.sampled_from(["done", "put off", "renewed"]))
    def somebody_goes_on(self, data: st.DataObject, how: str) -> None:
        holder, job = self.claims[-data.draw(st.integers(1, len(self.claims)))]
        key = (job.report, job.due)
        has_it = self.has.get(key) == (holder, job.attempts)
        with self.store.writing() as connection:
            if how == "done":
                done = end_job(connection, job, holder, "complete", None, self.now)
                assert (done is not None) == has_it
            elif how == "renewed":
                assert renew(connection, job, holder, self.now + LEASE) == has_it
            else:
                left = put_off(connection, job, holder, "failed", "503", self.now, RETRY_FOR, 0.5)
                assert (left is not None) == has_it
        if has_it and how != "renewed":
            del self.has[key]
            if how == "done":
                self.ended[key] = JobState.DONE
            elif left and left.state is JobState.FAILED:
                self.ended[key] = JobState.FAILED

    @invariant()
    def each_is_there_once_and_what_ended_stays_so(self) -> None:
        with self.store.reading() as connection:
            jobs = {(job.report, job.due): job.state for job in jobs_listing(connection)}
            assert list(faults_of_deliveries(connection)) == []
        assert set(jobs) == self.found
        assert {key: state for key, state in jobs.items() if state in ENDED} == self.ended

    def teardown(self) -> None:
        """Long after the last of them was killed, one scheduler does all that is open."""
        now = self.now + timedelta(days=1)
        still_open = self.found - set(self.ended)
        with self.store.writing() as connection:
            for lost in put_off_lost(connection, REPORTS, now, LEASE, RETRY_FOR, 0.5):
                if lost.state is JobState.FAILED:
                    still_open.remove((lost.report, lost.due))
            while job := claim_job(connection, REPORTS, now, "last", LEASE):
                assert end_job(connection, job, "last", "complete", None, now)
                still_open.remove((job.report, job.due))
        assert still_open == set()


@pytest.mark.parametrize(("kind", "examples", "steps"), [("memory", 40, 40), ("postgresql", 8, 20)])
def test_no_interleaving_does_a_job_twice_or_leaves_one_to_nobody(
    kind: str, examples: int, steps: int, request: pytest.FixtureRequest
) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    with open_store(new_address(kind, request)) as opened:

        class OnStore(Schedulers):
            store = opened

        run_state_machine_as_test(
            OnStore, settings=settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=quiet)
        )
