"""Charts as Vega-Lite specifications."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from reportgen.catalog import METRICS
from reportgen.render.charts import chart_style
from reportgen.render.look import Look
from reportgen.render.marks import Size
from reportgen.render.palette import Palette
from reportgen.render.vega import gutter, specification
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Label, Value
from reportgen.spec.sections import Mark
from reportgen.voice.english import ENGLISH
from tests.render.made_up import HANDLES, NEW_YORK, changed, chart, days, hours, panel, tweet, with_gaps

SIZE = Size(720, 190)
WEEK = chart("Day by day", "engagement.day", "line", panel("impressions", days(7)))


def spec(section: ChartSection, number: int = 0) -> dict[str, Any]:
    return specification(section, section.panels[number], chart_style(section, Look()), SIZE)


def layer(section: ChartSection, mark: str) -> list[dict[str, Any]]:
    return [found for found in spec(section)["layer"] if found["mark"]["type"] == mark]


def of(*numbers: float | None, x: Sequence[Label] | None = None, mark: Mark = "line") -> ChartSection:
    """A chart of these numbers over days."""
    places = x or days(len(numbers))
    points = tuple(Point(at, None, Value(number)) for at, number in zip(places, numbers, strict=True))
    return chart("Numbers", "engagement.day", mark, Panel(METRICS["impressions"], points))


def test_each_point_is_a_row_at_its_local_place() -> None:
    rows = spec(WEEK)["data"]["values"]
    assert [row["x"] for row in rows][:2] == ["2026-11-09", "2026-11-10"]
    assert [row["y"] for row in rows] == [point.value.number for point in WEEK.panels[0].points]


def test_places_are_words_so_that_no_time_zone_can_move_them() -> None:
    section = chart(
        "Hours", "engagement.hour", "line", panel("impressions", hours(3, datetime(2026, 11, 9, 22, tzinfo=NEW_YORK)))
    )
    x = spec(section)["encoding"]["x"]
    assert x["type"] == "ordinal"
    assert x["scale"]["domain"] == ["2026-11-09T22:00", "2026-11-09T23:00", "2026-11-10T00:00"]


def test_nothing_is_loaded_from_outside() -> None:
    for section in (WEEK, chart("Bars", "handle", "bar", panel("replies", HANDLES))):
        text = json.dumps({key: value for key, value in spec(section).items() if key != "$schema"})
        assert "url" not in text
        assert "http" not in text


def test_the_words_of_the_axes_are_written_beforehand() -> None:
    encoding = spec(of(0, 70_360, 12))["encoding"]
    assert encoding["x"]["axis"]["labelExpr"] == (
        '{"2026-11-09": ["Mon 9", "Nov"], "2026-11-10": ["Tue 10"], "2026-11-11": ["Wed 11"]}[datum.value]'
    )
    assert encoding["y"]["axis"]["values"] == [0, 20_000, 40_000, 60_000, 80_000]
    assert encoding["y"]["axis"]["labelExpr"] == (
        '{"0": "0", "20000": "20k", "40000": "40k", "60000": "60k", "80000": "80k"}[datum.value]'
    )


def test_the_axis_of_a_rate_is_in_percent() -> None:
    section = chart("Rate", "engagement.day", "line", panel("engagement_rate", days(7)))
    assert spec(section)["encoding"]["y"]["axis"]["labelExpr"] == (
        '{"0": "0%", "0.02": "2%", "0.04": "4%", "0.06": "6%"}[datum.value]'
    )


def test_every_scale_starts_at_zero() -> None:
    for mark in ("line", "area", "bar"):
        assert spec(of(50, 60, 55, mark=mark))["encoding"]["y"]["scale"]["domain"] == [0, 60]


def test_a_gap_is_null_and_never_zero() -> None:
    assert [row["y"] for row in spec(of(5, None, 0))["data"]["values"]] == [5, None, 0]


def test_a_gap_stands_as_a_dash_on_the_ground() -> None:
    dashes = [found for found in layer(of(5, None, 0), "text") if found["encoding"]["text"] == {"value": "–"}]
    assert [row["x"] for row in dashes[0]["data"]["values"]] == ["2026-11-10"]
    assert not [found for found in layer(of(5, 1, 0), "text") if found["encoding"]["text"] == {"value": "–"}]


def test_a_point_between_gaps_has_a_dot_though_there_are_many_points() -> None:
    numbers = [None, 3.0, None, *range(9, 40)]
    (dots,) = layer(of(*numbers), "point")
    assert [row["y"] for row in dots["data"]["values"]] == [3, 39]


def test_few_points_all_have_dots() -> None:
    (dots,) = layer(of(5, None, 0), "point")
    assert [row["y"] for row in dots["data"]["values"]] == [5, 0]


def test_the_highest_number_of_a_lone_series_is_written_at_its_point() -> None:
    (peak,) = layer(of(5, 70_360, 12), "text")
    assert peak["data"]["values"][0]["text"] == "70,360"
    assert peak["mark"]["align"] == "center"


def test_the_highest_number_keeps_inside_the_picture() -> None:
    numbers = [*range(100, 200), 1_000_000]
    assert layer(of(*numbers), "text")[0]["mark"]["align"] == "right"
    assert layer(of(*reversed(numbers)), "text")[0]["mark"]["align"] == "left"


def test_the_highest_number_is_not_struck_through_by_the_grid() -> None:
    for highest in range(5_001, 20_000, 97):
        section = of(5, highest, 12)
        lines = spec(section)["encoding"]["y"]["axis"]["values"]
        pixels = SIZE.height / lines[-1]
        (peak,) = layer(section, "text")
        middle = highest * pixels - peak["mark"]["dy"]
        assert min(abs(middle - line * pixels) for line in lines) >= 6.9
        assert middle <= SIZE.height + 15


def test_numbers_below_zero_hang_from_a_line_within_the_plot() -> None:
    drawn = spec(of(-30, 12, None, -45))
    assert drawn["encoding"]["y"]["scale"]["domain"] == [-60, 20]
    assert [layer["data"]["values"][0]["text"] for layer in drawn["layer"] if layer["mark"]["type"] == "text"] == [
        "12",
        "–",
    ]
    assert not any(layer["mark"]["type"] == "text" for layer in spec(of(-30, -12))["layer"])


def test_a_lying_bar_below_zero_has_its_number_right_of_zero() -> None:
    points = tuple(Point(name, None, Value(number)) for name, number in (("@acme", -30), ("@globex", 12)))
    drawn = spec(chart("By handle", "handle", "bar", Panel(METRICS["impressions"], points)))
    assert drawn["encoding"]["x"]["scale"]["domain"] == [-30, 12]
    assert [row["edge"] for row in drawn["data"]["values"]] == [0, 12]


def test_several_series_have_no_highest_number_and_a_colour_each() -> None:
    section = chart("Two", "engagement.day", "line", panel("impressions", days(3), HANDLES))
    (names,) = layer(section, "text")
    assert [row["text"] for row in names["data"]["values"]] == list(HANDLES)
    assert spec(section)["encoding"]["color"]["scale"]["domain"] == list(HANDLES)


def test_numbers_that_lack_tweets_are_hollow_where_others_do_not() -> None:
    section = changed(chart("Gaps", "engagement.day", "line", panel("impressions", days(14))), with_gaps)
    dots, rings = layer(section, "point")
    assert [row["x"] for row in rings["data"]["values"]] == ["2026-11-19", "2026-11-20"]
    assert not any(row["partial"] for row in dots["data"]["values"])


def test_numbers_that_all_lack_tweets_look_ordinary() -> None:
    section = changed(WEEK, lambda _, value: Value(value.number, 1))
    (dots,) = layer(section, "point")
    assert len(dots["data"]["values"]) == 7


def test_partial_bars_are_paler_on_paper_and_have_an_edge_in_the_colour_of_their_series() -> None:
    section = changed(chart("Gaps", "engagement.day", "bar", panel("impressions", days(14))), with_gaps)
    ground, bars = layer(section, "bar")
    partial = "datum.partial && datum.y !== 0"
    assert ground["encoding"]["color"] == {"value": Palette().paper}
    assert ground["encoding"]["opacity"] == {"condition": {"test": partial, "value": 1}, "value": 0}
    assert bars["encoding"]["fillOpacity"] == {"condition": {"test": partial, "value": 0.25}, "value": 1}
    stroke = bars["encoding"]["stroke"]
    assert (stroke["condition"]["test"], stroke["value"]) == (partial, None)
    assert stroke["condition"]["scale"] == spec(section)["encoding"]["color"]["scale"]
    (whole,) = layer(of(1, 2, mark="bar"), "bar")
    assert whole["encoding"] == {}


def test_an_area_lies_under_its_line() -> None:
    assert [found["mark"]["type"] for found in spec(of(3, 4, 5, mark="area"))["layer"]][:2] == ["area", "line"]


def test_bars_over_names_lie_down_and_end_in_their_exact_numbers() -> None:
    section = chart("By handle", "handle", "line", panel("impressions", ("@acme", "@globex")))
    (bars,) = layer(section, "bar")
    (texts,) = layer(section, "text")
    assert bars["encoding"] == {}
    assert texts["encoding"]["text"] == {"field": "text"}
    assert spec(section)["encoding"]["y"]["axis"]["labelExpr"] == (
        '{"@acme": "@acme", "@globex": "@globex"}[datum.value]'
    )
    assert [row["text"] for row in spec(section)["data"]["values"]] == ["28,000", "41,691"]


def test_bars_over_tweets_say_when_each_was_posted() -> None:
    section = chart("By tweet", "tweet.id", "bar", panel("impressions", [tweet(0), tweet(1)]))
    assert "Mon 9 Nov, 09:05" in spec(section)["encoding"]["y"]["axis"]["labelExpr"]


def test_a_hostile_name_stays_a_word() -> None:
    name = '"}[0] || alert("x") || {"'
    section = chart("By handle", "handle", "bar", panel("impressions", (name,)))
    assert spec(section)["encoding"]["y"]["axis"]["labelExpr"] == (
        json.dumps({name: name[:19] + "…"}) + "[datum.value]"
    )


def test_long_names_are_cut_and_make_room_beside_the_bars() -> None:
    short = chart("Short", "handle", "bar", panel("impressions", ("@acme",)))
    long = chart("Long", "handle", "bar", panel("impressions", ("@a_handle_that_goes_on_and_on",)))
    assert gutter(short, ENGLISH) < gutter(long, ENGLISH) == 20 + 7 * 22


def test_the_plots_of_all_panels_stand_in_line() -> None:
    section = chart(
        "Two", "engagement.day", "line", panel("impressions", days(7), size=3e6), panel("replies", days(7), size=3)
    )
    assert spec(section, 0)["padding"]["left"] == spec(section, 1)["padding"]["left"]
    assert spec(section, 0)["width"] == spec(section, 1)["width"] == 720 - gutter(section, ENGLISH) - 1


def test_the_words_under_the_last_tick_have_room() -> None:
    section = chart(
        "Hours", "engagement.hour", "line", panel("replies", hours(31, datetime(2026, 11, 9, tzinfo=NEW_YORK)))
    )
    drawn = spec(section)
    assert '"2026-11-10T06:00": ["06:00"]' in drawn["encoding"]["x"]["axis"]["labelExpr"]
    assert drawn["width"] / 31 / 2 + drawn["padding"]["right"] >= 7 * len("06:00") / 2
    assert drawn["padding"]["left"] + drawn["width"] + drawn["padding"]["right"] == 720


def test_a_dash_stands_where_its_series_has_its_bars() -> None:
    section = chart("Two", "engagement.day", "bar", panel("impressions", days(3), HANDLES))
    (dashes,) = layer(changed(section, lambda number, value: Value(None, 1) if number == 1 else value), "text")
    assert dashes["encoding"]["xOffset"] == layer(section, "bar")[0]["encoding"]["xOffset"]


def test_a_lone_series_has_the_accent() -> None:
    assert spec(WEEK)["encoding"]["color"]["scale"]["range"] == [Palette().accent]


def test_hours_that_the_clocks_leave_out_leave_no_hole() -> None:
    start = datetime(2026, 3, 8, 0, tzinfo=NEW_YORK)
    local = [start + timedelta(hours=hour) for hour in (0, 1, 3, 4)]
    domain = spec(chart("Spring", "engagement.hour", "line", panel("impressions", local)))["encoding"]["x"]["scale"][
        "domain"
    ]
    assert domain == ["2026-03-08T00:00", "2026-03-08T01:00", "2026-03-08T03:00", "2026-03-08T04:00"]
