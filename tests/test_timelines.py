"""Reports over what their handles posted: found on the timelines, once, whatever becomes of the accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from reportgen.ask import Ask
from reportgen.errors import Exit
from reportgen.instants import parse_instant
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, XCall
from reportgen.simulator.world import World
from tests.conftest import Command
from tests.runs import AS_OF, PRESENT, Ended, RunReport

OURS = ("@acme", "@acme_help", "@acme_status", "@acme_shop")
LOOK_UP = "/2/users/by"
MIDNIGHT = parse_instant("2026-11-16T00:00:00Z")
"""The end of the ranges, in UTC."""


def posts_of(*handles: str, **more: object) -> dict[str, Any]:
    """A report over the tweets that these handles posted in the last 28 days."""
    return {
        "endpoint": "historical",
        "handles": list(handles),
        "posted": "last_28_days",
        "date_range": "last_week",
        "metrics": ["impressions", "favorites"],
        "groupings": {"by-tweet": ["tweet.id", "engagement.type"], "daily": ["engagement.day", "engagement.type"]},
        **more,
    }


def posted(world: World, handle: str, start: datetime, end: datetime, exclude: str = "") -> list[str]:
    """What the world has: the ids of the tweets that were there at its present, the earliest first."""
    return [
        tweet.id
        for tweet in world.tweets
        if tweet.handle == handle and start <= tweet.posted_at < end and world.is_available(tweet)
        if not (exclude and tweet.text.startswith(exclude))
    ]


def timelines(ended: Ended) -> dict[str, Mapping[str, Any]]:
    return {timeline["handle"]: timeline for timeline in ended.results["timelines"]}


def states(ended: Ended) -> dict[str, tuple[str, int]]:
    """Of each handle what became of its timeline, and how many tweets the report has of it."""
    return {handle: (timeline["state"], timeline["tweets"]) for handle, timeline in timelines(ended).items()}


def paths(ended: Ended) -> list[str]:
    return [call.path for call in ended.x_calls]


def timeline_calls(ended: Ended) -> list[XCall]:
    return [call for call in ended.x_calls if call.path.endswith("/tweets")]


def ids(ended: Ended) -> set[str]:
    return {row["tweet.id"] for row in ended.results["groupings"]["by-tweet"]["rows"]}


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The address of a store that several runs use."""
    return f"sqlite:///{tmp_path}/store.db"


def last_28_days(world: World, handle: str) -> list[str]:
    return posted(world, handle, MIDNIGHT - timedelta(days=28), MIDNIGHT)


