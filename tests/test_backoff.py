"""Waits double up to a longest, and chance only shortens them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reportgen.backoff import Backoff

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)


@given(attempts=st.integers(1, 10**9), chance=st.floats(0, 1))
def test_a_wait_is_within_a_quarter_of_the_doubled_one_and_of_the_longest(attempts: int, chance: float) -> None:
    whole = min(FIRST * 2 ** min(attempts - 1, 30), LONGEST)
    wait = Backoff(FIRST, LONGEST).wait(attempts, chance)
    assert whole * 3 / 4 <= wait <= whole
