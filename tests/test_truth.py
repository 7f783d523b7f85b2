"""On the weekly sample, every number equals a naive sum over the simulator's hourly truth."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from pypdf import PdfReader

from reportgen.simulator.world import World
from tests.conftest import ROOT, Command
from tests.runs import PRESENT

WEEKLY = ROOT / "reports" / "weekly.yaml"
START = datetime(2026, 11, 9, 5, tzinfo=UTC)  # midnight in New York, where winter time is UTC-5
WEEK = timedelta(weeks=1)
METRICS = ["impressions", "engagements", "favorites", "retweets", "replies", "url_clicks"]
DELETED = "2120192257029046273"


@dataclass(frozen=True)
class Truth:
    """Loops over tweets and hours, and nothing of reportgen's but the simulated world."""

    world: World
    handles: dict[str, str]

    def total(self, metric: str, *, tweet: str = "", handle: str = "", day: str = "", start: datetime = START) -> int:
        return sum(
            self.world.count(tweet_id, metric, hour, hour + timedelta(hours=1))
            for tweet_id, owner in self.handles.items()
            if tweet_id != DELETED and tweet in {"", tweet_id} and handle in {"", owner}
            for hour in (start + timedelta(hours=n) for n in range(7 * 24))
            if day in {"", f"{hour.astimezone(ZoneInfo('America/New_York')):%Y-%m-%d}"}
        )


@pytest.fixture(scope="module")
def truth(world: World) -> Truth:
    report = yaml.safe_load(WEEKLY.read_text())
    tweets = ((handle["handle"], tweet) for handle in report["handles"] for tweet in handle["tweet_ids"])
    return Truth(world, {tweet["id"] if isinstance(tweet, dict) else tweet: handle for handle, tweet in tweets})


@pytest.fixture
def made(project: Path, reportgen: Command) -> Path:
    ended = reportgen("run", WEEKLY, "--as-of", PRESENT)
    assert ended.code == 0, ended.err
    return project / "out"


def change(now: int, before: int) -> str:
    share = (now - before) / before
    sign = "+" if share > 0 else "\N{MINUS SIGN}" if share < 0 else ""
    return f"{sign}{abs(share):,.1%}" if round(abs(share), 3) < 1 else f"{sign}{abs(share):,.0%}"


def counted(number: int) -> str:
    return f"{number:,}"


