"""What is known and what is missing, beside naive sets of the hours of each tweet and metric."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.coverage import Coverage, both, gaps_left, gaps_unexplained
from reportgen.gaps import Gap, Reason
from reportgen.needs import Needs
from reportgen.request import Grain
from reportgen.spans import EVER, Span, Spans, joined

HOUR = timedelta(hours=1)
START = datetime(2026, 6, 1, tzinfo=UTC)
HOURS = 72
METRICS = ("impressions", "favorites")
TWEETS = ("1", "2")

Cell: TypeAlias = tuple[str, str, int]
"""A tweet, a metric, and an hour since the start."""
EVERYTHING = {(tweet_id, name, n) for tweet_id in TWEETS for name in METRICS for n in range(HOURS)}


def at(hour: int) -> datetime:
    return START + hour * HOUR


def spans_of(hours: Iterable[int]) -> Spans:
    return joined(Span(at(n), at(n + 1)) for n in hours)


def hours_in(spans: Iterable[Span]) -> set[int]:
    return {n for n in range(HOURS) for span in spans if span.start <= at(n) < span.end}


def cells_in(gaps: Iterable[Gap]) -> set[Cell]:
    return {
        (tweet_id, name, n)
        for gap in gaps
        for tweet_id, name, n in EVERYTHING
        if gap.tweet_id == tweet_id
        and gap.metric in {None, name}
        and (gap.start is None or gap.start <= at(n))
        and (gap.end is None or at(n) < gap.end)
    }


def missing_cells(needs: Needs, coverage: Coverage) -> set[Cell]:
    return {
        (tweet_id, name, n)
        for tweet_id in TWEETS
        for name in METRICS
        for n in hours_in(coverage.missing(needs, tweet_id, name))
    }


def whole_days(hours: set[int]) -> set[int]:
    return {n for n in hours if {*range(n - n % 24, n - n % 24 + 24)} <= hours}


some_spans = st.lists(st.tuples(st.integers(0, HOURS), st.integers(0, HOURS)), max_size=3)
some_hours = some_spans.map(lambda pairs: {n for pair in pairs for n in range(min(pair), max(pair))})
some_days = st.sets(st.integers(0, HOURS // 24 - 1)).map(lambda days: {24 * day + n for day in days for n in range(24)})


@st.composite
def coverages(draw: st.DrawFn) -> Coverage:
    places = [(tweet_id, name) for tweet_id in TWEETS for name in METRICS]
    by_hour = {place: spans_of(draw(some_hours)) for place in places if draw(st.booleans())}
    by_day = {place: spans_of(draw(some_days)) for place in places if draw(st.booleans())}
    return Coverage({(HISTORICAL, Grain.HOUR): by_hour, (HISTORICAL, Grain.DAY): by_day})


@st.composite
def reports(draw: st.DrawFn) -> Needs:
    grain = draw(st.sampled_from([Grain.HOUR, Grain.DAY]))
    step = 1 if grain is Grain.HOUR else 24
    starts = {tweet_id: step * draw(st.integers(0, HOURS // step - 1)) for tweet_id in TWEETS}
    tweets = {tweet_id: Span(at(first), at(HOURS)) for tweet_id, first in starts.items() if draw(st.booleans())}
    metrics = draw(st.sampled_from([METRICS, METRICS[:1]]))
    return Needs(HISTORICAL, grain, metrics, tweets, dict.fromkeys(tweets))


def some_gaps(grain: Grain) -> st.SearchStrategy[list[Gap]]:
    hours = st.none() | st.integers(0, HOURS // 24).map(lambda n: at(24 * n))
    if grain is Grain.HOUR:
        hours |= st.integers(0, HOURS).map(at)
    reasons = st.sampled_from([Reason.CALL_FAILED, Reason.UNAVAILABLE])
    gap = st.builds(
        Gap,
        st.sampled_from(TWEETS),
        st.none() | st.sampled_from(METRICS),
        reasons,
        st.just(""),
        hours,
        hours,
    )
    return st.lists(gap.filter(lambda gap: not gap.start or not gap.end or gap.start < gap.end), max_size=4)


@settings(derandomize=True, deadline=None)
@given(needs=reports(), coverage=coverages())
def test_missing_is_what_is_needed_and_neither_known_at_its_grain_nor_by_the_hour(
    needs: Needs, coverage: Coverage
) -> None:
    for tweet_id in TWEETS:
        for name in METRICS:
            needed = hours_in([needs.tweets[tweet_id]]) if tweet_id in needs.tweets else set()
            by_hour = hours_in(coverage.spans[HISTORICAL, Grain.HOUR].get((tweet_id, name), ()))
            by_day = hours_in(coverage.spans[HISTORICAL, Grain.DAY].get((tweet_id, name), ()))
            known = by_hour if needs.grain is Grain.HOUR else by_day | whole_days(by_hour)
            assert hours_in(coverage.missing(needs, tweet_id, name)) == needed - known


@settings(derandomize=True, deadline=None)
@given(needs=reports(), one=coverages(), other=coverages())
def test_what_either_knows_both_know(needs: Needs, one: Coverage, other: Coverage) -> None:
    wanted = {cell for cell in EVERYTHING if cell[1] in needs.counts}
    left = missing_cells(needs, both(needs, one, other)) & wanted
    assert left == missing_cells(needs, one) & missing_cells(needs, other) & wanted


@settings(derandomize=True, deadline=None)
@given(needs=reports(), coverage=coverages(), data=st.data())
def test_of_gaps_what_is_known_is_left_out_and_all_that_is_missing_stays(
    needs: Needs, coverage: Coverage, data: st.DataObject
) -> None:
    gaps = data.draw(some_gaps(needs.grain))
    wanted = {cell for cell in EVERYTHING if cell[0] in needs.tweets and cell[1] in needs.counts}
    needed = {cell for cell in wanted if needs.tweets[cell[0]].start <= at(cell[2])}
    left = gaps_left(needs, coverage, gaps)
    assert cells_in(left) & needed == cells_in(gaps) & missing_cells(needs, coverage) & wanted


@settings(derandomize=True, deadline=None)
@given(needs=reports(), coverage=coverages(), data=st.data())
def test_what_is_missing_and_in_no_gap_is_in_one_that_says_so(
    needs: Needs, coverage: Coverage, data: st.DataObject
) -> None:
    gaps = data.draw(some_gaps(needs.grain))
    wanted = {cell for cell in EVERYTHING if cell[1] in needs.counts}
    rest = gaps_unexplained(needs, coverage, gaps, "lost")
    assert cells_in(rest) == (missing_cells(needs, coverage) & wanted) - cells_in(gaps)
    assert {(gap.reason, gap.detail) for gap in rest} <= {(Reason.CALL_FAILED, "lost")}


def test_a_total_that_is_missing_is_a_gap_without_hours() -> None:
    needs = Needs(TOTALS, Grain.TOTAL, METRICS, {"1": Span(EVER, START)}, {"1": None})
    coverage = Coverage({(TOTALS, Grain.TOTAL): {("1", "favorites"): (Span(EVER, START),)}})
    assert gaps_unexplained(needs, coverage, [], "lost") == [Gap("1", "impressions", Reason.CALL_FAILED, "lost")]
    gone = Gap("1", None, Reason.UNAVAILABLE, "deleted")
    assert gaps_left(needs, coverage, [gone]) == [Gap("1", "impressions", Reason.UNAVAILABLE, "deleted")]
    assert gaps_left(needs, Coverage(), [gone, gone]) == [gone]
