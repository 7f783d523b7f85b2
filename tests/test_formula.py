"""Formulas as data."""

from __future__ import annotations

import pytest

from reportgen.catalog import FORMULAS, METRICS
from reportgen.formula import Count, counts_in, divides_by_nothing, divisors, in_words, is_whole
from reportgen.spec.formulas import parse_formula


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("url_clicks / impressions", "Link clicks / impressions"),
        ("(favorites + retweets) / impressions", "(Likes + retweets) / impressions"),
        ("1000 * engagements / impressions", "1,000 × engagements / impressions"),
        ("favorites - (replies - 0.5)", "Likes − (replies − 0.5)"),
        ("favorites - replies - retweets", "Likes − replies − retweets"),
        ("favorites / (replies * retweets)", "Likes / (replies × retweets)"),
        ("((favorites)) + (replies)", "Likes + replies"),
        ("favorites * (replies / retweets)", "Likes × replies / retweets"),
    ],
)
def test_the_words_are_the_labels_with_the_brackets_that_it_takes(formula: str, words: str) -> None:
    assert in_words(parse_formula(formula).expression, lambda name: METRICS[name].label) == words


def test_each_count_is_named_once_in_the_order_of_the_formula() -> None:
    formula = parse_formula("(url_clicks + replies) / impressions + url_clicks").expression
    assert counts_in(formula) == ("url_clicks", "replies", "impressions")


@pytest.mark.parametrize(
    ("formula", "whole"),
    [
        ("favorites + 2 * retweets", True),
        ("favorites - 4.0", True),
        ("favorites * 0.5", False),
        ("favorites / 2", False),
    ],
)
def test_a_result_is_whole_without_fractions_and_division(formula: str, whole: bool) -> None:
    assert is_whole(parse_formula(formula).expression) is whole


def test_what_may_be_zero_is_what_counts_are_divided_by() -> None:
    assert divisors(parse_formula("replies / impressions / 2 + 1 / 3").expression) == (Count("impressions"),)


@pytest.mark.parametrize(
    ("formula", "nothing"),
    [("a / 0", True), ("a / (1 - 1)", True), ("1 / (a / 0.0)", True), ("(1 / 0) * a", True),
     ("a / (1 / (2 - 2))", True), ("a / (1 - 2)", False), ("0 / a", False), ("a / (b - b)", False)],
)  # fmt: skip
def test_a_division_by_numbers_that_come_to_zero_is_known_from_the_formula(formula: str, nothing: bool) -> None:
    assert divides_by_nothing(parse_formula(formula).expression) is nothing


def test_the_engagement_rate_is_a_formula_like_those_of_a_report() -> None:
    rate = FORMULAS["engagement_rate"]
    assert rate.expression == parse_formula("engagements / impressions").expression
    assert (rate.parts, rate.words) == (("engagements", "impressions"), "Engagements / impressions")
