"""The page for everyone: axe-core's rules, light and dark, on a small phone and a desktop."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.report.model import Value
from tests.render import made_up, test_cards, test_columns, test_heat, test_prose, test_vega_lite
from tests.render.conftest import CHROMIUM
from tests.render.made_up import chart, days, panel, table

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
SECTIONS = replace(
    made_up.WEEKLY,
    sections=(
        test_prose.text("# A week\n\n- **{{ totals.impressions }}** [seen](https://example.com)", test_prose.SEEN),
        test_heat.section(Value(8291), Value(33), Value(0), Value(None, 3)),
        test_cards.section([test_cards.card("We launched it!")], [test_cards.card("مرحبا بكم")]),
        test_columns.beside((test_columns.TWO_PANELS, 0.5), (test_heat.section(Value(5)), 0.5), title="Side by side"),
        test_vega_lite.section(test_vega_lite.BARS),
    ),
    groupings=test_vega_lite.REPORT.groupings,
)
PAGES = {
    "sections": SECTIONS,
    "weekly": made_up.WEEKLY,
    "launch": made_up.LAUNCH,
    "totals": made_up.TOTALS,
    "long": made_up.LONG,
    "gallery": made_up.GALLERY,
    "twins": TWINS,
}


@pytest.fixture(scope="module", params=PAGES)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "page.html"
    path.write_text(render_html(PAGES[request.param], Look()), "utf-8")
    return path


@pytest.mark.parametrize("width", [320, 1440])
def test_a_page_breaks_no_rule_of_axe(browser: Browser, file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    assert violations(page, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(color_scheme="dark")
    assert violations(page, ["color-contrast"]) == []
    page.close()


def violations(page: Page, tags: list[str]) -> list[tuple[str, str, str]]:
    """The rules broken, with the element and what axe says of it."""
    found = Axe().run(page, options={"runOnly": tags, "resultTypes": ["violations"]})
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in cast("list[dict[str, Any]]", found.response["violations"])
        for node in rule["nodes"]
    ]
