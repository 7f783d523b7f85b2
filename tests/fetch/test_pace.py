"""Calls are spread under the limit, and the limit is what the settings and the headers say."""

from __future__ import annotations

import pytest

from reportgen.fetch.pace import Pace
from reportgen.slots import OwnSlots

NOON = 1_800_000_000.0 - 1_800_000_000.0 % 60
"""The turn of a minute."""


def pace(limit: int | None, chance: float = 0.0) -> Pace:
    return Pace(limit, OwnSlots(), lambda: chance)


def leave_at(paced: Pace, count: int, now: float = NOON) -> list[float]:
    """When so many calls leave, each as soon as it may, from noon."""
    left: list[float] = []
    for _ in range(count):
        while (opens := paced.reserve(now)) > now:
            now = opens
        paced.leave()
        left.append(round(now - NOON, 2))
    return left


def test_calls_are_spread_evenly_over_the_minute() -> None:
    assert leave_at(pace(120), 4) == [0, 0.51, 1.02, 1.53]


def test_without_a_limit_calls_leave_at_once() -> None:
    assert leave_at(pace(None), 3) == [0, 0, 0]


def test_time_that_passed_unused_is_not_made_up_for() -> None:
    paced = pace(60)
    leave_at(paced, 2)
    assert leave_at(paced, 2, NOON + 30) == [30, 31.02]


def test_processes_on_the_same_slots_share_the_limit() -> None:
    slots = OwnSlots()
    one, other = (Pace(120, slots, lambda: 0.0) for _ in range(2))
    assert [leave_at(paced, 1)[0] for paced in (one, other, one, other)] == [0, 0.51, 1.02, 1.53]


@pytest.mark.parametrize(
    ("ours", "told", "apart"), [(None, 60, 1.02), (120, 60, 1.02), (30, 60, 2.04), (60, None, 1.02)]
)
def test_the_lower_of_the_limits_of_settings_and_headers_counts(
    ours: int | None, told: int | None, apart: float
) -> None:
    paced = pace(ours)
    paced.learn(told, None, NOON, NOON, 0)
    assert leave_at(paced, 2) == [0, apart]


def test_where_nothing_is_left_calls_wait_for_the_minute_to_turn() -> None:
    paced = pace(None)
    paced.learn(120, 0, NOON + 10, NOON + 11, 0)
    assert (paced.opens(NOON + 11), paced.opens(NOON + 60)) == (NOON + 60, NOON + 60)


def test_calls_under_way_count_as_made() -> None:
    paced = pace(None)
    paced.learn(None, 3, NOON + 10, NOON + 11, 2)
    assert leave_at(paced, 2, NOON + 11) == [11, 60]


def test_a_later_reply_corrects_what_is_left() -> None:
    paced = pace(None)
    paced.learn(None, 3, NOON + 10, NOON + 11, 3)
    paced.learn(None, 2, NOON + 10, NOON + 12, 0)
    assert leave_at(paced, 3, NOON + 12) == [12, 12, 60]


def test_a_reply_from_the_minute_before_tells_nothing_of_this_one() -> None:
    paced = pace(None)
    paced.learn(None, 0, NOON + 59, NOON + 61, 0)
    assert leave_at(paced, 1, NOON + 61) == [61]


def test_after_a_429_everybody_waits_for_the_minute_to_turn_and_not_all_start_together() -> None:
    paced = pace(None, chance=0.25)
    paced.met_limit(NOON + 19.5, NOON + 20)
    assert paced.opens(NOON + 20) == NOON + 60.25
    assert leave_at(paced, 1, NOON + 61) == [61]


def test_the_429s_of_calls_that_were_under_way_are_one_and_the_same() -> None:
    paced = pace(None)
    paced.met_limit(NOON + 19, NOON + 20)
    paced.met_limit(NOON + 19.5, NOON + 20.5)
    assert paced.opens(NOON + 21) == NOON + 60


def test_where_the_servers_minute_turns_later_than_ours_it_is_tried_again_soon_and_then_less_often() -> None:
    paced = pace(None)
    paced.met_limit(NOON + 20, NOON + 20)
    opened: list[float] = []
    for _ in range(4):
        at = paced.opens(NOON + 20)
        opened.append(at - NOON)
        paced.met_limit(at, at)
    assert opened == [60, 65, 75, 95]


def test_after_an_answer_the_next_429_waits_for_the_turn_again() -> None:
    paced = pace(None)
    paced.met_limit(NOON + 20, NOON + 20)
    paced.answered()
    paced.met_limit(NOON + 65, NOON + 65)
    assert paced.opens(NOON + 65) == NOON + 120