class TestTheTweetsOfAReport:
    def test_are_those_that_its_handles_posted(self, run_report: RunReport, world: World) -> None:
        ended = run_report(posts_of(*OURS))
        wanted = {handle: last_28_days(world, handle) for handle in OURS}
        assert states(ended) == {handle: ("read", len(of)) for handle, of in wanted.items()}
        assert states(ended)["@acme_shop"] == ("read", 0)
        assert ids(ended) == {tweet_id for of in wanted.values() for tweet_id in of}
        assert ended.run.exit_code == Exit.DONE

    def test_have_the_numbers_of_the_same_ids_listed_by_hand(self, run_report: RunReport, world: World) -> None:
        found = run_report(posts_of("@acme", "@acme_help"))
        listed = posts_of("@acme", "@acme_help")
        del listed["posted"]
        listed["handles"] = [
            {"handle": handle, "tweet_ids": last_28_days(world, handle)} for handle in ("@acme", "@acme_help")
        ]
        by_hand = run_report(listed)
        assert found.results["groupings"] == by_hand.results["groupings"]
        assert found.results["gaps"] == by_hand.results["gaps"]

    def test_have_the_numbers_of_the_world(self, run_report: RunReport, world: World) -> None:
        values = run_report(posts_of("@acme")).values("by-tweet")
        start = MIDNIGHT - timedelta(days=7)
        for tweet_id in last_28_days(world, "@acme"):
            assert values[tweet_id, "impressions"] == world.count(tweet_id, "impressions", start, MIDNIGHT)

    @pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Asia/Kolkata"])
    def test_begin_and_end_with_local_days_also_where_the_clocks_change(
        self, zone: str, run_report: RunReport, world: World
    ) -> None:
        # In both zones that change their clocks, they do so within these days.
        spec = posts_of("@acme_status", timezone=zone, posted={"start": "2026-10-24", "end": "2026-11-02"})
        start, end = (datetime(2026, *day, tzinfo=ZoneInfo(zone)) for day in ((10, 24), (11, 3)))
        assert ids(run_report(spec)) == set(posted(world, "@acme_status", start, end))

    def test_are_without_what_is_left_out(self, run_report: RunReport, world: World) -> None:
        ended = run_report(posts_of("@acme_status", exclude=["replies", "retweets"]))
        span = (MIDNIGHT - timedelta(days=28), MIDNIGHT)
        own = set(posted(world, "@acme_status", *span, exclude="@")) & set(
            posted(world, "@acme_status", *span, exclude="RT @")
        )
        assert ids(ended) == own
        assert {call.query["exclude"] for call in timeline_calls(ended)} == {"replies,retweets"}

    def test_are_found_and_listed_ones_together_each_once(self, run_report: RunReport, world: World) -> None:
        older = posted(world, "@acme", MIDNIGHT - timedelta(days=60), MIDNIGHT - timedelta(days=40))[:2]
        found = last_28_days(world, "@acme")
        entry = {
            "handle": "@acme",
            "labels": {"brand": "acme"},
            "tweet_ids": [*older, {"id": found[0], "labels": {"brand": "launch"}}],
        }
        spec = posts_of(groupings={"brands": ["label.brand", "engagement.type"], "by-tweet": ["tweet.id"]})
        ended = run_report({**spec, "handles": [entry], "metrics": ["impressions"]})
        assert ids(ended) == {*older, *found}
        labels = {row["label.brand"] for row in ended.results["groupings"]["brands"]["rows"]}
        assert labels == {"acme", "launch"}

    def test_are_those_up_to_the_present_that_as_of_says(self, run_report: RunReport, world: World, kept: str) -> None:
        run_report(posts_of("@acme_status", posted="this_month"), store=kept)
        earlier = parse_instant("2026-11-12T09:30:00Z")
        ended = run_report(posts_of("@acme_status", posted="this_month"), store=kept, as_of=earlier)
        assert ids(ended) == set(posted(world, "@acme_status", parse_instant("2026-11-01T00:00:00Z"), earlier))
        assert paths(ended) == []


class TestASecondRun:
    def test_makes_one_call_a_timeline_and_no_other(self, run_report: RunReport, kept: str) -> None:
        first = run_report(posts_of(*OURS), store=kept)
        second = run_report(posts_of(*OURS), store=kept)
        # From the last tweet before the last three days on, where there is one.
        assert [call.query["start_time"] for call in timeline_calls(second)] == [
            "2026-11-12T18:00:00Z",
            "2026-11-12T19:18:03Z",
            "2026-11-12T22:07:00Z",
            "2026-11-13T00:00:00Z",
        ]
        assert (len(second.x_calls), second.calls) == (4, ())
        assert second.results == first.results

    def test_a_week_later_reads_the_new_days_and_the_last_three_again(
        self, run_report: RunReport, world: World, kept: str
    ) -> None:
        run_report(posts_of("@acme_status"), store=kept)
        later = AS_OF + timedelta(weeks=1)
        ended = run_report(posts_of("@acme_status"), store=kept, as_of=later)
        (first, *more) = timeline_calls(ended)
        assert (first.query["start_time"], first.query["end_time"]) == ("2026-11-12T22:07:00Z", "2026-11-23T00:00:00Z")
        span = MIDNIGHT - timedelta(days=3), MIDNIGHT + timedelta(days=7)
        read = posted(world.at(later), "@acme_status", *span)
        assert sum(call.posts for call in (first, *more)) == 1 + len(read) == 121
        assert ids(ended) == set(
            posted(world.at(later), "@acme_status", MIDNIGHT - timedelta(days=21), MIDNIGHT + timedelta(days=7))
        )

    def test_reads_all_again_where_all_is_to_be_refreshed(self, run_report: RunReport, kept: str) -> None:
        first = run_report(posts_of("@acme"), store=kept)
        again = run_report(posts_of("@acme"), store=kept, ask=Ask.EVERYTHING)
        assert paths(again) == paths(first)

    def test_heals_a_slip_of_the_date_where_all_is_to_be_refreshed(
        self, run_report: RunReport, world: World, kept: str
    ) -> None:
        slip, spec = AS_OF + timedelta(days=60), posts_of("@acme", posted="this_month", date_range="yesterday")
        run_report(spec, store=kept, as_of=slip)
        assert paths(run_report(spec, store=kept, as_of=slip - timedelta(days=10))) == []
        run_report(spec, store=kept, ask=Ask.EVERYTHING)
        later = AS_OF + timedelta(days=1)
        ended = run_report(spec, store=kept, as_of=later)
        assert ids(ended) == set(posted(world.at(later), "@acme", parse_instant("2026-11-01T00:00:00Z"), later))

    def test_that_may_not_ask_takes_what_is_known(self, run_report: RunReport, kept: str) -> None:
        first = run_report(posts_of("@acme"), store=kept)
        offline = run_report(posts_of("@acme"), store=kept, ask=Ask.NOTHING)
        assert (paths(offline), offline.results, offline.run.exit_code) == ([], first.results, Exit.DONE)
        wider = run_report(posts_of("@acme", posted="last_quarter"), store=kept, ask=Ask.NOTHING)
        assert (states(wider), wider.run.exit_code) == ({"@acme": ("not_asked", 0)}, Exit.CALLS_FAILED)


