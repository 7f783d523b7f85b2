"""The mail in Chromium, which stands for the clients that show HTML as browsers do."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from reportgen.catalog import METRICS
from reportgen.delivery.alerts import delivery_alert
from reportgen.outbox import Way
from reportgen.render.look import Look
from reportgen.render.mail.letter import letter
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.model import Change, Value
from reportgen.report.tables import Column, TableSection
from reportgen.settings import Settings
from reportgen.spec.model import Design
from tests.delivery.made_up import NOW, delivery
from tests.render import made_up
from tests.render.conftest import CHROMIUM
from tests.render.mail.letters import REPORTS, letter_of
from tests.render.test_designs import DESIGNS

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")


def opened(
    browser: Browser, html: str, width: int, scheme: Literal["light", "dark"] = "light", *, pictures: bool = True
) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.set_content(html if pictures else re.sub(r'src="[^"]*"', 'src="data:,"', html))
    return page


def shown(html: str, name: str) -> str:
    """The mail with its pictures in it."""
    contents = {picture.cid: b64encode(picture.content).decode() for picture in letter_of(name).pictures}
    return re.sub(r"cid:([^\"]+)", lambda found: f"data:image/png;base64,{contents[found[1]]}", html)


@pytest.mark.parametrize("width", [320, 390, 700])
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_wider_than_the_window(browser: Browser, name: str, width: int) -> None:
    page = opened(browser, shown(letter_of(name).html, name), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize(("width", "visible"), [(390, 378), (700, 600)])
def test_phones_have_pictures_of_their_own(browser: Browser, width: int, visible: int) -> None:
    page = opened(browser, shown(letter_of("weekly").html, "weekly"), width)
    widths = page.evaluate("[...document.images].map(i => Math.round(i.getBoundingClientRect().width))")
    assert [each for each in widths if each] == [visible, visible]
    page.close()


CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((n) => n / 255)
    .map((n) => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getBoundingClientRect().height) continue;
    const [high, low] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    if ((high + 0.05) / (low + 0.05) < 4.5) faint.push(walker.currentNode.data.trim());
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("design", DESIGNS)
def test_every_word_can_be_read_by_day_and_by_night(
    browser: Browser, design: Literal["editorial", "ledger", "executive"], scheme: Literal["light", "dark"]
) -> None:
    for name in ("all", "weekly"):
        page = opened(browser, letter_of(name, design).html, 700, scheme)
        assert page.evaluate(CONTRASTS) == []
        page.close()


def test_with_pictures_off_their_words_are_read(browser: Browser) -> None:
    page = opened(browser, letter_of("weekly").html, 700, pictures=False)
    assert page.evaluate("document.body.innerText").count("1,284,937") == 1
    heights = page.evaluate("[...document.querySelectorAll('img.wide')].map(i => i.getBoundingClientRect().height)")
    assert all(height < 120 for height in heights)
    page.close()


@pytest.mark.parametrize("design", DESIGNS)
def test_no_table_reaches_beyond_the_rule_of_its_heading(browser: Browser, design: Design) -> None:
    changes = Change(Value(24_687), 5.854), Change(Value(0.0458), 0.0469, in_points=True)
    columns = [
        column
        for kind in (made_up.IMPRESSIONS, METRICS["engagements"], METRICS["favorites"], made_up.RATE)
        for column in (Column(kind.label, None, kind), Column("Change", None, kind, is_change=True))
    ]
    cells = [cell for number in (1_575_022, 73_998, 15_883) for cell in (Value(number, 2), changes[0])]
    row = ("@acme_help", *cells, Value(0.0469, 2), changes[1])
    table = TableSection("T", None, (Column("Handle", "handle"), *columns), (row,), 1, totals=(None, *row[1:]))  # type: ignore[arg-type]
    made = letter(replace(made_up.WEEKLY, sections=(table,)), Look(design=design), {}, {})
    page = opened(browser, made.html, 700)
    assert page.evaluate("document.querySelector('.rows').getBoundingClientRect().width") <= 568
    page.close()


LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2


@pytest.mark.parametrize("width", [320, 700])
def test_a_title_of_one_long_word_is_no_wider_than_the_window(browser: Browser, width: int) -> None:
    tiles = replace(made_up.kpis("impressions"), title=LONG_WORD, note=LONG_WORD)
    table = replace(made_up.day_table(LONG_WORD, 3), note=LONG_WORD)
    report = replace(made_up.WEEKLY, title=LONG_WORD, sections=(tiles, table), complete=False, shortfall=LONG_WORD)
    page = opened(browser, letter(report, Look(footer=LONG_WORD), {}, {}).html, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_an_alert_with_a_long_path_is_no_wider_than_a_phone(browser: Browser) -> None:
    settings = Settings(mail_from="a@example.com", alerts=("me@example.org",), project="/srv/" + "acme" * 20)
    failed = replace(delivery(Way.MAIL, "team@example.com"), said=LONG_WORD)
    (parcel,) = delivery_alert(settings, failed, NOW)
    message = message_from_bytes(parcel.content, policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("html",))
    assert body
    page = opened(browser, body.get_content(), 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("design", DESIGNS)
def test_on_small_phones_no_number_of_a_tile_reaches_into_the_next(browser: Browser, design: Design) -> None:
    kinds = ("impressions", "engagements", "favorites")
    tiles = KpiSection(None, None, tuple(Kpi(METRICS[kind], Value(1_578_659, 1), 40) for kind in kinds))
    page = opened(browser, letter(replace(made_up.WEEKLY, sections=(tiles,)), Look(design=design), {}, {}).html, 320)
    beyond = page.evaluate("""() => [...document.querySelectorAll('.tile')].map((tile) =>
      tile.querySelector('.mark').getBoundingClientRect().right - tile.getBoundingClientRect().right)""")
    assert len(beyond) == len(kinds)
    assert max(beyond) <= 0
    page.close()


def test_on_phones_each_change_stands_beside_what_changed(browser: Browser) -> None:
    kinds = METRICS["impressions"], METRICS["engagements"], METRICS["favorites"]
    columns = [
        column
        for kind in kinds
        for column in (Column(kind.label, None, kind), Column("Change", None, kind, is_change=True))
    ]
    cells = [cell for number in (1_575_022, 73_998, 15_883) for cell in (Value(number), Change(Value(24_687), 5.854))]
    table = TableSection("T", None, (Column("Handle", "handle"), *columns), (("@acme", *cells),), 1)
    page = opened(browser, letter(replace(made_up.WEEKLY, sections=(table,)), Look(), {}, {}).html, 390)
    tops = page.evaluate("[...document.querySelectorAll('.number')].map((cell) => cell.getBoundingClientRect().bottom)")
    assert len({*tops}) == 3
    assert tops[::2] == tops[1::2]
    page.close()


def test_shades_leave_room_beside_their_numbers_and_bars_leave_theirs_to_them_on_phones(browser: Browser) -> None:
    tables = (
        made_up.marked_table("Shades", 8, 132),
        replace(
            made_up.day_table("Days", 7),
            columns=(
                Column("Day", "engagement.day"),
                Column("Handle", "handle"),
                Column("Impressions", None, made_up.IMPRESSIONS, bears="bar"),
                Column("Rate", None, made_up.RATE),
            ),
        ),
    )
    page = opened(browser, letter(replace(made_up.WEEKLY, sections=tables), Look(), {}, {}).html, 390)
    assert page.evaluate("getComputedStyle(document.querySelector('.many .t1')).paddingLeft") == "6px"
    tracks = page.evaluate("[...document.querySelectorAll('.track')].map(track => getComputedStyle(track).display)")
    assert {*tracks} == {"none"}
    page.close()
