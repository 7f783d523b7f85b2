"""X shows the newest tweets only, and runs have presents of their own: no tweet is lost for it without a word."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.ask import Ask
from reportgen.instants import parse_instant
from reportgen.simulator.world import World
from tests.runs import AS_OF, RunReport
from tests.test_timelines import ids, paths, posted, posts_of, states, timeline_calls, timelines

NOVEMBER = parse_instant("2026-11-01T00:00:00Z")
A_MONTH = parse_instant("2026-09-01T00:00:00Z"), parse_instant("2026-10-01T00:00:00Z")


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The address of a store that several runs use."""
    return f"sqlite:///{tmp_path}/store.db"


SEPTEMBER = posts_of("@acme_status", posted={"start": "2026-09-01", "end": "2026-09-30"}, exclude=["replies"])


class TestWhatXHoldsBack:
    def test_is_told_of_an_earlier_month_of_an_account_with_more_tweets_since_than_are_shown(
        self, run_report: RunReport, world: World
    ) -> None:
        now = parse_instant("2026-11-29T00:07:00Z")
        ended = run_report(SEPTEMBER, as_of=parse_instant("2026-10-20T07:00:00Z"), now=now)
        one = timelines(ended)["@acme_status"]
        there = posted(world.at(now), "@acme_status", *A_MONTH, exclude="@")
        assert (one["tweets"], len(there), one["reach"]) == (222, 287, "2026-09-08T00:07:00Z")

    def test_is_not_called_gone(self, run_report: RunReport, kept: str) -> None:
        first = run_report(SEPTEMBER, as_of=parse_instant("2026-10-20T07:00:00Z"), store=kept)
        again = run_report(SEPTEMBER, as_of=parse_instant("2026-11-29T00:07:00Z"), store=kept, ask=Ask.EVERYTHING)
        assert ids(again) == ids(first)
        assert (timelines(again)["@acme_status"]["gone"], timelines(again)["@acme_status"]["reach"]) == ([], None)

    def test_is_nothing_of_an_account_with_few_tweets_also_before_its_first(self, run_report: RunReport) -> None:
        ended = run_report(posts_of("@acme_help", posted={"start": "2025-08-01", "end": "2025-09-30"}))
        assert (timelines(ended)["@acme_help"]["reach"], len(timeline_calls(ended))) == (None, 1)

    def test_is_looked_for_with_five_tweets(self, run_report: RunReport) -> None:
        (page, probe) = timeline_calls(run_report(posts_of("@acme_status", posted="yesterday")))
        assert (page.posts, probe.posts, probe.query["max_results"]) == (12, 5, "5")


class TestThePresent:
    def test_of_a_run_that_was_too_late_loses_nothing_of_later_runs(
        self, run_report: RunReport, world: World, kept: str
    ) -> None:
        spec = posts_of("@acme_status", posted="this_month", date_range="yesterday")
        slip = run_report(spec, store=kept, as_of=AS_OF + timedelta(days=10), now=AS_OF)
        assert states(slip)["@acme_status"][0] == "read"
        for days in (1, 9, 12):
            later = AS_OF + timedelta(days=days)
            ended = run_report(spec, store=kept, as_of=later)
            assert ids(ended) == set(posted(world.at(later), "@acme_status", NOVEMBER, later))

    def test_of_a_run_in_the_past_reads_no_more_than_its_report_has(self, run_report: RunReport, kept: str) -> None:
        spec = posts_of("@acme_status", posted="this_month", date_range="yesterday")
        past = parse_instant("2026-08-20T12:00:00Z")
        first = run_report(spec, store=kept, as_of=past, now=AS_OF)
        tweets = states(first)["@acme_status"][1]
        assert sum(call.posts for call in timeline_calls(first)) == tweets + 5
        second = run_report(spec, store=kept, as_of=past, now=AS_OF)
        assert sum(call.posts for call in timeline_calls(second)) < 50

    def test_before_november_2010_is_asked_for_without_a_start(self, run_report: RunReport) -> None:
        old = posts_of("@acme", posted={"start": "2009-01-01", "end": "2010-10-31"}, endpoint="totals")
        del old["date_range"]
        ended = run_report({**old, "metrics": ["favorites"], "groupings": {"by-tweet": ["tweet.id"]}})
        (call,) = timeline_calls(ended)
        assert ("start_time" in call.query, call.query["end_time"]) == (False, "2010-11-06T00:00:00Z")
        assert states(ended) == {"@acme": ("read", 0)}


def test_a_silent_account_is_read_with_one_call(run_report: RunReport, kept: str) -> None:
    run_report(posts_of("@acme_shop"), store=kept)
    later = run_report(posts_of("@acme_shop"), store=kept, as_of=AS_OF + timedelta(days=2))
    assert len(paths(later)) == 1
