"""Spans beside naive sets of the hours in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.spans import Span, Spans, joined, whole_days, within, without

HOUR = timedelta(hours=1)
START = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 4


def span(first: int, last: int) -> Span:
    return Span(START + first * HOUR, START + last * HOUR)


def hours(spans: Iterable[Span]) -> set[int]:
    return {n for n in range(24 * DAYS) for span in spans if span.start <= START + n * HOUR < span.end}


def in_order(spans: Spans) -> bool:
    """Whether they are as `Spans` have to be."""
    return all(one.start < one.end for one in spans) and all(one.end < other.start for one, other in pairwise(spans))


bounds = st.integers(0, 24 * DAYS)
one_span = st.tuples(bounds, bounds).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: span(*sorted(pair)))
some_spans = st.lists(one_span, max_size=6)


@settings(derandomize=True, deadline=None)
@given(spans=some_spans)
def test_joined_spans_hold_what_any_of_them_does(spans: list[Span]) -> None:
    assert hours(joined(spans)) == hours(spans)
    assert in_order(joined(spans))


@settings(derandomize=True, deadline=None)
@given(spans=some_spans, taken=some_spans)
def test_without_others_is_what_none_of_these_holds(spans: list[Span], taken: list[Span]) -> None:
    left = without(joined(spans), taken)
    assert hours(left) == hours(spans) - hours(taken)
    assert in_order(left)


@settings(derandomize=True, deadline=None)
@given(spans=some_spans, bounds=one_span)
def test_within_bounds_is_what_both_hold(spans: list[Span], bounds: Span) -> None:
    left = within(joined(spans), bounds)
    assert hours(left) == hours(spans) & hours([bounds])
    assert in_order(left)


@settings(derandomize=True, deadline=None)
@given(spans=some_spans)
def test_whole_days_are_those_of_which_each_hour_is_there(spans: list[Span]) -> None:
    there = hours(spans)
    days = whole_days(joined(spans))
    assert hours(days) == {n for n in there if {*range(n - n % 24, n - n % 24 + 24)} <= there}
    assert in_order(days)
