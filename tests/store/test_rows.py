"""Facts go into the rows of the store and come out as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.facts import INSTANT, SCHEMA
from reportgen.request import Grain
from reportgen.store.rows import LENGTH, row_start, to_facts, to_rows, to_snapshots

STEP = {Grain.HOUR: timedelta(hours=1), Grain.DAY: timedelta(days=1)}
START = datetime(2028, 2, 27, tzinfo=UTC)
"""Two days before a 29th of February."""
IN_ORDER = ("tweet_id", "metric", "start")

cells = st.dictionaries(
    st.tuples(st.integers(1, 3), st.sampled_from(["impressions", "favorites"]), st.integers(0, 70)),
    st.integers(0, 10**15 - 1),
    min_size=1,
    max_size=40,
)


def facts_of(counts: dict[tuple[int, str, int], int], step: timedelta) -> pl.DataFrame:
    rows = [(tweet_id, metric, START + n * step, value) for (tweet_id, metric, n), value in counts.items()]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@pytest.mark.parametrize("grain", list(STEP))
@settings(derandomize=True, deadline=None, max_examples=50)
@given(counts=cells)
def test_counts_by_the_hour_and_by_the_day_are_the_same_again(
    grain: Grain, counts: dict[tuple[int, str, int], int]
) -> None:
    facts = facts_of(counts, STEP[grain])
    rows = to_rows(facts, grain)
    assert to_facts(rows.rows(), grain).sort(IN_ORDER).equals(facts.sort(IN_ORDER))
    assert {len(row.split(",")) for row in rows["counts"]} == {LENGTH[grain]}
    starts = {(i, name, row_start(START + n * STEP[grain], grain)) for i, name, n in counts}
    assert {(i, name, datetime.fromtimestamp(at, UTC)) for i, name, at in rows.drop("counts").rows()} == starts
    assert rows.height == len(starts)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(counts=cells)
def test_the_hours_of_a_snapshot_are_the_same_again(counts: dict[tuple[int, str, int], int]) -> None:
    facts = facts_of(counts, STEP[Grain.HOUR])
    rows = to_snapshots(facts, pl.lit(START, dtype=INSTANT), 71)
    again = to_facts([(i, name, int(START.timestamp()), row) for i, name, row in rows.rows()], Grain.HOUR)
    assert again.sort(IN_ORDER).equals(facts.sort(IN_ORDER))


def test_a_total_has_no_time() -> None:
    facts = pl.DataFrame([(1, "favorites", None, 0), (2, "favorites", None, 9)], schema=SCHEMA, orient="row")
    rows = [(1, "favorites", 0, "0"), (2, "favorites", 0, "9")]
    assert to_facts(rows, Grain.TOTAL).equals(facts)
