"""The subject is one line of plain words, whatever its template and the title bring along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.errors import TemplateError
from reportgen.render.look import Look
from reportgen.render.mail.subject import LONGEST, subject_of
from reportgen.report.kpis import Kpi
from reportgen.report.model import Value
from reportgen.report.texts import MailTexts, TextSection
from tests.render import made_up

TOTALS = (Kpi(made_up.IMPRESSIONS, Value(1_578_659, 1), 40),)


def subject(template: str, title: str = "Acme on X, weekly") -> str:
    mail = MailTexts(TextSection(None, None, template, TOTALS, "r.yaml:7:12"))
    return subject_of(replace(made_up.WEEKLY, title=title, mail=mail), Look())


def test_without_one_it_is_the_title_and_the_period() -> None:
    assert subject_of(made_up.WEEKLY, Look()) == "Acme on X, weekly: 9–15 November 2026"


def test_numbers_are_those_of_the_page() -> None:
    assert subject("Seen {{ totals.impressions }} times") == "Seen 1,578,659* times"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Tom & Jerry <b>*bold*</b>", "Tom & Jerry <b>*bold*</b>"),
        ("One\r\nBcc: eve@example.com", "One Bcc: eve@example.com"),
        ("A\0B\x1b[31mC\x85D\u2028E", "A B [31mC D E"),
        ("\u202egnp.exe", "gnp.exe"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        ("تقرير الأسبوع", "تقرير الأسبوع"),
        ("大阪 👩‍👩‍👧‍👦", "大阪 👩‍👩‍👧‍👦"),
        ("half \ud800 a letter", "half a letter"),
    ],
)
def test_titles_are_words_in_a_line(title: str, words: str) -> None:
    assert subject("{{ title }}", title) == words


def test_line_breaks_of_the_template_are_spaces() -> None:
    assert subject("{% if tweets %}\nA\n{% endif %}\n B") == "A B"


def test_it_is_cut_between_words() -> None:
    cut = subject("{{ title }}", "word " * 100)
    assert cut.endswith("word…")
    assert len(cut) <= LONGEST


def test_an_empty_one_is_the_title() -> None:
    assert subject("{% if tweets > 1000 %}Many{% endif %}") == "Acme on X, weekly"


def test_what_fails_on_the_numbers_is_told_with_its_place() -> None:
    with pytest.raises(TemplateError, match=r"r\.yaml:7:12: this text cannot be rendered: division by zero"):
        subject("{{ 1 / 0 }}")


def test_a_number_that_there_is_not_is_a_dash() -> None:
    gap = (Kpi(made_up.IMPRESSIONS, Value(None, 3), 40),)
    mail = MailTexts(TextSection(None, None, "Seen {{ numbers.impressions }} times", gap, "r.yaml:7:12"))
    assert subject_of(replace(made_up.WEEKLY, mail=mail), Look()) == "Seen – times"


def test_one_that_is_nothing_but_a_dash_is_the_title() -> None:
    assert subject("{{ none }}") == "Acme on X, weekly"
