"""Numbers, days and hours in the locales of clients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from reportgen.voice.local import Local, own_locale
from reportgen.voice.locales import voice_of
from reportgen.voice.voice import Voice

MONDAY = date(2026, 11, 9)
SUNDAY = date(2026, 11, 15)
IN_DECEMBER = date(2026, 12, 6)
NEXT_YEAR = date(2027, 1, 3)
AFTERNOON = datetime(2026, 11, 9, 14, 5, tzinfo=ZoneInfo("Asia/Kolkata"))

WRITTEN: Final[Mapping[str, Callable[[Voice], str]]] = {
    "whole": lambda voice: voice.whole(1_234_567),
    "decimal": lambda voice: voice.decimal(1234.5),
    "percent": lambda voice: voice.percent(12.5),
    "short": lambda voice: " ".join(map(voice.short, (0, 0.05, 500, 1_500, 20_000, 2_500_000))),
    "short percent": lambda voice: voice.short_percent(0.025),
    "month": lambda voice: voice.month(MONDAY),
    "year": lambda voice: voice.year(MONDAY),
    "day of month": lambda voice: voice.day_of_month(MONDAY),
    "weekday": lambda voice: voice.weekday(MONDAY),
    "weekday and day": lambda voice: voice.weekday_and_day(MONDAY),
    "day and month": lambda voice: voice.day_and_month(MONDAY),
    "day in full": lambda voice: voice.day_in_full(MONDAY),
    "month and year": lambda voice: voice.month_and_year(MONDAY),
    "short day": lambda voice: voice.short_day(MONDAY, SUNDAY),
    "short day of another year": lambda voice: voice.short_day(MONDAY, NEXT_YEAR),
    "short moment": lambda voice: voice.short_moment(AFTERNOON, SUNDAY),
    "long day": lambda voice: voice.long_day(MONDAY),
    "long moment": lambda voice: voice.long_moment(AFTERNOON),
    "span": lambda voice: voice.span(MONDAY, SUNDAY),
    "span of one day": lambda voice: voice.span(MONDAY, MONDAY),
    "span of two months": lambda voice: voice.span(MONDAY, IN_DECEMBER),
    "span of two years": lambda voice: voice.span(MONDAY, NEXT_YEAR),
    "short span": lambda voice: voice.short_span(MONDAY, SUNDAY, SUNDAY),
    "short span of another year": lambda voice: voice.short_span(MONDAY, SUNDAY, NEXT_YEAR),
    "clock": lambda voice: voice.clock(AFTERNOON),
    "hour": lambda voice: voice.hour(7),
    "weekday in full": lambda voice: voice.weekday_in_full(0),
}

EXPECTED: Final[Mapping[str, tuple[str, ...]]] = {
    "en_US": (
        "1,234,567", "1,234.50", "1,250.00%", "0 0.05 500 1.5K 20K 2.5M", "2.5%", "Nov", "2026", "9", "Mon", "9 Mon",
        "Nov 9", "November 9", "November 2026", "Mon, Nov 9", "Mon, Nov 9, 2026", "Mon, Nov 9, 2:05\xa0PM",
        "November 9, 2026", "November 9, 2026, 2:05\xa0PM", "November 9 – 15, 2026", "November 9, 2026",
        "November 9 – December 6, 2026", "November 9, 2026 – January 3, 2027", "Nov 9 – 15", "Nov 9 – 15, 2026",
        "2:05\xa0PM", "7 AM", "Monday",
    ),
    "de": (
        "1.234.567", "1.234,50", "1.250,00\xa0%", "0 0,05 500 1.500 20.000 2,5\xa0Mio.", "2,5\xa0%", "Nov", "2026",
        "9", "Mo", "Mo., 9.", "9. Nov.", "9. November", "November 2026", "Mo., 9. Nov.", "Mo., 9. Nov. 2026",
        "Mo., 9. Nov., 14:05", "9. November 2026", "9. November 2026, 14:05", "9.–15. November 2026",
        "9. November 2026", "9. November – 6. Dezember 2026", "9. November 2026 – 3. Januar 2027", "9.–15. Nov.",
        "9.–15. Nov. 2026", "14:05", "07:00", "Montag",
    ),
    "fr": (
        "1\xa0234\xa0567", "1\xa0234,50", "1\xa0250,00\xa0%", "0 0,05 500 1,5\xa0k 20\xa0k 2,5\xa0M", "2,5\xa0%",
        "nov.", "2026", "9", "lun.", "lun. 9", "9 nov.", "9 novembre", "novembre 2026", "lun. 9 nov.",
        "lun. 9 nov. 2026", "lun. 9 nov., 14:05", "9 novembre 2026", "9 novembre 2026, 14:05", "9–15 novembre 2026",
        "9 novembre 2026", "9 novembre – 6 décembre 2026", "9 novembre 2026 – 3 janvier 2027", "9–15 nov.",
        "9–15 nov. 2026", "14:05", "07:00", "lundi",
    ),
    "pt_BR": (
        "1.234.567", "1.234,50", "1.250,00%", "0 0,05 500 1,5\xa0mil 20\xa0mil 2,5\xa0mi", "2,5%", "nov.", "2026",
        "9", "seg.", "seg., 9", "9 de nov.", "9 de novembro", "novembro de 2026", "seg., 9 de nov.",
        "seg., 9 de nov. de 2026", "seg., 9 de nov. 14:05", "9 de novembro de 2026", "9 de novembro de 2026 14:05",
        "9 – 15 de novembro de 2026", "9 de novembro de 2026", "9 de novembro – 6 de dezembro de 2026",
        "9 de novembro de 2026 – 3 de janeiro de 2027", "9 – 15 de nov.", "9 – 15 de nov. de 2026", "14:05", "07:00",
        "segunda-feira",
    ),
    "ja": (
        "1,234,567", "1,234.50", "1,250.00%", "0 0.05 500 1,500 2万 250万", "2.5%", "11月", "2026年", "9日", "月",
        "9日(月)", "11月9日", "11月9日", "2026年11月", "11月9日(月)", "2026年11月9日(月)", "11月9日(月) 14:05",
        "2026年11月9日", "2026年11月9日 14:05", "2026年11月9日～15日", "2026年11月9日", "2026年11月9日～12月6日",
        "2026年11月9日～2027年1月3日", "11月9日～15日", "2026年11月9日～15日", "14:05", "7:00", "月曜日",
    ),
}  # fmt: skip


@pytest.mark.parametrize("locale", EXPECTED)
def test_a_locale_is_written_as_its_readers_know_it(locale: str) -> None:
    voice = voice_of(locale)
    assert {name: write(voice) for name, write in WRITTEN.items()} == dict(zip(WRITTEN, EXPECTED[locale], strict=True))


def test_words_written_to_the_left_keep_their_order_within_english() -> None:
    arabic = voice_of("ar")
    assert arabic.whole(1_234_567) == "1,234,567"
    assert arabic.long_moment(AFTERNOON) == "\u20679 نوفمبر 2026، 2:05 م\u2069"
    assert arabic.short(20_000) == "\u206720\xa0ألف\u2069"


@pytest.mark.parametrize(("locale", "day"), [("en_US", 6), ("en_GB", 0), ("de", 0), ("pt_BR", 6), ("ar_EG", 5)])
def test_weeks_begin_as_the_territory_has_them(locale: str, day: int) -> None:
    assert voice_of(locale).first_weekday == day


@pytest.mark.parametrize("rate", [0.00125, 0.00375, 0.0625, 0.2645, 0.123449999, 1.005, 6.485, 0.0315, 0.000014, 3e-8])
def test_every_locale_shows_the_same_digits(rate: float) -> None:
    def digits(text: str) -> str:
        return "".join(filter(str.isdigit, text))

    english, german = voice_of("en"), voice_of("de")
    assert digits(german.percent(rate)) == digits(english.percent(rate))
    assert digits(german.decimal(rate)) == digits(english.decimal(rate))
    assert digits(german.change(rate)) == digits(english.change(rate))
    assert digits(german.exact(rate)) == digits(english.exact(rate))
    assert digits(german.exact_percent(rate)) == digits(english.exact_percent(rate))
    assert digits(german.short(rate)) == digits(english.short(rate))
    assert digits(german.short_percent(rate)) == digits(english.short_percent(rate))


def test_a_locale_says_the_same_whichever_came_before() -> None:
    # Babel 2.18 gives Hebrew months to whom asks for those of other locales afterwards.
    alone = [Local(own_locale(Locale.parse(name))) for name in ("he", "cs", "no", "th")]
    assert [voice.month_and_year(MONDAY) for voice in alone] == [
        "\u2067נובמבר 2026\u2069", "listopad 2026", "november 2026", "พฤศจิกายน 2026",
    ]  # fmt: skip


@pytest.mark.parametrize("locale", sorted(name for name in locale_identifiers() if "_" not in name))
def test_every_language_writes_something_for_all_there_is(locale: str) -> None:
    voice = voice_of(locale)
    assert all(write(voice).strip() for write in WRITTEN.values())
    assert not any(space in write(voice) for write in WRITTEN.values() for space in "\u202f\u2009")
