"""The PDF, page by page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from reportgen.render import numbers
from reportgen.render.pdf import render_pdf
from reportgen.report.kpis import KpiSection
from reportgen.report.model import TweetLabel, Value
from reportgen.report.tables import TableSection
from reportgen.voice.english import ENGLISH
from tests.render import made_up


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def weekly_pages(weekly_paper: PdfReader) -> list[str]:
    return [words(page.extract_text()) for page in weekly_paper.pages]


@pytest.fixture(scope="module")
def long_pages(long_paper: PdfReader) -> list[str]:
    return [words(page.extract_text()) for page in long_paper.pages]


def exact_numbers() -> Iterator[str]:
    for section in made_up.WEEKLY.sections:
        if isinstance(section, KpiSection):
            yield from (numbers.written(kpi.measure, kpi.value, ENGLISH) for kpi in section.kpis)
        elif isinstance(section, TableSection):
            for row in section.rows:
                for column, cell in zip(section.columns, row, strict=True):
                    if column.measure and isinstance(cell, Value):
                        yield numbers.written(column.measure, cell, ENGLISH)


def test_every_number_of_the_report_is_in_the_text(weekly_pages: list[str]) -> None:
    text = set(re.split(r"[\s*]+", " ".join(weekly_pages)))
    assert set(exact_numbers()) <= text


def test_the_words_of_the_charts_are_text(weekly_pages: list[str]) -> None:
    for label in ("70,360", "80k", "Tue 10", "Sat 14", "@acme_help", "6%"):
        assert label in " ".join(weekly_pages)


def test_charts_are_printed_once_in_their_wide_form(weekly_pages: list[str]) -> None:
    assert " ".join(weekly_pages).count("70,360") == 1


def test_each_page_has_the_title_the_period_and_its_number(weekly_pages: list[str]) -> None:
    assert len(weekly_pages) == 3
    for number, page in enumerate(weekly_pages, 1):
        assert "Acme on X, weekly" in page
        assert "9–15 November 2026" in page
        assert f"{number} / 3" in page
        assert "As of 16 November 2026, 08:00, America/New York. Made with reportgen" in page


def test_the_first_page_has_the_title_only_as_its_heading(weekly_pages: list[str]) -> None:
    assert weekly_pages[0].count("Acme on X, weekly") == 1


def test_a_long_title_is_whole_at_the_head_of_each_page(long_pages: list[str]) -> None:
    for page in long_pages:
        assert "long enough that it takes two lines on a wide page and more of them on a phone" in page


def test_no_row_of_a_table_is_torn(long_pages: list[str]) -> None:
    tables = (section for section in made_up.LONG.sections if isinstance(section, TableSection))
    table = next(section for section in tables if section.title == "Sixty tweets")
    in_this_table_only = table.rows[12:]
    for tweet, impressions, *_ in in_this_table_only:
        assert isinstance(tweet, TweetLabel)
        assert isinstance(impressions, Value)
        row = rf"\w+ \d+ \w+, \d\d:\d\d {tweet.handle} {tweet.id} {impressions.number:,} "
        assert len([page for page in long_pages if re.search(row, page)]) == 1, tweet.id


def test_the_header_of_a_table_is_on_each_of_its_pages(long_pages: list[str]) -> None:
    pages = [page for page in long_pages if "↓ Impressions Engagements Likes" in page]
    assert len(pages) >= 3
    assert "Sixty tweets" in pages[0]


def test_no_heading_stands_alone_at_the_end_of_a_page(weekly_pages: list[str], long_pages: list[str]) -> None:
    followed = {
        "Top tweets 10 of 34, by impressions Tweet ↓ Impressions Engagements": weekly_pages,
        "Each day Day Handle Impressions Engagement rate Mon 9 Nov @acme": weekly_pages,
        "Notes What is missing, and why These tweets are no longer available": long_pages,
    }
    for text, pages in followed.items():
        assert len([page for page in pages if text in page]) == 1, text


def test_wide_tables_turn_the_page(long_paper: PdfReader) -> None:
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in long_paper.pages}
    assert sizes == {(612, 792), (792, 612)}


def test_nothing_of_a_wide_table_is_cut_off(long_paper: PdfReader) -> None:
    (page,) = (page for page in long_paper.pages if page.mediabox.width > page.mediabox.height)
    places: list[float] = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, *_: places.append(cm[0] * tm[4] + cm[4]) if text.strip() else None
    )
    assert 50 < max(places) < 792 - 51
    assert "Profile clicks" in words(page.extract_text())


def test_the_paper_is_a4_where_asked_for(weekly_paper: PdfReader) -> None:
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in weekly_paper.pages} == {(595, 842)}


def test_the_headings_are_bookmarks(weekly_paper: PdfReader) -> None:
    titles = [item.title for item in flat(weekly_paper.outline)]
    assert titles[0] == "Acme on X, weekly"
    assert [title for title in titles if title in {"Day by day", "Top tweets", "Each day", "Notes"}] == [
        "Day by day", "Top tweets", "Each day", "Notes",
    ]  # fmt: skip


def flat(outline: Sequence[object]) -> Iterator[Destination]:
    for item in outline:
        if isinstance(item, Destination):
            yield item
        elif isinstance(item, list):
            yield from flat(item)


def test_title_language_author_and_date_are_set(weekly_paper: PdfReader) -> None:
    about = weekly_paper.metadata
    assert about is not None
    assert about.title == "Acme on X, weekly · 9–15 November 2026"
    assert about.author == "reportgen"
    assert about.creation_date == datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
    assert str(weekly_paper.root_object["/Lang"]) == "en"


def test_only_our_own_fonts_are_used(weekly_paper: PdfReader) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for page in weekly_paper.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {
        "Reportgen-Serif-Medium", "Reportgen-Sans", "Reportgen-Sans-Medium", "Reportgen-Sans-Semi-Bold",
    }  # fmt: skip


def test_tweets_are_links(weekly_paper: PdfReader) -> None:
    targets = {
        note.get_object()["/A"]["/URI"]
        for page in weekly_paper.pages
        for note in page.get("/Annots", ())
    }  # fmt: skip
    assert "https://x.com/acme/status/2117632892833103874" in targets


def test_neither_the_time_nor_the_languages_of_the_machine_are_in_it() -> None:
    # Emoji fonts are changed and so dated when they are embedded; Han characters have a form for each language.
    code = (
        "import sys, time; now = time.time; time.time = lambda: now() + float(sys.argv[1]);"
        "from reportgen.render.pdf import render_pdf;"
        "sys.stdout.buffer.write(render_pdf('<html lang=en><p style=\"font-family: Noto Sans CJK JP\">直骨 🚀'))"
    )
    machines = {
        "0": {"LANGUAGE": "zh_CN:zh", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"},
        "100000": {"LANGUAGE": "ja", "LC_ALL": "C", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1700000000"},
    }
    printed = [
        subprocess.run([sys.executable, "-c", code, later], env=os.environ | machine, capture_output=True, check=True)
        for later, machine in machines.items()
    ]
    assert printed[0].stdout == printed[1].stdout
    assert printed[0].stdout.startswith(b"%PDF-")
    assert [process.stderr for process in printed] == [b"", b""]


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("PANGO_LANGUAGE", raising=False)
    before = dict(os.environ)
    render_pdf("<p>Plain")
    assert dict(os.environ) == before
