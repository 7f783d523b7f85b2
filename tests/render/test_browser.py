"""The page in a browser, on a small phone, a phone and a desktop."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.render.conftest import CHROMIUM

WIDTHS = (320, 390, 1440)

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")


@dataclass(frozen=True)
class Visit:
    """An opened page, and what the browser asked for and complained about meanwhile."""

    page: Page
    requests: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def files(
    tmp_path_factory: pytest.TempPathFactory, weekly_html: str, long_html: str, totals_html: str, gallery_html: str
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {"weekly": weekly_html, "long": long_html, "totals": totals_html, "gallery": gallery_html}
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture(params=[(name, width) for name in ("weekly", "long", "totals", "gallery") for width in WIDTHS], ids=str)
def visit(request: pytest.FixtureRequest, browser: Browser, files: dict[str, Path]) -> Iterator[Visit]:
    name, width = request.param
    page = browser.new_page(viewport={"width": width, "height": 900})
    seen = Visit(page, [], [])
    page.on("request", lambda asked: seen.requests.append(asked.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(files[name].as_uri())
    page.evaluate("document.fonts.ready")
    yield seen
    page.close()


OVERLAPS = """() => {
  const clashes = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent !== '–');
    const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([text, a], i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1)
        clashes.push(`${text} leaves the picture`);
      for (const [other, b] of boxes.slice(i + 1))
        if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
          clashes.push(`${text} on ${other}`);
    });
  }
  return clashes;
}"""


TOO_LONG = "[...document.querySelectorAll('.tile .number')].filter(n => n.scrollWidth > n.clientWidth).length"


def test_a_page_opens_cleanly_at_every_width(visit: Visit) -> None:
    page = visit.page
    asked = [address for address in visit.requests if not address.startswith("data:")]
    assert asked == [page.url]
    assert visit.complaints == []
    width: Any = page.evaluate("document.documentElement.scrollWidth")
    assert width == page.viewport_size["width"] if page.viewport_size else None
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"] * 4
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("name", ["weekly", "long"])
def test_numbers_keep_within_their_tiles_at_every_width(browser: Browser, files: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    page.goto(files[name].as_uri())
    for width in (320, 360, 639, 640, 768, 1087, 1088, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_LONG) == 0, width
    page.close()


def test_charts_on_phones_have_letters_that_can_be_read(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(files["weekly"].as_uri())
    scales: list[float] = page.evaluate(
        "[...document.querySelectorAll('.panel svg')].map(s => s.clientWidth / s.viewBox.baseVal.width).filter(Boolean)"
    )
    assert len(scales) == 3
    assert min(scales) * 12 > 10.5
    page.close()


def test_charts_on_tablets_have_letters_that_can_be_read(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 640, "height": 800})
    page.goto(files["weekly"].as_uri())
    widths: list[float] = page.evaluate("[...document.querySelectorAll('.for-wide svg')].map(s => s.clientWidth)")
    assert min(widths) / 720 * 12 > 9
    page.close()


def test_a_table_on_a_phone_shows_no_ids_and_the_edge_of_its_first_column(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(files["weekly"].as_uri())
    assert page.locator(".table .id span:visible").count() == 0
    edge = "getComputedStyle(document.querySelector('.table tbody th')).boxShadow"
    assert page.evaluate(edge) == "rgb(221, 225, 230) -1px 0px 0px 0px inset"
    page.close()


NUMBERS_CUT = """() => [...document.querySelectorAll('table:has(.words) tbody tr')].filter(row => {
  const number = document.createRange();
  number.selectNode(row.querySelector('td.number').firstChild);
  return number.getBoundingClientRect().right > row.closest('.scroll').getBoundingClientRect().right;
}).length"""


@pytest.mark.parametrize("width", [320, 390])
def test_a_table_of_texts_on_a_phone_has_them_below_their_tweets_and_its_first_number_whole(
    browser: Browser, files: dict[str, Path], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(files["gallery"].as_uri())
    table = page.locator("table:has(.words)").first
    rows = table.locator("tbody tr").count()
    assert table.locator(".below:visible").count() == rows > 0
    assert table.locator(".in-column:visible").count() == 0
    heads = [table.locator(f"{part} tr:visible").first.locator("> :visible").count() for part in ("thead", "tbody")]
    assert heads[0] == heads[1] == table.locator("tfoot tr > :visible").count()
    assert page.evaluate(NUMBERS_CUT) == 0
    page.close()


def test_a_table_of_texts_has_them_in_a_column_from_tablets_on(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 768, "height": 800})
    page.goto(files["gallery"].as_uri())
    table = page.locator("table:has(.words)").first
    assert table.locator(".below:visible").count() == 0
    assert table.locator("tbody .in-column:visible").count() == table.locator("tbody tr").count()
    page.close()


def test_the_facts_stand_in_two_columns_on_a_phone(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(files["weekly"].as_uri())
    lefts = "[...document.querySelectorAll('.facts div')].map(fact => fact.getBoundingClientRect().left)"
    assert page.evaluate(lefts) == [20, 188, 20, 188]
    page.close()


def test_a_wide_table_takes_the_room_of_a_wide_window(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(files["long"].as_uri())
    size: list[float] = page.evaluate(
        "(box => [box.getBoundingClientRect().width, box.scrollWidth - box.clientWidth])"
        "(document.querySelector('.wide .scroll'))"
    )
    assert 1120 < size[0] <= 1360
    assert size[1] == 0
    page.close()


def test_the_flag_is_printed_in_its_colour(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(files["weekly"].as_uri())
    found = "[...document.querySelectorAll('.flag')].map(e => getComputedStyle(e).printColorAdjust)"
    assert page.evaluate(found) == ["exact"]
    page.close()


def test_a_browser_prints_the_title_and_the_period_at_the_head_of_each_page(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(files["weekly"].as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    for number, sheet in enumerate(sheets, 1):
        text = sheet.extract_text()
        assert "Acme on X, weekly" in text
        assert "9–15 November 2026" in text
        assert f"{number} / {len(sheets)}" in text
    page.close()


def test_the_first_column_stays_while_a_wide_table_scrolls(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(files["weekly"].as_uri())
    moved: list[float] = page.evaluate(
        """() => {
          const box = document.querySelector('.scroll'), cell = box.querySelector('tbody th');
          const before = cell.getBoundingClientRect().left;
          box.scrollLeft = 120;
          return [box.scrollLeft, cell.getBoundingClientRect().left - before];
        }"""
    )
    assert moved == [120, 0]
    page.close()
