"""Series that stand on each other."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportgen.catalog import METRICS
from reportgen.render.charts import chart_style, figure
from reportgen.render.largest import largest
from reportgen.render.look import Look
from reportgen.render.marks import Size
from reportgen.render.palette import Palette
from reportgen.render.stacks import alone, outline, stacks, stretches
from reportgen.render.vega import specification
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Value
from reportgen.spec.sections import Mark
from tests.render.made_up import HANDLES, changed, days, panel, stacked

PALETTE = Palette()
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h", "i")


def of(*columns: tuple[float | None, ...], mark: Mark = "bar", missing: int = 0) -> ChartSection:
    """A stacked chart over days: the numbers of each day, from the ground up; a None lacks a tweet."""
    points = (
        Point(day, NAMES[number], Value(value, missing if value is not None else 1))
        for day, column in zip(days(len(columns)), columns, strict=True)
        for number, value in enumerate(column)
    )
    return stacked("Stacked", "engagement.day", mark, Panel(METRICS["impressions"], tuple(points)))


def layers(section: ChartSection, mark: str) -> list[dict[str, Any]]:
    spec = specification(section, section.panels[0], chart_style(section, Look()), Size(720, 190))
    return [found for found in spec["layer"] if found["mark"]["type"] == mark]


def rows(section: ChartSection, mark: str = "bar") -> list[tuple[str, str, float, float, bool]]:
    *_, found = layers(section, mark)
    return [(row["x"][-2:], row["series"], row["base"], row["top"], row["paler"]) for row in found["data"]["values"]]


def test_each_series_stands_on_those_below_it() -> None:
    assert rows(of((3, 4), (5, 0))) == [
        ("09", "a", 0, 3, False),
        ("09", "b", 3, 7, False),
        ("10", "a", 0, 5, False),
        ("10", "b", 5, 5, False),
    ]


def test_a_stack_with_an_unknown_part_is_paler_and_the_small_print_says_why() -> None:
    section = of((3, 4), (5, None))
    assert [(x, paler) for x, *_, paler in rows(section)] == [("09", False), ("09", False), ("10", True), ("10", True)]
    assert figure(section, "s", Look()).notes == (
        "Paler bars are not whole: something in them is not known.",
        "See the notes.",
    )


def test_paler_stacks_lie_on_paper_and_have_an_edge_of_their_colour() -> None:
    section = of((3, 4), (5, None))
    ground, bars = layers(section, "bar")
    assert [row["x"] for row in ground["data"]["values"]] == ["2026-11-10"] * 2
    assert ground["encoding"]["color"] == {"value": PALETTE.paper}
    assert bars["encoding"]["fillOpacity"] == {"condition": {"test": "datum.paler", "value": 0.25}, "value": 1}
    stroke = bars["encoding"]["stroke"]
    assert (stroke["condition"]["test"], stroke["value"]) == ("datum.paler", PALETTE.paper)
    assert stroke["condition"]["scale"] == bars["encoding"]["color"]["scale"]


def test_stacks_that_all_lack_something_look_ordinary_and_the_small_print_says_so() -> None:
    section = of((3, 4), (5, 6), missing=1)
    assert not any(paler for *_, paler in rows(section))
    assert figure(section, "s", Look()).notes == (
        "Every number is not whole: something in them is not known.",
        "See the notes.",
    )


def test_a_dash_stands_only_where_nothing_of_a_stack_is_known() -> None:
    dashes = [found for found in layers(of((3, None), (None, None), (1, 1)), "text") if "–" in str(found["encoding"])]
    assert [[row["x"] for row in found["data"]["values"]] for found in dashes] == [["2026-11-10"]]


def test_the_largest_total_is_written_above_its_stack_and_the_axis_reaches_it() -> None:
    section = of((3, 4), (50, 60))
    (peak,) = layers(section, "text")
    assert [row["text"] for row in peak["data"]["values"]] == ["110"]
    spec = specification(section, section.panels[0], chart_style(section, Look()), Size(720, 190))
    assert spec["encoding"]["y"]["scale"]["domain"] == [0, 150]


def test_areas_break_where_nothing_is_known_and_are_paler_beside_what_is_not_whole() -> None:
    section = of((1, 1), (2, 2), (3, None), (4, 4), (None, None), (5, 5), (None, None), mark="area")
    panel = section.panels[0]
    standing = stacks(panel, ["a", "b"])
    found = [(s.is_whole, [stack.total.number for stack in s.stacks]) for s in stretches(standing)]
    assert found == [(True, [2, 4]), (False, [4, 3, 8])]
    assert [stack.total.number for stack in alone(standing)] == [10]
    _, area = layers(section, "area")
    assert area["encoding"]["detail"] == {"field": "stretch", "type": "nominal"}
    assert [row["stretch"] for row in area["data"]["values"]] == [0] * 4 + [1] * 6
    assert [row[:4] for row in rows(section)] == [("14", "a", 0, 5), ("14", "b", 5, 10)]


def test_lying_stacks_end_in_their_totals() -> None:
    section = stacked("Lying", "handle", "bar", panel("impressions", HANDLES, ("Sat", "Sun")))
    (texts,) = layers(section, "text")
    assert [row["text"] for row in texts["data"]["values"]] == ["89,218", "65,055"]
    (bars,) = layers(section, "bar")
    assert bars["encoding"]["x"] == {"field": "top", "type": "quantitative"}
    assert bars["encoding"]["x2"] == {"field": "base"}


def test_too_many_series_are_put_together_on_top_so_that_the_height_stays() -> None:
    section = of(tuple(range(1, 10)), (9, 9, 9, 9, 9, 9, 9, 9, None))
    folded, sentences = largest(section, Look())
    assert sentences == ()
    assert outline(folded, folded.panels[0]).points == outline(section, section.panels[0]).points
    assert [key.name for key in figure(section, "s", Look()).legend] == ["c", "d", "e", "f", "g", "h", "3 others"]
    assert chart_style(folded, Look()).colours["3 others"] == PALETTE.others


def test_seven_series_need_no_putting_together() -> None:
    section = of((1, 2, 3, 4, 5, 6, 7))
    assert largest(section, Look()) == (section, ())
    assert list(chart_style(section, Look()).colours.values()) == [*PALETTE.series, PALETTE.others]


def test_the_picture_says_what_all_of_it_comes_to_and_its_parts() -> None:
    (drawing,) = figure(of((3, 4), (5, None)), "s", Look()).panels
    assert (
        'aria-label="Impressions by day, 9–10 November 2026: in all 12, as far as known, lowest 5 on 10 November, '
        'highest 7 on 9 November; of it a 8, b 4."'
    ) in drawing.wide  # type: ignore[union-attr]


COLUMNS = st.integers(1, 9).flatmap(
    lambda series: st.lists(st.tuples(*[st.none() | st.integers(0, 10**9)] * series), min_size=1, max_size=8)
)


@given(COLUMNS)
def test_the_top_of_a_stack_is_the_sum_of_what_is_known(columns: list[tuple[int | None, ...]]) -> None:
    section = of(*columns)
    folded = largest(section, Look())[0]
    for stack, column in zip(stacks(folded.panels[0], list(chart_style(folded, Look()).colours)), columns, strict=True):
        known = [number for number in column if number is not None]
        assert stack.total.number == (sum(known) if known else None)
        assert stack.is_whole == (len(known) == len(column))
        assert list(stack.layers())[-1][2] == sum(known)


def test_gaps_in_a_gallery_chart_are_drawn() -> None:
    section = changed(of((3, 4), (5, 6), mark="area"), lambda number, value: Value(None, 1) if number > 1 else value)
    assert [row[:4] for row in rows(section)] == [("09", "a", 0, 3), ("09", "b", 3, 7)]
