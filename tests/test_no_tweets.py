"""A report without tweets, when nobody posted any, is a page like the others, and has no number on it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from reportgen.facts import no_facts
from reportgen.render.choose import look_of
from reportgen.render.files import render_files
from reportgen.report.build import build_report
from reportgen.report.comparison import Before
from reportgen.report.model import Report
from reportgen.request import Grain
from reportgen.settings import Settings
from reportgen.spec.check import check
from reportgen.spec.comparison import period_before
from reportgen.spec.model import Format, ReportSpec
from reportgen.spec.period import period_of
from reportgen.spec.posted import posted_period
from reportgen.timelines import Timeline, TimelineState
from tests.render.page import read

AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
FILE = """\
version: 1
name: shop
endpoint: historical
handles: ["@acme_shop"]
posted: last_28_days
date_range: last_week
compare_to: previous_period
metrics: [impressions, engagements]
measures: {half: impressions / 2}
groupings:
  by-tweet: [tweet.id, engagement.type]
  daily: [engagement.type, engagement.day]
sections:
  - kpis: {metrics: [impressions, engagement_rate, half]}
  - chart: {grouping: daily, metrics: [impressions]}
  - chart: {grouping: by-tweet, metrics: [impressions], mark: bar}
  - table: {grouping: by-tweet, sort: -engagements, totals: true, change: true, bars: [impressions]}
  - table: {grouping: daily}
  - top_tweets: {by: engagements, order: both}
  - heatmap: {metric: engagements}
  - text: {markdown: "There were {{ totals.impressions }} impressions."}
"""


def report_of(folder: Path, state: TimelineState = TimelineState.READ) -> tuple[Report, ReportSpec]:
    path = folder / "shop.yaml"
    path.write_text(FILE)
    spec = check(path)
    assert isinstance(spec, ReportSpec), spec
    period, posted = period_of(spec, AS_OF, datetime(2025, 11, 16, tzinfo=UTC)), posted_period(spec, AS_OF)
    before = period_before(spec, period, AS_OF)
    assert before
    assert posted
    compared = Before(before, Grain.HOUR, no_facts(), ())
    timelines = (Timeline("@acme_shop", state, posted.span, 0),)
    made = build_report(
        spec,
        period,
        AS_OF,
        Grain.HOUR,
        no_facts(),
        (),
        complete=timelines[0].complete,
        before=compared,
        timelines=timelines,
    )
    return made, spec


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Format, bytes]:
    report, spec = report_of(tmp_path_factory.mktemp("shop"))
    return dict(render_files(report, ("html", "json", "csv", "xlsx", "parquet", "pdf"), look_of(spec, Settings())))


def test_every_number_is_a_dash_that_says_why(files: dict[Format, bytes]) -> None:
    (text,) = read(files["html"].decode()).texts("main")
    assert "Impressions – No tweets found" in text
    assert "Engagement rate – No rate without impressions" in text
    assert "There were – impressions." in text
    assert "The tweets are those that @acme_shop posted, 19 October – 15 November 2026." in text
    assert "@acme_shop posted none then." in text
    assert "Changes compare with 2–8 November 2026, over the same tweets." in text


def test_the_data_has_no_zeros(files: dict[Format, bytes]) -> None:
    results = json.loads(files["json"])
    assert results["complete"] is True
    assert results["groupings"]["by-tweet"]["rows"] == []
    daily = results["groupings"]["daily"]["rows"]
    assert len(daily) == 14
    assert {row["value"] for row in daily} == {None}
    assert results["timelines"] == [
        {
            "handle": "@acme_shop",
            "state": "read",
            "start": "2026-10-19T00:00:00Z",
            "end": "2026-11-16T00:00:00Z",
            "tweets": 0,
            "reach": None,
            "gone": [],
            "detail": "",
            "another_account": False,
        }
    ]


def test_the_other_files_are_made(files: dict[Format, bytes]) -> None:
    assert files["pdf"].startswith(b"%PDF")
    rows = pl.read_parquet(files["parquet"])
    assert rows["value"].null_count() == rows.height == 2 * 14
    assert files["csv"]
    assert files["xlsx"]


def test_where_the_timeline_could_not_be_read_nobody_says_that_there_are_none(tmp_path: Path) -> None:
    report, spec = report_of(tmp_path, TimelineState.FAILED)
    ((_, html),) = render_files(report, ("html",), look_of(spec, Settings()))
    page = read(html.decode())
    text = page.texts("main")[0]
    assert "Tweets–" in page.texts("dl")[0]
    assert "What @acme_shop posted could not be read to the end: tweets may be missing." in text
    assert "The tweets are those" not in text
    assert "posted none then" not in text
