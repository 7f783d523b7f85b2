"""Whole runs against an API that has a bad day: the numbers are those of a good day, or gaps that say why."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reportgen.ask import Ask
from reportgen.errors import Exit, InputError
from reportgen.instants import parse_instant
from reportgen.simulator.faults import Faults, Trouble
from reportgen.simulator.world import World
from reportgen.store.open import open_store
from tests.runs import AS_OF, RunReport, Unwatched, tweets_of, weeks

ALL_KINDS: tuple[Trouble, ...] = ("status", "proxy", "reset", "hang", "cut", "cut_gzip", "cut_json", "html")


def test_with_a_fifth_of_the_calls_failing_the_numbers_are_those_of_an_undisturbed_run(
    world: World, run_report: RunReport
) -> None:
    spec = weeks({handle: tweets_of(world, handle, 60) for handle in ("@acme", "@acme_help")})
    quiet = run_report(spec)
    assert quiet.run.calls.made == quiet.run.calls.planned
    troubles: Counter[str] = Counter()
    for seed in range(50):
        stormy = run_report(spec, faults=Faults(seed=seed, trouble=0.2, trouble_kinds=ALL_KINDS, hang_seconds=0.01))
        assert stormy.run.exit_code == Exit.DONE
        assert stormy.results == quiet.results
        assert stormy.run.calls.made == stormy.run.calls.planned + stormy.run.calls.retried == len(stormy.calls)
        troubles.update(call.trouble or "status" for call in stormy.calls if call.trouble or call.status != 200)
    assert set(troubles) == set(ALL_KINDS)


@pytest.mark.parametrize("wording", ["plain", "by_author"])
def test_one_foreign_tweet_in_each_batch_costs_at_most_one_more_call_a_batch(
    world: World, run_report: RunReport, wording: Any
) -> None:
    ours, foreign = tweets_of(world, "@acme", 96, "2026-10-01"), tweets_of(world, "@globex", 4, "2026-10-01")
    mixed = sorted([*ours, *foreign], key=int)
    alone = run_report(weeks({"@acme": ours}))
    ended = run_report(weeks({"@acme": mixed}), faults=Faults(forbidden_wording=wording))
    assert ended.reasons() == dict.fromkeys(foreign, "forbidden")
    for cell, value in alone.values("by-tweet").items():
        assert ended.values("by-tweet")[cell] == value
    assert ended.values("daily") == alone.values("daily")
    refused = [call for call in ended.calls if call.status == 403]
    assert ended.run.calls.made - ended.run.calls.planned <= len(refused) <= 4
    assert ended.run.exit_code == Exit.DONE


def test_reports_of_one_run_get_their_own_numbers_though_their_calls_leave_together(
    world: World, run_report: RunReport
) -> None:
    ours, foreign = tweets_of(world, "@acme", 16, "2026-11-01"), tweets_of(world, "@globex", 2, "2026-11-01")
    week, fortnight = (
        weeks(
            {"@acme": [*ours[n::2], foreign[n]]},
            date_range={"start": f"2026-11-{first:02}", "end": "2026-11-15"},
            groupings={"by-tweet": ["tweet.id", "engagement.type"]},
            sections=[{"table": {"grouping": "by-tweet"}}],
        )
        for n, first in enumerate((9, 2))
    )
    both = run_report(week, fortnight)
    assert both.results["groupings"] == run_report(week).results["groupings"]
    assert both.other_results[0]["groupings"] == run_report(fortnight).results["groupings"]


def test_reports_of_one_run_have_the_gaps_of_their_own_endpoint_alone(world: World, run_report: RunReport) -> None:
    old = ["2039373501541908481"]
    history = weeks({"@acme": old}, date_range="last_7_days")
    since_ever = {
        "endpoint": "totals",
        "handles": [{"handle": "@acme", "tweet_ids": old}],
        "metrics": ["impressions", "favorites"],
    }
    both = run_report(history, since_ever, ask=Ask.NOTHING)
    assert "too_old_for_impressions" in {gap["reason"] for gap in both.other_results[0]["gaps"]}
    assert both.results == run_report(history, ask=Ask.NOTHING).results


def test_what_is_missing_for_two_reasons_is_said_once_whichever_was_found_first(
    world: World, run_report: RunReport, tmp_path: Path
) -> None:
    """That a metric is refused is not found out for a tweet that is known to be gone."""
    gone, there = "2042641253790646273", "2039373501541908481"
    spec = weeks({"@acme": [gone, there]}, date_range="last_7_days")
    faults = Faults(forbidden_metrics={"@acme": ("favorites",)})
    store = f"sqlite:///{tmp_path}/kept.db"
    run_report(weeks({"@acme": [gone]}, date_range="last_7_days", metrics=["impressions"]), store=store)
    ended = run_report(spec, faults=faults, store=store)
    assert ended.results == run_report(spec, faults=faults).results
    assert [(gap["tweet_id"], gap["metric"], gap["reason"]) for gap in ended.results["gaps"]] == [
        (there, "favorites", "forbidden"),
        (gone, None, "unavailable"),
    ]


@pytest.mark.parametrize("grouping", ["engagement.day", "engagement.hour", "engagement.week"])
def test_28_hours_are_all_there_whatever_the_second_of_the_present(
    world: World, run_report: RunReport, grouping: str
) -> None:
    now = AS_OF + timedelta(minutes=3, seconds=7, microseconds=123)
    ours = tweets_of(world, "@acme", 5)
    ended = run_report(
        {
            "endpoint": "28hr",
            "handles": [{"handle": "@acme", "tweet_ids": ours}],
            "metrics": ["impressions"],
            "groupings": {"by-time": [grouping, "engagement.type"]},
        },
        as_of=now,
    )
    truth = sum(sum(world.at(now).hourly(i, "impressions", now - timedelta(hours=28), now)) for i in ours)
    assert sum(filter(None, ended.values("by-time").values())) == truth > 0


def test_foreign_tweets_that_the_refusal_does_not_name_are_found(world: World, run_report: RunReport) -> None:
    ours, foreign = tweets_of(world, "@acme", 24, "2026-10-01"), tweets_of(world, "@globex", 1, "2026-10-01")
    alone = run_report(weeks({"@acme": ours}))
    ended = run_report(weeks({"@acme": sorted([*ours, *foreign], key=int)}), faults=Faults(forbidden_wording="unnamed"))
    assert ended.reasons() == dict.fromkeys(foreign, "forbidden")
    assert ended.values("daily") == alone.values("daily")
    assert ended.run.calls.made - ended.run.calls.planned <= 10


@pytest.mark.parametrize("named", [True, False])
def test_a_protected_tweet_is_unavailable_and_the_others_count(
    world: World, run_report: RunReport, named: bool
) -> None:
    ours = tweets_of(world, "@acme", 10)
    ended = run_report(weeks({"@acme": ours}), faults=Faults(protected_tweet_ids=(ours[3],), protected_named=named))
    assert ended.reasons() == {ours[3]: "unavailable"}
    assert {value is None for (tweet_id, _), value in ended.values("by-tweet").items() if tweet_id != ours[3]} == {
        False
    }


def test_a_forbidden_metric_is_a_gap_of_all_tweets_and_the_others_count(world: World, run_report: RunReport) -> None:
    ours = tweets_of(world, "@acme", 30)
    ended = run_report(weeks({"@acme": ours}), faults=Faults(forbidden_metrics={"@acme": ("engagements",)}))
    assert {(gap["metric"], gap["reason"]) for gap in ended.results["gaps"]} == {("engagements", "forbidden")}
    assert {metric for (_, metric), value in ended.values("by-tweet").items() if value is None} == {"engagements"}
    assert ended.run.exit_code == Exit.DONE
    assert [call.status for call in ended.calls].count(403) == 1


def test_what_was_refused_in_one_run_is_asked_of_no_endpoint_in_the_next(
    world: World, run_report: RunReport, tmp_path: Path
) -> None:
    tweets = [*tweets_of(world, "@acme", 3), *tweets_of(world, "@globex", 1)]
    month = weeks({"@acme": tweets})
    ever = {key: value for key, value in month.items() if key != "date_range"} | {
        "endpoint": "totals",
        "groupings": {"by-tweet": ["tweet.id", "engagement.type"]},
    }
    faults, store = Faults(forbidden_metrics={"@acme": ("engagements",)}), f"sqlite:///{tmp_path}/kept.db"
    first, second = (run_report(month, ever, faults=faults, store=store) for _ in range(2))
    assert (second.run.calls.planned, second.calls) == (0, ())
    assert (second.results, second.other_results) == (first.results, first.other_results)


def test_a_handle_whose_token_is_refused_does_not_cost_the_other_its_numbers(
    world: World, run_report: RunReport
) -> None:
    ids = {handle: tweets_of(world, handle, 30) for handle in ("@acme", "@acme_help")}
    alone = run_report(weeks({"@acme_help": ids["@acme_help"]}))
    ended = run_report(weeks(ids), faults=Faults(refused_credentials=("@acme",)))
    assert ended.reasons() == dict.fromkeys(ids["@acme"], "not_authorized")
    for cell, value in alone.values("by-tweet").items():
        assert ended.values("by-tweet")[cell] == value
    assert ended.run.exit_code == Exit.CALLS_FAILED
    assert [call.status for call in ended.calls].count(401) == 1


def test_an_endpoint_that_is_not_there_is_asked_once_and_the_setting_is_named(
    world: World, run_report: RunReport
) -> None:
    ended = run_report(weeks({"@acme": tweets_of(world, "@acme", 60)}), faults=Faults(not_found=("historical",)))
    assert len(ended.calls) == 1
    assert ended.run.exit_code == Exit.CALLS_FAILED
    assert "engagement_url" in ended.results["gaps"][0]["detail"]


def test_damaged_counts_are_gaps_and_all_other_numbers_are_right(world: World, run_report: RunReport) -> None:
    spec = weeks({"@acme": tweets_of(world, "@acme", 40)})
    quiet, damaged = run_report(spec), run_report(spec, faults=Faults(damaged=0.001, numbers="mixed", extra_keys=True))
    assert damaged.run.exit_code == Exit.CALLS_FAILED
    gaps = {(gap["tweet_id"], gap["metric"]) for gap in damaged.results["gaps"]}
    assert gaps
    for cell, value in quiet.values("by-tweet").items():
        assert damaged.values("by-tweet")[cell] == (None if cell in gaps else value)


def test_an_answer_without_some_tweets_and_metrics_is_gaps_for_those(world: World, run_report: RunReport) -> None:
    ours = tweets_of(world, "@acme", 10, "2026-10-01")
    ended = run_report(
        weeks({"@acme": ours}), faults=Faults(missing_tweet_ids=(ours[0],), missing_metrics=("favorites",))
    )
    missing = {(tweet_id, metric) for (tweet_id, metric), value in ended.values("by-tweet").items() if value is None}
    assert missing == {(tweet_id, "favorites") for tweet_id in ours} | {
        (ours[0], metric) for metric in ("impressions", "engagements", "favorites")
    }
    assert set(ended.reasons().values()) == {"call_failed"}


@pytest.mark.parametrize("unsupported", ["listed_with_zero", "listed", "zero"])
def test_what_is_too_old_is_a_gap_whether_the_answer_says_so_or_not(
    world: World, run_report: RunReport, unsupported: Any
) -> None:
    old, new = "1164567905694646273", tweets_of(world, "@acme", 1)[0]
    spec = {
        "endpoint": "totals",
        "handles": [{"handle": "@acme", "tweet_ids": [old, new]}],
        "metrics": ["impressions", "video_views", "favorites"],
        "groupings": {"by-tweet": ["tweet.id", "engagement.type"]},
    }
    ended = run_report(spec, faults=Faults(unsupported=unsupported))
    assert {(gap["tweet_id"], gap["metric"], gap["reason"]) for gap in ended.results["gaps"]} == {
        (old, "impressions", "too_old_for_impressions"),
        (old, "video_views", "too_old_for_video_views"),
    }
    assert [cell for cell, value in ended.values("by-tweet").items() if value is None] == [
        (old, "impressions"),
        (old, "video_views"),
    ]


def test_a_range_that_begins_before_the_history_is_a_gap_up_to_there(world: World, run_report: RunReport) -> None:
    old, young = tweets_of(world, "@acme", 1, "2025-11-10")[0], tweets_of(world, "@acme", 1, "2025-11-25")[0]
    dates = {"start": "2025-11-09", "end": "2025-11-30"}
    ended = run_report(weeks({"@acme": [old, young]}, date_range=dates))
    assert ended.reasons() == {old: "not_in_history"}
    assert ended.run.exit_code == Exit.DONE
    assert ended.values("by-tweet")[old, "impressions"] is None
    assert ended.values("by-tweet")[young, "impressions"] == world.total(young, "impressions") - world.count(
        young, "impressions", parse_instant("2025-12-01"), AS_OF
    )
    rows = ended.results["groupings"]["daily"]["rows"]
    days = [row["engagement.day"] for row in rows if row["engagement.type"] == "impressions" and "missing" in row]
    assert (days[0], days[-1]) == ("2025-11-09", "2025-11-16")


def test_a_limit_in_the_headers_alone_is_kept(world: World, run_report: RunReport) -> None:
    ended = run_report(weeks({"@acme": tweets_of(world, "@acme", 100)}), faults=Faults(calls_per_minute=6000))
    assert {call.status for call in ended.calls} == {200}


def test_a_store_that_fails_in_the_middle_of_a_run_costs_no_number_and_is_told(
    world: World, run_report: RunReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lock(Unwatched):
        def calls(self, finished: int, unfinished: int) -> None:
            if finished and not other.in_transaction:
                other.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr("reportgen.store.sqlite.BUSY_SECONDS", 0)
    spec = weeks({"@acme": tweets_of(world, "@acme", 60)})
    quiet = run_report(spec)
    address = f"sqlite:///{tmp_path}/kept.db"
    open_store(address).close()
    with closing(sqlite3.connect(tmp_path / "kept.db", isolation_level=None)) as other:
        ended = run_report(spec, store=address, watch=Lock(), calls_per_minute=6000)
    assert ended.results == quiet.results
    pace, ledger = ended.run.warnings
    assert pace.endswith("; the rest of the run kept the pace without it")
    assert ledger.endswith("; what it lacks of this run will be asked for again")


def test_more_calls_than_the_project_allows_are_refused_before_the_first(world: World, run_report: RunReport) -> None:
    with pytest.raises(InputError, match=r"max_calls in reportgen\.yaml allows 3"):
        run_report(weeks({"@acme": tweets_of(world, "@acme", 60)}), max_calls=3)
