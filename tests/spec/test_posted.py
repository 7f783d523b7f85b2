"""When the tweets were posted that a report takes from the timelines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.spans import Span
from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from reportgen.spec.posted import posted_period, posted_period_before
from tests.spec.documents import BASE, POSTED

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def spec_of(text: str, folder: Path) -> ReportSpec:
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    spec = check(path)
    assert isinstance(spec, ReportSpec), spec
    return spec


def span_of(text: str, folder: Path) -> Span:
    period = posted_period(spec_of(text, folder), NOON)
    assert period
    return period.span


def test_a_named_range_is_of_local_days(tmp_path: Path) -> None:
    # New York's clocks went back on 1 November.
    assert span_of(POSTED, tmp_path) == Span(
        datetime(2026, 10, 19, 4, tzinfo=UTC), datetime(2026, 11, 16, 5, tzinfo=UTC)
    )


def test_dates_are_in_as_whole_local_days(tmp_path: Path) -> None:
    text = POSTED.replace("last_28_days", "{start: 2026-11-02, end: 2026-11-03}")
    assert span_of(text, tmp_path) == Span(datetime(2026, 11, 2, 5, tzinfo=UTC), datetime(2026, 11, 4, 5, tzinfo=UTC))


def test_instants_are_exact(tmp_path: Path) -> None:
    text = POSTED.replace("last_28_days", '{start: "2026-11-02T10:20:30Z", end: "2026-11-02T10:40:00Z"}')
    assert span_of(text, tmp_path) == Span(
        datetime(2026, 11, 2, 10, 20, 30, tzinfo=UTC), datetime(2026, 11, 2, 10, 40, tzinfo=UTC)
    )


def test_a_range_that_goes_on_ends_with_the_present(tmp_path: Path) -> None:
    text = POSTED.replace("last_28_days", "this_week")
    assert span_of(text, tmp_path) == Span(datetime(2026, 11, 16, 5, tzinfo=UTC), NOON)


def test_a_range_that_is_still_to_come_is_an_error_at_its_place(tmp_path: Path) -> None:
    spec = spec_of(POSTED.replace("last_28_days", "{start: 2026-12-01, end: 2026-12-24}"), tmp_path)
    with pytest.raises(InputError) as error:
        posted_period(spec, NOON)
    assert str(error.value) == (
        f"{spec.path}:8:9: posted: the start, 2026-12-01, is still to come: it is 2026-11-16T12:00:00Z"
    )


def test_without_posted_there_is_none(tmp_path: Path) -> None:
    assert posted_period(spec_of(BASE, tmp_path), NOON) is None


class TestComparedWith:
    def of(
        self, folder: Path, posted: str, date_range: str, compare_to: str = "previous_period", at: datetime = NOON
    ) -> Span | None:
        text = POSTED.replace("last_28_days", posted) + f"date_range: {date_range}\ncompare_to: {compare_to}\n"
        period = posted_period_before(spec_of(text, folder), at)
        return period.span if period else None

    def test_a_named_range_is_that_of_the_report_a_period_before(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "last_28_days", "last_week") == Span(
            datetime(2026, 10, 12, 4, tzinfo=UTC), datetime(2026, 11, 9, 5, tzinfo=UTC)
        )
        assert self.of(tmp_path, "last_28_days", "last_28_days") == Span(
            datetime(2026, 9, 21, 4, tzinfo=UTC), datetime(2026, 10, 19, 4, tzinfo=UTC)
        )

    def test_months_are_those_before(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "last_month", "last_month") == Span(
            datetime(2026, 9, 1, 4, tzinfo=UTC), datetime(2026, 10, 1, 4, tzinfo=UTC)
        )

    def test_a_range_that_goes_on_ends_as_much_earlier(self, tmp_path: Path) -> None:
        # Noon in UTC is 7 o'clock in New York, in both weeks.
        assert self.of(tmp_path, "this_week", "this_week") == Span(
            datetime(2026, 11, 9, 5, tzinfo=UTC), datetime(2026, 11, 9, 12, tzinfo=UTC)
        )

    def test_a_year_before_is_52_weeks_for_weeks(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "last_7_days", "last_week", "previous_year") == Span(
            datetime(2025, 11, 10, 5, tzinfo=UTC), datetime(2025, 11, 17, 5, tzinfo=UTC)
        )

    def test_instants_move_by_their_length(self, tmp_path: Path) -> None:
        hours = '{start: "2026-11-15T00:00:00Z", end: "2026-11-15T12:00:00Z"}'
        assert self.of(tmp_path, "today", hours) == Span(
            datetime(2026, 11, 15, 5, tzinfo=UTC), datetime(2026, 11, 16, 0, tzinfo=UTC)
        )

    def test_instants_of_a_year_before_are_at_the_same_local_time(self, tmp_path: Path) -> None:
        hours = '{start: "2026-11-15T00:00:00Z", end: "2026-11-15T12:00:00Z"}'
        assert self.of(tmp_path, "yesterday", hours, "previous_year") == Span(
            datetime(2025, 11, 15, 5, tzinfo=UTC), datetime(2025, 11, 16, 5, tzinfo=UTC)
        )

    def test_explicit_dates_are_the_same_tweets(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "{start: 2026-11-02, end: 2026-11-03}", "last_week") is None

    def test_there_is_none_without_a_comparison(self, tmp_path: Path) -> None:
        assert posted_period_before(spec_of(POSTED, tmp_path), NOON) is None

    def test_a_month_that_is_compared_as_a_whole_has_the_tweets_of_all_of_it(self, tmp_path: Path) -> None:
        # All of February is compared with, from the 29th of March on, although that has no 31st.
        for day in (29, 31):
            noon = datetime(2026, 3, day, 12, tzinfo=UTC)
            assert self.of(tmp_path, "this_month", "this_month", at=noon) == Span(
                datetime(2026, 2, 1, 5, tzinfo=UTC), datetime(2026, 3, 1, 5, tzinfo=UTC)
            )
        noon = datetime(2026, 3, 28, 12, tzinfo=UTC)
        assert self.of(tmp_path, "this_month", "this_month", at=noon) == Span(
            datetime(2026, 2, 1, 5, tzinfo=UTC), datetime(2026, 2, 28, 13, tzinfo=UTC)
        )

    def test_a_range_that_is_still_to_come_is_compared_with_nothing(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "today", "{start: 2026-12-01, end: 2026-12-24}") is None
