"""Charts of more bars than a page holds."""

from __future__ import annotations

from dataclasses import replace

from reportgen.catalog import METRICS
from reportgen.render.charts import figure
from reportgen.render.largest import largest
from reportgen.render.look import Look
from reportgen.report.charts import Panel, Point
from reportgen.report.model import Value
from tests.render.made_up import MANY, beside, changed, chart, days, named, panel, stacked, tweet

SIXTY = changed(
    chart("By tweet", "tweet.id", "bar", panel("impressions", [tweet(number) for number in range(60)])),
    lambda number, _: Value(number * 7 % 60),
)


def test_only_the_largest_twenty_bars_are_drawn_in_their_order_and_a_sentence_says_so() -> None:
    section, sentences = largest(SIXTY, Look())
    assert sentences == ("20 of 60, the largest by impressions.",)
    assert [point.value.number for point in section.panels[0].points] == [
        point.value.number for point in SIXTY.panels[0].points if (point.value.number or 0) >= 40
    ]
    assert figure(SIXTY, "section-1", Look()).notes == sentences


def test_every_panel_has_the_bars_of_the_first_measure() -> None:
    two = replace(SIXTY, panels=(*SIXTY.panels, panel("replies", [tweet(number) for number in range(60)])))
    first, second = largest(two, Look())[0].panels
    assert [point.x for point in first.points] == [point.x for point in second.points]


def test_several_series_leave_room_for_fewer_names_and_are_six_at_most() -> None:
    names = [f"@handle_{number}" for number in range(9)]
    section, sentences = largest(
        chart("Many", "tweet.id", "bar", panel("impressions", [tweet(n) for n in range(8)], names)), Look()
    )
    assert sentences == ("5 of 8, the largest by impressions.", "6 of 9 series, the largest by impressions.")
    assert len(section.panels[0].points) == 5 * 6


def test_standing_bars_have_six_series_at_most_too() -> None:
    section, sentences = largest(chart("Many", "engagement.day", "bar", panel("replies", days(7), MANY)), Look())
    assert sentences == ("6 of 14 series, the largest by replies.",)
    assert len(section.panels[0].points) == 6 * 7
    lines = chart("Many", "engagement.day", "line", panel("replies", days(7), MANY))
    assert largest(lines, Look()) == (lines, ())


def test_only_the_twelve_largest_panels_are_drawn_in_their_order() -> None:
    panels = named(MANY, days(7))
    section, sentences = largest(beside("Many", "engagement.day", "line", *panels[::-1]), Look())
    assert sentences == ("12 of 14, the largest by impressions.",)
    assert list(section.panels) == panels[11::-1]


def test_bars_of_stacked_metrics_are_ranked_by_their_height() -> None:
    likes, replies = METRICS["favorites"], METRICS["replies"]
    points = [
        Point(tweet(number), measure.label, Value(count))
        for number in range(30)
        for measure, count in ((likes, number), (replies, 100 - 2 * number))
    ]
    both = Panel(likes, tuple(points), of_series={"Likes": likes, "Replies": replies})
    section, sentences = largest(stacked("S", "tweet.id", "bar", both), Look())
    assert sentences == ("20 of 30, the largest in all.",)
    assert {point.x for point in section.panels[0].points} == {tweet(number) for number in range(20)}
    side_by_side, sentences = largest(chart("S", "tweet.id", "bar", both), Look())
    assert sentences == ("12 of 30, the largest by likes.",)
    assert {point.x for point in side_by_side.panels[0].points} == {tweet(number) for number in range(18, 30)}


def test_what_a_page_holds_stays_as_it_is() -> None:
    for section in (
        chart("Twenty", "tweet.id", "bar", panel("impressions", [tweet(number) for number in range(20)])),
        chart("A year", "engagement.day", "bar", panel("impressions", days(365))),
        chart("Nothing", "handle", "bar", panel("impressions", ())),
    ):
        assert largest(section, Look()) == (section, ())
