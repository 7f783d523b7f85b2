"""Bars and shades in the cells of tables."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reportgen.catalog import METRICS
from reportgen.render.cells import part, percent_of, spans, tint_of, tops
from reportgen.render.contrast import contrast
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.palette import Palette
from reportgen.render.shades import tints
from reportgen.report.model import Value
from reportgen.report.tables import Column, TableSection
from tests.render.made_up import WEEKLY, marked_table
from tests.render.page import read

COLUMNS = (Column("Handle", "handle"), Column("Likes", None, METRICS["favorites"], bears="bar"))


def table(*values: Value) -> TableSection:
    return TableSection("T", None, COLUMNS, tuple(("@acme", value) for value in values), len(values))


def test_the_longest_bar_is_that_of_the_largest_number_shown() -> None:
    assert tops(table(Value(5), Value(None, 1), Value(20), Value(-3))) == (0, 20)
    assert [percent_of(Value(number), 20) for number in (20, 5, 1, 0)] == ["100", "25", "5", "0"]


def test_what_is_not_known_or_not_above_zero_has_no_bar_and_no_tint() -> None:
    for value in (Value(None, 2), Value(0), Value(-7)):
        assert (part(value, 20), tint_of(value, (5, 20))) == (0, 0)
    for nothing in (table(Value(None), Value(-2)), table()):
        assert (tops(nothing), spans(nothing)) == ((0, 0), ((0, 0), (0, 0)))
    assert part(Value(5), 0) == 0


def test_shades_go_from_the_smallest_to_the_largest_number_of_the_column() -> None:
    rates = [Value(number) for number in (0.048, 0.043, 0.0455, 0.0451)]
    span = spans(table(*rates, Value(0), Value(None, 1)))[1]
    assert span == (0.043, 0.048)
    assert [tint_of(value, span) for value in rates] == [6, 1, 3, 3]
    assert [tint_of(Value(number), (0.0, 60)) for number in (1, 10, 11, 30, 50, 51, 60)] == [1, 1, 2, 3, 5, 6, 6]


def test_numbers_that_are_all_the_same_have_one_shade() -> None:
    alike = [Value(7), Value(7)]
    assert {tint_of(value, spans(table(*alike))[1]) for value in alike} == {6}


@pytest.mark.parametrize(
    "palette",
    [
        Palette(),
        Palette().dark(),
        Palette(accent="#000000"),
        Palette(accent="#ffee00"),
        Palette(accent="#7a0019").dark(),
    ],
)
def test_numbers_can_be_read_on_every_tint(palette: Palette) -> None:
    found = tints(palette)
    assert all(contrast(palette.ink, ground) >= 4.5 for ground in found)
    away = [contrast(palette.paper, ground) for ground in found]
    assert away == sorted(away)
    assert away[-1] > 1.05


@pytest.fixture(scope="module")
def marked() -> str:
    return render_html(replace(WEEKLY, sections=(marked_table("Marked", 8, 132),)), Look())


def test_a_bar_is_a_picture_beside_the_exact_number(marked: str) -> None:
    page = read(marked)
    widths = [element.attributes["width"] for element in page.all("rect")]
    assert widths == ["100", "61.38", "41.18", "31.82", "25.93", "21.87", "18.92", "16.67"]
    assert page.texts("td", "bar")[:2] == ["65,167", "40,000*"]
    assert all(element.attributes.get("aria-hidden") == "true" for element in page.all("svg"))


def test_the_bar_of_a_sum_that_lacks_tweets_is_paler(marked: str) -> None:
    assert [element.attributes.get("fill-opacity") for element in read(marked).all("rect")][:3] == [None, "0.35", None]


def test_tints_are_classes_whose_colours_the_page_has_for_day_and_night(marked: str) -> None:
    assert re.findall(r'<span class="tint tint-(\d)">', marked) == ["6", "5", "4", "3", "2", "1", "1"]
    assert marked.count("--tint-6: ") == 2


def test_the_totals_stand_in_the_foot_and_say_of_how_many_rows(marked: str) -> None:
    page = read(marked)
    foot = [element for element in page.elements if "tfoot" in element.parents and element.tag in {"th", "td"}]
    assert [" ".join(element.text.split()) for element in foot] == [
        "Total of 132", "", "1,204,331*", "40,101*", "2,210", "3.33%*",
    ]  # fmt: skip
    whole = replace(marked_table("Marked", 8, 8))
    assert "Total</th>" in render_html(replace(WEEKLY, sections=(whole,)), Look())


def test_texts_take_several_lines_and_are_cut_where_they_are_very_long() -> None:
    made = marked_table("Marked", 2, 2)
    long = replace(made, rows=((made.rows[0][0], "word " * 200, *made.rows[0][2:]),))
    (text,) = read(render_html(replace(WEEKLY, sections=(long,)), Look())).texts("td", "words")
    assert text == f"{'word ' * 55}word…"
