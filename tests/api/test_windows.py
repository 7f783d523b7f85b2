"""28 hours that end between two calls' clocks: what both windows have is kept, the rest is a gap."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.api.answers import read_reply
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Answer
from reportgen.catalog import LAST_28_HOURS
from reportgen.gaps import Reason
from reportgen.request import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 59, 58, tzinfo=UTC)
TWEET = "2117632892728246273"  # posted on 3 November 2026
FIRST = datetime(2026, 11, 15, 8, tzinfo=UTC)
"""The first of the 29 hours asked for."""


def read(grain: Grain, first: datetime, hours: int, as_of: datetime = AS_OF) -> Answer:
    """The answer that counts one in every hour from `first` on."""
    request = Request(LAST_28_HOURS, Signer("@acme"), (TWEET,), ("impressions",), grain)
    days: dict[str, dict[str, str]] = {}
    for instant in (first + timedelta(hours=n) for n in range(hours)):
        days.setdefault(f"{instant:%Y-%m-%d}", {})[f"{instant:%H}"] = "1"
    node: object = days if grain is Grain.HOUR else {day: str(len(of)) for day, of in days.items()}
    if grain is Grain.TOTAL:
        node = str(hours)
    echo = {"start": f"{first:%Y-%m-%dT%H:00:00Z}", "end": f"{first + timedelta(hours=hours):%Y-%m-%dT%H:00:00Z}"}
    answer = read_reply(request, Reply(200, json.dumps(echo | {"facts": {TWEET: {"impressions": node}}})), as_of)
    assert isinstance(answer, Answer)
    return answer


def spans(answer: Answer) -> list[tuple[datetime | None, datetime | None]]:
    assert {gap.reason for gap in answer.gaps} <= {Reason.CALL_FAILED}
    return [(gap.start, gap.end) for gap in answer.gaps]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(("grain", "rows"), [(Grain.HOUR, 29), (Grain.DAY, 2), (Grain.TOTAL, 1)])
def test_the_window_asked_for_is_whole(grain: Grain, rows: int) -> None:
    answer = read(grain, FIRST, 29)
    assert (answer.facts.height, answer.gaps, answer.failed) == (rows, (), False)


def test_an_hour_later_the_first_hour_is_a_gap_and_the_one_after_the_last_is_left_out() -> None:
    answer = read(Grain.HOUR, FIRST + timedelta(hours=1), 29)
    assert (answer.facts["start"].min(), answer.facts["start"].max(), answer.facts.height) == (
        at(15, 9),
        at(16, 12),
        28,
    )
    assert spans(answer) == [(FIRST, at(15, 9))]
    assert answer.gaps[0].detail == (
        "the API answered for 2026-11-15T09:00:00Z to 2026-11-16T14:00:00Z, not for the hours asked for "
        "(2026-11-15T08:00:00Z to 2026-11-15T09:00:00Z)"
    )
    assert answer.failure == (
        "the API answered for 2026-11-15T09:00:00Z to 2026-11-16T14:00:00Z, not for the hours asked for"
    )


def test_an_hour_later_the_days_that_have_other_hours_are_gaps() -> None:
    answer = read(Grain.DAY, FIRST + timedelta(hours=1), 29)
    assert (answer.facts.height, spans(answer)) == (0, [(FIRST, at(16, 13))])


def test_an_hour_later_the_day_in_the_middle_is_kept() -> None:
    as_of = datetime(2026, 11, 17, 2, 59, tzinfo=UTC)  # from 22:00 on the 15th to 03:00 on the 17th
    answer = read(Grain.DAY, at(15, 23), 29, as_of)
    assert answer.facts.select("start", "value").rows() == [(at(16, 0), 24)]
    assert spans(answer) == [(at(15, 22), at(16, 0)), (at(17, 0), at(17, 3))]


def test_an_hour_later_a_total_is_a_gap() -> None:
    answer = read(Grain.TOTAL, FIRST + timedelta(hours=1), 29)
    assert (answer.facts.height, spans(answer)) == (0, [(None, None)])
    assert answer.failed


def test_where_the_present_was_a_whole_hour_only_the_end_is_late() -> None:
    answer = read(Grain.HOUR, FIRST, 29, as_of=at(16, 12))
    assert (answer.facts.height, answer.gaps) == (28, ())


@pytest.mark.parametrize("hours", [-24, -1, 2, 24])
@pytest.mark.parametrize("grain", Grain)
def test_a_window_further_off_is_a_failed_call(grain: Grain, hours: int) -> None:
    answer = read(grain, FIRST + timedelta(hours=hours), 29)
    assert (answer.facts.height, spans(answer), answer.failed) == (0, [(None, None)], True)
    assert answer.gaps[0].metric is None
    start, end = FIRST + timedelta(hours=hours), at(16, 13) + timedelta(hours=hours)
    assert (
        answer.gaps[0].detail
        == answer.failure
        == (
            f"the API answered for {start:%Y-%m-%dT%H}:00:00Z to {end:%Y-%m-%dT%H}:00:00Z, not for the hours asked for "
            "(2026-11-15T08:00:00Z to 2026-11-16T13:00:00Z); 28hr always ends at the present: leave --as-of out"
        )
    )
