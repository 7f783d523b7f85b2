"""What another run has stored since a run was planned is not asked for, and the report is the same as without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import Exit
from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.world import World
from tests.runs import Ended, RunReport, Unwatched, tweets_of, weeks

BY_TWEET = {"groupings": {"by-tweet": ["tweet.id", "engagement.type"]}}
DELETED, OLD = "2120192257029046273", "1164567905694646273"


class Overtaken(Unwatched):
    """Lets another run come first, when this one is planned and has not made a call."""

    def __init__(self, other: Callable[[], object]) -> None:
        self._other: Callable[[], object] | None = other

    def calls(self, finished: int, unfinished: int) -> None:
        if other := self._other:
            self._other = None
            other()


@pytest.fixture
def overtaken(run_report: RunReport, tmp_path: Path) -> Callable[..., Ended]:
    """Runs reports, after others have come first, one by one; without others, the same."""

    def run(*specs: dict[str, Any], others: tuple[dict[str, Any], ...] = (), faults: Faults = FRIENDLY) -> Ended:
        store = f"sqlite:///{tmp_path}/shared.db"
        watch = Overtaken(lambda: [run_report(other, faults=faults, store=store) for other in others or specs])
        return run_report(*specs, faults=faults, store=store, watch=watch)

    return run


@pytest.mark.parametrize("faults", [Faults(), Faults(forbidden_wording="unnamed")])
def test_what_was_refused_to_the_other_run_is_not_asked_for(
    world: World, run_report: RunReport, overtaken: Callable[..., Ended], faults: Faults
) -> None:
    ours, foreign = tweets_of(world, "@acme", 4, "2026-10-01"), tweets_of(world, "@globex", 1, "2026-10-01")
    spec = weeks({"@acme": [*ours, *foreign, DELETED]})
    alone = run_report(spec, faults=faults)
    ended = overtaken(spec, faults=faults)
    assert alone.reasons() == {foreign[0]: "forbidden", DELETED: "unavailable"}
    assert ended.calls == ()
    assert ended.results == alone.results
    assert ended.run.exit_code == Exit.DONE


def test_a_metric_that_is_refused_to_the_other_run_is_not_asked_for(
    world: World, run_report: RunReport, overtaken: Callable[..., Ended]
) -> None:
    spec = weeks({"@acme": tweets_of(world, "@acme", 4)})
    faults = Faults(forbidden_metrics={"@acme": ("favorites",)})
    ended = overtaken(spec, faults=faults)
    assert ended.calls == ()
    assert ended.results == run_report(spec, faults=faults).results


def test_nobody_asks_in_place_of_the_other_run_for_what_is_never_there(
    world: World, run_report: RunReport, overtaken: Callable[..., Ended]
) -> None:
    spec = {
        "endpoint": "totals",
        "handles": [{"handle": "@acme", "tweet_ids": [OLD, *tweets_of(world, "@acme", 2)]}],
        "metrics": ["favorites", "video_views"],
    }
    ended = overtaken(spec)
    assert ended.calls == ()
    assert ended.results == run_report(spec).results
    assert ended.reasons() == {OLD: "too_old_for_video_views"}


def test_nobody_asks_in_place_of_the_other_run_for_what_no_report_needs(
    world: World, run_report: RunReport, overtaken: Callable[..., Ended]
) -> None:
    ours = tweets_of(world, "@acme", 2, "2026-10-01")
    week, fortnight = (
        weeks({"@acme": [ours[n]]}, date_range={"start": f"2026-11-{first:02}", "end": "2026-11-15"}, **BY_TWEET)
        for n, first in enumerate((9, 2))
    )
    ended = overtaken(week, fortnight)
    assert ended.calls == ()
    alone = run_report(week, fortnight)
    assert (ended.results, ended.other_results) == (alone.results, alone.other_results)


def test_only_the_tweets_and_hours_that_the_other_run_has_not_stored_are_asked_for(
    world: World, run_report: RunReport, overtaken: Callable[..., Ended]
) -> None:
    ours = tweets_of(world, "@acme", 3, "2026-10-01")
    spec = weeks({"@acme": ours}, date_range={"start": "2026-11-02", "end": "2026-11-15"})
    other = weeks({"@acme": ours[:2]}, date_range={"start": "2026-11-09", "end": "2026-11-15"})
    third = weeks({"@acme": ours[2:]}, date_range={"start": "2026-11-06", "end": "2026-11-15"})
    ended = overtaken(spec, others=(other, third, weeks({"@acme": ours[:1]}, date_range=spec["date_range"])))
    (call,) = ended.calls
    assert call.tweet_ids == (ours[1], ours[2])
    assert isinstance(call.body, dict)
    assert (call.body["start"], call.body["end"]) == ("2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z")
    assert ended.results == run_report(spec).results
