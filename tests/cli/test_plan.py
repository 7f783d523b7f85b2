"""`reportgen plan`: what would be asked for, without asking."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reportgen.cli import options
from reportgen.instants import parse_instant
from reportgen.quota import ContractMonth, HandlesWanted
from reportgen.simulator.server import Simulator
from reportgen.store.handles import admit_handles
from reportgen.store.open import open_store
from tests.conftest import ROOT, Command
from tests.runs import PRESENT

WEEKLY = ROOT / "reports" / "weekly.yaml"
COMPETITORS = ROOT / "reports" / "competitors.yaml"
NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def calendar(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the real day, which the contract's month goes by."""

    def set_to(now: str) -> None:
        monkeypatch.setattr(options, "now", lambda: parse_instant(now))

    set_to(PRESENT)
    return set_to


def count_as_asked(*handles: str) -> None:
    with open_store("sqlite:///.reportgen/store.db") as store:
        admit_handles(store, HandlesWanted(frozenset(handles)), ContractMonth(NOVEMBER, None), over_limit=False)


def last_lines(reportgen: Command, count: int) -> list[str]:
    ended = reportgen("plan", WEEKLY, "--as-of", PRESENT)
    assert (ended.code, ended.err) == (0, "")
    return ended.out.splitlines()[-count:]


def test_the_calls_of_the_weekly_sample_are_shown_as_the_contract_writes_them(
    project: Path, reportgen: Command, simulator: Simulator
) -> None:
    ended = reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json")
    assert ended.code == 0, ended.err
    shown = json.loads(ended.out)
    assert {key: shown[key] for key in ("gaps", "calls", "minutes")} == {"gaps": [], "calls": 3, "minutes": None}
    metrics = ["impressions", "engagements", "favorites", "retweets", "replies", "url_clicks"]
    group_by = ["tweet.id", "engagement.type", "engagement.day", "engagement.hour"]
    asked = [(request.pop("tweet_ids"), request) for request in shown["requests"]]
    rest = {"endpoint": "historical", "auth": "user", "metrics": metrics, "group_by": group_by}
    end = "2026-11-16T05:00:00Z"
    assert [request for _, request in asked] == [
        # The first tweet of each handle was posted within the week compared with.
        rest | {"handle": "@acme", "start": "2026-11-02T15:00:00Z", "end": end},
        rest | {"handle": "@acme", "start": "2026-11-15T20:00:00Z", "end": end},
        rest | {"handle": "@acme_help", "start": "2026-11-03T15:00:00Z", "end": end},
    ]
    assert [len(tweet_ids) for tweet_ids, _ in asked] == [25, 2, 13]
    assert simulator.calls == []


def test_what_is_known_not_to_be_there_is_shown_beforehand(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "old.yaml").write_text(
        'version: 1\nname: old\nendpoint: totals\nhandles: ["@acme"]\n'
        'tweet_ids: ["1900000000000000000"]\nmetrics: [impressions, favorites]\n'
    )
    shown = json.loads(reportgen("plan", "old.yaml", "--as-of", PRESENT, "--json").out)
    assert shown["gaps"] == [
        {
            "tweet_id": "1900000000000000000",
            "metric": "impressions",
            "reason": "too_old_for_impressions",
            "detail": "older than 90 days",
        }
    ]
    (request,) = shown["requests"]
    assert (request["metrics"], request["group_by"], request["start"], request["end"]) == (
        ["favorites"],
        ["tweet.id", "engagement.type"],
        None,
        None,
    )


def known_beforehand(reportgen: Command, as_of: str = PRESENT) -> list[str]:
    """The lines on what will be missing from `report.yaml`."""
    return [line for line in reportgen("plan", "report.yaml", "--as-of", as_of).out.splitlines() if " without " in line]


