"""Coverage put together, beside a naive dictionary of when each hour was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.facts import SCHEMA
from reportgen.request import Grain
from reportgen.spans import Span
from reportgen.store.coverage import (
    FINAL,
    Covered,
    Covers,
    Place,
    covers_by_day,
    covers_of,
    newer,
    not_renewed,
    put_together,
)

HOUR = timedelta(hours=1)
START = datetime(2026, 6, 1, tzinfo=UTC)
HOURS = 72
HERE: Place = (1, "favorites")


def covers(asked: dict[int, int]) -> Covers:
    """Coverage, an hour a span."""
    return {HERE: [Covered(Span(START + n * HOUR, START + (n + 1) * HOUR), when) for n, when in asked.items()]}


def asked_in(covered: Sequence[Covered]) -> dict[int, int]:
    """When each hour was asked for. No hour is there twice."""
    asked: dict[int, int] = {}
    for span, when in covered:
        for n in range((span.start - START) // HOUR, (span.end - START) // HOUR):
            assert n not in asked
            asked[n] = when
    return asked


def is_as_good(one: int, other: int) -> bool:
    """Whether numbers of this time may take the place of those of the other."""
    return one == FINAL or (other != FINAL and one >= other)


some_hours = st.lists(
    st.tuples(st.integers(0, HOURS), st.integers(0, HOURS), st.sampled_from([FINAL, 1, 2, 3])), max_size=4
).map(lambda spans: {n: when for first, last, when in spans for n in range(min(first, last), max(first, last))})


@settings(derandomize=True, deadline=None)
@given(known=some_hours, new=some_hours)
def test_an_hour_is_taken_where_it_is_not_known_from_later_or_as_final(
    known: dict[int, int], new: dict[int, int]
) -> None:
    taken = newer(covers(known), covers(new))
    expected = {n: when for n, when in new.items() if n not in known or is_as_good(when, known[n])}
    assert asked_in(taken[HERE]) == expected
    together = put_together(covers(known), taken)
    assert asked_in(together[HERE]) == known | expected


@settings(derandomize=True, deadline=None)
@given(known=some_hours, new=some_hours)
def test_spans_of_one_time_that_touch_are_one(known: dict[int, int], new: dict[int, int]) -> None:
    spans = sorted(put_together(covers(known), covers(new))[HERE])
    asked = known | new
    borders = [n for n in sorted(asked) if asked.get(n - 1) != asked[n]]
    assert [covered.span.start for covered in spans] == [START + n * HOUR for n in borders]


@settings(derandomize=True, deadline=None)
@given(known=some_hours, new=some_hours)
def test_what_is_renewed_is_what_is_known_from_no_later(known: dict[int, int], new: dict[int, int]) -> None:
    left = not_renewed(covers(known), covers(new))
    assert asked_in(left[HERE]) == {
        n: when for n, when in known.items() if n not in new or not is_as_good(new[n], when)
    }


@settings(derandomize=True, deadline=None)
@given(hours=some_hours)
def test_a_day_is_final_where_all_of_its_hours_are_and_is_none_without_all_of_them(hours: dict[int, int]) -> None:
    days = asked_in(covers_by_day(covers(hours))[HERE])
    for first in range(0, HOURS, 24):
        of_day = [hours.get(n) for n in range(first, first + 24)]
        assert {n in days for n in range(first, first + 24)} == {None not in of_day}
        if None not in of_day:
            assert {days[n] == FINAL for n in range(first, first + 24)} == {set(of_day) == {FINAL}}


@settings(derandomize=True, deadline=None)
@given(counted=st.sets(st.integers(0, HOURS - 1)), settled=st.integers(-1, HOURS + 1))
def test_facts_cover_what_they_count_and_what_had_ended_by_then_is_final(counted: set[int], settled: int) -> None:
    rows = [(1, "favorites", START + n * HOUR, 7) for n in counted]
    facts = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    covered = covers_of(facts, Grain.HOUR, 5, START + settled * HOUR)
    assert asked_in(covered.get(HERE, ())) == {n: FINAL if n + 1 <= settled else 5 for n in counted}
