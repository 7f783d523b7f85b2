"""Totals of tables and heights of stacks equal naive sums over the hours, whatever is missing."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.gaps import Gap
from reportgen.render.stacks import stacks
from reportgen.report.buckets import buckets_of
from reportgen.report.charts import chart_section
from reportgen.report.labels import tweet_label
from reportgen.report.measures import measured
from reportgen.report.model import Value
from reportgen.report.tables import table_section
from reportgen.request import Grain
from reportgen.spec.sections import Chart, Table
from reportgen.voice.english import ENGLISH
from tests.report.test_measures import COUNTS, PERIOD, TWEETS, cells, facts_of, gaps, measures_of, naive

LABELS = {tweet.id: tweet_label(tweet, PERIOD.timezone) for tweet in TWEETS}
Counts = dict[tuple[str, str, datetime], int]
COUNTED = st.dictionaries(cells, st.integers(0, 10**6), max_size=40)
MISSING = st.lists(gaps, max_size=4)


@settings(max_examples=60)
@given(
    counts=COUNTED,
    gaps=MISSING,
    key=st.sampled_from(["tweet.id", "handle", "engagement.day"]),
    limit=st.none() | st.integers(1, 3),
)
def test_totals_are_over_all_tweets_and_hours_whatever_rows_are_shown(
    counts: Counts, gaps: list[Gap], key: str, limit: int | None
) -> None:
    names = [*COUNTS, "engagement_rate"]
    known = measured(facts_of(counts), gaps, TWEETS, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    table = Table("any", totals=True, limit=limit, sort=f"-{COUNTS[0]}")
    section = table_section(table, [key, "engagement.type"], measures_of(names), known, LABELS)
    expected = [Value(*naive([], name, counts, gaps)[()]) for name in names]
    assert list(section.totals) == [None, *expected]


@settings(max_examples=60)
@given(counts=COUNTED, gaps=MISSING)
def test_a_stack_is_as_high_as_what_is_known_of_its_parts(counts: Counts, gaps: list[Gap]) -> None:
    known = measured(facts_of(counts), gaps, TWEETS, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    keys = ["engagement.day", "tweet.id"]
    section = chart_section(
        Chart("any", stack=True), [*keys, "engagement.type"], measures_of(COUNTS[:1]), known, LABELS, ENGLISH
    )
    (panel,) = section.panels
    parts = naive(keys, COUNTS[0], counts, gaps)
    names = list(dict.fromkeys(point.series or "" for point in panel.points))
    for stack, day in zip(stacks(panel, names), sorted({cell[0] for cell in parts}), strict=True):
        of_day = [value for cell, value in parts.items() if cell[0] == day]
        numbers = [number for number, _ in of_day if number is not None]
        assert stack.total.number == (sum(numbers) if numbers else None)
        assert stack.is_whole == all(number is not None and not missing for number, missing in of_day)
