"""The result of a formula equals a naive sum over what is known, whatever is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalog import Formula
from reportgen.facts import SCHEMA
from reportgen.formula import OPERATORS, Count, Expression, Number, Operation, counts_in
from reportgen.gaps import Gap, Reason
from reportgen.report.buckets import buckets_of
from reportgen.report.measures import Measured, measured
from reportgen.request import Grain
from reportgen.spec.formulas import parse_formula
from reportgen.spec.model import Tweet
from tests.report.test_measures import local_days

DAY = timedelta(days=1)
COUNTS = ("impressions", "engagements", "url_clicks", "replies")
TWEETS = (Tweet("11", "@acme"), Tweet("12", "@acme"), Tweet("13", "@globex"))
PERIOD = local_days(date(2026, 11, 9), date(2026, 11, 11), "UTC")
DAYS = [PERIOD.start + n * DAY for n in range(3)]
Counts = dict[tuple[str, str, datetime], int]


def formula(text: str) -> Formula:
    return Formula("own", "Own", parse_formula(text).expression, "decimal")


def known_of(counts: Counts, gaps: Sequence[Gap] = ()) -> Measured:
    rows = [(int(tweet_id), metric, day, count) for (tweet_id, metric, day), count in counts.items()]
    facts = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return measured(facts, gaps, TWEETS, COUNTS, buckets_of(PERIOD, Grain.DAY))


def total(text: str, counts: Counts, gaps: Sequence[Gap] = ()) -> tuple[float | None, int]:
    ((_, value, missing),) = known_of(counts, gaps).group(["engagement.type"], [formula(text)]).rows()
    return value, missing


FIRST = DAYS[0]
COUNTED = {
    ("11", "impressions", FIRST): 1000,
    ("11", "url_clicks", FIRST): 30,
    ("12", "impressions", FIRST): 9000,
    ("12", "url_clicks", FIRST): 10,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("url_clicks / impressions", 0.004),
        ("url_clicks + engagements", 40.0),
        ("impressions - 2 * url_clicks", 9920.0),
        ("engagements / impressions", 0.0),
        ("impressions / engagements", None),
        ("1 / (url_clicks / engagements)", None),
        ("engagements / (url_clicks - 40)", None),
        ("url_clicks / (url_clicks - 50)", -4.0),
        ("1 / (url_clicks / 3 * 3 - 40)", None),
        ("1 / (0.1 * url_clicks + 0.2 * url_clicks - 0.3 * url_clicks)", None),
    ],
)
def test_a_formula_is_over_the_sums_and_has_no_result_where_it_divides_by_zero(text: str, value: float | None) -> None:
    assert total(text, COUNTED) == (value, 0)


def test_a_tweet_that_lacks_one_part_counts_for_none() -> None:
    gap = Gap("12", "engagements", Reason.CALL_FAILED, "")
    assert total("(url_clicks + engagements) / impressions", COUNTED, [gap]) == (0.03, 1)
    assert total("url_clicks / impressions", COUNTED, [gap]) == (0.004, 0)


def test_without_any_tweet_that_has_all_parts_there_is_no_result() -> None:
    gaps = [Gap(tweet.id, "engagements", Reason.CALL_FAILED, "") for tweet in TWEETS]
    assert total("url_clicks - engagements", COUNTED, gaps) == (None, 3)


def test_a_result_that_no_number_can_hold_is_none() -> None:
    huge = {("11", "replies", FIRST): 2**62}
    assert total("*".join(["replies"] * 16), huge)[0] == (2.0**62) ** 16
    assert total("*".join(["replies"] * 17), huge)[0] is None


def test_a_formula_as_deep_as_can_be_is_computed_at_once() -> None:
    assert total("1/(" * 47 + "impressions" + ")" * 47, COUNTED)[0] == pytest.approx(1 / 10_000)


numbers = st.integers(0, 20).map(lambda number: Number(Fraction(number)))
expressions = st.recursive(
    st.sampled_from(COUNTS).map(Count) | numbers,
    lambda inner: st.builds(Operation, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
    max_leaves=6,
).filter(counts_in)
cells = st.tuples(st.sampled_from([tweet.id for tweet in TWEETS]), st.sampled_from(COUNTS), st.sampled_from(DAYS))
gaps = st.builds(
    Gap,
    tweet_id=st.sampled_from([tweet.id for tweet in TWEETS]),
    metric=st.sampled_from([None, *COUNTS]),
    reason=st.just(Reason.CALL_FAILED),
    detail=st.just(""),
    start=st.none() | st.sampled_from(DAYS),
    end=st.none() | st.sampled_from(DAYS),
)


def naive(expression: Expression, sums: dict[str, int]) -> Fraction | None:
    """The formula in exact fractions; None where it divides by zero."""
    match expression:
        case Count(name):
            return Fraction(sums[name])
        case Number(value):
            return value
        case Operation(left, sign, right):
            over, under = naive(left, sums), naive(right, sums)
            if over is None or under is None or (sign == "/" and under == 0):
                return None
            result: Fraction = OPERATORS[sign](over, under)
            return result


def lacks(gap: Gap, tweet: Tweet, parts: Sequence[str], days: Sequence[datetime]) -> bool:
    hit = any((gap.start or days[0]) < day + DAY and (gap.end or PERIOD.end) > day for day in days)
    return gap.tweet_id == tweet.id and gap.metric in (None, *parts) and hit


@settings(max_examples=200)
@given(
    expression=expressions,
    counts=st.dictionaries(cells, st.integers(0, 50), max_size=20),
    gaps=st.lists(gaps, max_size=3),
)
def test_a_formula_equals_naive_fractions_of_the_sums(expression: Expression, counts: Counts, gaps: list[Gap]) -> None:
    own = Formula("own", "Own", expression, "decimal")
    rows = known_of(counts, gaps).group(["handle", "engagement.day", "engagement.type"], [own])
    for handle, day, _, value, missing in rows.iter_rows():
        (start,) = (start for start in DAYS if f"{start:%Y-%m-%d}" == day)
        tweets = [tweet for tweet in TWEETS if tweet.handle == handle]
        whole = [tweet for tweet in tweets if not any(lacks(gap, tweet, own.parts, [start]) for gap in gaps)]
        sums = {name: sum(counts.get((tweet.id, name, start), 0) for tweet in whole) for name in COUNTS}
        expected = naive(expression, sums) if whole else None
        assert missing == len(tweets) - len(whole)
        assert (value is None) == (expected is None)
        if expected is not None:
            assert value == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


def test_a_formula_is_exact_where_its_products_are_more_than_a_float_holds() -> None:
    large = 3_000_000_019
    counts = {("11", "impressions", FIRST): large, ("11", "url_clicks", FIRST): large - 1}
    text = "impressions * impressions - url_clicks * url_clicks"
    assert total(text, counts) == (2 * large - 1, 0)
    assert total("impressions * impressions * impressions / replies", counts) == (None, 0)
