"""`reportgen run` as the contract has it: files, exit codes, what is printed where."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from reportgen.cli.progress import RunProgress
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from tests.conftest import ROOT, Command
from tests.leaks.known import made_up
from tests.runs import PRESENT

WEEKLY = ROOT / "reports" / "weekly.yaml"
COMPETITORS = ROOT / "reports" / "competitors.yaml"
LAUNCH = ROOT / "reports" / "launch-day.yaml"
REPORT = """\
version: 1
name: small
endpoint: historical
handles:
  - handle: "@acme"
    tweet_ids: ["2117600084332904449", "2120192257029046273"]
  - handle: "@acme_help"
    tweet_ids: ["2117632892728246273"]
date_range: {start: 2026-11-09, end: 2026-11-15}
metrics: [impressions, favorites]
outputs: {formats: [json]}
"""


@pytest.fixture
def small(project: Path) -> Path:
    path = project / "small.yaml"
    path.write_text(REPORT)
    return path


def files_in(folder: Path) -> list[str]:
    """All files but the store's."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in files if path.parts[0] != ".reportgen")


class TestFiles:
    def test_are_named_after_the_report_and_its_last_local_day(self, project: Path, reportgen: Command) -> None:
        ended = reportgen("run", WEEKLY, LAUNCH, COMPETITORS, "--as-of", PRESENT, "--format", "json", "--out", "made")
        assert ended.code == 0, ended.err
        names = [
            "made/acme-weekly-2026-11-15.json",
            "made/trailbrew-launch-2026-11-16.json",
            "made/acme-and-globex-2026-11-16.json",
        ]
        assert ended.out.splitlines() == names
        assert files_in(project) == sorted(names)

    def test_are_made_in_each_format_asked_for(self, project: Path, small: Path, reportgen: Command) -> None:
        formats = ["html", "pdf", "json", "csv", "xlsx", "parquet"]
        options = [option for name in formats for option in ("--format", name)]
        assert reportgen("run", small, "--as-of", PRESENT, *options).code == 0
        assert files_in(project / "out") == sorted(f"small-2026-11-15.{name}" for name in formats)
        assert (project / "out" / "small-2026-11-15.pdf").read_bytes().startswith(b"%PDF-")
        assert (project / "out" / "small-2026-11-15.xlsx").read_bytes().startswith(b"PK")
        assert (project / "out" / "small-2026-11-15.parquet").read_bytes().startswith(b"PAR1")

    def test_that_cannot_be_written_are_said_before_any_call_is_made(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        (project / "out").write_text("in the way")
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert (ended.code, ended.err) == (2, "cannot make the folder out: File exists\n")
        assert simulator.calls == []

    def test_of_totals_bear_the_local_day_of_the_present(self, project: Path, reportgen: Command) -> None:
        (project / "totals.yaml").write_text(
            "version: 1\nname: late\nendpoint: totals\ntimezone: America/New_York\nmetrics: [favorites]\n"
            'tweet_ids: ["2117600084332904449"]\noutputs: {formats: [json]}\n'
        )
        ended = reportgen(
            "run", "totals.yaml", "--as-of", "2026-11-16T03:00:00Z", "--format", "json", "--format", "json"
        )
        assert ended.out == "out/late-2026-11-15.json\n"

    def test_of_one_report_that_cannot_be_written_leave_the_others(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        (project / "other.yaml").write_text(REPORT.replace("name: small", "name: other"))
        (project / "out" / "small-2026-11-15.json").mkdir(parents=True)
        ended = reportgen("run", small, "other.yaml", "--as-of", PRESENT, "--json")
        assert ended.code == 2
        assert [(r["report"], r["status"], r["files"], r["error"]) for r in json.loads(ended.out)["reports"]] == [
            ("small", "failed", {}, "cannot write out/small-2026-11-15.json: Is a directory"),
            ("other", "complete", {"json": "out/other-2026-11-15.json"}, None),
        ]

    def test_of_one_report_whose_chart_cannot_be_drawn_leave_the_others(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        chart = "sections: [{vega_lite: {spec: {data: {name: by-tweet}}}}]\n"
        (project / "other.yaml").write_text(REPORT.replace("name: small", "name: other") + chart)
        ended = reportgen("run", "other.yaml", small, "--as-of", PRESENT, "--format", "html", "--json")
        assert ended.code == 2
        other, made = json.loads(ended.out)["reports"]
        assert other["error"].startswith("other.yaml:12:31: this specification cannot be drawn: Invalid specification")
        assert (made["status"], made["files"]) == ("complete", {"html": "out/small-2026-11-15.html"})


class TestSettings:
    def test_the_contracts_history_lets_older_ranges_through(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        small.write_text(REPORT.replace("start: 2026-11-09", "start: 2024-11-09"))
        (project / "reportgen.yaml").write_text("history: 2024-01-01\n")
        assert json.loads(reportgen("plan", small, "--as-of", PRESENT, "--json").out)["calls"] == 2

    @pytest.mark.parametrize(("page", "height"), [("A4", 842), ("Letter", 792)])
    def test_the_page_is_the_projects_where_the_report_does_not_say(
        self, page: str, height: int, project: Path, small: Path, reportgen: Command
    ) -> None:
        (project / "reportgen.yaml").write_text(f"page: {page}\n")
        assert reportgen("run", small, "--as-of", PRESENT, "--format", "pdf").code == 0
        pdf = PdfReader(project / "out" / "small-2026-11-15.pdf")
        assert round(float(pdf.pages[0].mediabox.height)) == height


class TestJson:
    def test_is_one_object_on_what_was_made(self, project: Path, small: Path, reportgen: Command) -> None:
        ended = reportgen("run", small, "--as-of", PRESENT, "--json")
        assert (ended.code, ended.err) == (0, "")
        assert json.loads(ended.out) == {
            "reports": [
                {
                    "report": "small",
                    "status": "complete",
                    "files": {"json": "out/small-2026-11-15.json"},
                    "gaps": 1,
                    "error": None,
                }
            ],
            "calls": {"planned": 2, "made": 2, "retried": 0},
        }

    def test_names_the_report_although_it_fails(
        self, project: Path, small: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN")
        monkeypatch.delenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET")
        (report,) = json.loads(reportgen("run", small, "--as-of", PRESENT, "--json").out)["reports"]
        assert (report["report"], report["status"]) == ("small", "failed")

    def test_tells_the_error_too(self, project: Path, reportgen: Command) -> None:
        ended = reportgen("run", "nowhere.yaml", "--json")
        assert ended.code == 2
        (report,) = json.loads(ended.out)["reports"]
        assert (report["status"], report["files"]) == ("failed", {})
        assert report["error"] == ended.err.strip()


class TestResults:
    def test_have_the_contracts_form(self, project: Path, small: Path, reportgen: Command) -> None:
        assert reportgen("run", small, "--as-of", PRESENT).code == 0
        results = json.loads((project / "out" / "small-2026-11-15.json").read_text())
        assert {key: results[key] for key in ("schema", "report", "as_of", "complete", "period", "comparison")} == {
            "schema": "reportgen/results/1",
            "report": "small",
            "as_of": PRESENT,
            "complete": True,
            "period": {
                "start": "2026-11-09T00:00:00Z",
                "end": "2026-11-16T00:00:00Z",
                "timezone": "UTC",
                "label": "9–15 November 2026",
            },
            "comparison": None,
        }
        assert results["groupings"]["daily"]["group_by"] == ["engagement.type", "engagement.day"]
        assert len(results["groupings"]["daily"]["rows"]) == 2 * 7
        deleted = "2120192257029046273"
        assert {
            "tweet.id": deleted,
            "engagement.type": "impressions",
            "value": None,
            "missing": 1,
        } in results["groupings"]["by-tweet"]["rows"]
        assert results["gaps"] == [
            {
                "tweet_id": deleted,
                "metric": None,
                "reason": "unavailable",
                "detail": "deleted, protected or never there",
            }
        ]


class TestCredentials:
    def test_a_wrong_secret_ends_with_4_the_vendors_reason_and_no_secret(
        self, project: Path, small: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_CONSUMER_SECRET", made_up("not-the-secret"))
        ended = reportgen("run", small, "--as-of", PRESENT, "--json")
        assert ended.code == 4
        assert "Your account could not be authenticated. Reason:" in ended.err
        assert "or check REPORTGEN_CONSUMER_KEY, REPORTGEN_CONSUMER_SECRET" in ended.err
        assert files_in(project) == ["small.yaml"]
        report = json.loads(ended.out)["reports"][0]
        assert (report["status"], report["files"]) == ("failed", {})

    def test_without_any_credential_it_ends_with_4_and_says_what_to_set(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in simulator.environment():
            if name != "REPORTGEN_ENGAGEMENT_URL":
                monkeypatch.delenv(name)
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert ended.code == 4
        assert ended.err == (
            "there is no credential: run reportgen auth app, reportgen auth login @acme and reportgen auth login "
            "@acme_help, or set REPORTGEN_ACME_ACCESS_TOKEN, REPORTGEN_ACME_ACCESS_TOKEN_SECRET, "
            "REPORTGEN_ACME_HELP_ACCESS_TOKEN, REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET, REPORTGEN_CONSUMER_KEY and "
            "REPORTGEN_CONSUMER_SECRET in the environment or in .env\n"
        )
        assert simulator.calls == []

    def test_a_handle_without_a_token_ends_with_2_at_its_place_in_the_file(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN")
        monkeypatch.delenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET")
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert ended.code == 2
        assert ended.err == (
            f"{small}:7:5: handles[1]: no access token for @acme_help: run reportgen auth login @acme_help, or "
            f"set REPORTGEN_ACME_HELP_ACCESS_TOKEN and "
            "REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET in the environment or in .env; tweets that are not yours have "
            "public metrics only, on endpoint: totals\n"
        )
        assert simulator.calls == []

    def test_one_refused_token_leaves_the_other_handles_numbers_and_ends_with_3(
        self, project: Path, small: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN", "1-unknown")
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert ended.code == 3
        assert ended.err == (
            "small: incomplete; the report says what is missing\n"
            "small: the API says to @acme_help: Your account could not be authenticated. Reason: Access token not "
            "found. Run reportgen auth status --check, or check REPORTGEN_CONSUMER_KEY, "
            "REPORTGEN_CONSUMER_SECRET, REPORTGEN_ACME_HELP_ACCESS_TOKEN and "
            "REPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET: an access token belongs to the app of the consumer key, and to "
            "the account that owns the tweets.\n"
        )
        results = json.loads((project / "out" / "small-2026-11-15.json").read_text())
        assert results["complete"] is False
        assert {(gap["tweet_id"], gap["reason"]) for gap in results["gaps"]} == {
            ("2117632892728246273", "not_authorized"),
            ("2120192257029046273", "unavailable"),
        }

    def test_the_bearer_token_alone_is_enough_for_public_metrics(
        self, project: Path, reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in simulator.environment():
            if "CONSUMER" in name or "ACCESS_TOKEN" in name:
                monkeypatch.delenv(name)
        ended = reportgen("run", COMPETITORS, "--as-of", PRESENT, "--format", "json")
        assert ended.code == 0, ended.err
        assert [(call.endpoint, call.status) for call in simulator.calls] == [("totals", 200)]


class TestBadInput:
    """Each gives its line and exit code 2, and leaves nothing behind."""

    @pytest.mark.parametrize(
        ("change", "line"),
        [
            (("metrics:", "metrics2:"), "10:1: metrics2: this key is not known; did you mean 'metrics'?"),
            (
                ("[impressions, favorites]", "[impressions, quote_tweets]"),
                "10:24: metrics[1]: 'quote_tweets' is not a metric of historical; it is a metric of totals only",
            ),
            (
                ('"2117632892728246273"', "1234567890123456.0"),
                (
                    "8:17: handles[1].tweet_ids[0]: 1234567890123456.0 is a number, and numbers lose digits; "
                    "write the id in quotes"
                ),
            ),
            (
                ("start: 2026-11-09", "start: 2026-11-19"),
                "9:38: date_range.end: the end, 2026-11-15, is before the start, 2026-11-19",
            ),
            (
                ("start: 2026-11-09, end: 2026-11-15", "start: 2020-11-09, end: 2020-11-15"),
                "9:13: date_range: the end, 2020-11-15, is too long ago: the history begins on 2025-11-17",
            ),
            (("[impressions, favorites]", "[]"), "10:10: metrics: the list is empty"),
            (
                ("version: 1", "version: [1"),
                "2:5: not YAML: a list is not closed with ']', or a ',' is missing in it (it starts in line 1)",
            ),
        ],
    )
    def test_in_a_file_is_one_line_with_its_place(
        self,
        change: tuple[str, str],
        line: str,
        project: Path,
        small: Path,
        reportgen: Command,
        simulator: Simulator,
    ) -> None:
        small.write_text(REPORT.replace(*change))
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
        assert ended.err == f"{small}:{line}\n"
        assert files_in(project) == ["small.yaml"]
        assert simulator.calls == []

    def test_a_missing_file(self, project: Path, reportgen: Command) -> None:
        ended = reportgen("run", "nowhere.yaml")
        assert ended.code == 2
        assert ended.err.startswith("nowhere.yaml:")
        assert ended.err.count("\n") == 1

    def test_two_reports_of_one_name_would_overwrite_each_other(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        (project / "again.yaml").write_text(REPORT)
        ended = reportgen("run", small, "again.yaml", "--as-of", PRESENT)
        assert ended.code == 2
        assert "again.yaml" in ended.err
        assert "small" in ended.err
        assert files_in(project) == ["again.yaml", "small.yaml"]


class TestFailingCalls:
    def test_an_api_that_is_not_there_makes_a_report_of_gaps_and_ends_with_3(
        self, project: Path, small: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_ENGAGEMENT_URL", "http://127.0.0.1:9/insights/engagement")
        (project / "reportgen.yaml").write_text("tries: 1\n")
        small.write_text(REPORT.replace(', "2120192257029046273"', ""))
        ended = reportgen("run", small, "--as-of", PRESENT, "--format", "html", "--format", "json")
        assert ended.code == 3
        results = json.loads((project / "out" / "small-2026-11-15.json").read_text())
        assert {gap["reason"] for gap in results["gaps"]} == {"call_failed"}
        values = [row["value"] for grouping in results["groupings"].values() for row in grouping["rows"]]
        assert set(values) == {None}
        assert "Traceback" not in ended.err

    def test_that_were_made_again_are_counted(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with serve(simulator.world(), faults=Faults(trouble=1, troubles_in_a_row=1)) as stormy:
            monkeypatch.setenv("REPORTGEN_ENGAGEMENT_URL", stormy.url)
            ended = reportgen("run", small, "--as-of", PRESENT, "--json")
        assert ended.code == 0
        assert json.loads(ended.out)["calls"] == {"planned": 2, "made": 4, "retried": 2}


class TestLimits:
    """Those of the contract with the vendor, and of the project."""

    def test_of_calls_refuse_a_run_before_its_first_one(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        (project / "reportgen.yaml").write_text("max_calls: 1\n")
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert (ended.code, ended.out, simulator.calls) == (2, "", [])
        assert ended.err == (
            "this run would need 2 calls, and max_calls in reportgen.yaml allows 1; ask for less, or raise it\n"
        )

    def test_of_handles_refuse_a_run_that_would_go_over_unless_it_is_told_to_go_on(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        (project / "reportgen.yaml").write_text("handles_per_month: 1\n")
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert (ended.code, simulator.calls) == (2, [])
        assert "2 new handles (@acme and @acme_help), and that makes 2 handles asked about since" in ended.err
        over = reportgen("run", small, "--as-of", PRESENT, "--over-handle-limit")
        assert (over.code, over.err) == (
            0,
            "2 handles asked about since 1 November 2026; the contract has 1 (handles_per_month): 1 over\n",
        )
        again = reportgen("run", small, "--as-of", PRESENT)
        assert (again.code, again.err) == (0, ""), "to ask again about a handle costs nothing"

    def test_of_handles_are_warned_of_when_four_fifths_are_used(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        (project / "reportgen.yaml").write_text("handles_per_month: 2\n")
        ended = reportgen("run", small, "--as-of", PRESENT)
        assert (ended.code, ended.err) == (
            0,
            "2 handles asked about since 1 November 2026; the contract has 2 (handles_per_month): none left\n",
        )

    def test_do_not_count_what_the_demo_makes_up(self, project: Path, reportgen: Command) -> None:
        (project / "reportgen.yaml").write_text("handles_per_month: 1\nmax_calls: 1\n")
        assert reportgen("demo").code == 0
        assert not (project / ".reportgen").exists()


def test_a_present_that_is_still_to_come_is_warned_of(project: Path, small: Path, reportgen: Command) -> None:
    ended = reportgen("run", small, "--as-of", "2026-11-17T12:00:00Z", "--format", "json")
    assert (ended.code, ended.err) == (
        0,
        "--as-of 2026-11-17T12:00:00Z is still to come, and hours count as final by it: mind a slip of the date\n",
    )


class TestCtrlC:
    def test_leaves_the_reports_that_were_made_and_says_which_was_not(
        self, project: Path, small: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(self: object, report: str) -> None:
            if report == "other":
                raise KeyboardInterrupt

        (project / "other.yaml").write_text(REPORT.replace("name: small", "name: other"))
        monkeypatch.setattr(RunProgress, "rendering", interrupt)
        ended = reportgen("run", small, "other.yaml", "--as-of", PRESENT, "--json")
        assert (ended.code, ended.err) == (130, "other: stopped\n")
        assert [(r["report"], r["status"], r["error"]) for r in json.loads(ended.out)["reports"]] == [
            ("small", "complete", None),
            ("other", "failed", "stopped"),
        ]
        assert json.loads(ended.out)["calls"]["made"] == 2

    def test_before_the_first_call_ends_with_an_object_too(
        self, project: Path, small: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("reportgen.run.plan_run", interrupt)
        ended = reportgen("run", small, "--json")
        assert (ended.code, ended.err) == (130, "stopped\n")
        assert json.loads(ended.out)["reports"][0]["error"] == "stopped"

    def test_ends_a_run_at_once_with_130_and_a_word(
        self, project: Path, small: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with serve(simulator.world(), faults=Faults(trouble=1, trouble_kinds=("hang",), hang_seconds=60)) as hanging:
            monkeypatch.setenv("REPORTGEN_ENGAGEMENT_URL", hanging.url)
            command = [sys.executable, "-m", "reportgen", "run", str(small), "--as-of", PRESENT, "--json"]
            environment = os.environ | {"PYTHONPATH": str(ROOT)}
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                while len(hanging.calls) < 2:
                    assert process.poll() is None
                    time.sleep(0.01)
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (130, b"small: stopped\n")
        ended = json.loads(out)
        assert ended["calls"] == {"planned": 2, "made": 2, "retried": 0}
        assert [(report["status"], report["error"]) for report in ended["reports"]] == [("failed", "stopped")]
        assert files_in(project) == ["small.yaml"]
