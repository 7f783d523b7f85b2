"""What a mail says of the rows and columns that it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reportgen.catalog import METRICS
from reportgen.render.mail.tables import table_in_mail
from reportgen.report.tables import TableSection
from reportgen.spec.model import Format
from reportgen.voice.english import ENGLISH
from tests.render import made_up
from tests.render.made_up_data import REPORT

SHORT = made_up.table("T", 12, 12, "impressions", "engagements")
LIMITED = made_up.table("T", 25, 128, "impressions", "engagements")
WHOLE = replace(made_up.table("T", 120, 120, "impressions", "engagements"), on_paper=100)


def extent_of(section: TableSection, *attached: Format) -> str:
    return table_in_mail(section, REPORT, 10, attached, ENGLISH).extent


def test_a_table_that_is_shown_whole_says_nothing() -> None:
    assert extent_of(made_up.table("T", 10, 10, "impressions"), "pdf") == ""


@pytest.mark.parametrize(
    ("section", "attached", "words"),
    [
        (SHORT, ("xlsx", "pdf"), "10 of 12, by impressions; all are in acme-weekly-2026-11-15.pdf."),
        (LIMITED, ("pdf",), "10 of 128, by impressions; 25 are in acme-weekly-2026-11-15.pdf."),
        # Paper has the first hundred only.
        (WHOLE, ("pdf", "html"), "10 of 120, by impressions; all are in acme-weekly-2026-11-15.html."),
        (
            WHOLE,
            ("pdf", "csv"),
            "10 of 120, by impressions; all rows are in acme-weekly-2026-11-15.csv, without engagements.",
        ),
        (WHOLE, ("pdf",), "10 of 120, by impressions."),
        (LIMITED, (), "10 of 128, by impressions."),
    ],
)
def test_the_rest_is_in_the_file_that_has_all_of_it(
    section: TableSection, attached: Sequence[Format], words: str
) -> None:
    assert extent_of(section, *attached) == words


def test_columns_without_room_are_named() -> None:
    wide = made_up.table("T", 3, 3, *list(METRICS)[:8])
    shown = table_in_mail(wide, REPORT, 10, ("pdf",), ENGLISH)
    assert shown.numbers == (1, 2, 3, 4, 5, 6, 7)
    assert shown.extent == "1 more column in acme-weekly-2026-11-15.pdf: media views."


def test_texts_stand_below_the_words_of_their_row() -> None:
    shown = table_in_mail(made_up.marked_table("T", 3, 3), REPORT, 10, (), ENGLISH)
    assert (shown.words, shown.text) == ((0,), 1)
