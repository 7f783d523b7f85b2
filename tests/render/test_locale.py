"""Pages and charts in another locale."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from reportgen.render.axes import x_ticks
from reportgen.render.describe import described
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.voice.locales import voice_of
from tests.render.made_up import NEW_YORK, TOTALS, WEEKLY, chart, days, hours, panel
from tests.render.page import Page, read

MIDNIGHT = datetime(2026, 11, 9, tzinfo=NEW_YORK)


@pytest.fixture(scope="module")
def german() -> Page:
    return read(render_html(WEEKLY, Look(voice=voice_of("de"))))


def test_a_page_is_written_in_the_locale_of_its_readers(german: Page) -> None:
    assert german.texts("p", "period") == ["9.–15. November 2026"]
    assert german.texts("title") == ["Acme on X, weekly · 9.–15. November 2026"]
    assert german.texts("dd", "number") == ["1.284.937*", "44.314*", "3,62 %", "5.085*"]
    assert "16. November 2026, 08:00" in german.texts("dd")
    assert german.all("a")[1].text == "Mo., 9. Nov., 16:18"
    assert german.texts("td", "number")[:2] == ["65.167", "9.647"]


def test_its_sentences_stay_english_and_it_says_so(german: Page) -> None:
    assert german.all("html")[0].attributes["lang"] == "en"
    assert "From 32 of 34 tweets" in german.texts("dd", "small")


def test_totals_bear_their_day_whatever_the_order_of_a_date() -> None:
    page = read(render_html(TOTALS, Look(voice=voice_of("en_US"))))
    assert page.texts("p", "period") == ["Totals as of November 16, 2026"]


def test_a_chart_is_told_in_the_locale() -> None:
    section = chart("Day by day", "engagement.day", "line", panel("impressions", days(7)))
    assert described(section, section.panels[0], voice_of("fr")) == (
        "Impressions by day, 9–15 novembre 2026: lowest 18\xa0157 on 13 novembre, highest 70\xa0360 on 12 novembre."
    )


def test_hours_of_twelve_are_named_where_they_have_room() -> None:
    american = voice_of("en_US")
    ticks = x_ticks(hours(24, MIDNIGHT), "engagement.hour", 720, american)
    assert [tick.lines for tick in ticks][:2] == [("12 AM", "Mon, Nov 9"), ("3 AM",)]


@pytest.mark.parametrize("locale", ["de", "pt_BR", "ja", "ar", "hi"])
@pytest.mark.parametrize("room", [300, 720])
@pytest.mark.parametrize("count", [7, 12, 28, 90, 365])
def test_ticks_take_no_more_room_than_there_is(locale: str, room: int, count: int) -> None:
    ticks = x_ticks(days(count), "engagement.day", room, voice_of(locale))
    assert ticks
    assert sum(4 + 6.2 * len(tick.lines[0].strip("\u2067\u2069")) for tick in ticks) <= room or len(ticks) <= 4


def test_the_locale_changes_nothing_of_the_default() -> None:
    assert render_html(replace(WEEKLY, sections=()), Look(voice=voice_of("en"))) == render_html(
        replace(WEEKLY, sections=()), Look()
    )
