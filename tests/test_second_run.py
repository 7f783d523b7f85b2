"""What is in the store is not asked for again, unless that is wanted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.simulator.server import Simulator
from tests.conftest import ROOT, Command, Ended
from tests.runs import PRESENT

WEEKLY, LAUNCH, COMPETITORS = (ROOT / "reports" / f"{name}.yaml" for name in ("weekly", "launch-day", "competitors"))
SMALL = """\
version: 1
name: small
endpoint: historical
handles:
  - handle: "@acme"
    tweet_ids: ["2117600084332904449", "2117714339442982913"]
date_range: {start: 2026-11-09, end: 2026-11-15}
metrics: [impressions, favorites]
outputs: {formats: [html, json]}
"""


@pytest.fixture
def small(project: Path) -> Path:
    path = project / "small.yaml"
    path.write_text(SMALL)
    return path


def made(ended: Ended) -> dict[str, int]:
    """How many calls a run planned, made and made again."""
    assert (ended.code, ended.err) == (0, "")
    calls: dict[str, int] = json.loads(ended.out)["calls"]
    return calls


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


NONE = {"planned": 0, "made": 0, "retried": 0}


class TestTheSameReportAgain:
    @pytest.mark.parametrize("sample", [WEEKLY, LAUNCH, COMPETITORS], ids=lambda path: path.stem)
    def test_makes_no_call_and_the_same_bytes(
        self, sample: Path, project: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        assert made(reportgen("run", sample, "--as-of", PRESENT, "--out", "one", "--json"))["made"] > 0
        asked = len(simulator.calls)
        assert made(reportgen("run", sample, "--as-of", PRESENT, "--out", "two", "--json")) == NONE
        assert len(simulator.calls) == asked
        assert len(contents(project / "one")) == 3
        assert contents(project / "two") == contents(project / "one")

    def test_is_planned_without_a_call(self, project: Path, small: Path, reportgen: Command) -> None:
        assert json.loads(reportgen("plan", small, "--as-of", PRESENT, "--json").out)["calls"] == 1
        reportgen("run", small, "--as-of", PRESENT)
        assert json.loads(reportgen("plan", small, "--as-of", PRESENT, "--json").out)["requests"] == []

    def test_beside_another_makes_the_calls_of_the_other_only(
        self, project: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        reportgen("run", WEEKLY, "--as-of", PRESENT, "--format", "json")
        asked = len(simulator.calls)
        ended = reportgen("run", WEEKLY, COMPETITORS, "--as-of", PRESENT, "--format", "json", "--json")
        assert made(ended)["made"] == 1
        assert [call.endpoint for call in simulator.calls[asked:]] == ["totals"]
        ended = reportgen("run", COMPETITORS, WEEKLY, "--as-of", PRESENT, "--format", "json", "--json")
        assert made(ended) == NONE

    def test_of_fewer_tweets_and_metrics_over_fewer_days_makes_none(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        reportgen("run", small, "--as-of", PRESENT)
        (project / "less.yaml").write_text(
            SMALL.replace("name: small", "name: less")
            .replace(', "2117714339442982913"', "")
            .replace("impressions, ", "")
            .replace("2026-11-09", "2026-11-11")
        )
        assert made(reportgen("run", "less.yaml", "--as-of", PRESENT, "--json")) == NONE

    def test_needs_neither_the_network_nor_a_credential(
        self,
        project: Path,
        small: Path,
        reportgen: Command,
        simulator: Simulator,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        reportgen("run", small, "--as-of", PRESENT, "--out", "one")
        asked = len(simulator.calls)
        for name in simulator.environment():
            monkeypatch.delenv(name)
        monkeypatch.setenv("REPORTGEN_ENGAGEMENT_URL", "http://127.0.0.1:9/insights/engagement")
        assert made(reportgen("run", small, "--as-of", PRESENT, "--out", "two", "--json")) == NONE
        assert len(simulator.calls) == asked
        assert contents(project / "two") == contents(project / "one")

    def test_imports_nothing_that_only_calls_and_terminals_need(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        reportgen("run", small, "--as-of", PRESENT)
        script = """
import atexit, sys
from reportgen.__main__ import main
atexit.register(lambda: print(sorted({"requests", "oauthlib", "rich.console"} & sys.modules.keys())))
main()
"""
        command = [sys.executable, "-c", script, "run", str(small), "--as-of", PRESENT, "--format", "json"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        assert out.splitlines() == ["out/small-2026-11-15.json", "[]"]


class TestRefresh:
    def test_asks_for_all_of_it_again(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        reportgen("run", small, "--as-of", PRESENT, "--out", "one")
        ended = reportgen("run", small, "--as-of", PRESENT, "--out", "two", "--refresh", "--json")
        assert made(ended) == {"planned": 1, "made": 1, "retried": 0}
        first, again = simulator.calls
        assert again.body == first.body
        assert contents(project / "two") == contents(project / "one")

    def test_and_offline_together_are_refused(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        ended = reportgen("run", small, "--as-of", PRESENT, "--refresh", "--offline")
        assert (ended.code, ended.out, simulator.calls) == (2, "", [])
        assert "--refresh asks for everything, and --offline for nothing: leave one of them out" in ended.err
        assert not (project / ".reportgen").exists()


class TestOffline:
    def test_makes_the_same_from_a_store_that_has_all(self, project: Path, small: Path, reportgen: Command) -> None:
        reportgen("run", small, "--as-of", PRESENT, "--out", "one")
        assert made(reportgen("run", small, "--as-of", PRESENT, "--out", "two", "--offline", "--json")) == NONE
        assert contents(project / "two") == contents(project / "one")

    def test_takes_what_is_known_however_long_ago_it_was_asked_for(
        self, project: Path, small: Path, reportgen: Command
    ) -> None:
        reportgen("run", small, "--as-of", PRESENT, "--out", "one")
        assert json.loads(reportgen("plan", small, "--as-of", "2026-11-16T18:00:00Z", "--json").out)["calls"] == 1
        ended = reportgen("run", small, "--as-of", "2026-11-16T18:00:00Z", "--out", "two", "--offline", "--json")
        assert made(ended) == NONE

    def test_on_an_empty_store_shows_nothing_but_gaps_and_says_why(
        self, project: Path, small: Path, reportgen: Command, simulator: Simulator
    ) -> None:
        ended = reportgen("run", small, "--as-of", PRESENT, "--offline")
        assert (ended.code, simulator.calls) == (3, [])
        assert ended.err == (
            "small: incomplete; the report says what is missing\n"
            "small: not all of it is in the store, and --offline asks for nothing\n"
        )
        results = json.loads((project / "out" / "small-2026-11-15.json").read_text())
        assert results["complete"] is False
        assert {row["value"] for grouping in results["groupings"].values() for row in grouping["rows"]} == {None}
        assert {(gap["reason"], gap["detail"]) for gap in results["gaps"]} == {
            ("call_failed", "not in the store, and not asked for")
        }
        page = (project / "out" / "small-2026-11-15.html").read_text()
        assert "There are no numbers at all." in page
        assert "X was not asked for these numbers, and they are not known from before." in page
        assert "did not answer" not in page
