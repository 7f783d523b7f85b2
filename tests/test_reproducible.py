"""The same facts, report file and `as_of` make the same files, byte for byte, whatever machine and day it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

from reportgen.simulator.faults import Faults
from reportgen.simulator.server import serve
from reportgen.simulator.world import World
from reportgen.spec.model import Format
from tests.conftest import ROOT
from tests.runs import PRESENT

REPORT = """\
version: 1
name: same
title: "Acme 🚀 週間 تقرير"
timezone: Asia/Kolkata
endpoint: historical
handles:
  - handle: "@acme"
    tweet_ids: [
      "2117600084332904449", "2117714339442982913", "2117951057542774785", "2118082908043345921",
      "2118402966942646273", "2118457534799937537", "2120192257029046273", "642004603499446273",
    ]
  - handle: "@acme_help"
    tweet_ids: ["2117632892728246273", "2119790297947832321", "2119881447534755841"]
date_range: {start: 2026-10-01, end: 2026-11-15}
metrics: [impressions, engagements, favorites, video_views]
groupings:
  by-tweet: [tweet.id, engagement.type]
  weekly: [engagement.week, handle, engagement.type]
sections:
  - kpis: {metrics: [impressions, engagement_rate]}
  - chart: {grouping: weekly, metrics: [impressions]}
  - table: {grouping: by-tweet, sort: -video_views}
"""
REFUSED = ("2117714339442982913", "2118082908043345921", "2118457534799937537", "2119790297947832321")
FORMATS = get_args(Format)


def files_of(world: World, folder: Path, machine: dict[str, str], seed: int) -> dict[str, bytes]:
    """What a run in a process of its own writes. Answers come in the order of the seed."""
    folder.mkdir(parents=True)
    (folder / "same.yaml").write_text(REPORT)
    others = {name: value for name, value in os.environ.items() if not name.startswith("REPORTGEN_")}
    # A refusal that names nothing is taken apart in many calls, whose answers overtake each other.
    faults = Faults(seed=seed, delay=(0, 0.05), forbidden_tweet_ids=REFUSED, forbidden_wording="unnamed")
    with serve(world, faults=faults) as simulator:
        formats = [option for name in FORMATS for option in ("--format", name)]
        subprocess.run(
            [sys.executable, "-m", "reportgen", "run", "same.yaml", "--as-of", PRESENT, "--out", "made", *formats],
            cwd=folder,
            env=others | simulator.environment() | machine | {"PYTHONPATH": str(ROOT)},
            check=True,
        )
    return {path.name: path.read_bytes() for path in (folder / "made").iterdir()}


def test_two_processes_in_other_places_at_other_times_write_the_same_files(world: World, tmp_path: Path) -> None:
    here = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANGUAGE": "zh_CN"}
    there = {
        "PYTHONHASHSEED": "2",
        "TZ": "America/Lima",
        "LC_ALL": "ja_JP.UTF-8",
        "LANGUAGE": "ja",
        "POLARS_MAX_THREADS": "1",
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    first = files_of(world, tmp_path / "here", here, seed=1)
    again = files_of(world, tmp_path / "some" / "where" / "else", there, seed=3)
    assert sorted(first) == sorted(f"same-2026-11-15.{name}" for name in FORMATS)
    assert [name for name, content in first.items() if content != again[name]] == []
