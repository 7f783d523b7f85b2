"""`reportgen plan`: what would be asked for, without asking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.simulator.server import Simulator
from tests.conftest import PRESENT, ROOT, Command

WEEKLY = ROOT / "reports" / "weekly.yaml"
COMPETITORS = ROOT / "reports" / "competitors.yaml"


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
        rest | {"handle": "@acme", "start": "2026-11-09T05:00:00Z", "end": end},
        rest | {"handle": "@acme", "start": "2026-11-15T20:00:00Z", "end": end},
        rest | {"handle": "@acme_help", "start": "2026-11-09T05:00:00Z", "end": end},
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


def test_the_minutes_follow_from_the_contracts_limit(project: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text("calls_per_minute: 2\n")
    assert json.loads(reportgen("plan", WEEKLY, "--as-of", PRESENT, "--json").out)["minutes"] == 1.5


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
        "acme-weekly: historical, 9–15 November 2026",
        "  @acme             25 tweets,  6 metrics, by hour  2026-11-09 05:00 to 2026-11-16 05:00 UTC",
        "  @acme              2 tweets,  6 metrics, by hour  2026-11-15 20:00 to 2026-11-16 05:00 UTC",
        "  @acme_help        13 tweets,  6 metrics, by hour  2026-11-09 05:00 to 2026-11-16 05:00 UTC",
        "3 calls in all.",
    ]


def test_a_wrong_present_is_an_error_with_the_right_form(project: Path, reportgen: Command) -> None:
    ended = reportgen("plan", WEEKLY, "--as-of", "yesterday")
    assert ended.code == 2
    assert "'yesterday' is no ISO 8601 date or date-time; write it like 2026-11-16T09:00:00Z" in ended.err
