"""A migrated report has the numbers of the old client, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from reportgen.instants import parse_instant
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from tests.conftest import Command
from tests.migrate.old_clients import Cells, cells_of
from tests.runs import PRESENT, tweets_of

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def ids(world: World, project: Path) -> list[str]:
    """More tweets than a call takes, in the files that the old clients read."""
    ids = tweets_of(world, "@acme", 30)
    inbox = project / "inbox"
    inbox.mkdir()
    (inbox / "tweets.csv").write_text("\n".join(["tweet_ids", *ids]))
    return ids


def of_report(results: Mapping[str, object]) -> dict[str, Cells]:
    groupings = results["groupings"]
    assert isinstance(groupings, dict)
    return {
        name: Cells({tuple(row[key] for key in grouping["group_by"]): row["value"] for row in grouping["rows"]})
        for name, grouping in groupings.items()
    }


def run(reportgen: Command, file: str, as_of: str = PRESENT) -> dict[str, Cells]:
    ended = reportgen("run", file, "--as-of", as_of, "--format", "json", "--out", "made")
    assert (ended.code, ended.err) == (0, "")
    results = json.loads(Path(ended.out.strip()).read_text())
    assert results["gaps"] == []
    return of_report(results)


def migrate(reportgen: Command, source: Path, *options: str) -> str:
    ended = reportgen("migrate", source, "--handle", "acme", "--out", "reports/new.yaml", *options)
    assert ended.code == 0, ended.err
    return "reports/new.yaml"


def assert_same(old: Mapping[str, Cells], new: Mapping[str, Cells], renamed: Mapping[str, str]) -> None:
    assert {renamed.get(name, name) for name in old} == set(new)
    for name, cells in old.items():
        there = new[renamed.get(name, name)]
        assert +cells == +there
        assert cells.keys() <= there.keys()
        assert cells.total() > 0


def test_the_hours_of_the_ruby_client(project: Path, simulator: Simulator, ids: list[str], reportgen: Command) -> None:
    file = migrate(reportgen, SAMPLES / "app_settings.yaml")
    old = cells_of(
        simulator,
        "historical",
        ids,
        # The API of today refuses the name media_clicks.
        ["impressions", "engagements", "url_clicks", "media_engagements"],
        {
            "by_type": ["engagement.type"],
            "by_tweet_type": ["tweet.id", "engagement.type"],
            "Per Day & Tweet": ["engagement.type", "tweet.id", "engagement.day"],
        },
        start="2026-11-02T12:00:00Z",
        end="2026-11-16T07:00:00Z",
    )
    assert_same(old, run(reportgen, file), {"Per Day & Tweet": "per-day-tweet"})


def test_the_days_of_the_python_client(project: Path, simulator: Simulator, ids: list[str], reportgen: Command) -> None:
    (project / "ids.txt").write_text("\n".join(ids))
    told = ("--start", "2026-10-01", "--end", "2026-11-10", "--tweets", "ids.txt")
    file = migrate(reportgen, SAMPLES / "config.yaml", *told)
    metrics = ["impressions", "engagements", "media_engagements", "user_follows"]
    groupings = {
        "totals": ["tweet.id", "engagement.type"],
        "daily_counts": ["engagement.type", "engagement.day"],
        "Sum__of-all": ["engagement.type"],
    }
    # 27 days a call, as the client cuts them.
    pieces = [("2026-10-01", "2026-10-28"), ("2026-10-28", "2026-11-10")]
    asked = [cells_of(simulator, "historical", ids, metrics, groupings, start=s, end=e) for s, e in pieces]
    old = {name: Cells(asked[0][name]) for name in groupings}
    for name in groupings:
        old[name].update(asked[1][name])
    assert_same(old, run(reportgen, file), {"Sum__of-all": "sum_of-all"})


@pytest.mark.parametrize("endpoint", ["totals", "28hr"])
def test_endpoints_without_dates(
    endpoint: str, project: Path, simulator: Simulator, ids: list[str], reportgen: Command
) -> None:
    metrics = ["favorites", "retweets", "replies"]
    settings = {
        "engagement_settings": {"name": "now", "endpoint": endpoint, "inbox": "./inbox", "outbox": "./outbox"},
        "engagement_types": dict.fromkeys(metrics, True),
        "engagement_groupings": {"by_tweet_type": ["tweet.id", "engagement.type"]},
    }
    (project / "settings.yaml").write_text(yaml.safe_dump(settings))
    old = cells_of(simulator, endpoint, ids, metrics, {"by_tweet_type": ["tweet.id", "engagement.type"]})
    assert_same(old, run(reportgen, migrate(reportgen, Path("settings.yaml"))), {})


def test_without_dates_the_28_days_of_the_api_are_those_of_the_report_at_midnight(
    project: Path, world: World, ids: list[str], reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = "2026-11-16T00:00:00Z"
    settings = {
        "engagement_settings": {"name": "weeks", "endpoint": "historical", "inbox": "./inbox", "outbox": "./outbox"},
        "engagement_types": {"impressions": True, "engagements": True},
        "engagement_groupings": {"by_tweet_type": ["tweet.id", "engagement.type"]},
    }
    (project / "settings.yaml").write_text(yaml.safe_dump(settings))
    with serve(world.at(parse_instant(midnight))) as simulator:
        for name, value in simulator.environment().items():
            monkeypatch.setenv(name, value)
        groupings = {"by_tweet_type": ["tweet.id", "engagement.type"]}
        old = cells_of(simulator, "historical", ids, ["impressions", "engagements"], groupings)
        new = run(reportgen, migrate(reportgen, Path("settings.yaml")), midnight)
    assert_same(old, new, {})
