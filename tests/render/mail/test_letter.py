"""The letter says what the page says: the same numbers, every section, and what it leaves out."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.mail.html import CLIPPED_FROM
from reportgen.render.mail.letter import letter
from reportgen.report.texts import MailTexts, TextSection
from tests.render import made_up
from tests.render.mail.letters import ALL_KINDS, REPORTS, letter_of, numbers_in, words_of
from tests.render.page import read

OF_FILES = {"231", "12.3"}
"""What only the mail has: the sizes of its files."""


@pytest.mark.parametrize("name", REPORTS)
def test_each_number_of_the_mail_is_one_of_the_page(name: str) -> None:
    page = numbers_in(words_of(render_html(REPORTS[name], Look())))
    made = letter_of(name)
    of_cuts = {"10"}  # how many rows of a table the mail has
    assert numbers_in(words_of(made.html)) - page <= OF_FILES | of_cuts
    assert numbers_in(made.text) - page <= OF_FILES | of_cuts


def test_every_kind_of_section_is_in_both_halves_of_the_mail() -> None:
    made = letter_of("all")
    titles = {str(getattr(section, "title", "")) for section in ALL_KINDS.sections} - {"None"} | {"Left", "Right"}
    assert titles <= {*read(made.html).texts("h2"), *read(made.html).texts("h3")}
    assert all(f"{title}\n{'-' * len(title)}\n" in made.text for title in titles)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert letter(made_up.TOTALS, Look(), {"pdf": 231_000}, {"xlsx": 12_340_000}) == letter_of("totals")


def test_all_pictures_are_named_and_all_that_are_named_are_there() -> None:
    made = letter_of("weekly")
    sources = [str(image.attributes["src"]) for image in read(made.html).all("img")]
    assert [f"cid:{picture.cid}" for picture in made.pictures] == sources
    assert len(sources) == 4


def test_pictures_are_twice_as_fine_as_they_are_shown() -> None:
    made = letter_of("weekly")
    shown = [int(image.attributes["width"] or 0) for image in read(made.html).all("img")]
    drawn = [struct.unpack(">I", picture.content[16:20])[0] for picture in made.pictures]
    assert shown == [600, 382, 600, 382]
    assert drawn == [1200, 764, 1200, 764]


def test_charts_tell_their_numbers_where_pictures_are_off() -> None:
    first, *_ = read(letter_of("weekly").html).all("img")
    assert first.attributes["alt"] == (
        "Impressions by day, 9–15 November 2026: lowest 18,157 on 13 November, highest 70,360 on 12 November."
    )


@pytest.mark.parametrize("half", ["html", "text"])
def test_the_mail_says_what_is_attached_and_what_was_too_large(half: str) -> None:
    made = letter_of("weekly")
    said = " ".join((words_of(made.html) if half == "html" else made.text).split())
    assert "Attached: acme-weekly-2026-11-15.pdf (231 KB)" in said.replace(" (", " (")
    assert "Too large for this mail, and not attached: acme-weekly-2026-11-15.xlsx (12.3 MB)" in said


@pytest.mark.parametrize("half", ["html", "text"])
def test_a_mail_without_files_speaks_of_none(half: str) -> None:
    made = letter(replace(made_up.WEEKLY, sections=made_up.WEEKLY.sections[:1]), Look(), {}, {})
    said = words_of(made.html) if half == "html" else made.text
    assert "ttached" not in said


def test_an_incomplete_report_says_so_before_its_numbers_and_in_the_line_behind_the_subject() -> None:
    made = letter_of("all")
    said = " ".join(words_of(made.html).split())
    assert "Incomplete. Impressions 1,284,937*" in said
    assert "This report is incomplete. Some lack. See the notes." in said
    assert "THIS REPORT IS INCOMPLETE. Some lack. See the notes.\n" in made.text
    assert made.text.index("INCOMPLETE") < made.text.index("1,284,937")


@pytest.mark.parametrize("half", ["html", "text"])
def test_a_table_that_is_cut_says_where_the_rest_is(half: str) -> None:
    made = letter_of("totals")
    said = " ".join((words_of(made.html) if half == "html" else made.text).split())
    assert "10 of 128, by likes; 25 are in acme-rivals-2026-11-15.pdf." in said


def test_gaps_are_dashes_and_are_explained() -> None:
    made = letter_of("weekly")
    why = "These tweets are no longer available: they were deleted, or their account is protected or suspended."
    for said in (words_of(made.html), made.text):
        words = " ".join(said.split())
        assert "– Not known. See the notes." in words
        assert why in words


def test_a_report_with_nothing_in_it_is_a_mail_too() -> None:
    empty = replace(made_up.WEEKLY, tweets=0, sections=(), gap_notes=(), remarks=())
    made = letter(empty, Look(), {}, {})
    assert made.text == (
        "Acme on X, weekly\n=================\n9–15 November 2026\n\n@acme, @acme_help\n0 tweets\n"
        "As of 16 November 2026, 08:00, America/New York\n\nMade with reportgen\n"
    )
    assert "0 tweets, 9–15 November 2026." in words_of(made.html)


@pytest.mark.parametrize("name", REPORTS)
def test_no_mail_is_so_long_that_it_would_be_cut_off(name: str) -> None:
    assert len(letter_of(name).html.encode()) < CLIPPED_FROM


def test_what_a_mail_has_no_room_for_is_said() -> None:
    tables = tuple(made_up.table(f"Table {n}", 60, 60, "impressions", "engagements") for n in range(60))
    made = letter(replace(made_up.WEEKLY, sections=tables), Look(), {"pdf": 231_000}, {})
    page = read(made.html)
    shown = len([title for title in page.texts("h2") if title.startswith("Table")])
    assert len(made.html.encode()) < CLIPPED_FROM
    assert 10 < shown < 60
    assert f"{60 - shown} more sections of this report are in acme-weekly-2026-11-15.pdf." in words_of(made.html)
    assert "Notes" in page.texts("h2")
    assert "Table 59\n" in made.text


WORDS = "Word & <word>. " * 4_000


def test_a_long_introduction_is_shortened_before_a_number_is_left_out() -> None:
    mail = MailTexts(intro=TextSection(None, None, WORDS, (), "r.yaml:1:1"))
    made = letter(replace(made_up.WEEKLY, mail=mail), Look(), {"pdf": 231_000}, {})
    said = " ".join(words_of(made.html).split())
    assert len(made.html.encode()) < CLIPPED_FROM
    assert "Word & <word>. Word … The rest of this text is too long for a mail." in said
    assert "1,284,937" in read(made.html).texts("span", "figure")[0]
    assert "more section" not in said
    assert " ".join(WORDS.split()) in " ".join(made.text.split())


def test_long_texts_are_shortened_and_name_the_file_that_has_the_rest() -> None:
    texts = tuple(TextSection(f"Text {number}", None, WORDS, (), "r.yaml:1:1") for number in range(8))
    made = letter(replace(made_up.WEEKLY, sections=(*texts, *made_up.WEEKLY.sections)), Look(), {"pdf": 231_000}, {})
    assert len(made.html.encode()) < CLIPPED_FROM
    assert {f"Text {number}" for number in range(8)} | {"Top tweets", "Each day"} <= {*read(made.html).texts("h2")}
    assert words_of(made.html).count("The rest of this text is in acme-weekly-2026-11-15.pdf.") == 8


def test_a_text_without_a_space_is_shortened_too() -> None:
    mail = MailTexts(intro=TextSection(None, None, "&" * 100_000, (), "r.yaml:1:1"))
    made = letter(replace(made_up.WEEKLY, mail=mail), Look(), {}, {})
    assert len(made.html.encode()) < CLIPPED_FROM
    assert "Top tweets" in read(made.html).texts("h2")
