"""Which crons are right; the wrong ones are in bad_schedules."""

from __future__ import annotations

import pytest

from reportgen.spec.schedule_rules import wrong_with


@pytest.mark.parametrize(
    "cron",
    [
        "0 8 * * MON",
        "0 8 * * mon-fri",
        "*/15 * * * *",
        "0-59/5 8-18,22 1,15 JAN-MAR,12 *",
        "0 8 L * *",
        "0 8 LW */3 *",
        "0 8 * * MON#1,MON#3",
        "0 8 * * 5L",
        "0 8 * * 0-7",
        "0 8 29 2 *",
        "0 8 * 2 MON#5",
        " 0  8\t* * MON ",
    ],
)
def test_what_cronsim_takes_is_right(cron: str) -> None:
    assert wrong_with(cron) == ()
