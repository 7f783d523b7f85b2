"""The page of a directory: every report that was put there, in the product's look, for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from reportgen.editions import Edition
from reportgen.render.index import MARK, render_index
from reportgen.render.look import Logo, Look
from tests.render import page as pages
from tests.render.conftest import CHROMIUM
from tests.render.made_up import NEW_YORK
from tests.render.test_accessible import TAGS, violations

HOSTILE = '</title><script>alert(1)</script>{{ 7 * 7 }} "&'
WEEKLY = Edition(
    report="acme-weekly",
    title="Acme on X, weekly",
    period="9–15 November 2026",
    last_day=date(2026, 11, 15),
    as_of=datetime(2026, 11, 16, 13, 0, tzinfo=UTC),
    timezone=NEW_YORK,
    complete=True,
    formats=("html", "pdf"),
)


def weeks(count: int) -> list[Edition]:
    steps = [timedelta(weeks=number) for number in range(count)]
    return [
        replace(WEEKLY, period=f"week {n}", last_day=WEEKLY.last_day - step, as_of=WEEKLY.as_of - step)
        for n, step in enumerate(steps)
    ]


def rendered(*editions: Edition, look: Look | None = None) -> str:
    return render_index(editions, look or Look()).decode()


def read(*editions: Edition) -> pages.Page:
    page = pages.Page()
    page.feed(rendered(*editions))
    return page


MANY = (
    *weeks(11),
    replace(WEEKLY, report="hostile", title=HOSTILE, period=HOSTILE, complete=False, last_day=date(2026, 11, 10)),
    replace(WEEKLY, report="long", title="A title that goes on " * 9, formats=("html", "pdf", "json", "csv", "xlsx")),
    replace(WEEKLY, report="arabic", title="تقرير الأسبوع (acme)", formats=("parquet",)),
)


def test_an_edition_has_its_period_when_it_was_made_and_each_file_once() -> None:
    page = read(WEEKLY)
    assert page.texts("h2") == ["Acme on X, weekly"]
    assert page.texts("p", "of") == ["9–15 November 2026"]
    assert page.texts("p", "when") == ["16 November 2026, 08:00 (New York)"]
    assert [link.attributes["href"] for link in page.all("a")] == [
        "acme-weekly-2026-11-15.html",
        "acme-weekly-2026-11-15.pdf",
    ]
    assert page.texts("a") == ["9–15 November 2026", "Acme on X, weekly, 9–15 November 2026: PDF"]


def test_an_edition_of_a_page_alone_has_no_empty_list_of_files() -> None:
    page = read(replace(WEEKLY, formats=("html",)))
    assert page.texts("a") == ["9–15 November 2026"]
    assert page.all("ul", "formats") == []


def test_without_a_page_the_period_leads_to_another_file_which_is_named_beside_it() -> None:
    assert [link.attributes["href"] for link in read(replace(WEEKLY, formats=("xlsx", "csv"))).all("a")] == [
        "acme-weekly-2026-11-15.xlsx",
        "acme-weekly-2026-11-15.xlsx",
        "acme-weekly-2026-11-15.csv",
    ]


def test_an_incomplete_report_says_so() -> None:
    assert read(WEEKLY).all("strong") == []
    assert read(replace(WEEKLY, complete=False)).texts("p", "of") == ["9–15 November 2026 Incomplete"]


def test_the_newest_come_first_and_the_older_ones_unfold() -> None:
    page = read(*reversed(weeks(11)))
    assert page.texts("p", "of") == [f"week {number}" for number in range(11)]
    folded = [element.text.strip() for element in page.all("p", "of") if "details" in element.parents]
    assert folded == ["week 8", "week 9", "week 10"]
    assert page.texts("summary") == ["3 earlier"]


def test_reports_are_apart_the_one_with_the_newest_edition_first() -> None:
    older = replace(WEEKLY, report="a", title="Old", last_day=date(2026, 11, 14))
    newer = replace(WEEKLY, report="z", title="New", last_day=date(2026, 11, 16))
    assert read(older, WEEKLY, newer).texts("h2") == ["New", "Acme on X, weekly", "Old"]


def test_a_title_that_changed_is_the_newest() -> None:
    first, *_ = weeks(2)
    assert read(*weeks(2)[1:], replace(first, title="Renamed")).texts("h2") == ["Renamed"]


def test_nothing_in_a_title_is_markup_or_a_template() -> None:
    page = read(replace(WEEKLY, title=HOSTILE, period=HOSTILE))
    assert page.texts("h2") == [HOSTILE]
    assert page.all("script") == []


def test_a_directory_without_a_report_says_so() -> None:
    assert "There is no report here yet." in rendered()


def test_the_brand_is_the_projects() -> None:
    logo = Logo("data:image/png;base64,iVBORw0KGgo=", "Acme")
    html = rendered(WEEKLY, look=Look(logo=logo, footer="Acme <Inc>"))
    assert 'src="data:image/png;base64,iVBORw0KGgo=" alt="Acme"' in html
    assert "Acme &lt;Inc&gt;" in html


def test_the_same_editions_give_the_same_bytes_in_any_order() -> None:
    assert render_index(MANY, Look()) == render_index(reversed(MANY), Look())
    assert MARK in render_index((), Look())


@pytest.fixture(scope="module", params=[320, 390, 820, 1440])
def opened(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("index") / "index.html"
    path.write_bytes(render_index(MANY, Look()))
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    seen: list[str] = []

    def complained(message: ConsoleMessage) -> None:
        seen.append(message.text)

    def asked(request: Request) -> None:
        seen.extend([] if request.url.startswith(("data:", path.as_uri())) else [request.url])

    page.on("console", complained)
    page.on("request", asked)
    page.goto(path.as_uri())
    yield page
    page.close()
    assert seen == []


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
class TestInABrowser:
    @pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
    def test_it_breaks_no_rule_of_axe(self, opened: Page, is_dark: bool) -> None:
        opened.emulate_media(color_scheme="dark" if is_dark else "light")
        opened.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert violations(opened, TAGS) == []

    def test_nothing_is_wider_than_the_screen(self, opened: Page) -> None:
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_its_policy_comes_before_all_else(self, opened: Page) -> None:
        first = opened.evaluate("[...document.head.children].slice(0, 2).map(one => one.outerHTML)")
        assert first[0] == '<meta charset="utf-8">'
        assert "default-src 'none'" in first[1]
