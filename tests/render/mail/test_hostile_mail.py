"""Whatever the texts of a report are, in a mail they are words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.render.look import Look
from reportgen.render.mail.letter import letter
from reportgen.render.mail.model import Letter
from reportgen.report.cards import CardsSection
from reportgen.report.model import Value
from reportgen.report.texts import MailTexts, TextSection
from tests.render import made_up, test_cards
from tests.render.mail.letters import words_of
from tests.render.page import read
from tests.render.test_hostile import TEXTS, report_of

URL = "http://127.0.0.1:9/seen"
SCRIPTS = {
    "Arabic": "تقرير الأسبوع عن القهوة",
    "Hebrew": "דוח שבועי על קפה",
    "Chinese": "每周报告，关于咖啡",
    "Japanese": "今週のレポート、大阪から",
    "emoji": "👍🏽👩‍👩‍👧‍👦🇯🇵🤦🏿‍♂️",
}
WILD = {
    "a word of ten thousand letters": "a" * 10_000,
    "a direction that nobody ends": "\u202eabc \u2067def",
    "controls": "a\0b\x1b[31mc\x07",
}


def letter_with(text: str) -> Letter:
    """A letter that has the text wherever a text can be."""
    card = test_cards.card(text, Value(7))
    cards: CardsSection = replace(test_cards.section([card]), title=text, note=text)
    report = report_of(text)
    mail = MailTexts(intro=TextSection(None, None, "Of {{ title }} and {{ handles }}.", (), "r.yaml:1:1"))
    return letter(replace(report, sections=(*report.sections, cards), mail=mail), Look(footer=text), {}, {})


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_shown_as_it_is_written(name: str) -> None:
    text = TEXTS[name].format(url=URL)
    made = letter_with(text)
    page = read(made.html)
    assert not {element.tag for element in page.elements} & {"script", "svg", "link", "iframe", "object", "form"}
    assert {str(image.attributes["src"]).partition(":")[0] for image in page.all("img")} == {"cid"}
    assert not [name for element in page.elements for name in element.attributes if name.startswith("on")]
    assert text in words_of(made.html)
    assert " ".join(text.split()) in " ".join(made.text.split())


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_is_in_subject_text_and_html(name: str) -> None:
    text = SCRIPTS[name]
    made = letter_with(text)
    assert made.subject == f"{text}: 9–15 November 2026"
    assert text in words_of(made.html)
    assert text in made.text


@pytest.mark.parametrize("name", ["Arabic", "Hebrew"])
def test_scripts_from_the_right_have_their_direction(name: str) -> None:
    made = letter_with(SCRIPTS[name])
    (said,) = read(made.html).all("p", "said")
    assert said.attributes["dir"] == "rtl"
    assert "text-align:right" in str(said.attributes["style"])
    assert f"\u2067{SCRIPTS[name]}\u2069" in made.text


@pytest.mark.parametrize("name", WILD)
def test_no_control_gets_into_a_mail(name: str) -> None:
    # Names in charts never have controls: what reads them takes these out.
    card = replace(test_cards.section([test_cards.card(WILD[name], Value(7))]), note=WILD[name])
    made = letter(replace(made_up.WEEKLY, title=WILD[name], sections=(card,)), Look(), {}, {})
    for part in (made.subject, made.text.replace("\n", ""), made.html.replace("\n", "")):
        assert not {"\0", "\x1b", "\x07"} & {*part}
    assert "\u202e" not in made.subject + made.text


def test_a_direction_that_nobody_ends_stays_within_its_element() -> None:
    wild = WILD["a direction that nobody ends"]
    page = read(letter_with(wild).html)
    alone = [element for element in page.elements if element.text.strip() == wild]
    # Headings and cells have a `bdi` within them, which ends what began in it; a paragraph does so itself.
    assert {element.tag for element in alone if "dir" in element.attributes} == {"bdi", "p"}
