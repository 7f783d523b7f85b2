"""Names at the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reportgen.catalog import METRICS
from reportgen.render.charts import Drawing, chart_style, figure
from reportgen.render.line_ends import named_at_ends, room
from reportgen.render.look import Look
from reportgen.render.marks import Size
from reportgen.render.vega import specification
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Value
from tests.render.made_up import MANY, chart, days, panel

SCALE = (0, 100)
SIZE = Size(350, 200)


def ending_at(*numbers: float | None, names: Sequence[str] = ("a", "b", "c", "d", "e")) -> Panel:
    points = (
        Point(day, name, Value(number if day.day == 10 else 50))
        for day in days(2)
        for name, number in zip(names, numbers, strict=False)
    )
    return Panel(METRICS["impressions"], tuple(points))


def section(*panels: Panel) -> ChartSection:
    return chart("Lines", "engagement.day", "line", *panels)


def test_stand_where_the_lines_end() -> None:
    assert named_at_ends(ending_at(10, 60), SIZE, SCALE) == {"a": 20, "b": 120}


def test_that_would_touch_part_as_little_as_they_can() -> None:
    assert named_at_ends(ending_at(52, 50), SIZE, SCALE) == {"a": 109, "b": 95}


def test_stand_clear_of_the_ground() -> None:
    assert named_at_ends(ending_at(0, 60), SIZE, SCALE) == {"a": 7, "b": 120}


@pytest.mark.parametrize(
    "lines",
    [
        ending_at(50),
        ending_at(10, 30, 50, 70, 90),
        ending_at(50, 52, 54, 56),
        ending_at(50, 51),
        ending_at(10, None),
        ending_at(10, 60, names=("a", "a name that goes on")),
    ],
    ids=["one line", "five", "too near", "as good as one", "a gap at the end", "a long name"],
)
def test_are_left_to_the_legend_where_they_would_not_be_told_apart(lines: Panel) -> None:
    assert named_at_ends(lines, SIZE, SCALE) is None


def test_make_a_legend_and_dashes_needless() -> None:
    style = chart_style(section(ending_at(10, 60)), Look())
    assert (style.names_at_ends, style.dashes) == (True, {})
    assert figure(section(ending_at(10, 60)), "s", Look()).legend == ()


def test_need_to_fit_in_all_panels() -> None:
    both = section(ending_at(10, 60), ending_at(10, None))
    assert not chart_style(both, Look()).names_at_ends
    assert [(key.name, key.dashes) for key in figure(both, "s", Look()).legend] == [("a", (1, 0)), ("b", (7, 5))]


def test_need_to_leave_room_for_the_lines_also_on_a_third_of_a_sheet() -> None:
    lines = section(ending_at(10, 60, names=("@acme", "@acme_help")))
    assert chart_style(lines, Look()).names_at_ends
    assert chart_style(replace(lines, share=1 / 2), Look()).names_at_ends
    assert not chart_style(replace(lines, share=1 / 4), Look()).names_at_ends


def test_have_no_place_in_small_panels_and_at_bars() -> None:
    lines = section(ending_at(10, 60))
    assert not chart_style(replace(lines, beside=True), Look()).names_at_ends
    bars = chart_style(replace(lines, mark="bar"), Look())
    assert (bars.names_at_ends, bars.dashes) == (False, {})


def test_lines_in_a_legend_differ_by_their_dashes_and_those_without_a_colour_are_solid() -> None:
    style = chart_style(section(panel("impressions", days(28), MANY)), Look())
    coloured = [style.dashes[name] for name, colour in style.colours.items() if colour != Look().palette.others]
    assert len(coloured) == len(set(map(tuple, coloured))) == 6
    assert {tuple(style.dashes[n]) for n, colour in style.colours.items() if colour == Look().palette.others} == {
        (1, 0)
    }


def test_have_the_room_that_they_need_behind_the_last_point() -> None:
    for names, width, places in ((["@acme", "@acme_help"], 680, 28), (["Likes"], 310, 2), (["a"], 680, 365)):
        right = room(names, width, places)
        plot = width - right
        assert right + plot / places / 2 >= 8 + 7.49 * max(map(len, names))


def test_take_no_room_from_the_days_below() -> None:
    lines = section(panel("engagements", days(7), ("@acme", "@acme_help")))
    style = chart_style(lines, Look())
    spec = specification(lines, lines.panels[0], style, SIZE)
    # 36 pixels a day: too few for "Mon 9" above "Nov", enough for "Mon" above "9 Nov".
    assert spec["width"] == 252
    assert spec["encoding"]["x"]["axis"]["labelExpr"].startswith(
        '{"2026-11-09": ["Mon", "9 Nov"], "2026-11-10": ["Tue", "10"]'
    )


def test_stand_on_paper_and_are_written_once() -> None:
    (drawing,) = figure(section(ending_at(10, 60, names=("@acme", "@globex"))), "s", Look()).panels
    assert isinstance(drawing, Drawing)
    assert [drawing.wide.count(f">{name}</text>") for name in ("@acme", "@globex")] == [1, 1]
    assert drawing.wide.count(f'fill="{Look().palette.paper}"') == 2
