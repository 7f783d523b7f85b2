"""Message-IDs: the same for the same copy, whoever makes it and when, and another one for any other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.delivery.message_ids import alert_id, message_id
from reportgen.outbox import Occasion, Way
from reportgen.report.model import Report
from reportgen.spec.period import Period
from tests.render.made_up import WEEK, WEEKLY

DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)
OCCASION = Occasion(WEEKLY.name, DUE)
BY_HAND = Occasion(WEEKLY.name, None)


def of(report: Report = WEEKLY, occasion: Occasion = OCCASION, way: Way = Way.MAIL, to: str = "a@b.example") -> str:
    return message_id(report, occasion, way, to, "acme.example")


def test_it_has_the_form_of_one_and_the_domain_of_the_sender() -> None:
    assert re.fullmatch(r"<[0-9a-f]{40}@acme\.example>", of())


def test_it_is_the_same_whenever_the_report_is_made() -> None:
    later = replace(WEEKLY, as_of=WEEKLY.as_of + timedelta(hours=5), complete=not WEEKLY.complete)
    assert of(later) == of()
    assert of(to="A@B.example") == of()


def test_it_is_another_one_for_another_copy() -> None:
    shifted = replace(WEEK, start=WEEK.start - timedelta(days=7))
    others = [
        of(replace(WEEKLY, name="another")),
        of(replace(WEEKLY, handles=(*WEEKLY.handles, "@another"))),
        of(replace(WEEKLY, period=shifted)),
        of(occasion=replace(OCCASION, due=DUE + timedelta(days=7))),
        of(occasion=BY_HAND),
        of(way=Way.WEBHOOK),
        of(to="c@b.example"),
        of(),
    ]
    assert len(set(others)) == len(others)


@pytest.mark.parametrize("period", [None, replace(WEEK, called_by="length")], ids=["totals", "28hr"])
def test_it_is_of_the_local_day_where_the_numbers_move_on_by_the_minute(period: Period | None) -> None:
    totals = replace(WEEKLY, period=period)
    assert of(totals, BY_HAND) != of(occasion=BY_HAND)
    moved = period and replace(period, end=period.end + timedelta(minutes=1))
    later = replace(totals, as_of=WEEKLY.as_of + timedelta(minutes=1), period=moved)
    assert of(later, BY_HAND) == of(totals, BY_HAND)
    next_day = replace(totals, last_day=WEEKLY.last_day + timedelta(days=1))
    assert of(next_day, BY_HAND) != of(totals, BY_HAND)


@pytest.mark.parametrize("about", ["", "not delivered"])
def test_an_alert_has_one_for_each_job_and_recipient(about: str) -> None:
    ids = {
        alert_id(OCCASION, "ops@acme.example", "acme.example", about),
        alert_id(OCCASION, "ops2@acme.example", "acme.example", about),
        alert_id(Occasion(WEEKLY.name, DUE + timedelta(days=7)), "ops@acme.example", "acme.example", about),
        of(to="ops@acme.example"),
    }
    assert len(ids) == 4
