"""Names are made to fit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.migrate.names import grouping_name, report_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("my-metrics-data", "my-metrics-data"),
        ("my_dataset", "my-dataset"),
        ("  Größe 7! ", "gr-e-7"),
        ("___", "report"),
        ("a" * 99 + "-b", "a" * 99),
    ],
)
def test_a_report_has_small_letters_digits_and_hyphens(written: str, name: str) -> None:
    assert report_name(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [("by_tweet_type", "by_tweet_type"), ("Per Day & Tweet", "per-day-tweet"), ("a__b", "a_b"), ("日", "grouping")],
)
def test_a_grouping_has_underscores_too(written: str, name: str) -> None:
    assert grouping_name(written, ()) == name


def test_a_grouping_whose_name_is_taken_has_a_number() -> None:
    assert grouping_name("By Type", {"by-type", "by-type-2"}) == "by-type-3"


@given(st.text())
def test_whatever_they_were_called_the_names_are_allowed(written: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", report_name(written))
    assert re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", grouping_name(written, ()))
