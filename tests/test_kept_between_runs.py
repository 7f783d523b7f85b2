"""What one run has learnt, the next one knows: numbers, and what is not to be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from reportgen.ask import Ask
from reportgen.errors import Exit, StoreError
from reportgen.simulator.faults import Faults
from reportgen.simulator.world import World
from reportgen.store.open import Store
from tests.runs import AS_OF, RunReport, Unwatched, tweets_of, weeks

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kept.db"


@pytest.mark.parametrize(
    "faults",
    [
        Faults(forbidden_wording="plain"),
        Faults(forbidden_wording="by_author"),
        Faults(forbidden_wording="unnamed"),
        Faults(forbidden_metrics={"@acme": ("engagements",)}),
    ],
)
def test_what_is_refused_is_not_asked_for_by_the_next_run(
    world: World, run_report: RunReport, store: str, faults: Faults
) -> None:
    ours, foreign = tweets_of(world, "@acme", 24, "2026-10-01"), tweets_of(world, "@globex", 1, "2026-10-01")
    spec = weeks({"@acme": [*ours, *foreign]})
    first, second = (run_report(spec, faults=faults, store=store) for _ in range(2))
    assert first.run.calls.made > 2
    assert second.calls == ()
    assert second.results == first.results
    assert second.run.exit_code == Exit.DONE
    assert [made.warnings for made in second.run.reports] == [made.warnings for made in first.run.reports]


@pytest.mark.parametrize("named", [True, False])
def test_a_protected_tweet_is_asked_about_again_when_everything_is_and_from_then_on(
    world: World, run_report: RunReport, store: str, named: bool
) -> None:
    ours = tweets_of(world, "@acme", 5, "2026-10-01")
    spec = weeks({"@acme": ours}, date_range="last_7_days")
    faults = Faults(protected_tweet_ids=(ours[0],), protected_named=named)
    assert run_report(spec, faults=faults, store=store).reasons() == {ours[0]: "unavailable"}
    later = AS_OF + DAY
    assert run_report(spec, as_of=later, store=store).reasons() == {ours[0]: "unavailable"}
    assert run_report(spec, as_of=later, store=store, ask=Ask.EVERYTHING).reasons() == {}
    assert run_report(spec, as_of=later + DAY, store=store).reasons() == {}


def test_a_deleted_tweet_keeps_the_numbers_that_it_had_and_lacks_the_later_ones(
    world: World, run_report: RunReport, store: str
) -> None:
    ours = tweets_of(world, "@acme", 5, "2026-10-01")
    spec = weeks({"@acme": ours}, date_range="last_7_days")
    before = run_report(spec, store=store).values("daily")
    faults = Faults(protected_tweet_ids=(ours[0],))
    ended = run_report(spec, faults=faults, as_of=AS_OF + DAY, store=store)
    assert ended.reasons() == {ours[0]: "unavailable"}
    assert {value for (tweet, _), value in ended.values("by-tweet").items() if tweet == ours[0]} == {None}
    rows = ended.results["groupings"]["daily"]["rows"]
    days = [row["engagement.day"] for row in rows if "missing" in row and row["engagement.type"] == "impressions"]
    assert days == ["2026-11-15", "2026-11-16"]
    settled = {key: value for key, value in before.items() if "2026-11-10" <= key[0] <= "2026-11-14"}
    assert settled.items() <= ended.values("daily").items()


def test_what_failed_is_asked_for_by_the_next_run_and_nothing_else(
    world: World, run_report: RunReport, store: str
) -> None:
    spec = weeks({handle: tweets_of(world, handle, 60) for handle in ("@acme", "@acme_help")})
    quiet = run_report(spec)
    failing = run_report(spec, faults=Faults(seed=3, trouble=0.4), store=store, tries=1)
    assert failing.run.exit_code == Exit.CALLS_FAILED
    failed = [call for call in failing.calls if call.status != 200]
    ended = run_report(spec, store=store)
    assert len(ended.calls) == len(failed) > 0
    assert ended.results == quiet.results


def test_when_everything_is_asked_for_again_what_fails_is_missing_although_it_was_known(
    world: World, run_report: RunReport, store: str
) -> None:
    ours = tweets_of(world, "@acme", 5)
    run_report(weeks({"@acme": ours}), store=store)
    ended = run_report(weeks({"@acme": ours}), faults=Faults(trouble=1), store=store, ask=Ask.EVERYTHING, tries=1)
    assert ended.reasons() == dict.fromkeys(ours, "call_failed")
    assert ended.run.exit_code == Exit.CALLS_FAILED
    assert run_report(weeks({"@acme": ours}), store=store).reasons() == {}


def test_a_report_whose_numbers_are_known_is_made_although_no_credential_of_another_one_works(
    world: World, run_report: RunReport, store: str
) -> None:
    ours = {"@acme": tweets_of(world, "@acme", 5)}
    known, unknown = (weeks(ours, metrics=[name]) for name in ("favorites", "impressions"))
    alone = run_report(known, store=store)
    both = run_report(known, unknown, faults=Faults(refused_credentials=("@acme",)), store=store)
    assert [made.status for made in both.run.reports] == ["complete", "failed"]
    assert both.results == alone.results


def test_a_store_that_is_lost_in_the_middle_of_a_run_costs_no_number_that_came_since(
    world: World, run_report: RunReport, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lose(Unwatched):
        def calls(self, finished: int, unfinished: int) -> None:
            lost.append(finished)

    lost: list[int] = []
    transaction = Store._transaction

    @contextmanager
    def lose(self: Store, engine: Engine) -> Iterator[Connection]:
        if lost and self.shown == store:
            raise StoreError(self.shown, "has lost the connection")
        with transaction(self, engine) as connection:
            yield connection

    monkeypatch.setattr(Store, "_transaction", lose)
    spec = weeks({"@acme": tweets_of(world, "@acme", 60)})
    ended = run_report(spec, store=store, watch=Lose())
    assert [made.status for made in ended.run.reports] == ["complete"]
    assert ended.run.warnings[-1].endswith("has lost the connection; what it lacks of this run will be asked for again")
    lost.clear()
    assert run_report(spec).results == ended.results


def test_a_report_that_has_a_tweet_under_the_wrong_handle_takes_no_number_from_one_that_has_it_right(
    world: World, run_report: RunReport, store: str
) -> None:
    ours, theirs = tweets_of(world, "@acme", 2, "2026-10-01"), tweets_of(world, "@acme_help", 2, "2026-10-01")
    right, wrong = weeks({"@acme": ours}), weeks({"@acme_help": [*theirs, ours[0]]})
    alone = run_report(right)
    for _ in range(2):
        both = run_report(wrong, right, store=store)
        # What is known of a tweet is known, whoever was refused it.
        assert both.reasons() == {}
        assert both.other_results == ({**alone.results, "report": "report-1"},)
        assert [len(made.warnings) for made in both.run.reports] == [1, 0]
    assert both.calls == ()
