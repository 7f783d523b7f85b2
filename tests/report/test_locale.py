"""What a locale changes in a report, and what it leaves alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from reportgen.catalog import HISTORICAL
from reportgen.facts import SCHEMA
from reportgen.gaps import Gap, Reason
from reportgen.report.build import build_report
from reportgen.report.charts import ChartSection
from reportgen.report.model import Report
from reportgen.report.notes import gap_notes, shortfall
from reportgen.report.tables import TableSection
from reportgen.request import Grain
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.period import Period
from reportgen.spec.sections import Chart, Table
from reportgen.voice.english import ENGLISH
from reportgen.voice.locales import voice_of
from reportgen.voice.voice import Voice

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
TWEET = Tweet("2117270504862646273", "@acme")
WEEK = Period(MONDAY, MONDAY + timedelta(days=7), ZoneInfo("UTC"), date(2026, 11, 9), date(2026, 11, 15), is_over=False)


def report(voice: Voice) -> Report:
    """A week of impressions, as many as the day of the month, by weekday."""
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    facts = pl.DataFrame([(int(TWEET.id), "impressions", day, day.day) for day in days], schema=SCHEMA, orient="row")
    spec = ReportSpec(
        path="r.yaml",
        name="r",
        title="R",
        timezone=ZoneInfo("UTC"),
        endpoint=HISTORICAL,
        handles=("@acme",),
        tweets=(TWEET,),
        metrics=("impressions",),
        groupings={"weekdays": ("engagement.weekday",), "days": ("engagement.day", "engagement.weekday")},
        sections=(
            Table("weekdays", limit=2),
            Chart("weekdays"),
            Table("weekdays", sort="-engagement.weekday", limit=2),
            Chart("days"),
        ),
    )
    return build_report(spec, WEEK, MONDAY + timedelta(days=7), Grain.DAY, facts, [], complete=True, voice=voice)


def weekdays(report: Report, number: int) -> list[object]:
    section = report.sections[number]
    if isinstance(section, TableSection):
        return [row[0] for row in section.rows]
    assert isinstance(section, ChartSection)
    return [point.x for point in section.panels[0].points]


def test_weekdays_begin_as_the_territory_has_them_before_a_limit_cuts() -> None:
    american, british = report(voice_of("en_US")), report(voice_of("en_GB"))
    assert weekdays(american, 0) == ["Sun", "Mon"]
    assert weekdays(british, 0) == ["Mon", "Tue"]
    assert weekdays(american, 1) == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    assert weekdays(american, 2) == ["Sat", "Fri"]


def test_results_for_programs_stay_as_the_contract_has_them() -> None:
    rows = report(voice_of("en_US")).groupings[0].rows
    assert rows["engagement.weekday"].to_list() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_each_number_stays_with_its_weekday() -> None:
    table = report(voice_of("en_US")).sections[0]
    assert isinstance(table, TableSection)
    assert [(row[0], row[1].number) for row in table.rows] == [("Sun", 15), ("Mon", 9)]  # type: ignore[union-attr]


def test_dates_in_sentences_are_the_locales() -> None:
    assert report(voice_of("de")).remarks[-1] == "The period is not over: the numbers end on 16. November 2026, 00:00."
    assert report(ENGLISH).remarks[-1] == "The period is not over: the numbers end on 16 November 2026, 00:00."


def test_numbers_in_sentences_are_the_locales() -> None:
    german = voice_of("de")
    assert shortfall(12_345, range(1_234), [], german) == "There are no numbers for 1.234 of 12.345 tweets."
    gap = Gap(TWEET.id, "video_views", Reason.TOO_OLD_FOR_VIDEO_VIEWS, "too old")
    (note,) = gap_notes([gap], {}, ["video_views"], german)
    assert note.reason == "X gives video views for tweets of the last 1.800 days only."