class TestWhatIsMissing:
    def test_is_told_by_metrics_and_reason(self, project: Path, reportgen: Command) -> None:
        (project / "report.yaml").write_text(
            "version: 1\nname: old\nendpoint: totals\n"
            'handles: [{handle: "@acme", tweet_ids: ["1900000000000000000", "1900000000000000001"]}, '
            '{handle: "@globex", tweet_ids: ["2117632892728246273"]}]\n'
            "metrics: [impressions, engagements, favorites]\n"
        )
        assert known_beforehand(reportgen) == [
            "  2 tweets without impressions or engagements: older than 90 days",
            "  1 tweet without impressions or engagements: only the access token of @globex may ask for it",
        ]
        assert known_beforehand(reportgen, "2026-09-01") == [
            "  1 tweet without numbers: posted after 2026-09-01T00:00:00Z",
            "  2 tweets without impressions or engagements: older than 90 days",
        ]

    def test_is_told_where_the_history_begins(self, project: Path, reportgen: Command) -> None:
        (project / "report.yaml").write_text(
            'version: 1\nname: old\nendpoint: historical\nhandles: ["@acme"]\n'
            'tweet_ids: ["1900000000000000000", "2117270504862646273", "2121951348126646273"]\n'
            "date_range: {start: 2026-11-09, end: 2026-11-15}\nmetrics: [impressions]\n"
        )
        (project / "reportgen.yaml").write_text("history: 2026-11-12\n")
        assert known_beforehand(reportgen) == [
            "  2 tweets without numbers before 12 November 2026, where your contract's history begins"
        ]

    def test_is_told_to_the_hour_where_the_history_is_that_of_the_api(self, project: Path, reportgen: Command) -> None:
        (project / "report.yaml").write_text(
            'version: 1\nname: old\nendpoint: historical\nhandles: ["@acme"]\ntweet_ids: ["1900000000000000000"]\n'
            "timezone: America/New_York\ndate_range: {start: 2025-11-10, end: 2025-11-20}\nmetrics: [impressions]\n"
        )
        assert known_beforehand(reportgen) == [
            "  1 tweet without numbers before 16 November 2025, 12:00 UTC, where your contract's history begins"
        ]


