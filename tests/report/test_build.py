"""A report file's sections become tiles, charts, tables and notes, with exactly the numbers that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS, Endpoint, Formula
from reportgen.facts import SCHEMA
from reportgen.formula import Count, Operation
from reportgen.gaps import Gap, Reason
from reportgen.report.build import build_report
from reportgen.report.charts import ChartSection, Point
from reportgen.report.comparison import Before
from reportgen.report.kpis import KpiSection
from reportgen.report.model import Report, Section, TweetLabel, Value
from reportgen.report.tables import TableSection
from reportgen.request import Grain
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.period import Period
from reportgen.spec.sections import Chart, Heatmap, Kpis, Table, VegaLite
from reportgen.spec.sections import Section as SectionSpec

AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
TWO_DAYS = Period(
    start=datetime(2026, 11, 9, tzinfo=UTC),
    end=datetime(2026, 11, 11, tzinfo=UTC),
    timezone=ZoneInfo("UTC"),
    first_day=date(2026, 11, 9),
    last_day=date(2026, 11, 10),
)
KOLKATA = ZoneInfo("Asia/Kolkata")
FIRST, SECOND, HELP = "2117600084332904449", "2117714339442982913", "2117632892728246273"
TWEETS = (Tweet(FIRST, "@acme"), Tweet(SECOND, "@acme"), Tweet(HELP, "@acme_help"))
GROUPINGS = {
    "by-tweet": ("tweet.id", "engagement.type"),
    "by-handle": ("handle", "engagement.type"),
    "daily": ("engagement.type", "engagement.day"),
    "hours": ("engagement.day", "engagement.hour", "engagement.type"),
    "daily-by-handle": ("handle", "engagement.day", "engagement.type"),
    "daily-by-tweet": ("engagement.day", "tweet.id", "engagement.type"),
    "weeks": ("engagement.week", "engagement.type"),
    "in-all": ("engagement.type",),
    "months": ("engagement.month", "engagement.type"),
}


def made(
    *sections: SectionSpec,
    facts: dict[tuple[str, str, int], int],
    gaps: tuple[Gap, ...] = (),
    metrics: tuple[str, ...] = ("impressions", "engagements"),
    endpoint: Endpoint = HISTORICAL,
    tweets: tuple[Tweet, ...] = TWEETS,
    groupings: Mapping[str, tuple[str, ...]] = GROUPINGS,
    measures: Mapping[str, Formula] | None = None,
    period: Period = TWO_DAYS,
    known_at: datetime | None = None,
) -> Report:
    """A report over the 9th and 10th; `facts` are counts of a tweet and metric on a day of November."""
    spec = ReportSpec(
        path="r.yaml",
        name="r",
        title="R",
        timezone=ZoneInfo("UTC"),
        endpoint=endpoint,
        handles=("@acme", "@acme_help"),
        tweets=tweets,
        metrics=metrics,
        groupings=groupings,
        measures=measures or {},
        sections=sections,
    )
    rows = [(int(i), metric, datetime(2026, 11, day, tzinfo=UTC), count) for (i, metric, day), count in facts.items()]
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return build_report(spec, period, AS_OF, Grain.HOUR, table, gaps, complete=True, known_at=known_at)


def only(report: Report) -> Section:
    (section,) = report.sections
    return section


COUNTED = {
    (FIRST, "impressions", 9): 100,
    (FIRST, "impressions", 10): 50,
    (FIRST, "engagements", 9): 3,
    (SECOND, "impressions", 9): 1000,
    (HELP, "impressions", 10): 7,
    (HELP, "engagements", 10): 7,
}


class TestKpis:
    def test_are_totals_over_all_tweets_and_the_rate_is_the_ratio_of_the_sums(self) -> None:
        section = only(made(Kpis(("impressions", "engagement_rate"), title="In short", note="A note"), facts=COUNTED))
        assert isinstance(section, KpiSection)
        assert (section.title, section.note) == ("In short", "A note")
        assert [(k.measure.name, k.value, k.tweets) for k in section.kpis] == [
            ("impressions", Value(1157), 3),
            ("engagement_rate", Value(10 / 1157), 3),
        ]

    def test_a_count_is_a_whole_number_and_stays_one_when_it_is_huge(self) -> None:
        facts = {(FIRST, "impressions", 9): 2**53 - 2, (HELP, "impressions", 9): 1}
        section = only(made(Kpis(("impressions",)), facts=facts))
        assert isinstance(section, KpiSection)
        assert section.kpis[0].value.number == 9_007_199_254_740_991
        assert isinstance(section.kpis[0].value.number, int)


class TestTables:
    def test_have_a_column_a_key_and_a_measure_and_the_best_rows_first(self) -> None:
        section = only(made(Table("by-tweet", sort="-impressions", limit=2), facts=COUNTED))
        assert isinstance(section, TableSection)
        assert [column.label for column in section.columns] == ["Tweet", "Impressions", "Engagements"]
        assert (section.title, section.sorted_by, section.descending, section.total_rows) == (
            "Top tweets",
            "Impressions",
            True,
            3,
        )
        first, second = section.rows
        assert isinstance(first[0], TweetLabel)
        assert (first[0].id, first[0].handle, first[1:]) == (SECOND, "@acme", (Value(1000), Value(0)))
        assert first[0].url == f"https://x.com/acme/status/{SECOND}"
        assert f"{first[0].posted_at:%Y-%m-%d %H:%M %Z}" == "2026-11-03 20:23 UTC"
        assert second[1:] == (Value(150), Value(3))

    @pytest.mark.parametrize("sort", ["impressions", "-impressions"])
    def test_rows_without_a_number_come_last_whichever_way_they_are_sorted(self, sort: str) -> None:
        gap = Gap(SECOND, "impressions", Reason.CALL_FAILED, "")
        section = only(made(Table("by-tweet", sort=sort), facts=COUNTED, gaps=(gap,)))
        assert isinstance(section, TableSection)
        assert section.rows[-1][1] == Value(None, 1)

    def test_sorted_by_tweet_have_the_oldest_first(self) -> None:
        tweets = (Tweet(FIRST, "@acme"), Tweet("642004603499446273", "@acme"))
        section = only(made(Table("by-tweet", sort="tweet.id"), facts=COUNTED, tweets=tweets))
        assert isinstance(section, TableSection)
        assert [row[0].id for row in section.rows if isinstance(row[0], TweetLabel)] == ["642004603499446273", FIRST]

    def test_name_days_weeks_and_months_by_dates(self) -> None:
        report = made(Table("daily"), Table("weeks"), Table("months"), facts=COUNTED)
        labels = [[row[0] for row in section.rows] for section in report.sections if isinstance(section, TableSection)]
        assert labels == [
            [date(2026, 11, 9), date(2026, 11, 10)],
            [date(2026, 11, 9)],
            [date(2026, 11, 1)],
        ]

    def test_say_how_many_tweets_a_sum_lacks(self) -> None:
        gap = Gap(SECOND, None, Reason.UNAVAILABLE, "")
        section = only(made(Table("by-handle"), facts=COUNTED, gaps=(gap,)))
        assert isinstance(section, TableSection)
        assert section.rows == (("@acme", Value(150, 1), Value(3, 1)), ("@acme_help", Value(7), Value(7)))

    def test_show_the_columns_asked_for_and_keep_the_rows_that_hidden_ones_part(self) -> None:
        tweets = (
            Tweet(FIRST, "@acme", "We are here.", {"campaign": "launch"}),
            Tweet(SECOND, "@acme"),
            Tweet(HELP, "@acme_help", "How can we help?", {"campaign": ""}),
        )
        table = Table("by-tweet", ("impressions",), columns=("text", "handle", "label.campaign"), sort="tweet.id")
        section = only(made(table, facts=COUNTED, tweets=tweets))
        assert isinstance(section, TableSection)
        assert [(column.label, column.key) for column in section.columns] == [
            ("Text", "text"),
            ("Handle", "handle"),
            ("Campaign", "label.campaign"),
            ("Impressions", None),
        ]
        assert section.rows == (
            ("We are here.", "@acme", "launch", Value(150)),
            ("How can we help?", "@acme_help", "No campaign", Value(7)),
            ("", "@acme", "No campaign", Value(1000)),
        )

    def test_keep_rows_apart_that_look_alike_without_a_hidden_key(self) -> None:
        table = Table("daily-by-handle", ("impressions",), columns=("handle",))
        section = only(made(table, facts=COUNTED))
        assert isinstance(section, TableSection)
        assert sorted((str(row[0]), row[1].number) for row in section.rows if isinstance(row[1], Value)) == [
            ("@acme", 50),
            ("@acme", 1100),
            ("@acme_help", 0),
            ("@acme_help", 7),
        ]

    def test_have_totals_over_all_rows_also_those_that_are_cut_off(self) -> None:
        metrics = ("impressions", "engagement_rate")
        gap = Gap(SECOND, "engagements", Reason.CALL_FAILED, "")
        table = Table("by-tweet", metrics, sort="-impressions", limit=1, totals=True)
        section = only(made(table, facts=COUNTED, gaps=(gap,)))
        assert isinstance(section, TableSection)
        assert section.totals == (None, Value(1157), Value(10 / 157, 1))
        assert (len(section.rows), section.total_rows) == (1, 3)

    def test_count_a_tweet_once_in_the_totals_however_many_rows_lack_it(self) -> None:
        gap = Gap(SECOND, "impressions", Reason.CALL_FAILED, "")
        section = only(made(Table("daily", ("impressions",), totals=True), facts=COUNTED, gaps=(gap,)))
        assert isinstance(section, TableSection)
        assert [row[1] for row in section.rows] == [Value(100, 1), Value(57, 1)]
        assert section.totals == (None, Value(157, 1))

    def test_of_one_row_without_words_need_no_totals(self) -> None:
        assert not only(made(Table("in-all", totals=True), facts=COUNTED)).totals  # type: ignore[union-attr]

    def test_tell_which_columns_bear_bars_and_shades(self) -> None:
        section = only(made(Table("by-handle", bars=("impressions",), shades=("engagements",)), facts=COUNTED))
        assert isinstance(section, TableSection)
        assert [column.bears for column in section.columns] == [None, "bar", "shade"]


class TestCharts:
    def test_over_time_are_lines_with_a_panel_a_measure(self) -> None:
        section = only(made(Chart("daily"), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert (section.title, section.mark, section.x) == ("By day", "line", "engagement.day")
        assert [(panel.measure.name, [(p.x, p.series, p.value) for p in panel.points]) for panel in section.panels] == [
            ("impressions", [(date(2026, 11, 9), None, Value(1100)), (date(2026, 11, 10), None, Value(57))]),
            ("engagements", [(date(2026, 11, 9), None, Value(3)), (date(2026, 11, 10), None, Value(7))]),
        ]

    def test_of_one_measure_are_called_after_it(self) -> None:
        section = only(made(Chart("by-handle", ("impressions",)), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert (section.title, section.mark, section.x) == ("Impressions by handle", "bar", "handle")

    def test_days_and_hours_are_one_axis(self) -> None:
        section = only(made(Chart("hours", ("impressions",)), facts=COUNTED))
        assert isinstance(section, ChartSection)
        points = section.panels[0].points
        assert (section.x, len(points)) == ("engagement.hour", 48)
        assert (points[0].x, points[0].value) == (datetime.fromisoformat("2026-11-09T00:00"), Value(1100))

    def test_a_second_key_makes_the_series(self) -> None:
        section = only(made(Chart("daily-by-handle", ("impressions",)), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert [(p.x, p.series, p.value) for p in section.panels[0].points] == [
            (date(2026, 11, 9), "@acme", Value(1100)),
            (date(2026, 11, 9), "@acme_help", Value(0)),
            (date(2026, 11, 10), "@acme", Value(50)),
            (date(2026, 11, 10), "@acme_help", Value(7)),
        ]

    def test_tweets_of_one_minute_are_series_of_their_own(self) -> None:
        twin = str(int(FIRST) + 1)
        tweets = (Tweet(FIRST, "@acme"), Tweet(twin, "@acme"), Tweet(HELP, "@acme_help"))
        section = only(made(Chart("daily-by-tweet", ("impressions",)), facts=COUNTED, tweets=tweets))
        assert isinstance(section, ChartSection)
        assert list(dict.fromkeys(point.series for point in section.panels[0].points)) == [
            f"3 November 2026, 12:49 ({FIRST})",
            f"3 November 2026, 12:49 ({twin})",
            "3 November 2026, 15:00",
        ]

    def test_stack_bars_where_nothing_is_said_of_the_mark(self) -> None:
        section = only(made(Chart("daily-by-handle", ("impressions",), stack=True), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert (section.mark, section.stacked, section.beside) == ("bar", True, False)

    def test_metrics_may_be_the_series_of_one_panel(self) -> None:
        section = only(made(Chart("daily", series="engagement.type"), facts=COUNTED))
        assert isinstance(section, ChartSection)
        (panel,) = section.panels
        assert (panel.title, section.beside) == ("", False)
        assert {name: measure.name for name, measure in panel.of_series.items()} == {
            "Impressions": "impressions",
            "Engagements": "engagements",
        }
        assert [(p.x, p.series, p.value, panel.measure_of(p).name) for p in panel.points] == [
            (date(2026, 11, 9), "Impressions", Value(1100), "impressions"),
            (date(2026, 11, 9), "Engagements", Value(3), "engagements"),
            (date(2026, 11, 10), "Impressions", Value(57), "impressions"),
            (date(2026, 11, 10), "Engagements", Value(7), "engagements"),
        ]

    def test_a_key_may_have_a_panel_for_each_of_its_values(self) -> None:
        section = only(made(Chart("daily-by-handle", ("impressions",), panels="handle"), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert section.beside
        assert [(panel.title, panel.measure.name, panel.points) for panel in section.panels] == [
            (
                "@acme",
                "impressions",
                (Point(date(2026, 11, 9), None, Value(1100)), Point(date(2026, 11, 10), None, Value(50))),
            ),
            (
                "@acme_help",
                "impressions",
                (Point(date(2026, 11, 9), None, Value(0)), Point(date(2026, 11, 10), None, Value(7))),
            ),
        ]

    def test_the_panels_of_a_key_have_the_metrics_as_their_series(self) -> None:
        section = only(made(Chart("daily-by-handle", panels="handle"), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert [[(p.series, p.value.number) for p in panel.points] for panel in section.panels] == [
            [("Impressions", 1100), ("Engagements", 3), ("Impressions", 50), ("Engagements", 0)],
            [("Impressions", 0), ("Engagements", 0), ("Impressions", 7), ("Engagements", 7)],
        ]

    def test_metrics_that_are_named_as_panels_stand_beside_each_other(self) -> None:
        section = only(made(Chart("daily", panels="engagement.type"), facts=COUNTED))
        assert isinstance(section, ChartSection)
        assert ([panel.title for panel in section.panels], section.beside) == (["Impressions", "Engagements"], True)


class TestRemarks:
    @pytest.mark.parametrize(
        ("section", "endpoint", "remarks"),
        [
            (Kpis(("favorites",)), HISTORICAL, []),
            (
                Kpis(("engagement_rate",)),
                HISTORICAL,
                [
                    "Engagement rate is engagements divided by impressions, over the same tweets and times.",
                    "Impressions leave out promoted views; engagements include promoted ones.",
                ],
            ),
            (Kpis(("video_views",)), TOTALS, ["Video views count the video wherever it was posted."]),
            (Kpis(("video_views",)), HISTORICAL, []),
        ],
    )
    def test_say_how_a_measure_is_to_be_read(
        self, section: SectionSpec, endpoint: Endpoint, remarks: list[str]
    ) -> None:
        metrics = ("impressions", "engagements", "video_views", "favorites")
        assert list(made(section, facts={}, endpoint=endpoint, metrics=metrics).remarks) == remarks

    def test_say_that_a_period_is_not_over(self) -> None:
        running = replace(TWO_DAYS, timezone=ZoneInfo("America/New_York"), is_over=False)
        assert made(Kpis(("favorites",)), facts={}, period=running).remarks == (
            "The period is not over: the numbers end on 10 November 2026, 19:00.",
        )

    def test_say_how_old_the_numbers_are_that_may_have_changed(self) -> None:
        known_at = datetime(2026, 11, 14, 12, tzinfo=UTC)
        assert made(Kpis(("favorites",)), facts={}, known_at=known_at).remarks == (
            "Some of these numbers are as they were on 14 November 2026, 12:00, and may have changed since.",
        )

    def test_say_which_hours_count_where_days_begin_within_one(self) -> None:
        (remark,) = made(Kpis(("favorites",)), facts={}, period=replace(TWO_DAYS, timezone=KOLKATA)).remarks
        assert remark.startswith("A day in Asia/Kolkata does not start on a whole UTC hour")

    def test_count_what_a_chart_of_ones_own_draws_from_as_shown(self) -> None:
        sentence = "Impressions leave out promoted views; engagements include promoted ones."
        layers = {"layer": [{"data": {"name": "daily"}, "mark": "bar"}]}
        assert made(VegaLite(layers), facts={}).remarks == (sentence,)
        own = {"data": {"name": "mine"}, "datasets": {"mine": [{"data": {"name": "daily"}}]}, "mark": "bar"}
        assert made(VegaLite(own), facts={}).remarks == ()

    def test_say_which_hour_is_two_where_the_last_of_a_period_goes_beyond_its_day(self) -> None:
        kolkata = replace(
            TWO_DAYS,
            start=datetime(2026, 11, 8, 18, tzinfo=UTC),
            end=datetime(2026, 11, 10, 19, tzinfo=UTC),
            timezone=KOLKATA,
        )
        _, remark = made(Kpis(("favorites",)), facts={}, period=kolkata).remarks
        assert remark == "The hour of 23:00 on 10 November 2026 takes in two UTC hours."
        by_day = {"daily": ("engagement.day", "engagement.type")}
        assert len(made(Kpis(("favorites",)), facts={}, period=kolkata, groupings=by_day).remarks) == 1
        earlier = replace(kolkata, end=datetime(2026, 11, 10, 18, tzinfo=UTC), is_over=False)
        assert not [text for text in made(Kpis(("favorites",)), facts={}, period=earlier).remarks if "two" in text]

    def test_say_that_the_hours_at_both_ends_of_28_are_in_part(self) -> None:
        end = datetime(2026, 11, 10, 12, 34, 56, tzinfo=UTC)
        period = replace(TWO_DAYS, start=end - timedelta(hours=28), end=end)

        def remarks(period: Period, *sections: SectionSpec) -> tuple[str, ...]:
            return made(*sections, facts={}, endpoint=LAST_28_HOURS, period=period, groupings={}).remarks

        sentence = "The 28 hours begin and end within an hour: the first and the last hour are counted in part."
        assert remarks(period, Heatmap("favorites")) == (sentence,)
        assert remarks(period, Kpis(("favorites",))) == ()
        on_the_hour = replace(period, start=TWO_DAYS.start, end=TWO_DAYS.start + timedelta(hours=28))
        assert remarks(on_the_hour, Heatmap("favorites")) == ()

    def test_say_why_days_add_up_to_more_than_their_total_where_hours_are_missing(self) -> None:
        hours = Gap(FIRST, "impressions", Reason.CALL_FAILED, "", TWO_DAYS.start, datetime(2026, 11, 9, 1, tzinfo=UTC))
        sentence = "A sum leaves out each tweet that lacks a part of it, so days may add up to more than their total."
        section = Kpis(("favorites",))
        assert made(section, facts=COUNTED, gaps=(hours,)).remarks == (sentence,)
        assert made(section, facts={}, gaps=(hours,)).remarks == ()
        assert made(section, facts=COUNTED, gaps=(replace(hours, start=None, end=None),)).remarks == ()


@pytest.mark.parametrize("order", [list(COUNTED.items()), list(COUNTED.items())[::-1], sorted(COUNTED.items())])
def test_the_order_of_the_facts_changes_nothing(order: list[tuple[tuple[str, str, int], int]]) -> None:
    sections = (Kpis(("impressions",)), Chart("daily", ("impressions",)), Table("by-tweet", ("engagement_rate",)))
    expected, report = made(*sections, facts=COUNTED), made(*sections, facts=dict(order))
    assert report.sections == expected.sections
    for grouping, other in zip(report.groupings, expected.groupings, strict=True):
        assert grouping.rows.equals(other.rows)


class TestGaps:
    def test_a_number_that_lies_in_a_gap_counts_for_nothing(self) -> None:
        gone = Gap(FIRST, None, Reason.CALL_FAILED, "")
        assert made(facts=COUNTED, gaps=(gone,)).shortfall == "There are no numbers for 1 of 3 tweets."

    def test_the_same_gap_of_two_windows_is_there_once(self) -> None:
        gap = Gap(HELP, None, Reason.UNAVAILABLE, "deleted")
        assert made(facts={}, gaps=(gap, gap)).gaps == (gap,)

    def test_keep_the_words_of_the_api_for_the_results_and_off_the_page(self) -> None:
        report = made(facts={}, gaps=(Gap(FIRST, None, Reason.CALL_FAILED, "over capacity"),))
        assert [note.reason for note in report.gap_notes] == ["X did not answer, or its answer could not be read."]
        assert [gap.detail for gap in report.gaps] == ["over capacity"]

    def test_the_report_says_for_how_many_tweets_numbers_are_missing(self) -> None:
        gone, part = Gap(HELP, None, Reason.UNAVAILABLE, ""), Gap(FIRST, "engagements", Reason.FORBIDDEN, "")
        assert made(facts=COUNTED).shortfall is None
        without_help = {key: count for key, count in COUNTED.items() if key[0] != HELP}
        assert made(facts=without_help, gaps=(gone, part)).shortfall == (
            "There are no numbers for 1 of 3 tweets, and only some for 1 more."
        )

    def test_a_table_says_how_many_rows_it_could_not_rank(self) -> None:
        gone = Gap(FIRST, None, Reason.CALL_FAILED, "")
        table = Table("by-tweet", ("impressions",), sort="-impressions", limit=1)
        (section,) = made(table, facts=COUNTED, gaps=(gone,)).sections
        assert isinstance(section, TableSection)
        assert (len(section.rows), section.total_rows, section.unranked) == (1, 3, 1)


class TestMeasuresOfItsOwn:
    def test_may_have_any_name_and_stand_in_tables_without_keys(self) -> None:
        names = ("all", "value", "missing", "tweets", "tweet_id", "metric", "start", "posted")
        rate = Operation(Count("engagements"), "/", Count("impressions"))
        own = {name: Formula(name, name, rate, "percent") for name in names}
        groupings = {"whole": ("engagement.type",), "by-tweet": ("tweet.id", "engagement.type")}
        tables = (Table("whole", names), Table("by-tweet", names, sort="-all"))
        whole, by_tweet = made(*tables, facts=COUNTED, groupings=groupings, measures=own).sections
        assert isinstance(whole, TableSection)
        assert isinstance(by_tweet, TableSection)
        assert whole.rows == ((Value(10 / 1157),) * 8,)
        assert [row[1:] for row in by_tweet.rows] == [(Value(1.0),) * 8, (Value(0.02),) * 8, (Value(0.0),) * 8]


class TestLabels:
    BY_CAMPAIGN: ClassVar = {
        "by-campaign": ("label.campaign", "engagement.type"),
        "campaigns-daily": ("engagement.day", "label.campaign", "engagement.type"),
    }

    def test_compare_campaigns_and_name_those_without_one(self) -> None:
        tweets = (
            Tweet(FIRST, "@acme", labels={"campaign": "launch"}),
            Tweet(SECOND, "@acme"),
            Tweet(HELP, "@acme_help", labels={"campaign": "autumn"}),
        )
        table = Table("by-campaign", ("impressions",))
        chart = Chart("campaigns-daily", ("impressions",))
        report = made(table, chart, facts=COUNTED, tweets=tweets, groupings=self.BY_CAMPAIGN)
        of_table, of_chart = report.sections
        assert isinstance(of_table, TableSection)
        assert isinstance(of_chart, ChartSection)
        assert of_table.columns[0].label == "Campaign"
        assert of_table.title == "By campaign"
        assert of_table.rows == (("autumn", Value(7)), ("launch", Value(150)), ("No campaign", Value(1000)))
        assert [(point.series, point.value.number) for point in of_chart.panels[0].points] == [
            ("autumn", 0), ("launch", 100), ("No campaign", 1000), ("autumn", 7), ("launch", 50), ("No campaign", 0),
        ]  # fmt: skip

    def test_stand_with_the_tweet_that_has_them(self) -> None:
        tweets = (Tweet(FIRST, "@acme", "Come and see.", {"campaign": "launch"}),)
        section = only(made(Table("by-tweet", ("impressions",)), facts=COUNTED, tweets=tweets))
        assert isinstance(section, TableSection)
        tweet = section.rows[0][0]
        assert isinstance(tweet, TweetLabel)
        assert (tweet.text, tweet.labels) == ("Come and see.", {"campaign": "launch"})


class TestALabelThatNoTweetHas:
    """A timeline may bring no tweet of a handle with labels, or none at all."""

    @pytest.mark.parametrize(("tweets", "rows"), [((), []), ((Tweet(HELP, "@acme_help"),), [("No desk", Value(7))])])
    def test_is_said_to_be_lacking_of_all_that_there_are(
        self, tweets: tuple[Tweet, ...], rows: list[tuple[str, Value]]
    ) -> None:
        spec = ReportSpec(
            path="r.yaml",
            name="r",
            title="R",
            timezone=ZoneInfo("UTC"),
            endpoint=HISTORICAL,
            handles=("@acme", "@acme_help"),
            tweets=tweets,
            metrics=("impressions",),
            posted="last_28_days",
            handle_labels={"@acme": {"desk": "Brand"}},
            groupings={"by-desk": ("label.desk", "engagement.type")},
            sections=(Table("by-desk", ("impressions",)),),
        )
        counts = [(int(HELP), "impressions", datetime(2026, 11, 10, tzinfo=UTC), 7)][: len(tweets)]
        facts = pl.DataFrame(counts, schema=SCHEMA, orient="row")
        before = Before(TWO_DAYS, Grain.HOUR, facts.clear(), ())
        section = only(build_report(spec, TWO_DAYS, AS_OF, Grain.HOUR, facts, (), complete=True, before=before))
        assert isinstance(section, TableSection)
        assert [(row[0], row[1]) for row in section.rows] == rows
