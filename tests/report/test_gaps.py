"""The gaps of a report tell what is missing, not how the calls came and went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.gaps import Gap, Reason
from reportgen.report.gaps import in_order

OLD, NEW, LONG_AGO = "2117600084332904449", "2117714339442982913", "99"
DELETED = Gap(OLD, None, Reason.UNAVAILABLE, "deleted")
EARLY = Gap(NEW, "favorites", Reason.NOT_COUNTED_THEN, "not counted before 2015-09-15")
FAILED = Gap(NEW, "favorites", Reason.CALL_FAILED, "no reply")


def day(number: int) -> datetime:
    return datetime(2015, 8, number, tzinfo=UTC)


def on(gap: Gap, start: int | None, end: int | None) -> Gap:
    return replace(gap, start=day(start) if start else None, end=day(end) if end else None)


def test_stand_by_tweet_then_metric_then_reason_then_time_whichever_call_came_first() -> None:
    gaps = [
        replace(DELETED, tweet_id=LONG_AGO),
        DELETED,
        replace(FAILED, metric=None),
        replace(FAILED, metric="impressions"),
        on(FAILED, 1, 2),
        on(FAILED, 5, 6),
        on(EARLY, 1, 2),
    ]
    assert {in_order(order) for order in permutations(gaps)} == {tuple(gaps)}


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([(1, 3), (3, 8)], [(1, 8)]),
        ([(1, 8), (3, 5), (4, 9)], [(1, 9)]),
        ([(1, 3), (4, 8)], [(1, 3), (4, 8)]),
        ([(None, 3), (3, 8)], [(None, 8)]),
        ([(1, 3), (3, None), (5, 8)], [(1, None)]),
        ([(None, None), (3, 8)], [(None, None)]),
    ],
)
def test_of_windows_that_touch_are_one(
    spans: Sequence[tuple[int | None, int | None]], joined: Sequence[tuple[int | None, int | None]]
) -> None:
    assert in_order(on(EARLY, *span) for span in spans) == tuple(on(EARLY, *span) for span in joined)


def test_are_told_apart_by_all_that_a_reader_sees() -> None:
    gap, next_to_it = on(EARLY, 1, 3), on(EARLY, 3, 8)
    others = (
        replace(next_to_it, tweet_id=OLD),
        replace(next_to_it, metric="replies"),
        replace(next_to_it, reason=Reason.FORBIDDEN),
        replace(next_to_it, detail="other words"),
    )
    assert [len(in_order([gap, other])) for other in others] == [2, 2, 2, 2]


@given(st.lists(st.integers(1, 28), min_size=2, unique=True).map(sorted), st.randoms())
def test_the_cut_of_the_windows_does_not_show(bounds: list[int], chance: Random) -> None:
    pieces = [on(EARLY, start, end) for start, end in pairwise(bounds)]
    chance.shuffle(pieces)
    assert in_order(pieces) == (on(EARLY, bounds[0], bounds[-1]),)
