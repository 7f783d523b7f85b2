"""Pruning deletes what is before a midnight, to the hour and the day, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reportgen.ledger import Outcome, XCallEntry
from reportgen.outbox import Copy, Occasion, Parcel, Refused, Sent, State, Verdict, Way
from reportgen.quota import ContractMonth, HandlesWanted
from reportgen.request import Grain
from reportgen.store.check import find_damage
from reportgen.store.handles import admit_handles, handles_asked
from reportgen.store.jobs import add_jobs, claim_job, end_job, latest_due
from reportgen.store.ledger import others_called
from reportgen.store.open import Store
from reportgen.store.outbox import add, cancel, claim, listing, settle
from reportgen.store.prune import Pruned, prunable, prune
from reportgen.store.schema import CALLS, COVERAGE, FACTS, LASTING_GAPS, RUNS, SNAPSHOTS, TWEETS, X_CALLS
from reportgen.store.schema_of_delivery import JOBS, OUTBOX, PARCELS
from reportgen.store.x_calls import add_x_call
from tests.store.filled import AS_OF, at, count, miss, places, rows, run, seconds, take
from tests.store.timelines import keep, post, span, timeline, tweets

NOTHING = Pruned(counts=0, snapshots=0, gaps=0, runs=0, calls=0, posts=0)


def prune_before(store: Store, day: str) -> Pruned:
    return prune(store, at(day), AS_OF)


def test_hours_before_the_day_go_and_those_of_it_stay(store: Store) -> None:
    count(store, "2026-11-09T22:00", 1, 2, 3, 4)
    assert prune_before(store, "2026-11-10") == Pruned(counts=2, snapshots=0, gaps=0, runs=0, calls=0, posts=0)
    assert rows(store, FACTS, "start", "counts") == [(seconds("2026-11-10"), places([3, 4, *[None] * 22]))]
    assert rows(store, COVERAGE, "start", "end") == [(seconds("2026-11-10"), seconds("2026-11-10T02:00"))]
    assert find_damage(store) == ()


@pytest.mark.parametrize(
    ("before", "gone", "left"),
    [
        (
            "2026-10-01",
            0,
            [(seconds("2026-10-01"), [*[None] * 29, 1, 2]), (seconds("2026-11-01"), [3, 4, *[None] * 29])],
        ),
        ("2026-10-31", 1, [(seconds("2026-10-01"), [*[None] * 30, 2]), (seconds("2026-11-01"), [3, 4, *[None] * 29])]),
        ("2026-11-01", 2, [(seconds("2026-11-01"), [3, 4, *[None] * 29])]),
        ("2026-11-02", 3, [(seconds("2026-11-01"), [None, 4, *[None] * 29])]),
        ("2026-11-03", 4, []),
        ("2026-11-16", 4, []),
    ],
)
def test_a_month_of_days_is_trimmed_to_the_day(
    store: Store, before: str, gone: int, left: list[tuple[int, list[int | None]]]
) -> None:
    count(store, "2026-10-30", 1, 2, 3, 4, grain=Grain.DAY)
    assert prune_before(store, before).counts == gone
    assert rows(store, FACTS, "start", "counts") == [(start, places(values)) for start, values in left]
    spans = [(max(seconds("2026-10-30"), seconds(before)), seconds("2026-11-03"))] if left else []
    assert rows(store, COVERAGE, "start", "end") == spans
    assert find_damage(store) == ()


def test_snapshots_and_lasting_gaps_go_by_when_they_were_taken_and_found(store: Store) -> None:
    for moment in ("2026-11-09T23:59:59", "2026-11-10"):
        take(store, moment, 7)
        take(store, moment, *[1] * 28)
    miss(store, "2026-11-09T23:59:59", tweet=1)
    miss(store, "2026-11-10", tweet=2)
    assert prune_before(store, "2026-11-10") == Pruned(counts=0, snapshots=2, gaps=1, runs=0, calls=0, posts=0)
    midnight = seconds("2026-11-10")
    assert rows(store, SNAPSHOTS, "endpoint", "taken") == [("28hr", midnight), ("totals", midnight)]
    assert rows(store, LASTING_GAPS, "tweet_id") == [(2,)]


def test_the_handles_asked_about_and_whose_tweets_they_are_stay(store: Store) -> None:
    month = date(2026, 10, 1)
    admit_handles(store, HandlesWanted(frozenset({"@acme"})), ContractMonth(month, None), over_limit=False)
    count(store, "2026-10-09", 1)
    prune_before(store, "2026-11-16")
    assert handles_asked(store, month) == {"@acme"}
    assert len(rows(store, TWEETS, "tweet_id")) == 1


class TestOfTheLedger:
    def test_runs_go_with_their_calls_where_all_of_them_are_before(self, store: Store) -> None:
        run(store, "2026-11-08T08:00", "2026-11-08T08:00", "2026-11-08T08:01")
        run(store, "2026-11-09T08:00")
        run(store, "2026-11-09T23:59", "2026-11-09T23:59", "2026-11-10T00:00")
        run(store, "2026-11-10T00:00")
        assert prune_before(store, "2026-11-10") == Pruned(counts=0, snapshots=0, gaps=0, runs=2, calls=2, posts=0)
        assert rows(store, RUNS, "started") == [(at("2026-11-09T23:59"),), (at("2026-11-10"),)]
        assert rows(store, CALLS, "left_at") == [(at("2026-11-09T23:59"),), (at("2026-11-10"),)]

    def test_a_run_that_has_not_ended_stays_until_it_was_silent_for_a_day(self, store: Store) -> None:
        run(store, "2026-11-14T12:00", "2026-11-15T12:29", ended=False)
        run(store, "2026-11-14T12:00", "2026-11-15T12:31", ended=False)
        run(store, "2026-11-15T12:31", ended=False)
        run(store, "2026-11-15T23:59", "2026-11-15T23:59")
        run(store, "2026-11-16T08:00", "2026-11-16T08:00")
        assert prune_before(store, "2026-11-16") == Pruned(counts=0, snapshots=0, gaps=0, runs=2, calls=2, posts=0)
        assert rows(store, RUNS, "id") == [(2,), (3,), (5,)]

    def test_the_last_call_stays_so_that_a_run_planned_before_sees_the_calls_made_since(self, store: Store) -> None:
        run(store, "2026-11-08T08:00", "2026-11-08T08:00")
        run(store, "2026-11-09T08:00", "2026-11-09T08:00")
        with store.reading() as connection:
            assert not others_called(connection, 9, since=2)
        assert prune_before(store, "2026-11-16").runs == 1
        run(store, "2026-11-16T08:00", "2026-11-16T08:00")
        with store.reading() as connection:
            assert others_called(connection, 9, since=2)


def test_what_would_go_is_told_beforehand_and_stays(store: Store) -> None:
    count(store, "2026-10-30", 1, 2, 3, 4, grain=Grain.DAY)
    count(store, "2026-11-09T22:00", 1, 2, 3, 4)
    take(store, "2026-11-09", 7)
    miss(store, "2026-11-09")
    run(store, "2026-11-08T08:00", "2026-11-08T08:00")
    run(store, "2026-11-10T08:00", "2026-11-10T08:00")
    before = at("2026-11-10")
    told = prunable(store, before, AS_OF)
    assert told == Pruned(counts=6, snapshots=1, gaps=1, runs=1, calls=1, posts=0)
    assert prune(store, before, AS_OF) == told
    assert prunable(store, before, AS_OF) == prune(store, before, AS_OF) == NOTHING


def test_the_space_is_given_back_and_what_stays_is_there(store: Store) -> None:
    for day in range(60):
        count(store, f"{at('2026-09-01') + timedelta(days=day):%Y-%m-%d}", *range(10_000, 10_024))
    before, last = store.size(), rows(store, FACTS, "start", "counts")[-2:]
    assert prune_before(store, "2026-10-29").counts == 58 * 24
    store.tidy()
    assert rows(store, FACTS, "start", "counts") == last
    if not store.shown.startswith("postgresql"):
        # PostgreSQL keeps it, for the next rows.
        assert store.size() < before


def test_of_timelines_the_tweets_posted_before_the_day_go_and_the_spans_before_it(store: Store) -> None:
    whole = span("2026-11-08", "2026-11-16")
    keep(store, post(8, "2026-11-10"), post(7, "2026-11-09T23:59:59"), whole=whole)
    keep(store, whole=span("2026-11-01", "2026-11-03"))
    assert prune_before(store, "2026-11-10") == Pruned(counts=0, snapshots=0, gaps=0, runs=0, calls=0, posts=1)
    assert timeline(store).covered == (span("2026-11-10", "2026-11-16"),)
    assert [tweet.id for tweet in tweets(store, whole)] == ["8"]
    assert find_damage(store) == ()
    assert prune_before(store, "2026-11-10") == NOTHING


def sent(store: Store, name: str, day: str, due: str | None, state: State = State.SENT) -> None:
    """Leave a delivery of a report that was due then, or made by hand, and that ended on that day."""
    occasion = Occasion("acme-weekly", at(due) if due else None)
    parcel = Parcel(Way.MAIL, "Acme", b"Hello", (Copy(name, f"<{name}>"),), frozenset())
    held = State.HELD if state is State.HELD else State.WAITING
    with store.writing() as connection:
        add(connection, occasion, [parcel], at(day), held)
        verdicts: dict[State, Verdict] = {State.SENT: Sent("250 OK"), State.FAILED: Refused("550 No")}
        verdict = verdicts.get(state)
        if verdict and (claimed := claim(connection, [occasion.report], at(day), "one", timedelta(minutes=5))):
            settle(connection, claimed, "one", verdict, at(day), timedelta(days=1), 0)
        if state is State.CANCELED:
            (canceled,) = listing(connection, states=[State.WAITING])
            cancel(connection, [canceled.id], at(day))


def test_deliveries_that_ended_before_the_day_go_and_those_to_come_stay(store: Store) -> None:
    for state in (State.SENT, State.FAILED, State.CANCELED, State.HELD):
        for day in ("2026-11-09", "2026-11-10"):
            sent(store, f"{state}-{day}", day, None, state)
    sent(store, "waiting", "2026-11-01", None, State.WAITING)
    dry = Pruned(counts=0, snapshots=0, gaps=0, runs=0, calls=0, posts=0, deliveries=3)
    assert prunable(store, at("2026-11-10"), AS_OF) == dry == prune_before(store, "2026-11-10")
    assert [recipient for (recipient,) in rows(store, OUTBOX, "recipient")] == [
        "canceled-2026-11-10",
        "failed-2026-11-10",
        "held-2026-11-09",
        "held-2026-11-10",
        "sent-2026-11-10",
        "waiting",
    ]
    assert len(rows(store, PARCELS, "id")) == 4
    assert find_damage(store) == ()
    assert prune_before(store, "2026-11-10") == NOTHING


def work_off(store: Store, *dues: str) -> None:
    """Leave jobs that were done at once."""
    with store.writing() as connection:
        add_jobs(connection, "acme-weekly", map(at, dues), [], at(dues[-1]), "")
        while job := claim_job(connection, ["acme-weekly"], at(dues[-1]), "one", timedelta(minutes=5)):
            end_job(connection, job, "one", "complete", None, job.due)


def test_jobs_that_ended_before_the_day_go_but_for_the_newest_of_each_report(store: Store) -> None:
    work_off(store, "2026-10-26", "2026-11-02", "2026-11-09")
    assert prune_before(store, "2026-11-16") == Pruned(counts=0, snapshots=0, gaps=0, runs=0, calls=0, posts=0, jobs=2)
    with store.reading() as connection:
        assert latest_due(connection, "acme-weekly", at("2026-11-16")) == at("2026-11-09")
    assert prune_before(store, "2026-11-16") == NOTHING


def test_jobs_that_a_clock_that_was_ahead_has_left_go_and_do_not_take_the_newest_with_them(store: Store) -> None:
    work_off(store, "2026-11-09")
    work_off(store, "2036-01-07")
    assert prune_before(store, "2026-11-16").jobs == 1
    assert rows(store, JOBS, "due") == [(at("2026-11-09"),)]


def test_what_was_sent_for_a_job_that_is_open_stays_so_that_it_is_not_sent_again(store: Store) -> None:
    sent(store, "alert", "2026-11-09", "2026-11-09")
    with store.writing() as connection:
        add_jobs(connection, "acme-weekly", [at("2026-11-09")], [], at("2026-11-09"), "")
    assert prune_before(store, "2026-11-10") == NOTHING
    work_off(store, "2026-11-09")
    assert prune_before(store, "2026-11-10").deliveries == 1


def test_calls_to_the_x_api_before_the_day_go(store: Store) -> None:
    with store.writing() as connection:
        for day in ("2026-11-09T23:59:59", "2026-11-10"):
            add_x_call(connection, XCallEntry(at(day).timestamp(), "timeline", None, 3, Outcome.ANSWERED))
    assert prune_before(store, "2026-11-10") == Pruned(counts=0, snapshots=0, gaps=0, runs=0, calls=1, posts=0)
    assert rows(store, X_CALLS, "at") == [(at("2026-11-10"),)]
