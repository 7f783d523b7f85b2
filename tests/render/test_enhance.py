"""The page where scripts run: tables in another order, charts that tell their numbers, and nobody else's script."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfReader

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.sort_values import sort_value
from reportgen.report.model import Label, Report, TweetLabel
from reportgen.report.tables import MOST_ON_PAPER
from tests.render import made_up
from tests.render.conftest import CHROMIUM
from tests.render.made_up import HANDLES, NEW_YORK, chart, days, panel, tweet

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")

INJECTED = '<script>document.title = "owned"</script><img src=x onerror="document.title = \'owned\'">'
TWICE = datetime(2026, 11, 1, 1, tzinfo=NEW_YORK)
"""An hour that comes twice, as clocks go back."""
REPORT = replace(
    made_up.WEEKLY,
    sections=(
        chart("Lines", "engagement.day", "line", panel("impressions", days(7), HANDLES)),
        chart("Bars", "handle", "bar", panel("favorites", HANDLES), panel("replies", HANDLES, size=40)),
        made_up.table("Tweets", 12, 12, "impressions", "engagements"),
        made_up.day_table("Days", 3),
    ),
)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    opened = visit(browser, tmp_path, REPORT)
    yield opened
    opened.close()


def visit(browser: Browser, folder: Path, report: Report) -> Page:
    """The report opened, with what a policy forbade counted in `forbidden`."""
    (folder / "page.html").write_text(render_html(report, Look()), "utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.add_init_script(
        "window.forbidden = [];"
        "document.addEventListener('securitypolicyviolation', event => forbidden.push(event.violatedDirective))"
    )
    page.goto((folder / "page.html").as_uri())
    return page


def table(page: Page, title: str) -> Locator:
    return page.locator(".section.table", has=page.get_by_role("heading", name=title, exact=True)).locator("table")


def column(page: Page, title: str, number: int) -> list[str]:
    """The first line of each cell of that column."""
    texts = table(page, title).locator(f"tbody tr > :nth-child({number})").all_inner_texts()
    return [text.strip().split("\n")[0] for text in texts]


def test_a_header_puts_the_rows_in_order_and_then_the_other_way_round(page: Page) -> None:
    assert column(page, "Tweets", 3)[:5] == ["9,647", "5,627", "3,972", "–", "2,501"]
    header = table(page, "Tweets").get_by_role("columnheader", name="Engagements")
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    assert header.inner_text() == "↓\u00a0Engagements"
    down = column(page, "Tweets", 3)
    assert (down[:2], down[-2:]) == (["9,647", "5,627"], ["1,089", "–"])
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    up = column(page, "Tweets", 3)
    assert up == [*reversed(down[:-1]), "–"]
    assert table(page, "Tweets").locator("[aria-sort]").count() == 1


def test_paper_has_the_first_rows_of_the_report_whichever_order_the_screen_has(
    browser: Browser, tmp_path: Path
) -> None:
    long = replace(made_up.table("Tweets", 130, 130, "impressions", "engagements"), on_paper=MOST_ON_PAPER)
    page = visit(browser, tmp_path, replace(REPORT, sections=(long,)))
    seen = column(page, "Tweets", 2)
    header = table(page, "Tweets").get_by_role("columnheader", name="Engagements")
    header.get_by_role("button").click()
    header.get_by_role("button").click()
    reordered = column(page, "Tweets", 2)
    paper = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages).split())
    assert [number for number in seen if f" {number} " not in paper] == seen[MOST_ON_PAPER:]
    assert "↓ Impressions" in paper
    assert "↑" not in paper
    assert column(page, "Tweets", 2) == reordered
    assert header.get_attribute("aria-sort") == "ascending"
    page.close()


def test_the_keyboard_orders_them_too(page: Page) -> None:
    table(page, "Tweets").get_by_role("button", name="Tweet").focus()
    page.keyboard.press("Enter")
    assert column(page, "Tweets", 1)[:3] == ["Mon 9 Nov, 09:05", "Mon 9 Nov, 16:18", "Mon 9 Nov, 23:31"]
    page.keyboard.press("Space")
    assert column(page, "Tweets", 1)[-1] == "Mon 9 Nov, 09:05"


def test_words_are_put_in_order_as_words(page: Page) -> None:
    table(page, "Days").get_by_role("button", name="Handle").click()
    assert column(page, "Days", 2) == ["@acme"] * 3 + ["@acme_help"] * 3
    assert column(page, "Days", 1) == ["Mon 9 Nov", "Tue 10 Nov", "Wed 11 Nov"] * 2


def test_a_row_of_totals_stays_the_last(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, tmp_path, replace(REPORT, sections=(made_up.marked_table("Marked", 8, 132),)))
    for _ in range(2):
        table(page, "Marked").get_by_role("button", name="Impressions").click()
        assert table(page, "Marked").locator("tr").last.inner_text().startswith("Total of 132")
    page.close()


@pytest.mark.parametrize(
    ("earlier", "later", "key"),
    [
        (date(2026, 9, 30), date(2026, 11, 1), "engagement.day"),
        (
            datetime(2026, 11, 1, 1, tzinfo=NEW_YORK),
            datetime(2026, 11, 1, 1, fold=1, tzinfo=NEW_YORK),
            "engagement.hour",
        ),
        ("9", "10", "engagement.hour"),
        ("Fri", "Sat", "engagement.weekday"),
        (tweet(1), tweet(2), "tweet.id"),
        (TweetLabel("20", None, None), tweet(1), "tweet.id"),
    ],
)
def test_times_are_put_in_order_by_what_they_are(earlier: Label, later: Label, key: str) -> None:
    before, after = sort_value(earlier, key), sort_value(later, key)
    assert before is not None
    assert after is not None
    assert before < after


def test_words_have_no_order_but_their_own() -> None:
    assert sort_value("@acme", "handle") is None


def tips(page: Page) -> list[str]:
    return page.locator(".tip:visible").all_inner_texts()


def test_a_chart_tells_the_numbers_under_the_pointer(page: Page) -> None:
    picture = page.locator(".chart .for-wide").first
    picture.hover(position={"x": 75, "y": 80})
    assert [tip.split() for tip in tips(page)] == [["Mon", "9", "Nov", "@acme", "28,000", "@acme_help", "61,218"]]
    page.mouse.move(5, 5)
    assert tips(page) == []


def test_lying_bars_tell_theirs_each_panel_its_own(page: Page) -> None:
    picture = page.locator(".chart").nth(1).locator(".for-wide").nth(1)
    picture.hover(position={"x": 300, "y": 15})
    assert [tip.split() for tip in tips(page)] == [["@acme", "Replies", "28"]]


def test_arrow_keys_go_from_number_to_number_and_escape_ends_it(page: Page) -> None:
    page.locator(".chart summary").first.focus()
    page.keyboard.press("Shift+Tab")
    assert tips(page)[0].startswith("Mon 9 Nov")
    page.keyboard.press("ArrowRight")
    assert tips(page)[0].startswith("Tue 10 Nov")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert tips(page)[0].startswith("Sun 15 Nov")
    page.keyboard.press("Escape")
    assert tips(page) == []


def test_the_page_breaks_none_of_its_own_rules(page: Page) -> None:
    table(page, "Tweets").get_by_role("button", name="Engagements").click()
    page.locator(".chart .for-wide").first.hover()
    assert len(tips(page)) == 1
    assert page.evaluate("forbidden") == []


def test_somebody_elses_script_does_not_run(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, tmp_path, replace(REPORT, title=INJECTED))
    assert page.title().startswith(INJECTED)
    path = tmp_path / "page.html"
    guard_taken_away = path.read_text("utf-8").replace("<main>", f"<main>{INJECTED}", 1)
    path.write_text(guard_taken_away, "utf-8")
    page.reload()
    page.wait_for_function("forbidden.length >= 3")
    assert page.title().startswith(INJECTED)
    assert sorted(page.evaluate("forbidden")) == ["img-src", "script-src-attr", "script-src-elem"]
    page.close()


def test_without_scripts_all_numbers_are_there(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(render_html(REPORT, Look()), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("button, .tip").count() == 0
    page.locator(".numbers summary").first.click()
    numbers = page.locator(".numbers").first.locator("tbody tr").first
    assert numbers.inner_text().split() == ["Mon", "9", "Nov", "28,000", "61,218"]
    context.close()


def test_on_paper_a_browser_repeats_the_headers_as_the_pdf_does_on_as_many_pages(
    browser: Browser, tmp_path: Path, weekly_html: str, weekly_paper: PdfReader
) -> None:
    (tmp_path / "page.html").write_text(weekly_html, "utf-8")
    page = browser.new_page(color_scheme="dark")
    page.goto((tmp_path / "page.html").as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == len(weekly_paper.pages)
    headers = ("Impressions Engagements Likes Retweets Replies", "Day Handle Impressions Engagement rate")
    for header in headers:
        assert [header in " ".join(sheet.extract_text().split()) for sheet in sheets] == [
            header in " ".join(sheet.extract_text().split()) for sheet in weekly_paper.pages
        ]
    page.close()
