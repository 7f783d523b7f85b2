"""A heatmap has the average of each local hour of the week, or a gap, or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from reportgen.catalog import FORMULAS, HISTORICAL, METRICS, Formula, Measure
from reportgen.facts import SCHEMA
from reportgen.formula import Count, Expression, Number, Operation, degree
from reportgen.gaps import Gap, Reason
from reportgen.needs import grain_of
from reportgen.report.buckets import buckets_of
from reportgen.report.heatmap import HeatmapSection, heatmap_section
from reportgen.report.measures import measured
from reportgen.report.model import Value
from reportgen.request import Grain
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.period import Period
from reportgen.spec.sections import Heatmap, Kpis

NEW_YORK, UTC_ZONE = ZoneInfo("America/New_York"), ZoneInfo("UTC")
TWEET = Tweet("2117600084332904449", "@acme")
SEEN, DID, RATE = METRICS["impressions"], METRICS["engagements"], FORMULAS["engagement_rate"]


def days(first: date, count: int, zone: ZoneInfo = UTC_ZONE) -> Period:
    start = datetime(first.year, first.month, first.day, tzinfo=zone)
    last = first + timedelta(days=count - 1)
    end = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    return Period(start.astimezone(UTC), end.astimezone(UTC), zone, first, last)


def drawn(
    measure: Measure,
    counts: dict[tuple[str, datetime], int],
    period: Period,
    gaps: tuple[Gap, ...] = (),
    first_weekday: int = 0,
) -> HeatmapSection:
    rows = [(int(TWEET.id), metric, start, count) for (metric, start), count in counts.items()]
    known = measured(
        pl.DataFrame(rows, schema=SCHEMA, orient="row"),
        gaps,
        [TWEET],
        measure.parts,
        buckets_of(period, Grain.HOUR),
    )
    return heatmap_section(Heatmap(measure.name), measure, known, first_weekday)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_in_one_week_a_cell_is_the_sum_of_its_hour_in_local_time() -> None:
    week = days(date(2026, 11, 9), 7, NEW_YORK)
    section = drawn(SEEN, {("impressions", at(11, 17)): 90, ("impressions", at(12, 4)): 5}, week)
    assert section.weekdays == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert section.rows[2][12] == Value(90)
    assert section.rows[2][23] == Value(5)
    assert sum(cell.number or 0 for row in section.rows for cell in row if cell) == 95
    assert (section.title, section.averaged) == ("Impressions by weekday and hour", False)


def test_over_several_weeks_a_cell_is_the_average_of_as_many_hours_as_there_were() -> None:
    ten_days = days(date(2026, 11, 9), 10)
    counts = {("impressions", at(9, 8)): 10, ("impressions", at(16, 8)): 5, ("impressions", at(13, 8)): 7}
    section = drawn(SEEN, counts, ten_days)
    assert (section.rows[0][8], section.rows[4][8]) == (Value(7.5), Value(7))
    assert section.averaged


def test_a_rate_is_the_ratio_of_the_sums_and_no_average() -> None:
    counts = {
        ("impressions", at(9, 8)): 100,
        ("engagements", at(9, 8)): 1,
        ("impressions", at(16, 8)): 300,
        ("engagements", at(16, 8)): 19,
    }
    section = drawn(RATE, counts, days(date(2026, 11, 9), 14))
    assert section.rows[0][8] == Value(0.05)
    assert section.rows[0][9] == Value(None)
    assert not section.averaged


def test_hours_that_the_period_does_not_have_are_blank_and_those_that_are_missing_are_gaps() -> None:
    gap = Gap(TWEET.id, "impressions", Reason.CALL_FAILED, "", at(9, 3), at(9, 5))
    section = drawn(SEEN, {("impressions", at(9, 2)): 4}, days(date(2026, 11, 9), 1), (gap,))
    assert section.rows[0][2:6] == (Value(4), Value(None, 1), Value(None, 1), Value(0))
    assert section.rows[1] == (None,) * 24


def test_an_hour_that_the_clocks_repeat_counts_twice_and_one_that_they_leave_out_is_blank() -> None:
    autumn = days(date(2026, 11, 1), 1, NEW_YORK)
    counts = {("impressions", at(1, 5)): 10, ("impressions", at(1, 6)): 20}
    tweet_was_there = drawn(SEEN, counts, autumn)
    assert tweet_was_there.rows[6][1] == Value(15)
    spring = drawn(SEEN, {}, days(date(2026, 3, 8), 1, NEW_YORK))
    assert spring.rows[6][2] is None


def test_the_week_begins_as_the_locale_has_it() -> None:
    section = drawn(SEEN, {("impressions", at(15, 8)): 10}, days(date(2026, 11, 9), 7), first_weekday=6)
    assert section.weekdays[0] == "Sun"
    assert section.rows[0][8] == Value(10)


def test_hours_are_asked_for_where_a_heatmap_alone_needs_them() -> None:
    def grain(*sections: Heatmap | Kpis) -> Grain:
        spec = ReportSpec("r.yaml", "r", "R", UTC_ZONE, HISTORICAL, (), (TWEET,), ("impressions",), sections=sections)
        return grain_of(HISTORICAL, spec.divided_by, days(date(2026, 11, 9), 7))

    assert grain(Kpis(("impressions",))) is Grain.DAY
    assert grain(Heatmap("impressions")) is Grain.HOUR


SEEN_COUNT, DONE = Count("impressions"), Count("engagements")


@pytest.mark.parametrize(
    ("expression", "grows"),
    [
        (SEEN_COUNT, 1),
        (Operation(SEEN_COUNT, "+", DONE), 1),
        (Operation(DONE, "/", SEEN_COUNT), 0),
        (Operation(Operation(DONE, "/", SEEN_COUNT), "*", Number(1000)), 0),  # type: ignore[arg-type]
        (Operation(DONE, "*", SEEN_COUNT), 2),
        (Operation(DONE, "+", Number(1)), None),  # type: ignore[arg-type]
        (Operation(Operation(DONE, "+", Number(1)), "/", SEEN_COUNT), None),  # type: ignore[arg-type]
    ],
)
def test_a_formula_grows_with_its_counts_or_does_not(expression: Expression, grows: int | None) -> None:
    assert degree(expression) == grows


def test_a_sum_of_counts_is_averaged_as_a_count_is() -> None:
    both = Formula("both", "Both", Operation(SEEN_COUNT, "+", DONE), "integer")
    counts = {("impressions", at(9, 8)): 10, ("engagements", at(16, 8)): 4}
    assert drawn(both, counts, days(date(2026, 11, 9), 14)).rows[0][8] == Value(7)