def test_the_minutes_follow_from_the_contracts_limit(project: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text("calls_per_minute: 7\n")
    assert json.loads(reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json").out)["minutes"] == 0.44


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        (1, "3 calls in all: about 4 minutes at 1 a minute."),
        (2, "3 calls in all: about 2 minutes at 2 a minute."),
        (3, "3 calls in all: about 2 minutes at 3 a minute."),
        (4, "3 calls in all: less than a minute at 4 a minute."),
        (1200, "3 calls in all: less than a minute at 1,200 a minute."),
    ],
)
def test_people_get_whole_minutes(limit: int, line: str, project: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text(f"calls_per_minute: {limit}\n")
    assert last_lines(reportgen, 2)[0] == line


def test_no_calls_take_no_time(project: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text("calls_per_minute: 120\n")
    (project / "early.yaml").write_text(
        'version: 1\nname: early\nendpoint: totals\nhandles: ["@acme"]\n'
        'tweet_ids: ["2117632892728246273"]\nmetrics: [favorites]\n'
    )
    early = "2026-09-01T00:00:00Z"
    assert json.loads(reportgen("plan", "early.yaml", "--as-of", early, "--json").out)["minutes"] == 0
    assert reportgen("plan", "early.yaml", "--as-of", early).out.splitlines()[-2:] == [
        "0 calls in all.",
        "Handles since 1 November 2026: 0 asked about, 0 new by this plan.",
    ]


def test_the_documentation_shows_what_is_printed(project: Path, reportgen: Command) -> None:
    docs = (ROOT / "docs" / "settings.md").read_text()
    (project / "reportgen.yaml").write_text(docs.partition("```yaml\n")[2].partition("```")[0])
    command, *shown = [line.removeprefix("    ") for line in docs.splitlines() if line.startswith("    ")][:7]
    (project / "reports").symlink_to(ROOT / "reports")
    assert reportgen(*command.removeprefix("$ reportgen ").split()).out.splitlines() == shown


class TestHandles:
    def test_are_counted_as_new_where_no_store_is_yet_and_none_is_made(self, project: Path, reportgen: Command) -> None:
        (project / "reportgen.yaml").write_text("billing_day: 17\n")
        ended = reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json")
        assert json.loads(ended.out)["handles"] == {
            "month": "2026-10-17",
            "limit": None,
            "asked": 0,
            "new": ["@acme", "@acme_help"],
        }
        assert not (project / ".reportgen").exists()

    def test_are_new_once_a_month_of_the_real_calendar(
        self, project: Path, reportgen: Command, calendar: Callable[[str], None]
    ) -> None:
        (project / "reportgen.yaml").write_text("handles_per_month: 50\n")
        count_as_asked("@acme", "@globex")
        shown = json.loads(reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json").out)
        assert shown["handles"] == {"month": "2026-11-01", "limit": 50, "asked": 2, "new": ["@acme_help"]}
        assert last_lines(reportgen, 1) == ["Handles since 1 November 2026: 2 of 50 asked about, 1 new by this plan."]
        calendar("2026-12-01T12:00:00Z")
        later = reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json")
        assert json.loads(later.out)["handles"] == {
            "month": "2026-12-01", "limit": 50, "asked": 0, "new": ["@acme", "@acme_help"],
        }  # fmt: skip

    def test_are_warned_of_as_a_run_does_also_where_it_adds_none(self, project: Path, reportgen: Command) -> None:
        month = "2 handles asked about since 1 November 2026; the contract has"
        (project / "reportgen.yaml").write_text("handles_per_month: 2\n")
        assert last_lines(reportgen, 2) == [
            "Handles since 1 November 2026: 0 of 2 asked about, 2 new by this plan.",
            f"With this plan: {month} 2 (handles_per_month): none left.",
        ]
        (project / "reportgen.yaml").write_text("handles_per_month: 1\n")
        count_as_asked("@acme", "@acme_help")
        assert last_lines(reportgen, 2) == [
            "Handles since 1 November 2026: 2 of 1 asked about, 0 new by this plan.",
            f"With this plan: {month} 1 (handles_per_month): 1 over.",
        ]
        ended = reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json")
        assert ended.err == f"With this plan: {month} 1 (handles_per_month): 1 over.\n"

    def test_of_unknown_owners_are_mentioned(self, project: Path, reportgen: Command) -> None:
        (project / "public.yaml").write_text(
            "version: 1\nname: public\nendpoint: totals\n"
            'tweet_ids: ["2117632892728246273", "2117270504862646273"]\nmetrics: [favorites]\n'
        )
        assert reportgen("plan", "public.yaml", "--as-of", PRESENT).out.splitlines()[-1] == (
            "Handles since 1 November 2026: 0 asked about, 0 new by this plan; "
            "2 tweets have no owner named in the file; their handles are not counted."
        )

    def test_cannot_be_told_from_a_store_that_is_none(self, project: Path, reportgen: Command) -> None:
        (project / ".reportgen").mkdir()
        (project / ".reportgen" / "store.db").write_text("Dear diary, " * 100)
        ended = reportgen("plan", WEEKLY, "--as-of", PRESENT)
        assert ended.code == 2
        assert ended.err == (
            "the store sqlite:///.reportgen/store.db is a file of another kind, not a store; "
            "set another one with REPORTGEN_STORE, or with store in reportgen.yaml\n"
        )


class TestARunThatWouldBeRefused:
    CALLS = (
        "A run would be refused: this run would need 3 calls, and max_calls in reportgen.yaml allows 2; "
        "ask for less, or raise it."
    )
    HANDLES = (
        "A run would be refused: this run would ask about 2 new handles (@acme and @acme_help), and that makes "
        "3 handles asked about since 1 November 2026; the contract has 2 (handles_per_month): 1 over; "
        "ask about fewer, or go on with --over-handle-limit."
    )

    @pytest.fixture(autouse=True)
    def _limits(self, project: Path) -> None:
        (project / "reportgen.yaml").write_text("max_calls: 2\nhandles_per_month: 2\n")
        count_as_asked("@globex")

    def test_is_told_after_its_plan(self, reportgen: Command) -> None:
        assert last_lines(reportgen, 4) == [
            "3 calls in all.",
            "Handles since 1 November 2026: 1 of 2 asked about, 2 new by this plan.",
            self.CALLS,
            self.HANDLES,
        ]

    def test_is_told_beside_the_json(self, reportgen: Command) -> None:
        ended = reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json")
        assert (ended.code, ended.err) == (0, f"{self.CALLS}\n{self.HANDLES}\n")
        assert list(json.loads(ended.out)) == ["requests", "gaps", "timelines", "calls", "minutes", "handles"]


def test_no_credentials_are_needed(
    project: Path, reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in simulator.environment():
        monkeypatch.delenv(name)
    shown = json.loads(reportgen("plan", COMPETITORS, WEEKLY, "--as-of", PRESENT, "--json").out)
    assert [(r["endpoint"], r["handle"], r["auth"]) for r in shown["requests"]] == [
        ("totals", None, "app"),
        ("historical", "@acme", "user"),
        ("historical", "@acme", "user"),
        ("historical", "@acme_help", "user"),
    ]


def test_people_get_a_line_a_call_and_the_sum(project: Path, reportgen: Command) -> None:
    assert reportgen("plan", WEEKLY, "--as-of", PRESENT).out.splitlines() == [
        "acme-weekly: historical, 9–15 November 2026, compared with 2–8 November 2026",
        "  @acme             25 tweets,  6 metrics, by hour  2026-11-02 15:00 to 2026-11-16 05:00 UTC",
        "  @acme              2 tweets,  6 metrics, by hour  2026-11-15 20:00 to 2026-11-16 05:00 UTC",
        "  @acme_help        13 tweets,  6 metrics, by hour  2026-11-03 15:00 to 2026-11-16 05:00 UTC",
        "3 calls in all.",
        "Handles since 1 November 2026: 0 asked about, 2 new by this plan.",
    ]


class TestAComparison:
    REPORT = (
        'version: 1\nname: two\nendpoint: historical\nhandles: ["@acme"]\ntweet_ids: ["1900000000000000000"]\n'
        "date_range: {range}\ncompare_to: previous_period\nmetrics: [impressions]\n"
    )

    def test_is_planned_in_the_same_call(self, project: Path, reportgen: Command) -> None:
        (project / "two.yaml").write_text(self.REPORT.replace("{range}", "last_week"))
        assert reportgen("plan", "two.yaml", "--as-of", PRESENT).out.splitlines()[:3] == [
            "two: historical, 9–15 November 2026, compared with 2–8 November 2026",
            "  @acme               1 tweet,   1 metric, by day  2026-11-02 00:00 to 2026-11-16 00:00 UTC",
            "1 call in all.",
        ]
        shown = json.loads(reportgen("plan", "two.yaml", "--as-of", PRESENT, "--json").out)
        assert [(r["start"], r["end"]) for r in shown["requests"]] == [("2026-11-02T00:00:00Z", "2026-11-16T00:00:00Z")]

    def test_says_once_what_both_periods_lack(self, project: Path, reportgen: Command) -> None:
        (project / "two.yaml").write_text(self.REPORT.replace("{range}", "{start: 2025-11-10, end: 2025-11-20}"))
        assert reportgen("plan", "two.yaml", "--as-of", PRESENT).out.splitlines()[2:4] == [
            "  1 tweet without numbers before 17 November 2025, where your contract's history begins",
            "1 call in all.",
        ]
        shown = json.loads(reportgen("plan", "two.yaml", "--as-of", PRESENT, "--json").out)
        assert [gap["reason"] for gap in shown["gaps"]] == ["not_in_history", "not_in_history"]


def test_a_wrong_present_is_an_error_with_the_right_form(project: Path, reportgen: Command) -> None:
    ended = reportgen("plan", WEEKLY, "--as-of", "yesterday")
    assert ended.code == 2
    assert "'yesterday' is no ISO 8601 date or date-time; write it like 2026-11-16T09:00:00Z" in ended.err


def test_a_handle_without_a_token_is_told_before_a_run_is_refused(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN")
    monkeypatch.delenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET")
    (last,) = last_lines(reportgen, 1)
    assert last == (
        f"A run would be refused: {WEEKLY}:39:5: handles[1]: no access token for @acme_help: run reportgen auth "
        f"login @acme_help, or set "
        "REPORTGEN_ACME_HELP_ACCESS_TOKEN and REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET in the environment or in .env; "
        "tweets that are not yours have public metrics only, on endpoint: totals."
    )


class TestTimelines:
    FILE = """\
version: 1
name: monday
endpoint: historical
handles: ["@acme", "@acme_shop"]
posted: last_28_days
date_range: last_week
compare_to: previous_period
metrics: [impressions]
"""

    def plan(self, reportgen: Command, *more: str) -> str:
        ended = reportgen("plan", "monday.yaml", "--as-of", PRESENT, *more)
        assert (ended.code, ended.err) == (0, "")
        return ended.out

    def test_are_told_with_what_a_run_will_read_of_them(self, project: Path, reportgen: Command) -> None:
        (project / "monday.yaml").write_text(self.FILE)
        assert self.plan(reportgen).splitlines()[1:5] == [
            "  @acme              0 tweets known, timeline to read: 2026-10-12 00:00 to 2026-11-16 00:00 UTC",
            "  @acme_shop         0 tweets known, timeline to read: 2026-10-12 00:00 to 2026-11-16 00:00 UTC",
            "0 calls in all.",
            (
                "That is for the tweets known by now. A run reads the timelines first, a call to the X API for every "
                "100 tweets, each of which X bills, and then asks for the numbers of those that are new."
            ),
        ]

    def test_that_were_read_are_read_again_at_their_end(self, project: Path, reportgen: Command) -> None:
        (project / "monday.yaml").write_text(self.FILE)
        assert reportgen("run", "monday.yaml", "--as-of", PRESENT, "--format", "json").code == 0
        assert self.plan(reportgen).splitlines()[1:4] == [
            "  @acme             41 tweets known, timeline to read: 2026-11-13 00:00 to 2026-11-16 00:00 UTC",
            "  @acme_shop         0 tweets known, timeline to read: 2026-11-13 00:00 to 2026-11-16 00:00 UTC",
            "0 calls in all.",
        ]
        assert json.loads(self.plan(reportgen, "--json"))["timelines"][0] == {
            "report": "monday",
            "handle": "@acme",
            "tweets": 41,
            "unread": [{"start": "2026-11-13T00:00:00Z", "end": "2026-11-16T00:00:00Z"}],
        }
