"""A report over timelines is compared with what it was then: with the numbers of its own tweets of that time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reportgen.simulator.faults import Faults
from tests.runs import AS_OF, Ended, RunReport
from tests.test_timelines import posts_of

WEEK = timedelta(days=7)
BY_HANDLE = {
    "daily": ["engagement.type", "engagement.day"],
    "by-handle": ["handle", "engagement.type"],
    "by-tweet": ["tweet.id", "engagement.type"],
}


def weekly(*handles: str, **more: object) -> dict[str, Any]:
    return posts_of(*handles, groupings=BY_HANDLE, compare_to="previous_period", **more)


def ids(results: Any) -> set[str]:
    return {row["tweet.id"] for row in results["groupings"]["by-tweet"]["rows"]}


def page(ended: Ended) -> str:
    return ended.run.reports[0].files["html"].read_text()


def test_the_week_before_has_the_numbers_of_the_report_of_that_week(run_report: RunReport, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    last_week = run_report(weekly("@acme", "@acme_help"), as_of=AS_OF - WEEK, store=store)
    this_week = run_report(weekly("@acme", "@acme_help"), store=store)
    assert this_week.results["comparison"]["groupings"] == last_week.results["groupings"]
    assert this_week.results["comparison"]["start"] == last_week.results["period"]["start"]


def test_it_is_the_same_from_nothing(run_report: RunReport) -> None:
    last_week = run_report(weekly("@acme", "@acme_help"), as_of=AS_OF - WEEK)
    this_week = run_report(weekly("@acme", "@acme_help"))
    assert this_week.results["comparison"]["groupings"] == last_week.results["groupings"]


def test_a_month_is_compared_with_the_tweets_of_the_month_before(run_report: RunReport) -> None:
    months = weekly("@acme", posted="last_month", date_range="last_month")
    present = AS_OF.replace(month=12, day=1)
    november, october = run_report(months, as_of=present), run_report(months, as_of=AS_OF)
    assert november.results["comparison"]["groupings"] == october.results["groupings"]


def test_explicit_dates_are_the_same_tweets_in_both_periods(run_report: RunReport) -> None:
    chosen = {"start": "2026-10-19", "end": "2026-11-15"}
    ended = run_report(weekly("@acme", posted=chosen))
    assert ids(ended.results["comparison"]) == ids(ended.results)


def test_listed_tweets_are_in_both(run_report: RunReport) -> None:
    old = "1164564474171293697"
    ended = run_report(weekly("@acme", handles=[{"handle": "@acme", "tweet_ids": [old]}]))
    assert old in ids(ended.results)
    assert old in ids(ended.results["comparison"])


@pytest.mark.parametrize("faults", [Faults(suspended_handles=("@acme_help",)), Faults(x_usage_capped=True)])
def test_where_tweets_of_either_time_may_be_missing_it_is_over_the_same_tweets(
    faults: Faults, run_report: RunReport, tmp_path: Path
) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    run_report(weekly("@acme", "@acme_help"), as_of=AS_OF - WEEK, store=store)
    ended = run_report(weekly("@acme", "@acme_help"), store=store, faults=faults)
    assert ids(ended.results["comparison"]) == ids(ended.results)
