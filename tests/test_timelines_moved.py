"""Handles that move to other accounts: a number is never another account's than the report says."""

from __future__ import annotations

from pathlib import Path

from reportgen.ask import Ask
from reportgen.errors import Exit
from reportgen.simulator.faults import Faults
from reportgen.simulator.world import World
from tests.runs import Ended, RunReport, tweets_of
from tests.test_timelines import posts_of, states


def totals_of(*handles: str, **more: object) -> dict[str, object]:
    groupings = {"by-handle": ["handle", "engagement.type"], "by-tweet": ["tweet.id", "engagement.type"]}
    report = posts_of(*handles, endpoint="totals", metrics=["favorites"], groupings=groupings, **more)
    del report["date_range"]
    return report


def rows(ended: Ended) -> dict[str | None, int]:
    return {row["handle"]: row["value"] for row in ended.results["groupings"]["by-handle"]["rows"]}


def test_a_handle_that_moves_within_the_brand_keeps_its_numbers_in_every_week(
    run_report: RunReport, tmp_path: Path
) -> None:
    store, report = f"sqlite:///{tmp_path}/store.db", totals_of("@acme", "@acme_help")
    first = run_report(report, store=store)
    moved = Faults(renamed_handles={"@acme": "@acme_us", "@acme_help": "@acme"})
    for _ in range(2):
        ended = run_report(report, store=store, faults=moved)
        assert rows(ended) == rows(first)
        assert {state for state, _ in states(ended).values()} == {"renamed"}


def test_a_tweet_of_who_took_the_handle_is_not_counted_under_it(
    run_report: RunReport, world: World, tmp_path: Path
) -> None:
    store, strangers = f"sqlite:///{tmp_path}/store.db", tweets_of(world, "@globex", 3)
    first = run_report(totals_of("@acme", "@acme_help"), store=store)
    taken = Faults(renamed_handles={"@acme": "@acme_us", "@globex": "@acme"})
    for _ in range(2):
        ended = run_report(totals_of("@acme", "@acme_help", tweet_ids=strangers), store=store, faults=taken)
        assert {handle: rows(ended)[handle] for handle in rows(first)} == rows(first)
        assert {row["tweet.id"] for row in ended.results["groupings"]["by-tweet"]["rows"]} >= {*strangers}
        (made,) = ended.run.reports
        named = f"{strangers[0]}, {strangers[1]} and {strangers[2]}"
        assert f"3 tweets ({named}): posted by another account, which is called @acme now" in made.warnings
        assert ended.run.exit_code == Exit.DONE


def test_a_refresh_takes_the_account_that_has_the_handle_now_and_every_run_says_so(
    run_report: RunReport, tmp_path: Path
) -> None:
    store, report = f"sqlite:///{tmp_path}/store.db", totals_of("@acme", "@acme_help")
    assert [one["another_account"] for one in run_report(report, store=store).results["timelines"]] == [False, False]
    taken = Faults(renamed_handles={"@acme": "@acme_us", "@globex": "@acme"})
    for ask in (Ask.EVERYTHING, Ask.MISSING):
        ended = run_report(report, store=store, faults=taken, ask=ask)
        assert [one["another_account"] for one in ended.results["timelines"]] == [True, False]