class TestSeveralReports:
    def test_read_a_timeline_once_over_all_that_they_want(self, run_report: RunReport, world: World) -> None:
        week, month = posts_of("@acme", posted="last_week"), posts_of("@ACME")
        ended = run_report(week, month)
        (call,) = timeline_calls(ended)
        assert (call.query["start_time"], call.query["end_time"]) == ("2026-10-19T00:00:00Z", "2026-11-16T00:00:00Z")
        assert ids(ended) == set(posted(world, "@acme", MIDNIGHT - timedelta(days=7), MIDNIGHT))
        rows = ended.other_results[0]["groupings"]["by-tweet"]["rows"]
        assert {row["tweet.id"] for row in rows} == set(last_28_days(world, "@acme"))


class TestATroubledAccount:
    def test_that_was_renamed_is_read_under_its_new_name(self, run_report: RunReport, world: World, kept: str) -> None:
        first = run_report(posts_of("@acme"), store=kept)
        renamed = Faults(renamed_handles={"@acme": "@AcmeOutdoors"})
        ended = run_report(posts_of("@acme"), store=kept, faults=renamed)
        assert states(ended) == {"@acme": ("renamed", len(last_28_days(world, "@acme")))}
        assert timelines(ended)["@acme"]["detail"] == "@AcmeOutdoors"
        assert (ended.results["groupings"], ended.run.exit_code) == (first.results["groupings"], Exit.DONE)

    def test_that_was_renamed_before_is_not_found_and_asked_for_each_time(
        self, run_report: RunReport, kept: str
    ) -> None:
        renamed = Faults(renamed_handles={"@acme": "@AcmeOutdoors"})
        for _ in range(2):
            ended = run_report(posts_of("@acme", "@acme_help"), store=kept, faults=renamed)
            assert states(ended)["@acme"] == ("not_found", 0)
            assert states(ended)["@acme_help"][0] == "read"
            assert (ended.x_calls[0].path, ended.run.exit_code) == (LOOK_UP, Exit.DONE)
        assert ended.x_calls[0].query["usernames"] == "acme"

    def test_that_is_suspended_keeps_what_was_found(self, run_report: RunReport, world: World, kept: str) -> None:
        run_report(posts_of("@acme"), store=kept)
        ended = run_report(posts_of("@acme", "@acme_help"), store=kept, faults=Faults(suspended_handles=("@acme",)))
        assert states(ended)["@acme"] == ("suspended", len(last_28_days(world, "@acme")))
        assert (states(ended)["@acme_help"][0], ended.run.exit_code) == ("read", Exit.DONE)

    def test_that_shows_only_its_newest_says_how_far_they_reach(self, run_report: RunReport, kept: str) -> None:
        year = posts_of("@acme_status", posted={"start": "2025-10-01", "end": "2026-11-15"}, metrics=["impressions"])
        first = run_report(year, store=kept)
        one = timelines(first)["@acme_status"]
        assert (one["state"], one["tweets"], one["reach"]) == ("read", 3_194, "2026-02-22T20:07:00Z")
        # 32 pages, and one to see that there is nothing older.
        assert (len(timeline_calls(first)), first.run.exit_code) == (33, Exit.DONE)
        second = run_report(year, store=kept)
        assert (len(second.x_calls), timelines(second)["@acme_status"]) == (1, one)

    def test_loses_a_tweet_and_the_report_keeps_it(self, run_report: RunReport, world: World, kept: str) -> None:
        first = run_report(posts_of("@acme_status"), store=kept)
        gone = posted(world, "@acme_status", MIDNIGHT - timedelta(days=2), MIDNIGHT)[5]
        ended = run_report(posts_of("@acme_status"), store=kept, faults=Faults(deleted_tweet_ids=(gone,)))
        one = timelines(ended)["@acme_status"]
        assert (one["state"], one["tweets"], one["gone"]) == ("read", 336, [gone])
        assert (ids(ended), ended.run.exit_code) == (ids(first), Exit.DONE)
        assert run_report(posts_of("@acme_status"), store=kept).results == first.results

    def test_whose_credential_is_refused_costs_its_own_timeline(self, run_report: RunReport) -> None:
        ended = run_report(posts_of("@acme", "@acme_help"), faults=Faults(refused_credentials=("@acme",)))
        assert states(ended)["@acme"] == ("not_authorized", 0)
        assert (states(ended)["@acme_help"][0], ended.run.exit_code) == ("read", Exit.CALLS_FAILED)
        assert ended.results["complete"] is False

    def test_is_read_through_bad_weather(self, run_report: RunReport, world: World) -> None:
        ended = run_report(posts_of("@acme_status"), faults=Faults(x_trouble=0.3))
        assert ids(ended) == set(last_28_days(world, "@acme_status"))

    def test_beyond_the_cap_of_the_month_is_not_read(self, run_report: RunReport) -> None:
        ended = run_report(posts_of("@acme"), faults=Faults(x_usage_capped=True))
        assert (states(ended), ended.run.exit_code) == ({"@acme": ("failed", 0)}, Exit.CALLS_FAILED)

    def test_that_is_protected_is_read_with_its_own_token_and_not_with_the_app_s(
        self, run_report: RunReport, world: World
    ) -> None:
        protected = Faults(protected_handles=("@acme_status", "@globex"))
        spec = {**posts_of("@acme_status", "@globex"), "endpoint": "totals", "groupings": {"by-tweet": ["tweet.id"]}}
        del spec["date_range"]
        ended = run_report({**spec, "metrics": ["favorites"]}, faults=protected)
        assert states(ended) == {
            "@acme_status": ("read", len(last_28_days(world, "@acme_status"))),
            "@globex": ("protected", 0),
        }
        assert ended.run.exit_code == Exit.DONE