def test_results_html_and_pdf(made: Path, truth: Truth) -> None:
    results = json.loads((made / "acme-weekly-2026-11-15.json").read_text())
    check_results(results, truth)
    check_comparison(results["comparison"], truth)
    page = Page((made / "acme-weekly-2026-11-15.html").read_text())
    check_page(page, truth)
    pdf = PdfReader(made / "acme-weekly-2026-11-15.pdf")
    check_pdf(" ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split()), page)


def check_results(results: dict[str, dict[str, dict[str, list[dict[str, object]]]]], truth: Truth) -> None:
    groupings = results["groupings"]
    by_tweet = [
        {"tweet.id": tweet, "engagement.type": metric, "value": None, "missing": 1}
        if tweet == DELETED
        else {"tweet.id": tweet, "engagement.type": metric, "value": truth.total(metric, tweet=tweet)}
        for tweet in sorted(truth.handles, key=int)
        for metric in METRICS
    ]
    assert groupings["by-tweet"]["rows"] == by_tweet
    assert groupings["by-handle"]["rows"] == [
        {"handle": handle, "engagement.type": metric, "value": truth.total(metric, handle=handle)}
        | ({"missing": 1} if handle == "@acme" else {})
        for handle in ("@acme", "@acme_help")
        for metric in METRICS
    ]
    assert groupings["daily"]["rows"] == [
        {"engagement.type": metric, "engagement.day": day, "value": truth.total(metric, day=day)}
        # The deleted tweet was posted on the 10th: before, nothing of it is missing.
        | ({"missing": 1} if day >= "2026-11-10" else {})
        for metric in METRICS
        for day in (f"2026-11-{n:02}" for n in range(9, 16))
    ]


def check_comparison(comparison: Any, truth: Truth) -> None:
    assert (comparison["start"], comparison["end"]) == ("2026-11-02T05:00:00Z", "2026-11-09T05:00:00Z")
    groupings, before = comparison["groupings"], START - WEEK
    assert groupings["by-tweet"]["rows"] == [
        # The deleted tweet was posted in the week after: in this one there is nothing of it to miss.
        {"tweet.id": tweet, "engagement.type": metric, "value": truth.total(metric, tweet=tweet, start=before)}
        for tweet in sorted(truth.handles, key=int)
        for metric in METRICS
    ]
    assert groupings["daily"]["rows"] == [
        {"engagement.type": metric, "engagement.day": day, "value": truth.total(metric, day=day, start=before)}
        for metric in METRICS
        for day in (f"2026-11-{n:02}" for n in range(2, 9))
    ]
    assert comparison["gaps"] == []


def check_page(page: Page, truth: Truth) -> None:
    impressions, engagements = truth.total("impressions"), truth.total("engagements")
    tiles = {metric: counted(truth.total(metric)) for metric in METRICS}
    assert page.tiles == [
        tiles["impressions"],
        tiles["engagements"],
        f"{engagements / impressions * 100:.2f}%",
        tiles["url_clicks"],
    ]
    now, before = (
        round(truth.total("engagements", start=s) / truth.total("impressions", start=s) * 100, 2)
        for s in (START, START - WEEK)
    )
    points = f"↑\xa0{now - before:.2f}\xa0pp from {before:.2f}%"
    ups = {
        metric: f"↑\xa0{change(now, before)[1:]} from {counted(before)}"
        for metric in METRICS
        for now, before in [(truth.total(metric), truth.total(metric, start=START - WEEK))]
    }
    assert page.changes == [ups["impressions"], ups["engagements"], points, ups["url_clicks"]]
    _chart, top, _heatmap, handles = page.tables
    best = sorted(
        (tweet for tweet in truth.handles if tweet != DELETED),
        key=lambda tweet: (-truth.total("engagements", tweet=tweet), int(tweet)),
    )
    assert top == [[tweet, *(counted(truth.total(m, tweet=tweet)) for m in METRICS)] for tweet in best[:10]]
    assert handles == [
        [
            handle,
            *(
                cell
                for metric in METRICS[:2]
                for now in [truth.total(metric, handle=handle)]
                for cell in (counted(now), change(now, truth.total(metric, handle=handle, start=START - WEEK)))
            ),
        ]
        for handle in ("@acme", "@acme_help")
    ]
    days = [truth.total("impressions", day=f"2026-11-{n:02}") for n in range(9, 16)]
    (description,) = set(page.charts)
    assert counted(min(days)) in description
    assert counted(max(days)) in description


def check_pdf(text: str, page: Page) -> None:
    """Each number of the page stands in the text of the PDF, those of a row beside each other: of those that are
    printed, since a chart and a heatmap in columns show theirs.
    """
    for tile in page.tiles:
        assert tile in text
    _chart, top, _heatmap, handles = page.tables
    for row in [*top, *handles]:
        assert re.search(r"\D{0,3} ".join(map(re.escape, row[1:])), text), row


class Page(HTMLParser):
    """The numbers of an HTML page: its tiles, their changes, its tables (a tweet by its id), what its charts say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tiles: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.charts: list[str] = []
        self.changes: list[str] = []
        self._path: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in {"meta", "link"}:
            return
        self._path.append((tag, named.get("class") or ""))
        if tag == "tbody":
            self.tables.append([])
        elif tag == "tr" and self._within("tbody"):
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self._within("tbody"):
            self.tables[-1][-1].append("")
        elif (tag, named.get("class")) == ("dd", "number"):
            self.tiles.append("")
        elif (tag, named.get("class")) == ("dd", "change"):
            self.changes.append("")
        elif tag == "svg" and named.get("aria-label"):
            self.charts.append(named["aria-label"] or "")

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if ("dd", "change") in self._path:
            self.changes[-1] += data
        if self._within("sup") or not data.strip():
            return
        if self._path and self._path[-1] == ("dd", "number"):
            self.tiles[-1] += data.strip()
        elif self._within("tbody"):
            # Of a tweet's cell, its id alone.
            cells = self.tables[-1][-1]
            cells[-1] = data.strip()

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._path)


def test_the_reader_of_pages_sees_tiles_and_tables() -> None:
    page = Page('<dd class="number">1,234<sup>*</sup></dd><table><tbody><tr><th>@a</th><td>5</td></tr></tbody></table>')
    assert (page.tiles, page.tables) == (["1,234"], [[["@a", "5"]]])
