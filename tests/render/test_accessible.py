"""The page for everyone: axe-core's rules, light and dark, on a small phone and a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.report.changes import NoChange
from reportgen.report.model import Change, Value
from reportgen.spec.model import Design
from tests.render import made_up, test_cards, test_columns, test_heat, test_prose, test_vega_lite
from tests.render.conftest import CHROMIUM
from tests.render.made_up import HANDLES, MANY, chart, days, panel, table

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TWINS = replace(
    made_up.WEEKLY,
    sections=(
        made_up.kpis("impressions"),
        made_up.kpis("favorites"),
        chart("The same title", "engagement.day", "line", panel("impressions", days(7))),
        chart("The same title", "engagement.day", "bar", panel("impressions", days(7))),
        table("The same title", 3, 3, "impressions"),
        table("The same title", 3, 3, "impressions"),
        table("Notes", 3, 9, "impressions"),
    ),
)
TILES = made_up.kpis("impressions", "engagements", title="Compared")
CHANGES = (Change(Value(8123), 0.108), Change(Value(None), None, why=NoChange.FROM_ZERO))
SECTIONS = replace(
    made_up.WEEKLY,
    sections=(
        test_prose.text("# A week\n\n- **{{ totals.impressions }}** [seen](https://example.com)", test_prose.SEEN),
        test_heat.section(Value(8291), Value(33), Value(0), Value(None, 3)),
        test_cards.section([test_cards.card("We launched it!")], [test_cards.card("مرحبا بكم")]),
        test_columns.beside((test_columns.TWO_PANELS, 0.5), (test_heat.section(Value(5)), 0.5), title="Side by side"),
        test_vega_lite.section(test_vega_lite.BARS),
        made_up.stacked("In stacks", "engagement.day", "area", panel("favorites", days(7), HANDLES)),
        made_up.beside("Small ones", "engagement.day", "line", *made_up.named(HANDLES, days(7))),
        chart("In a legend", "engagement.day", "line", panel("favorites", days(7), MANY)),
        chart("Lying", "handle", "bar", panel("favorites", HANDLES)),
        made_up.marked_table("Bars, shades and totals", 8, 132),
        replace(
            TILES, kpis=tuple(replace(kpi, change=change) for kpi, change in zip(TILES.kpis, CHANGES, strict=True))
        ),
    ),
    groupings=test_vega_lite.REPORT.groupings,
)
DESIGNS: dict[str, Design] = {"sections": "editorial", "in ledger": "ledger", "in executive": "executive"}
REPORTS = {**dict.fromkeys(DESIGNS, SECTIONS), "launch": made_up.LAUNCH, "twins": TWINS}
MADE_ONCE = ("weekly_html", "totals_html", "long_html")


@pytest.fixture(scope="module", params=[*REPORTS, *MADE_ONCE])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    name = request.param
    html = (
        render_html(REPORTS[name], Look(design=DESIGNS.get(name, "editorial")))
        if name in REPORTS
        else request.getfixturevalue(name)
    )
    path = tmp_path_factory.mktemp("pages") / "page.html"
    path.write_text(html, "utf-8")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_a_page_breaks_no_rule_of_axe(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light")
    assert violations(page, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_page_on_a_dark_screen_breaks_none_either(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert violations(page, TAGS) == []


def violations(page: Page, tags: list[str]) -> list[tuple[str, str, str]]:
    """The rules broken, with the element and what axe says of it."""
    found = Axe().run(page, options={"runOnly": tags, "resultTypes": ["violations"]})
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in cast("list[dict[str, Any]]", found.response["violations"])
        for node in rule["nodes"]
    ]
