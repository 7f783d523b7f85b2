"""The instants at which calls leave lie apart, and the minutes that calls take follow from that."""

from __future__ import annotations

import pytest

from reportgen.slots import OwnSlots, minutes_of, next_slot, seconds_apart

NOW = 1_800_000_000.0
HOUR = 3600.0


@pytest.mark.parametrize(
    ("last", "slot"),
    [
        (None, NOW),
        (NOW, NOW + 0.5),
        (NOW - 0.25, NOW + 0.25),
        (NOW - 0.5, NOW),
        (NOW - HOUR, NOW),
        (NOW + 7.25, NOW + 7.75),
        (NOW + HOUR, NOW + HOUR + 0.5),
    ],
)
def test_the_next_slot_lies_apart_from_the_last_one_and_never_before_now(last: float | None, slot: float) -> None:
    assert next_slot(last, NOW, 0.5) == slot


def test_a_slot_of_a_clock_that_was_set_back_since_holds_nobody_up() -> None:
    assert next_slot(NOW + HOUR + 1, NOW, 0.5) == NOW


def test_a_process_alone_takes_one_slot_after_the_other() -> None:
    slots = OwnSlots()
    assert [slots.reserve(NOW + at, 0.5) - NOW for at in (0, 0, 0.25, 7, 7)] == [0, 0.5, 1, 7, 7.5]


@pytest.mark.parametrize("limit", [1, 7, 120, 1200])
def test_under_a_limit_calls_leave_so_far_apart_that_98_percent_of_it_are_used(limit: int) -> None:
    assert 60 / seconds_apart(limit) == pytest.approx(limit * 0.98)


@pytest.mark.parametrize(("calls", "minutes"), [(0, 0), (1, 1 / 117.6), (120, 1 / 0.98), (1176, 10)])
def test_calls_take_as_long_as_their_slots(calls: int, minutes: float) -> None:
    assert minutes_of(calls, 120) == pytest.approx(minutes)
