"""Charts as a page shows them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reportgen.catalog import METRICS
from reportgen.render import charts, svg, vega
from reportgen.render.legend import Key
from reportgen.render.look import Look
from reportgen.render.palette import Palette
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Value
from reportgen.spec.sections import Mark
from tests.render.made_up import GALLERY, HANDLES, HOSTILE, MANY, beside, changed, chart, days, named, panel, with_gaps

PALETTE = Palette()
WEEK = chart("Day by day", "engagement.day", "line", panel("impressions", days(7)))
TWO = chart("Two", "engagement.day", "line", panel("impressions", days(7), HANDLES), panel("replies", days(7), HANDLES))


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - drawn by ourselves


def drawings(section: ChartSection) -> list[charts.Drawing]:
    return [panel for panel in charts.figure(section, "section-1", Look()).panels if isinstance(panel, charts.Drawing)]


def test_a_panel_is_drawn_for_wide_pages_and_for_phones() -> None:
    (drawing,) = drawings(WEEK)
    assert drawing.title == "Impressions"
    assert parsed(drawing.wide).get("viewBox", "").startswith("0 0 720 ")
    assert parsed(drawing.narrow).get("viewBox", "").startswith("0 0 350 ")


def test_a_picture_takes_the_width_of_its_place() -> None:
    root = parsed(drawings(WEEK)[0].wide)
    assert root.get("width") is None
    assert root.get("height") is None


def test_a_picture_says_what_it_shows() -> None:
    root = parsed(drawings(WEEK)[0].wide)
    assert root.get("role") == "img"
    assert root.get("aria-label") == (
        "Impressions by day, 9–15 November 2026: lowest 18,157 on 13 November, highest 70,360 on 12 November."
    )


def test_the_words_of_a_picture_are_text_in_the_font_of_the_page() -> None:
    root = parsed(drawings(WEEK)[0].wide)
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    words = ["".join(text.itertext()) for text in texts]
    assert words == ["Mon 9Nov", "Tue 10", "Wed 11", "Thu 12", "Fri 13", "Sat 14", "Sun 15",
                     "0", "20k", "40k", "60k", "80k", "70,360"]  # fmt: skip
    assert {text.get("font-family") for text in texts} == {None}
    assert (root.get("font-family") or "").startswith('"Reportgen Sans","Noto Sans",')


def test_a_line_breaks_at_a_gap() -> None:
    (whole,) = drawings(WEEK)
    broken_section = changed(WEEK, lambda number, value: Value(None) if number == 3 else value)
    (broken,) = drawings(broken_section)
    assert line(whole.wide).count("M") == 1
    assert line(broken.wide).count("M") == 2


def line(picture: str) -> str:
    """The path of the line: dots have a place of their own instead."""
    paths = parsed(picture).iter("{http://www.w3.org/2000/svg}path")
    (found,) = (path for path in paths if path.get("stroke-width") == "2" and "transform" not in path.attrib)
    return found.get("d", "")


def test_ids_in_a_picture_are_its_own() -> None:
    clipped = '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="c"/><g clip-path="url(#c)"/></svg>'
    text = svg.inline(clipped, "section-4", "A chart.")
    assert 'id="section-4-c"' in text
    assert "url(#section-4-c)" in text


def test_hostile_words_are_escaped_in_the_picture() -> None:
    section = chart("Hostile", "handle", "bar", panel("impressions", ("<b>&amp;", "@acme")))
    picture = drawings(section)[0].wide
    assert "<b>" not in picture
    assert "&lt;b&gt;&amp;amp;" in picture
    assert HOSTILE not in drawings(replace(section, title=HOSTILE))[0].wide


def test_one_series_needs_no_legend_and_several_have_one() -> None:
    assert charts.figure(WEEK, "section-1", Look()).legend == ()
    bars = charts.figure(replace(TWO, mark="bar"), "section-1", Look())
    assert bars.legend == (Key("@acme", PALETTE.series[0]), Key("@acme_help", PALETTE.series[1]))


def test_too_many_series_leave_colour_to_the_largest() -> None:
    section = chart("Many", "engagement.day", "line", panel("impressions", days(28), MANY))
    figure = charts.figure(section, "section-1", Look())
    assert len(figure.legend) == len(PALETTE.series) + 1
    assert (figure.legend[-1].name, figure.legend[-1].colour) == ("8 more", PALETTE.others)
    assert PALETTE.accent in {key.colour for key in figure.legend}


def test_a_single_series_without_a_colour_of_its_own_has_its_name() -> None:
    names = [f"@h{number}" for number in range(len(PALETTE.series) + 1)]
    section = chart("Seven", "engagement.day", "line", panel("impressions", days(28), names))
    colours = {key.name: key.colour for key in charts.figure(section, "section-1", Look()).legend}
    assert colours.keys() == set(names)
    assert list(colours.values()).count(PALETTE.others) == 1


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((Value(None, 1), Value(None, 2)), "Not known. See the notes."),
        ((Value(0), Value(0)), "All zero."),
        ((Value(0), Value(None, 1)), "All zero where known. See the notes."),
        ((Value(0, 1), Value(0)), "All zero where known. See the notes."),
    ],
)
def test_a_panel_with_nothing_to_draw_is_a_sentence_without_notes(numbers: tuple[Value, Value], text: str) -> None:
    section = chart("Two days", "engagement.day", "bar", panel("impressions", days(2)))
    figure = charts.figure(changed(section, lambda number, _: numbers[number]), "section-1", Look())
    assert figure.panels == (charts.Sentence("Impressions", text),)
    assert figure.notes == ()


def test_a_rate_of_nothing_says_why_there_is_none() -> None:
    section = chart("Two days", "engagement.day", "line", panel("engagement_rate", days(2)))
    figure = charts.figure(changed(section, lambda *_: Value(None)), "section-1", Look())
    assert figure.panels == (charts.Sentence("Engagement rate", "No rate without impressions."),)


def test_a_panel_beside_an_empty_one_is_drawn_as_if_alone() -> None:
    empty = replace(panel("impressions", days(7)), points=())
    beside = replace(WEEK, panels=(empty, *WEEK.panels))
    assert charts.figure(beside, "section-1", Look()).panels[0] == charts.Sentence("Impressions", "Nothing to show.")
    assert drawings(beside)[0].wide.replace("section-1-2", "section-1-1") == drawings(WEEK)[0].wide


def test_marks_of_partial_numbers_are_left_out_where_they_would_touch_and_the_small_print_says_so() -> None:
    section = changed(chart("Hours", "engagement.day", "line", panel("impressions", days(63))), with_gaps)
    assert not charts.chart_style(section, Look()).marks_partial
    assert charts.figure(section, "section-1", Look()).notes[0] == "Some numbers are from some of the tweets only."


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        (
            "line",
            ("Hollow points are from some of the tweets only.", "–\N{NO-BREAK SPACE}Not known.", "See the notes."),
        ),
        ("bar", ("Paler bars are from some of the tweets only.", "–\N{NO-BREAK SPACE}Not known.", "See the notes.")),
    ],
)
def test_the_small_print_explains_the_marks(mark: Mark, notes: tuple[str, ...]) -> None:
    section = changed(chart("Gaps", "engagement.day", "line", panel("impressions", days(14))), with_gaps)
    assert charts.figure(replace(section, mark=mark), "section-1", Look()).notes == notes


def test_small_panels_stand_in_rows_that_are_as_full_as_can_be() -> None:
    rows = {
        count: charts.in_a_row(beside("B", "engagement.day", "line", *named(MANY[:count], days(2))))
        for count in range(1, 8)
    }
    assert rows == {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 3}
    assert charts.in_a_row(beside("B", "handle", "bar", *named(MANY[:3], HANDLES))) == 2
    assert charts.in_a_row(chart("C", "engagement.day", "line", *named(MANY[:3], days(2)))) == 1


def test_small_panels_of_one_measure_have_one_scale_and_say_so() -> None:
    section = beside("B", "engagement.day", "line", *named(MANY[:3], days(7)))
    scales = [vega.y_numbers(section, panel) for panel in section.panels]
    assert scales == [(0, 20_000, 40_000, 60_000, 80_000)] * 3
    figure = charts.figure(section, "s", Look())
    assert figure.notes == ("All panels have the same scale.",)
    assert [panel.title for panel in figure.panels] == list(MANY[:3])
    wide = parsed(drawings(section)[1].wide)
    assert wide.get("viewBox", "").startswith("0 0 224 ")
    assert wide.get("aria-label", "").startswith("@handle_1: Impressions by day, 9–15 November 2026: lowest ")


def test_small_panels_of_two_measures_have_a_scale_each() -> None:
    section = beside("B", "engagement.day", "line", panel("impressions", days(7)), panel("engagement_rate", days(7)))
    assert [vega.y_numbers(section, panel)[-1] for panel in section.panels] == [80_000, 0.06]
    assert charts.figure(section, "s", Look()).notes == ()


def test_metrics_as_series_are_written_by_their_names() -> None:
    likes, replies = METRICS["favorites"], METRICS["replies"]
    points = [Point(day, measure.label, Value(day.day)) for day in days(2) for measure in (likes, replies)]
    both = Panel(likes, tuple(points), of_series={"Likes": likes, "Replies": replies})
    (drawing,) = drawings(chart("Both", "engagement.day", "bar", both))
    assert drawing.title == ""
    assert parsed(drawing.wide).get("aria-label") == (
        "Likes, Replies by day, 9–10 November 2026: Likes lowest 9 on 9 November, highest 10 on 10 November; "
        "Replies lowest 9 on 9 November, highest 10 on 10 November."
    )


def test_the_small_print_is_silent_where_all_is_known() -> None:
    assert charts.figure(WEEK, "section-1", Look()).notes == ()


def test_the_small_print_says_so_where_every_number_lacks_tweets() -> None:
    section = changed(WEEK, lambda _, value: Value(value.number, 1))
    assert charts.figure(section, "section-1", Look()).notes == (
        "Every number is from some of the tweets only.",
        "See the notes.",
    )


CHARTS = [section for section in GALLERY.sections if isinstance(section, ChartSection)]


@pytest.mark.parametrize("section", CHARTS, ids=lambda section: str(section.title))
def test_every_kind_of_chart_is_drawn_without_a_word_left_out(section: ChartSection) -> None:
    for drawing in drawings(section):
        for picture in (drawing.wide, drawing.narrow):
            words = ["".join(text.itertext()) for text in parsed(picture).iter("{http://www.w3.org/2000/svg}text")]
            assert words
            assert not {"", "undefined", "null", "NaN"} & set(words)


def test_the_time_zone_and_locale_of_the_machine_change_nothing() -> None:
    code = (
        "from reportgen.render.charts import figure;"
        "from reportgen.render.look import Look;"
        "from tests.render.made_up import LAUNCH;"
        "print(figure(LAUNCH.sections[1], 'a', Look()).panels[0].wide)"
    )
    pictures = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for zone, locale, seed in (("Pacific/Auckland", "C.UTF-8", "1"), ("America/Lima", "de_DE.UTF-8", "2"))
    }
    assert len(pictures) == 1
    assert len(pictures.pop()) > 1000
