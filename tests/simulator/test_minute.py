"""The limit of the minute, on a clock of ours."""

import pytest

from reportgen.simulator.faults import Faults
from reportgen.simulator.minute import Minute

AT = 1_794_830_400.0
"""The beginning of a minute."""


def test_calls_up_to_the_limit_are_admitted_and_none_over_it() -> None:
    minute = Minute(Faults(calls_per_minute=3))
    assert [minute.take(AT + second) for second in (0, 20, 59.9)] == [(True, 2), (True, 1), (True, 0)]
    assert [minute.take(AT + 59.95) for _ in range(2)] == [(False, 0), (False, 0)]


def test_a_calendar_minute_begins_anew_whenever_the_first_call_came() -> None:
    minute = Minute(Faults(calls_per_minute=1))
    assert minute.take(AT + 59) == (True, 0)
    assert minute.take(AT + 60) == (True, 0)
    assert minute.take(AT + 119) == (False, 0)


def test_a_refused_call_does_not_count() -> None:
    minute = Minute(Faults(calls_per_minute=2, others_per_minute=1))
    minute.take(AT)
    minute.take(AT)
    assert [minute.take(AT) for _ in range(5)] == [(False, 0)] * 5
    assert minute.left(AT + 60) == 2


def test_without_a_limit_all_are_admitted_and_the_headers_count_from_10_000() -> None:
    minute = Minute(Faults(others_per_minute=20_000))
    assert minute.take(AT) == (True, 9_999)
    assert minute.take(AT + 59) == (True, 0)


@pytest.mark.parametrize(("second", "left"), [(0, 120), (0.99, 120), (1, 119), (30, 90), (59.99, 61)])
def test_others_draw_evenly_over_the_minute(second: float, left: int) -> None:
    assert Minute(Faults(calls_per_minute=120, others_per_minute=60)).left(AT + second) == left


def test_what_others_draw_is_taken_from_us() -> None:
    minute = Minute(Faults(calls_per_minute=2, others_per_minute=4))
    assert minute.take(AT) == (True, 1)
    assert minute.take(AT + 15) == (False, 0)


def test_a_limit_of_0_admits_nothing() -> None:
    assert Minute(Faults(calls_per_minute=0)).take(AT) == (False, 0)
