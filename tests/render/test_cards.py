"""Cards of tweets: their texts as they are, their numbers, and what is said below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from pypdf import PdfReader

from reportgen.catalog import FORMULAS, METRICS, Measure
from reportgen.render.cards import below_cards, cards_in_a_row, groups_in_a_row
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.render.policy import script
from reportgen.report.cards import Card, CardsSection, Least
from reportgen.report.model import TweetLabel, Value
from reportgen.voice.english import ENGLISH
from tests.render import made_up
from tests.render.page import Page, read

SEEN, RATE = METRICS["impressions"], FORMULAS["engagement_rate"]


def card(text: str | None, *values: Value, number: int = 0) -> Card:
    return Card(replace(made_up.tweet(number), text=text), values or (Value(1234),))


def section(
    best: Sequence[Card] = (), worst: Sequence[Card] = (), measures: tuple[Measure, ...] = (SEEN,), share: float = 1
) -> CardsSection:
    return CardsSection("Top", None, measures[0], measures, tuple(best), tuple(worst), (), 0, 0, share=share)


def html(*sections: CardsSection) -> str:
    return render_html(replace(made_up.WEEKLY, sections=sections, gap_notes=(), remarks=()), Look())


def page(*sections: CardsSection) -> Page:
    return read(html(*sections))


def test_a_card_has_the_handle_a_link_the_text_and_the_numbers() -> None:
    shown = page(section([card("We launched it!", Value(1234), Value(0.034))], measures=(SEEN, RATE)))
    assert shown.texts("p", "byline") == ["@acme Mon 9 Nov, 09:05"]
    (link,) = (a for a in shown.all("a") if "li" in a.parents)
    assert link.attributes["href"] == "https://x.com/acme/status/2117632892728246273"
    assert shown.texts("p", "said") == ["We launched it!"]
    numbers = [element.text for element in shown.elements if element.tag in {"dt", "dd"} and "li" in element.parents]
    assert numbers == ["Impressions", "1,234", "Engagement rate", "3.40%"]


def test_without_a_text_the_card_has_the_rest() -> None:
    assert page(section([card(None)])).all("p", "said") == []


def test_a_tweet_without_a_date_or_a_handle_still_has_its_link() -> None:
    shown = page(section([Card(TweetLabel("20", None, None), (Value(1),))]))
    assert shown.texts("p", "byline") == ["Before November 2010"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("We launched it! 🚀", "ltr"),
        ("مرحبا بكم في أكمي!", "rtl"),
        ("@acme: שלום", "ltr"),
        ("👩🏽‍🚀 アクメ", "ltr"),
    ],
)
def test_a_text_runs_in_its_own_direction(text: str, direction: str) -> None:
    (said,) = page(section([card(text)])).all("p", "said")
    assert (said.text, said.attributes["dir"]) == (text, direction)


HOSTILE = "<script>alert(1)</script> <img src=http://10.0.0.1/x> {{ 7 * 7 }} =HYPERLINK(1) https://10.0.0.1/a"


def test_a_hostile_text_is_words_and_an_address_in_it_is_no_link() -> None:
    shown = page(section([card(HOSTILE)]))
    assert shown.texts("p", "said") == [HOSTILE]
    assert [element.text for element in shown.all("script")] == [script()]
    assert shown.all("img") == []
    assert [a.attributes["href"] for a in shown.all("a")] == ["https://x.com/acme/status/2117632892728246273"]


def test_a_long_text_is_whole_in_the_page_and_cut_on_paper() -> None:
    text = "Beep beep, said the bird. " * 100
    content = html(section([card(text)]))
    assert read(content).texts("p", "said") == [text.strip()]
    printed = " ".join(PdfReader(io.BytesIO(render_pdf(content))).pages[0].extract_text().split())
    assert 5 < printed.count("Beep") < 60
    assert "…" in printed


def test_a_card_is_never_on_two_sheets() -> None:
    cards = [card("A tweet of a few words", number=number) for number in range(24)]
    pages = PdfReader(io.BytesIO(render_pdf(html(section(cards))))).pages
    texts = [sheet.extract_text() for sheet in pages]
    assert len(texts) > 1
    for text in texts:
        assert text.count("A tweet of a few words") == text.count("1,234")


def test_both_ends_are_told_apart_and_one_end_alone_needs_no_name() -> None:
    assert page(section([card("a")], [card("b")])).texts("h3") == ["Most impressions", "Fewest impressions"]
    assert page(section([card("a")])).texts("h3") == []


def test_what_is_not_shown_is_said_below() -> None:
    least = Least(SEEN, 1000, 12)
    told = replace(section([card("a", Value(None, 1))]), at_least=(least,), not_known=3)
    assert below_cards(told, ENGLISH) == (
        "Only tweets with at least 1,000 impressions; 12 tweets left out. "
        "3 tweets not ranked: their numbers are missing. –\N{NO-BREAK SPACE}Not known. See the notes."
    )
    half = replace(section([card("a")]), at_least=(Least(SEEN, 0.5, 0), Least(RATE, 0.00125, 0)))
    assert below_cards(half, ENGLISH) == (
        "Only tweets with at least 0.5 impressions. Only tweets with at least 0.125% engagement rate."
    )
    rates = replace(section([card("a")], measures=(RATE,)), undefined=1)
    assert below_cards(rates, ENGLISH) == "1 tweet not ranked: no rate without impressions."
    later = replace(section([card("a")]), later=1)
    assert below_cards(later, ENGLISH) == "1 tweet not ranked: posted after the period."
    assert below_cards(section([card("a")]), ENGLISH) == ""
    assert below_cards(section(), ENGLISH) == "No tweet to show."


@pytest.mark.parametrize(
    ("count", "share", "columns"),
    [(1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 1, 2), (5, 1, 3), (3, 2 / 3, 2), (3, 0.5, 2), (3, 1 / 3, 1)],
)
def test_cards_stand_beside_each_other_as_far_as_there_is_room(count: int, share: float, columns: int) -> None:
    assert cards_in_a_row(section([card("a")] * count, share=share)) == columns


@pytest.mark.parametrize(("count", "share", "groups"), [(1, 1, 2), (2, 1, 2), (3, 1, 1), (1, 2 / 3, 2), (1, 0.5, 1)])
def test_few_of_the_best_and_the_worst_stand_beside_each_other(count: int, share: float, groups: int) -> None:
    both = section([card("a")] * count, [card("b")], share=share)
    assert groups_in_a_row(both) == groups
    assert groups == 1 or cards_in_a_row(both) == 1
    assert groups_in_a_row(section([card("a")] * count, share=share)) == 1


def test_the_date_of_a_card_is_local() -> None:
    moment = datetime(2026, 11, 9, 23, 59, tzinfo=made_up.NEW_YORK)
    shown = page(section([Card(TweetLabel("1", "@acme", moment), (Value(1),))]))
    assert shown.texts("p", "byline") == ["@acme Mon 9 Nov, 23:59"]
