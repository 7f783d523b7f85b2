"""The PDF as those get it who hear it: PDF/UA-1, read back from the file."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.report.tables import TableSection
from tests.render import made_up
from tests.render.tags import Tag, Tagged, read_tags

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
MAY_HOLD = {
    "/L": {"/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/Caption", "/THead", "/TBody", "/TFoot"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}


@pytest.fixture(scope="module")
def weekly(weekly_pdf: bytes) -> Tagged:
    return read_tags(weekly_pdf)


@pytest.fixture(scope="module")
def long(long_pdf: bytes) -> Tagged:
    return read_tags(long_pdf)


@pytest.fixture(scope="module")
def totals(totals_html: str) -> Tagged:
    return read_tags(render_pdf(totals_html))


@pytest.fixture(params=["weekly", "long", "totals"])
def tagged(request: pytest.FixtureRequest) -> Tagged:
    found: Tagged = request.getfixturevalue(request.param)
    return found


def section(tagged: Tagged, title: str) -> Tag:
    """The section with that heading."""
    (found,) = (tag for tag in tagged.document.all("/Sect") if [head.text for head in tag.all("/H2")] == [title])
    return found


def printed(body: str) -> bytes:
    return render_pdf(f"<!DOCTYPE html><html lang=en><title>A page</title>{body}</html>")


def test_totals_are_the_foot_of_their_table_and_bars_beside_numbers_are_silent() -> None:
    report = replace(made_up.WEEKLY, sections=(made_up.marked_table("Marked", 8, 132),))
    (table,) = read_tags(render_pdf(render_html(report, Look()))).document.all("/Table")
    assert [kid.kind for kid in table.kids if isinstance(kid, Tag)] == ["/Caption", "/THead", "/TBody", "/TFoot"]
    (foot,) = table.all("/TFoot")
    assert [cell.text for cell in foot.all("/TH", "/TD")] == [
        "Total of 132", "", "1,204,331 *", "40,101 *", "2,210", "3.33% *",
    ]  # fmt: skip
    assert foot.all("/TH")[0].attributes["/Scope"] == "/Row"
    assert not table.all("/Figure")


def test_it_says_that_it_is_pdf_ua_and_what_a_reader_needs_first(weekly_paper: PdfReader) -> None:
    root: Any = weekly_paper.root_object
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert root["/Lang"] == "en"
    assert [str(page["/Tabs"]) for page in weekly_paper.pages] == ["/S"] * 3


def test_all_that_is_drawn_is_either_read_or_there_for_the_page_only(tagged: Tagged) -> None:
    assert tagged.untagged == 0


def test_headings_go_down_by_one_level_at_a_time(tagged: Tagged) -> None:
    levels = [HEADINGS.index(tag.kind) for tag in tagged.document.all(*HEADINGS)]
    assert levels.count(0) == 1
    assert levels[0] == 0
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_every_element_holds_what_it_may(tagged: Tagged) -> None:
    for tag in tagged.document.walk():
        assert tag.kind in {"/TD", "/TH"} or tag.kids
        kinds = {kid.kind if isinstance(kid, Tag) else "text" for kid in tag.kids}
        assert kinds <= MAY_HOLD.get(tag.kind, kinds), tag.kind


def test_nothing_wraps_the_words_without_need(tagged: Tagged) -> None:
    assert {tag.kind for tag in tagged.document.walk()} == {
        "/Document", "/Sect", "/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Figure", "/Caption",
        "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Span", "/Link",
    }  # fmt: skip
    assert all(tag.alt for tag in tagged.document.all("/Span", "/Figure"))


def test_it_is_read_in_the_order_of_the_page(weekly: Tagged) -> None:
    text = weekly.document.text
    landmarks = [
        "Acme on X, weekly", "9–15 November 2026", "Handles", "Impressions 1,284,937 * From 32 of 34 tweets",
        "Day by day", "Impressions by day", "Top tweets", "10 of 34, by impressions", "65,167",
        "How the two handles did",
        "The help desk answers at night, too.", "Each day", "* From some of the tweets only.", "Notes",
        "What is missing, and why", "How to read the numbers",
    ]  # fmt: skip
    places = [text.index(words) for words in landmarks]
    assert places == sorted(places)


def test_running_heads_and_page_numbers_are_not_read(weekly: Tagged) -> None:
    assert weekly.document.text.count("Acme on X, weekly") == 1
    assert "1 / 3" not in weekly.document.text
    assert [words for words in weekly.artifacts if words in {"Acme on X, weekly", "1 / 3", "2 / 3", "3 / 3"}] == [
        "1 / 3", "Acme on X, weekly", "2 / 3", "Acme on X, weekly", "3 / 3",
    ]  # fmt: skip


def test_a_tile_is_an_item_with_its_measure_as_the_label(weekly: Tagged) -> None:
    facts, tiles = weekly.document.all("/L")[:2]
    assert [part.text for part in facts.all("/LI")[0].all("/Lbl", "/LBody")] == ["Handles", "@acme, @acme_help"]
    assert [[part.text for part in item.all("/Lbl", "/LBody")] for item in tiles.all("/LI")][2] == [
        "Engagement rate", "3.62%", "Engagements / impressions",
    ]  # fmt: skip


def test_headers_of_tables_say_what_they_head(tagged: Tagged) -> None:
    tables = tagged.document.all("/Table")
    assert tables
    for table in tables:
        (head,) = table.all("/THead")
        assert {tag.attributes["/Scope"] for tag in head.all("/TH")} == {"/Column"}
        for body in table.all("/TBody"):
            assert {tag.attributes["/Scope"] for tag in body.all("/TH")} == {"/Row"}
        assert {len(row.all("/TH", "/TD")) for row in table.all("/TR")} == {len(head.all("/TH"))}


def test_a_table_on_several_pages_is_one_table_with_one_header(long: Tagged) -> None:
    tables = (part for part in made_up.LONG.sections if isinstance(part, TableSection))
    table = next(part for part in tables if part.title == "Sixty tweets")
    (tag,) = section(long, "Sixty tweets").all("/Table")
    assert len(tag.all("/THead")) == 1
    assert len(tag.all("/TR")) == 61
    assert [row.all("/Link")[0].text for row in tag.all("/TR")[1:]] == [
        row[0].posted_at.strftime("%a %-d %b, %H:%M") for row in table.rows  # type: ignore[union-attr]
    ]  # fmt: skip


def test_a_dash_in_a_table_is_read_as_what_it_stands_for(weekly: Tagged) -> None:
    cells = section(weekly, "Top tweets").all("/TR")[4].all("/TD")
    assert [cell.text for cell in cells] == ["20,735", *["Not known. See the notes."] * 5]


def test_each_chart_is_read_once_as_what_it_shows(weekly: Tagged) -> None:
    acme = "lowest 1,815 on 13 November, highest 7,036 on 12 November"
    rate = "lowest 2.73% on 13 November, highest 4.70% on 12 November"
    assert [figure.alt for figure in weekly.document.all("/Figure")] == [
        f"{measure} by day, 9–15 November 2026: {ends}."
        for measure, ends in (
            ("Impressions", "lowest 18,157 on 13 November, highest 70,360 on 12 November"),
            ("Engagements", f"@acme {acme}; @acme_help lowest 2,336 on 10 November, highest 6,121 on 9 November"),
            ("Engagement rate", f"@acme {rate}; @acme_help lowest 2.92% on 10 November, highest 4.35% on 9 November"),
        )
    ]


def test_a_chart_says_where_on_its_page_it_is() -> None:
    picture = (
        "<svg xmlns='http://www.w3.org/2000/svg' aria-label='A line' viewBox='0 0 4 1'><path d='M0 0h1v1z'/></svg>"
    )
    page = printed(f"<style>@page {{ size: 400px 200px; margin: 20px }} body {{ margin: 0 }}</style>{picture}")
    (figure,) = read_tags(page).document.all("/Figure")
    assert [float(number) for number in figure.attributes["/BBox"]] == [15, 67.5, 285, 135]


def test_a_picture_that_says_nothing_is_not_read() -> None:
    square = "<path d='M0 0h1v1z'/>"
    page = printed(f"<h1>Head</h1><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'>{square}</svg>")
    assert [tag.kind for tag in read_tags(page).document.walk()] == ["/Document", "/H1"]


def test_words_without_an_element_of_their_own_are_a_paragraph() -> None:
    document = read_tags(printed("<h1>Head</h1><section>Bare words</section><div>More</div>")).document
    assert [(tag.kind, tag.text) for tag in document.all("/H1", "/P")] == [
        ("/H1", "Head"), ("/P", "Bare words"), ("/P", "More"),
    ]  # fmt: skip


def test_tables_beside_each_other_stay_apart() -> None:
    one = "<table><thead><tr><th>A<tbody><tr><td>1</table>"
    document = read_tags(printed(one + "<div style='break-after: page'></div>" + one)).document
    assert [table.text for table in document.all("/Table")] == ["A 1", "A 1"]


def test_a_footer_that_each_page_repeats_is_read_once_at_the_end() -> None:
    rows = "".join(f"<tr><th>{number}<td>{number}" for number in range(40))
    parts = f"<thead><tr><th>A<th>B<tbody>{rows}<tfoot><tr><th>All<td>780"
    (table,) = read_tags(printed(f"<style>@page {{ size: A6 }}</style><table>{parts}</table>")).document.all("/Table")
    assert table.text.count("All 780") == 1
    assert table.text.startswith("A B 0 0 1 1")
    assert table.text.endswith("39 39 All 780")
    assert table.all("/TFoot")[0].all("/TH")[0].attributes["/Scope"] == "/Row"


def test_links_say_where_they_lead(weekly_paper: PdfReader) -> None:
    notes = [note.get_object() for page in weekly_paper.pages for note in page["/Annots"]]  # type: ignore[attr-defined]
    assert notes[1]["/Contents"] == "Mon 9 Nov, 16:18 (https://x.com/acme/status/2117632892833103874)"
    assert {note["/F"] for note in notes} == {4}


def test_bookmarks_lead_to_the_sections_in_every_script() -> None:
    titles = ["تقرير الأسبوع", "週間のまとめ", "Likes & replies"]
    tables = tuple(made_up.table(title, 2, 2, "favorites") for title in titles)
    pdf = render_pdf(render_html(replace(made_up.WEEKLY, sections=tables, gap_notes=(), remarks=()), Look()))
    (top, below) = PdfReader(io.BytesIO(pdf)).outline
    assert top.title == "Acme on X, weekly"  # type: ignore[union-attr]
    assert [item.title for item in below] == titles  # type: ignore[union-attr]


def test_the_same_page_gives_the_same_bytes(weekly_html: str, weekly_pdf: bytes) -> None:
    assert render_pdf(weekly_html) == weekly_pdf
