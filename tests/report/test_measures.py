"""Groupings equal a naive sum over the hours, whatever is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalog import HISTORICAL, Measure, measure
from reportgen.facts import SCHEMA
from reportgen.gaps import Gap, Reason
from reportgen.report.buckets import buckets_of
from reportgen.report.measures import measured
from reportgen.request import Grain
from reportgen.spec.model import DateRange, Tweet
from reportgen.spec.period import Period, resolve

HOUR = timedelta(hours=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def measures_of(names: Sequence[str]) -> list[Measure]:
    return [measure(name) for name in names]


def local_days(first: date, last: date, timezone: str) -> Period:
    period = resolve(DateRange(first, last), HISTORICAL, ZoneInfo(timezone), LATER, LONG_AGO)
    assert period is not None
    return period


class TestBuckets:
    """Where facts meet the period."""

    NOW = datetime(2026, 11, 16, 12, 34, 56, 789, tzinfo=UTC)
    PERIOD = Period(NOW - 28 * HOUR, NOW, ZoneInfo("UTC"), date(2026, 11, 15), date(2026, 11, 16))

    @pytest.mark.parametrize("grain", [Grain.DAY, Grain.HOUR])
    def test_begin_on_the_whole_hour_or_day_whatever_the_second_of_the_present(self, grain: Grain) -> None:
        starts = buckets_of(self.PERIOD, grain)["start"].to_list()
        first = datetime(2026, 11, 15, 8 if grain is Grain.HOUR else 0, tzinfo=UTC)
        assert starts[:2] == [first, first + (HOUR if grain is Grain.HOUR else 24 * HOUR)]

    def facts(self, *starts: datetime) -> pl.DataFrame:
        rows = [(2_117_632_892_728_246_273, "impressions", start, 5) for start in starts]
        return pl.DataFrame(rows, schema=SCHEMA, orient="row")

    def total(self, facts: pl.DataFrame) -> float:
        tweets = [Tweet("2117632892728246273", "@acme")]
        known = measured(facts, (), tweets, ["impressions"], buckets_of(self.PERIOD, Grain.DAY))
        return float(known.group(["engagement.type"], measures_of(["impressions"]))["value"].sum())

    def test_leave_out_facts_of_other_times(self) -> None:
        days = [datetime(2026, 11, day, tzinfo=UTC) for day in (14, 15, 16, 17)]
        assert self.total(self.facts(*days)) == 10

    def test_take_no_fact_that_lies_between_them(self) -> None:
        with pytest.raises(ValueError, match="which are no buckets of the period"):
            self.total(self.facts(datetime(2026, 11, 15, 1, tzinfo=UTC)))


class TestLocalDays:
    """A local day has the hours that its clocks show."""

    @pytest.mark.parametrize(
        ("timezone", "first", "last", "hours"),
        [
            ("America/New_York", date(2026, 10, 31), date(2026, 11, 2), [24, 25, 24]),
            ("America/New_York", date(2026, 3, 7), date(2026, 3, 9), [24, 23, 24]),
            ("Pacific/Auckland", date(2026, 9, 26), date(2026, 9, 28), [24, 23, 24]),
            ("Pacific/Auckland", date(2026, 4, 4), date(2026, 4, 6), [24, 25, 24]),
            # 18:30 UTC starts a day in Kolkata: whole hours are taken in at both ends, and belong to one day each.
            ("Asia/Kolkata", date(2026, 10, 31), date(2026, 11, 2), [24, 24, 25]),
            ("Asia/Kathmandu", date(2026, 10, 31), date(2026, 11, 2), [24, 24, 25]),
            ("UTC", date(2026, 10, 31), date(2026, 11, 2), [24, 24, 24]),
        ],
    )
    def test_across_a_daylight_saving_change(self, timezone: str, first: date, last: date, hours: list[int]) -> None:
        buckets = buckets_of(local_days(first, last, timezone), Grain.HOUR)
        days = buckets.group_by("engagement.day", maintain_order=True).len()
        assert days["engagement.day"].to_list() == [str(first + timedelta(days=n)) for n in range(len(hours))]
        assert days["len"].to_list() == hours

    def test_new_yorks_longest_day_begins_and_ends_at_its_own_midnight(self) -> None:
        buckets = buckets_of(local_days(date(2026, 11, 1), date(2026, 11, 1), "America/New_York"), Grain.HOUR)
        assert buckets["first"][0] == datetime(2026, 11, 1, 4, tzinfo=UTC)
        assert buckets["end"][-1] == datetime(2026, 11, 2, 5, tzinfo=UTC)
        assert buckets["engagement.hour"].to_list()[:4] == ["00", "01", "01", "02"]

    def test_kolkatas_hours_are_named_after_their_middle_and_the_last_stays_in_its_day(self) -> None:
        buckets = buckets_of(local_days(date(2026, 11, 9), date(2026, 11, 9), "Asia/Kolkata"), Grain.HOUR)
        assert buckets["first"][0] == datetime(2026, 11, 8, 18, tzinfo=UTC)
        assert buckets["end"][-1] == datetime(2026, 11, 9, 19, tzinfo=UTC)
        assert set(buckets["engagement.day"]) == {"2026-11-09"}
        assert buckets["engagement.hour"].to_list() == [*(f"{hour:02}" for hour in range(24)), "23"]

    def test_weeks_months_and_weekdays_are_local_too(self) -> None:
        buckets = buckets_of(local_days(date(2026, 12, 31), date(2026, 12, 31), "Pacific/Auckland"), Grain.HOUR)
        assert buckets["first"][0] == datetime(2026, 12, 30, 11, tzinfo=UTC)
        row = buckets.row(0, named=True)
        assert (row["engagement.week"], row["engagement.month"], row["engagement.weekday"]) == (
            "2026-W53",
            "2026-12",
            "Thu",
        )


def posted_at(instant: datetime) -> str:
    """An id whose tweet was posted at that instant."""
    return str((int(instant.timestamp() * 1000) - 1_288_834_974_657) << 22)


POSTED = datetime(2026, 11, 1, 12, 20, tzinfo=UTC)
YOUNG = posted_at(POSTED)
TWEETS = [
    Tweet("11", "@acme", labels={"campaign": "launch"}),
    Tweet("12", "@acme"),
    Tweet(YOUNG, "@acme_help", labels={"campaign": "launch", "market": "US"}),
]
COUNTS = ["impressions", "engagements"]
KEYS = ["tweet.id", "handle", "engagement.day", "engagement.hour", "engagement.weekday", "engagement.week"]
KEYS += ["label.campaign", "label.market"]
PERIOD = local_days(date(2026, 10, 31), date(2026, 11, 2), "America/New_York")
HOURS = [PERIOD.start + n * HOUR for n in range(int((PERIOD.end - PERIOD.start) / HOUR))]


def key_of(key: str, tweet: Tweet, hour: datetime) -> str:
    """What the contract calls the value of a key: written the slow and obvious way."""
    local = hour.astimezone(ZoneInfo("America/New_York"))
    return {
        "tweet.id": tweet.id,
        "handle": tweet.handle or "",
        "label.campaign": tweet.labels.get("campaign", ""),
        "label.market": tweet.labels.get("market", ""),
        "engagement.day": f"{local:%Y-%m-%d}",
        "engagement.hour": f"{local:%H}",
        "engagement.weekday": f"{local:%a}",
        "engagement.week": f"{local:%G-W%V}",
    }[key]


def naive(
    keys: Sequence[str], measure: str, counts: dict[tuple[str, str, datetime], int], gaps: Sequence[Gap]
) -> dict[tuple[str, ...], tuple[float | None, int]]:
    """The rows of a grouping by loops over every tweet and hour."""
    parts = ["engagements", "impressions"] if measure == "engagement_rate" else [measure]
    cells: dict[tuple[str, ...], dict[str, list[datetime]]] = {}
    for tweet, hour in product(TWEETS, HOURS):
        cells.setdefault(tuple(key_of(key, tweet, hour) for key in keys), {}).setdefault(tweet.id, []).append(hour)
    rows: dict[tuple[str, ...], tuple[float | None, int]] = {}
    for cell, by_tweet in cells.items():
        # Before a tweet was posted there is nothing to know of it.
        alive = {i: [h for h in hours if i != YOUNG or h + HOUR > POSTED] for i, hours in by_tweet.items()}
        alive = {tweet_id: hours for tweet_id, hours in alive.items() if hours}
        whole = {i: hours for i, hours in alive.items() if not any(lacks(gap, i, parts, hours) for gap in gaps)}
        sums = [sum(counts.get((i, part, h), 0) for i, hours in whole.items() for h in hours) for part in parts]
        value: float | None = sums[0] if len(sums) == 1 else sums[0] / sums[1] if sums[1] else None
        rows[cell] = (value if whole or not alive else None, len(alive) - len(whole))
    return rows


def lacks(gap: Gap, tweet_id: str, parts: Sequence[str], hours: Sequence[datetime]) -> bool:
    """Whether the gap leaves a hole in these hours."""
    hit = any((gap.start or LONG_AGO) < hour + HOUR and (gap.end or LATER) > hour for hour in hours)
    return gap.tweet_id == tweet_id and gap.metric in (None, *parts) and hit


def facts_of(counts: dict[tuple[str, str, datetime], int]) -> pl.DataFrame:
    rows = [(int(tweet_id), metric, hour, count) for (tweet_id, metric, hour), count in counts.items()]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


hours = st.sampled_from(HOURS)
cells = st.tuples(st.sampled_from([t.id for t in TWEETS]), st.sampled_from(COUNTS), hours).filter(
    lambda cell: cell[0] != YOUNG or cell[2] + HOUR > POSTED
)
gaps = st.builds(
    Gap,
    tweet_id=st.sampled_from([t.id for t in TWEETS]),
    metric=st.sampled_from([None, *COUNTS]),
    reason=st.just(Reason.CALL_FAILED),
    detail=st.just(""),
    start=st.none() | hours,
    end=st.none() | hours,
)


@settings(max_examples=150)
@given(
    counts=st.dictionaries(cells, st.integers(0, 10**6), max_size=60),
    gaps=st.lists(gaps, max_size=4),
    keys=st.lists(st.sampled_from(KEYS), unique=True, max_size=3),
)
def test_a_grouping_equals_a_naive_sum_over_the_hours(
    counts: dict[tuple[str, str, datetime], int], gaps: list[Gap], keys: list[str]
) -> None:
    measures = [*COUNTS, "engagement_rate"]
    known = measured(facts_of(counts), gaps, TWEETS, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group([*keys, "engagement.type"], measures_of(measures))
    for name in measures:
        got = {
            tuple(row[key] for key in keys): (row["value"], row["missing"])
            for row in rows.filter(pl.col("engagement.type") == name).iter_rows(named=True)
        }
        assert got == naive(keys, name, counts, gaps)


def test_rows_come_in_the_order_of_their_keys() -> None:
    known = measured(facts_of({}), [], TWEETS, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["engagement.weekday", "engagement.type"], measures_of(COUNTS))
    assert list(zip(rows["engagement.weekday"], rows["engagement.type"], strict=True)) == [
        ("Mon", "impressions"),
        ("Mon", "engagements"),
        ("Sat", "impressions"),
        ("Sat", "engagements"),
        ("Sun", "impressions"),
        ("Sun", "engagements"),
    ]


def test_labels_come_in_the_order_of_the_alphabet_and_tweets_without_one_last() -> None:
    values = ["launch", "Autumn", "", "éclair", "autumn", "10 days"]
    tweets = [Tweet(str(n), None, labels={"campaign": value} if value else {}) for n, value in enumerate(values, 11)]
    known = measured(facts_of({}), [], tweets, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["label.campaign", "engagement.type"], measures_of(["impressions"]))
    assert rows["label.campaign"].to_list() == ["10 days", "Autumn", "autumn", "launch", "éclair", ""]


def test_tweets_come_in_the_order_in_which_they_were_posted_however_long_their_ids_are() -> None:
    tweets = [Tweet("2117600084332904449", None), Tweet("642004603499446273", None)]
    known = measured(facts_of({}), [], tweets, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["tweet.id", "engagement.type"], measures_of(["impressions"]))
    assert rows["tweet.id"].to_list() == ["642004603499446273", "2117600084332904449"]


def test_a_gap_wins_over_the_zero_that_the_api_put_beside_it() -> None:
    hour = PERIOD.start
    gap = Gap("11", "impressions", Reason.TOO_OLD_FOR_IMPRESSIONS, "")
    known = measured(facts_of({("11", "impressions", hour): 0}), [gap], TWEETS, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["tweet.id", "engagement.type"], measures_of(["impressions"]))
    assert rows.rows() == [
        ("11", "impressions", None, 1),
        ("12", "impressions", 0.0, 0),
        (YOUNG, "impressions", 0.0, 0),
    ]


def test_before_a_tweet_was_posted_nothing_of_it_is_missing() -> None:
    gap = Gap(YOUNG, None, Reason.UNAVAILABLE, "")
    known = measured(facts_of({}), [gap], [Tweet(YOUNG, "@acme")], COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["engagement.day", "engagement.type"], measures_of(["impressions"]))
    assert rows.rows() == [
        ("2026-10-31", "impressions", 0.0, 0),
        ("2026-11-01", "impressions", None, 1),
        ("2026-11-02", "impressions", None, 1),
    ]


def test_where_all_tweets_that_were_there_are_missing_nothing_is_known() -> None:
    gap = Gap("11", None, Reason.CALL_FAILED, "")
    tweets = [Tweet("11", "@acme"), Tweet(YOUNG, "@acme")]
    known = measured(facts_of({}), [gap], tweets, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["engagement.day", "engagement.type"], measures_of(["impressions"]))
    assert rows.rows() == [
        ("2026-10-31", "impressions", None, 1),
        ("2026-11-01", "impressions", 0.0, 1),
        ("2026-11-02", "impressions", 0.0, 1),
    ]


def test_a_tweet_from_after_the_period_does_not_make_a_zero_of_what_is_missing() -> None:
    tweets = [Tweet("11", "@acme"), Tweet(posted_at(LATER), "@acme")]
    gap = Gap("11", None, Reason.CALL_FAILED, "")
    known = measured(facts_of({}), [gap], tweets, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    assert known.group(["engagement.type"], measures_of(["impressions"])).rows() == [("impressions", None, 1)]


def test_a_tweet_that_was_not_posted_by_the_present_is_a_gap_and_no_zero() -> None:
    future = posted_at(LATER)
    gap = Gap(future, None, Reason.UNAVAILABLE, "")
    known = measured(facts_of({}), [gap], [Tweet(future, "@acme")], COUNTS, buckets_of(PERIOD, Grain.HOUR))
    assert known.group(["tweet.id", "engagement.type"], measures_of(["impressions"])).rows() == [
        (future, "impressions", None, 1)
    ]


def test_a_tweet_that_was_not_posted_takes_nothing_from_the_sum_of_the_others() -> None:
    future = posted_at(LATER)
    tweets = [Tweet("11", "@acme"), Tweet(future, "@acme")]
    gap = Gap(future, None, Reason.UNAVAILABLE, "")
    facts = facts_of({("11", "impressions", PERIOD.start): 4})
    known = measured(facts, [gap], tweets, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    assert known.group(["engagement.type"], measures_of(["impressions"])).rows() == [("impressions", 4.0, 1)]


def test_the_engagement_rate_is_over_tweets_that_have_both_parts() -> None:
    hour = PERIOD.start
    counts = {
        ("11", "impressions", hour): 1000,
        ("11", "engagements", hour): 30,
        ("12", "impressions", hour): 9000,
        ("12", "engagements", hour): 10,
    }
    gap = Gap("12", "engagements", Reason.CALL_FAILED, "")
    known = measured(facts_of(counts), [gap], TWEETS, COUNTS, buckets_of(PERIOD, Grain.HOUR))
    rows = known.group(["engagement.type"], measures_of(["impressions", "engagements", "engagement_rate"]))
    assert rows.rows() == [("impressions", 10000.0, 0), ("engagements", 30.0, 1), ("engagement_rate", 0.03, 1)]


def test_without_a_period_a_tweet_has_one_number() -> None:
    facts = pl.DataFrame([(11, "favorites", None, 7)], schema=SCHEMA, orient="row")
    known = measured(facts, [], TWEETS[:1], ["favorites"], buckets_of(None, Grain.TOTAL))
    assert known.group(["handle", "engagement.type"], measures_of(["favorites"])).rows() == [
        ("@acme", "favorites", 7.0, 0)
    ]


def test_tweets_whose_owner_is_not_known_are_a_group_of_their_own() -> None:
    facts = pl.DataFrame([(11, "favorites", None, 7), (12, "favorites", None, 5)], schema=SCHEMA, orient="row")
    tweets = [Tweet("11", None), Tweet("12", "@acme")]
    known = measured(facts, [], tweets, ["favorites"], buckets_of(None, Grain.TOTAL))
    rows = known.group(["handle", "engagement.type"], measures_of(["favorites"])).rows()
    assert sorted(rows) == [("", "favorites", 7.0, 0), ("@acme", "favorites", 5.0, 0)]
