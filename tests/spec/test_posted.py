"""When the tweets were posted that a report takes from the timelines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.spans import Span
from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from reportgen.spec.posted import posted_span
from tests.spec.documents import BASE, POSTED

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def spec_of(text: str, folder: Path) -> ReportSpec:
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    spec = check(path)
    assert isinstance(spec, ReportSpec), spec
    return spec


def test_a_named_range_is_of_local_days(tmp_path: Path) -> None:
    # New York's clocks went back on 1 November.
    assert posted_span(spec_of(POSTED, tmp_path), NOON) == Span(
        datetime(2026, 10, 19, 4, tzinfo=UTC), datetime(2026, 11, 16, 5, tzinfo=UTC)
    )


def test_dates_are_in_as_whole_local_days(tmp_path: Path) -> None:
    text = POSTED.replace("last_28_days", "{start: 2026-11-02, end: 2026-11-03}")
    assert posted_span(spec_of(text, tmp_path), NOON) == Span(
        datetime(2026, 11, 2, 5, tzinfo=UTC), datetime(2026, 11, 4, 5, tzinfo=UTC)
    )


def test_instants_are_exact(tmp_path: Path) -> None:
    text = POSTED.replace("last_28_days", '{start: "2026-11-02T10:20:30Z", end: "2026-11-02T10:40:00Z"}')
    assert posted_span(spec_of(text, tmp_path), NOON) == Span(
        datetime(2026, 11, 2, 10, 20, 30, tzinfo=UTC), datetime(2026, 11, 2, 10, 40, tzinfo=UTC)
    )


def test_a_range_that_goes_on_ends_with_the_present(tmp_path: Path) -> None:
    text = POSTED.replace("last_28_days", "this_week")
    assert posted_span(spec_of(text, tmp_path), NOON) == Span(datetime(2026, 11, 16, 5, tzinfo=UTC), NOON)


def test_a_range_that_is_still_to_come_is_an_error_at_its_place(tmp_path: Path) -> None:
    spec = spec_of(POSTED.replace("last_28_days", "{start: 2026-12-01, end: 2026-12-24}"), tmp_path)
    with pytest.raises(InputError) as error:
        posted_span(spec, NOON)
    assert str(error.value) == (
        f"{spec.path}:8:9: posted: the start, 2026-12-01, is still to come: it is 2026-11-16T12:00:00Z"
    )


def test_without_posted_there_is_none(tmp_path: Path) -> None:
    assert posted_span(spec_of(BASE, tmp_path), NOON) is None