class TestBeforeTheFirstCall:
    @pytest.fixture
    def weekly(self, project: Path) -> Path:
        path = project / "weekly.yaml"
        path.write_text(yaml.safe_dump({"version": 1, "name": "weekly", **posts_of("@acme", "@globex")}))
        return path

    def test_a_handle_without_a_token_is_an_error_with_its_place(
        self, weekly: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        ended = reportgen("run", "weekly.yaml", "--as-of", PRESENT)
        line = next(n for n, text in enumerate(weekly.read_text().splitlines(), 1) if "@globex" in text)
        assert (ended.code, ended.out, simulator.x_calls) == (Exit.INPUT, "", [])
        assert ended.err.startswith(f"weekly.yaml:{line}:3: handles[1]: no access token for @globex: ")
        assert f"A run would be refused: {ended.err.strip()}." in reportgen("plan", "weekly.yaml").out

    def test_no_credential_at_all_is_an_error_of_its_own(
        self, weekly: Path, reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in simulator.environment():
            if not name.endswith("_URL"):
                monkeypatch.delenv(name)
        ended = reportgen("run", "weekly.yaml", "--as-of", PRESENT)
        assert (ended.code, simulator.x_calls) == (Exit.CREDENTIALS, [])
        assert ended.err.startswith("there is no credential: ")

    def test_a_plan_makes_no_call_and_no_store(self, weekly: Path, reportgen: Command, simulator: Simulator) -> None:
        assert reportgen("plan", "weekly.yaml", "--as-of", PRESENT).code == Exit.DONE
        assert (simulator.x_calls, simulator.calls) == ([], [])
        assert not (weekly.parent / ".reportgen").exists()
