"""Made-up reports for the tests of the look: every kind of section, gaps, long names, hostile words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reportgen.catalog import FORMULAS, GROUP_BY, METRICS, Measure, measure
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.model import GapLine, GapNote, Label, Report, TweetLabel, Value
from reportgen.report.tables import Column, TableSection
from reportgen.spec.period import Period
from reportgen.spec.sections import Mark

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 9)
IMPRESSIONS = METRICS["impressions"]
RATE = FORMULAS["engagement_rate"]


def wave(number: int, size: float = 40_000) -> int:
    """A number that looks measured: a weekly rhythm, a slow rise, some noise; always the same."""
    noise = (number * 2_654_435_761 % 1_000) / 1_000
    return int(size * (1 + 0.45 * math.sin(number * 0.9) + number * 0.002) * (0.7 + 0.6 * noise))


def days(count: int, first: date = MONDAY) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(count))


def hours(count: int, first: datetime) -> tuple[datetime, ...]:
    return tuple(first + timedelta(hours=number) for number in range(count))


def tweet(number: int, handle: str | None = "@acme") -> TweetLabel:
    posted = datetime(2026, 11, 9, 9, 5, tzinfo=NEW_YORK) + timedelta(hours=7 * number, minutes=13 * number)
    return TweetLabel(str(2117632892728246273 + number * 104_857_601), handle, posted)


def panel(what: str, xs: Sequence[Label], series: Sequence[str | None] = (None,), size: float = 40_000) -> Panel:
    """A panel of waves; rates between 1 and 6 percent."""
    kind = measure(what)

    def value(number: int) -> Value:
        count = wave(number, size)
        return Value(0.034 * (0.6 + count / 90_000)) if kind.format == "percent" else Value(count)

    points = [
        Point(x, name, value(place * 3 + 17 * line)) for line, name in enumerate(series) for place, x in enumerate(xs)
    ]
    return Panel(kind, tuple(points))


def with_gaps(number: int, value: Value) -> Value:
    """Some values lack tweets, some are not known; one of the known ones stands alone."""
    if number in {4, 5, 7, 13}:
        return Value(None, 3)
    return replace(value, missing=2) if number in {10, 11} else value


def changed(section: ChartSection, change: Callable[[int, Value], Value]) -> ChartSection:
    """The chart with each value of its panels changed, by its place in the panel."""
    panels = (
        replace(p, points=tuple(replace(point, value=change(n, point.value)) for n, point in enumerate(p.points)))
        for p in section.panels
    )
    return replace(section, panels=tuple(panels))


def chart(title: str, x: str, mark: Mark, *panels: Panel, note: str | None = None) -> ChartSection:
    return ChartSection(title, note, mark, x, panels)


def stacked(title: str, x: str, mark: Mark, *panels: Panel) -> ChartSection:
    return replace(chart(title, x, mark, *panels), stacked=True)


def beside(title: str, x: str, mark: Mark, *panels: Panel) -> ChartSection:
    return replace(chart(title, x, mark, *panels), beside=True)


def named(names: Sequence[str], xs: Sequence[Label], series: Sequence[str | None] = (None,)) -> list[Panel]:
    """A panel of impressions a name, each of another size."""
    return [
        replace(panel("impressions", xs, series, 40_000 / (number + 1)), name=name) for number, name in enumerate(names)
    ]


def lone(number: int, value: Value) -> Value:
    """Of 28 days and two series: of some days nothing is known, of others one of the two."""
    if number % 28 in {5, 7} or number == 40:
        return Value(None, 3)
    return replace(value, missing=2) if number == 15 else value


def kpis(*names: str, missing: int = 0, title: str | None = None) -> KpiSection:
    tiles = []
    for number, name in enumerate(names):
        kind = measure(name)
        count = 1_284_930 // (28 * number * number + 1) + 7
        value = Value(0.0342 + number / 1_000) if kind.format == "percent" else Value(count, missing)
        tiles.append(Kpi(kind, value, 34))
    return KpiSection(title, None, tuple(tiles))


def table(title: str, rows: int, total: int, *names: str, note: str | None = None) -> TableSection:
    """A table of tweets, the largest first, with a gap in the fourth row and a partial sum in the sixth."""
    measures: list[Measure] = [measure(name) for name in names]
    body: list[tuple[Label | Value, ...]] = []
    for number in range(rows):
        values: list[Value] = []
        for place, kind in enumerate(measures):
            count = int(91_234 / (number + 1.4) / (1 + 2.3 * place) ** 1.6)
            whole = Value(0.061 / (1 + 0.07 * number)) if kind.format == "percent" else Value(count)
            values.append(Value(None, 1) if number == 3 and place else whole)
        body.append((tweet(number, "@acme" if number % 3 else "@acme_help"), *values))
    columns = (Column(GROUP_BY["tweet.id"].label, "tweet.id"), *(Column(kind.label, None, kind) for kind in measures))
    return TableSection(title, note, columns, tuple(body), total, measures[0].label, descending=True)


TEXTS = (
    "Our winter range is here. Soft, warm, and made to last: have a look at what the team has worked on since spring.",
    "Thank you for 100,000 followers!",
    "よくあるご質問にお答えします。営業時間は平日の9時から18時までです。",
    "A thread on how we cut the weight of our boxes by a third, and what it did to the bill (and the planet): 1/9",
)


def marked_table(title: str, rows: int, total: int) -> TableSection:
    """A table of texts with bars, shades and totals; its third row lacks numbers and its second one a tweet."""
    made = table(title, rows, total, "impressions", "engagements", "replies", RATE.name)
    words, impressions, *others, rate = made.columns
    columns = (
        words,
        Column("Text", "text"),
        replace(impressions, bears="bar"),
        *others,
        replace(rate, bears="shade"),
    )
    body = [(row[0], TEXTS[number % len(TEXTS)], *row[1:]) for number, row in enumerate(made.rows)]
    body[1] = (*body[1][:2], Value(40_000, 1), *body[1][3:])
    totals = (None, None, Value(1_204_331, 2), Value(40_101, 2), Value(2_210), Value(0.0333, 2))
    return replace(made, columns=columns, rows=tuple(body), totals=totals)


def day_table(title: str, count: int) -> TableSection:
    """A table of days and handles, one of its sums partial, without an order of its own."""
    rows: list[tuple[Label | Value, ...]] = [
        (day, handle, Value(wave(number), 2 if number == 1 else 0), Value(None) if number == 2 else Value(0.0342))
        for number, day in enumerate(days(count))
        for handle in ("@acme", "@acme_help")
    ]
    columns = (
        Column("Day", "engagement.day"),
        Column("Handle", "handle"),
        Column("Impressions", None, IMPRESSIONS),
        Column("Engagement rate", None, RATE),
    )
    return TableSection(title, None, columns, tuple(rows), len(rows))


GAP_NOTES = (
    GapNote(
        "These tweets are no longer available: they were deleted, or their account is protected or suspended.",
        (GapLine((), None, (tweet(3), tweet(11, "@acme_help"))),),
    ),
    GapNote(
        "These tweets were older than 90 days: the API no longer tells how often they were seen.",
        (
            GapLine(
                ("Impressions", "Engagements"),
                None,
                (
                    TweetLabel("20", None, None),
                    replace(tweet(1), posted_at=datetime(2025, 3, 9, 18, 30, tzinfo=NEW_YORK)),
                ),
            ),
        ),
    ),
)
REMARKS = (
    "Days and hours are local, in America/New_York.",
    "Impressions are organic only; engagements are organic and promoted.",
    "The engagement rate is engagements divided by impressions, over the same tweets and hours.",
)

WEEK = Period(
    start=datetime(2026, 11, 9, 5, tzinfo=UTC),
    end=datetime(2026, 11, 16, 5, tzinfo=UTC),
    timezone=NEW_YORK,
    first_day=date(2026, 11, 9),
    last_day=date(2026, 11, 15),
)

WEEKLY = Report(
    name="acme-weekly",
    title="Acme on X, weekly",
    timezone=NEW_YORK,
    as_of=datetime(2026, 11, 16, 13, 0, tzinfo=UTC),
    period=WEEK,
    last_day=WEEK.last_day,
    handles=("@acme", "@acme_help"),
    tweets=34,
    sections=(
        kpis("impressions", "engagements", "engagement_rate", "favorites", missing=2),
        chart("Day by day", "engagement.day", "line", panel("impressions", days(7))),
        table("Top tweets", 10, 34, "impressions", "engagements", "favorites", "retweets", "replies", RATE.name),
        chart(
            "How the two handles did",
            "engagement.day",
            "line",
            panel("engagements", days(7), ("@acme", "@acme_help"), 4_000),
            panel("engagement_rate", days(7), ("@acme", "@acme_help")),
            note="The help desk answers at night, too.",
        ),
        day_table("Each day", 7),
    ),
    groupings=(),
    gaps=(),
    gap_notes=GAP_NOTES,
    remarks=REMARKS,
    complete=True,
    shortfall=None,
)

START_OF_LAUNCH = datetime(2026, 11, 9, 4, tzinfo=NEW_YORK)
LAUNCH = replace(
    WEEKLY,
    name="acme-launch",
    title="Launch day, hour by hour",
    period=replace(
        WEEK,
        start=datetime(2026, 11, 9, 9, tzinfo=UTC),
        end=datetime(2026, 11, 10, 13, tzinfo=UTC),
        last_day=date(2026, 11, 10),
        called_by="length",
    ),
    as_of=datetime(2026, 11, 10, 13, 0, tzinfo=UTC),
    last_day=date(2026, 11, 10),
    handles=("@acme",),
    tweets=12,
    sections=(
        kpis("impressions", "engagements", "engagement_rate", "url_clicks", "video_views", "user_follows"),
        chart(
            "Hour by hour",
            "engagement.hour",
            "line",
            panel("impressions", hours(29, START_OF_LAUNCH), ("@acme", "@acme_help"), 3_000),
        ),
        chart("Attention", "engagement.hour", "area", panel("engagements", hours(29, START_OF_LAUNCH), size=300)),
        chart(
            "By the hour of the day", "engagement.hour", "bar", panel("replies", [str(n) for n in range(24)], size=40)
        ),
        table("Every tweet", 12, 12, "impressions", "engagements", "engagement_rate"),
    ),
    gap_notes=(),
)

TOTALS = replace(
    WEEKLY,
    name="acme-rivals",
    title="Acme beside its rivals",
    period=None,
    handles=(),
    tweets=128,
    complete=False,
    shortfall="There are no numbers for 3 of 128 tweets, and only some for 2 more.",
    sections=(
        kpis(
            "favorites", "retweets", "quote_tweets", "replies", "video_views", title="Ünïcödé — 日本語 title", missing=3
        ),
        chart(
            "Likes by handle",
            "handle",
            "bar",
            panel("favorites", ("@acme", "@acme_help", "@a_rival_with_long", "@globex"), size=300_000),
            panel("replies", ("@acme", "@acme_help", "@a_rival_with_long", "@globex"), size=3_000),
        ),
        table("Top tweets", 25, 128, "favorites", "retweets", "replies", "quote_tweets", note="The 25 best liked."),
    ),
)

HANDLES = ("@acme", "@acme_help")
MIDNIGHT = datetime(2026, 11, 9, tzinfo=NEW_YORK)
MANY = tuple(f"@handle_{number}" for number in range(14))
GALLERY = replace(
    WEEKLY,
    name="gallery",
    title="Every kind of chart",
    sections=(
        chart("28 days", "engagement.day", "line", panel("impressions", days(28))),
        chart("90 days", "engagement.day", "area", panel("impressions", days(90))),
        chart("365 days", "engagement.day", "line", panel("impressions", days(365))),
        chart("Two weeks", "engagement.day", "bar", panel("impressions", days(14), HANDLES)),
        changed(chart("Gaps in a line", "engagement.day", "line", panel("impressions", days(28))), with_gaps),
        changed(chart("Gaps in an area", "engagement.day", "area", panel("impressions", days(14))), with_gaps),
        changed(chart("Gaps in bars", "engagement.day", "bar", panel("impressions", days(28))), with_gaps),
        chart("48 hours", "engagement.hour", "line", panel("impressions", hours(48, MIDNIGHT))),
        chart("A week of hours", "engagement.hour", "line", panel("impressions", hours(168, MIDNIGHT))),
        chart("Weeks", "engagement.week", "line", panel("impressions", days(140)[::7])),
        chart(
            "Months",
            "engagement.month",
            "bar",
            panel("impressions", [date(2026 + month // 12, month % 12 + 1, 1) for month in range(5, 19)]),
        ),
        chart(
            "Weekdays",
            "engagement.weekday",
            "bar",
            panel("engagement_rate", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), HANDLES),
        ),
        changed(chart("By tweet", "tweet.id", "bar", panel("impressions", [tweet(n) for n in range(12)])), with_gaps),
        chart("Weekdays and handles", "handle", "bar", panel("replies", HANDLES, ("Sat", "Sun"))),
        chart("Many lines", "engagement.day", "line", panel("impressions", days(28), MANY)),
        chart("Few lines", "engagement.day", "line", panel("impressions", days(28), HANDLES)),
        chart("Five lines", "engagement.day", "line", panel("impressions", days(28), MANY[:5])),
        stacked("Stacked bars", "engagement.day", "bar", panel("impressions", days(28), HANDLES)),
        stacked("Many stacked", "engagement.day", "bar", panel("impressions", days(14), MANY)),
        changed(
            stacked("Gaps in a stack", "engagement.day", "bar", panel("impressions", days(14), HANDLES)), with_gaps
        ),
        stacked("Stacked areas", "engagement.day", "area", panel("impressions", days(28), MANY[:4])),
        changed(
            stacked("Gaps in stacked areas", "engagement.day", "area", panel("impressions", days(28), HANDLES)), lone
        ),
        stacked("Stacked lying", "handle", "bar", panel("impressions", MANY[:5], ("Likes", "Replies", "Retweets"))),
        marked_table("Bars, shades and totals", 8, 132),
        beside("Three beside", "engagement.day", "line", *named(MANY[:3], days(14))),
        beside("Four beside", "engagement.day", "area", *named(MANY[:4], days(14))),
        beside("Fourteen beside", "engagement.day", "bar", *named(MANY, days(14))),
        beside("Lying beside", "tweet.id", "bar", *named(MANY[:3], [tweet(n) for n in range(5)])),
        beside(
            "Two measures beside",
            "engagement.day",
            "line",
            panel("impressions", days(28)),
            panel("engagement_rate", days(28)),
        ),
        chart("Small", "engagement.day", "line", panel("impressions", days(7), size=2)),
        changed(chart("Zeros", "engagement.day", "line", panel("impressions", days(7))), lambda _, __: Value(0)),
        changed(chart("Nothing", "engagement.day", "line", panel("impressions", days(7))), lambda _, __: Value(None)),
        chart("One day", "engagement.day", "line", panel("impressions", days(1), size=2_000_000)),
    ),
)

HOSTILE = '<script>alert(1)</script> & "quoted" {{ 7 * 7 }}'
LONG = replace(
    WEEKLY,
    name="long",
    title="Ünïcödé — a title, long enough that it takes two lines on a wide page and more of them on a phone",
    handles=("@acme", "@acme_help", HOSTILE),
    tweets=1234,
    sections=(
        kpis(*(name for name in METRICS if name != "quote_tweets")),
        KpiSection("Large numbers", None, tuple(Kpi(IMPRESSIONS, Value(10**size, 1), 34) for size in (6, 7, 8, 9))),
        table("Sixty tweets", 60, 60, "impressions", "engagements", "favorites", note=HOSTILE),
        table("Eight measures", 10, 34, *list(METRICS)[:8]),
        table("All of the counts, " + "and a heading that goes on " * 3, 10, 10, *METRICS),
        chart(HOSTILE, "handle", "bar", panel("impressions", ("@acme", HOSTILE))),
        day_table("A long table of days", 30),
    ),
    gap_notes=(
        *GAP_NOTES,
        GapNote(HOSTILE, (GapLine((HOSTILE,), HOSTILE, tuple(tweet(n, HOSTILE) for n in range(120))),)),
    ),
)
