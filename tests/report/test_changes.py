"""Changes since the period before: over the same tweets, by the same keys, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalog import Formula, measure
from reportgen.facts import SCHEMA
from reportgen.formula import Count, Operation
from reportgen.gaps import Gap, Reason
from reportgen.report.buckets import WEEKDAYS, buckets_of
from reportgen.report.changes import Compared, NoChange
from reportgen.report.measures import Measured, measured
from reportgen.request import Grain
from reportgen.spec.model import Tweet
from reportgen.spec.period import Period

DAY = timedelta(days=1)
IMPRESSIONS, RATE = measure("impressions"), measure("engagement_rate")
COUNTS = ("impressions", "engagements")
Cell: TypeAlias = tuple[str, str, date]
"""A tweet, a count and a day."""


def tweet_of(day: date, serial: int = 0) -> str:
    """The id of a tweet that was posted at noon of the day."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return str((int(at.timestamp() * 1000) - 1_288_834_974_657 << 22) + serial)


def posted_on(tweet_id: str) -> date:
    return datetime.fromtimestamp(((int(tweet_id) >> 22) + 1_288_834_974_657) / 1000, UTC).date()


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def days_from(first: date, count: int) -> list[date]:
    return [first + n * DAY for n in range(count)]


def side(
    days: Sequence[date],
    tweets: Sequence[Tweet],
    counts: Mapping[Cell, int],
    missing: set[Cell],
    among: Sequence[Tweet] = (),
) -> Measured:
    ids = {tweet.id for tweet in tweets}
    there = {cell: count for cell, count in counts.items() if cell[0] in ids and cell[2] in days}
    rows = [(int(id_), name, midnight(day), count) for (id_, name, day), count in there.items()]
    gaps = [
        Gap(id_, name, Reason.CALL_FAILED, "", midnight(day), midnight(day + DAY))
        for id_, name, day in missing
        if id_ in ids and day in days and posted_on(id_) <= day
    ]
    facts = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return measured(facts, gaps, tweets, COUNTS, buckets_of(of(days), Grain.DAY), among)


def compared(
    now: Sequence[date],
    before: Sequence[date],
    tweets: Sequence[Tweet],
    counts: Mapping[Cell, int],
    missing: set[Cell] | None = None,
) -> Compared:
    gone = missing or set()
    return Compared(side(now, tweets, counts, gone), side(before, tweets, counts, gone), (of(now), of(before)))


def of(days: Sequence[date]) -> Period:
    return Period(midnight(days[0]), midnight(days[-1] + DAY), ZoneInfo("UTC"), days[0], days[-1])


WEEK, WEEK_BEFORE = days_from(date(2026, 11, 9), 7), days_from(date(2026, 11, 2), 7)
OLD, NEW = (Tweet(tweet_of(day), "@acme") for day in (date(2026, 10, 20), date(2026, 11, 11)))


def total(counts: Mapping[Cell, int], missing: set[Cell] | None = None, of: str = "impressions") -> tuple[Any, Any]:
    """The change of the total of a week, and why there is none."""
    both = compared(WEEK, WEEK_BEFORE, [OLD, NEW], counts, missing)
    (row,) = both.group(["engagement.type"], [measure(of)]).iter_rows(named=True)
    return row["change"], row["why"]


def counted(name: str, now: int, before: int) -> dict[Cell, int]:
    return {(OLD.id, name, WEEK[0]): now, (OLD.id, name, WEEK_BEFORE[0]): before}


class TestTheChange:
    def test_of_a_count_is_relative(self) -> None:
        assert total(counted("impressions", 150, 100)) == (0.5, None)
        assert total(counted("impressions", 80, 100)) == (pytest.approx(-0.2), None)
        assert total(counted("impressions", 0, 100)) == (-1, None)

    def test_of_a_percentage_is_in_points(self) -> None:
        rates = counted("impressions", 100, 200) | counted("engagements", 3, 4)
        assert total(rates, of="engagement_rate") == (pytest.approx(0.01), None)

    def test_of_a_percentage_of_0_is_in_points_too(self) -> None:
        rates = counted("impressions", 100, 200) | counted("engagements", 3, 0)
        assert total(rates, of="engagement_rate") == (pytest.approx(0.03), None)

    def test_from_0_is_none(self) -> None:
        assert total(counted("impressions", 150, 0)) == (None, NoChange.FROM_ZERO)
        assert total({}) == (None, NoChange.FROM_ZERO)

    def test_from_less_than_0_is_none(self) -> None:
        net = Formula("net", "Net", Operation(Count("impressions"), "-", Count("engagements")), "integer")
        both = compared(WEEK, WEEK_BEFORE, [OLD], counted("impressions", 150, 0) | counted("engagements", 3, 12))
        (row,) = both.group(["engagement.type"], [net]).iter_rows(named=True)
        assert (row["before"], row["change"], row["why"]) == (-12, None, NoChange.FROM_BELOW_ZERO)
        share = replace(net, format="percent")
        (row,) = both.group(["engagement.type"], [share]).iter_rows(named=True)
        assert (row["change"], row["why"]) == (159, None)

    def test_from_and_to_an_undefined_rate_is_none(self) -> None:
        rates = counted("impressions", 100, 0) | counted("engagements", 3, 0)
        assert total(rates, of="engagement_rate") == (None, NoChange.NOT_KNOWN_BEFORE)
        rates = counted("impressions", 0, 100) | counted("engagements", 0, 3)
        assert total(rates, of="engagement_rate") == (None, NoChange.NOT_KNOWN)

    def test_from_and_to_a_gap_is_none(self) -> None:
        counts = counted("impressions", 150, 100)
        gone = {(tweet.id, "impressions", day) for tweet in (OLD, NEW) for day in WEEK}
        assert total(counts, gone) == (None, NoChange.NOT_KNOWN)
        gone = {(OLD.id, "impressions", day) for day in WEEK_BEFORE}
        assert total(counts, gone) == (None, NoChange.NOT_KNOWN_BEFORE)


class TestDifferentTweets:
    OTHER = Tweet(tweet_of(date(2026, 10, 21), 1), "@acme")

    def change(self, missing: set[Cell]) -> tuple[Any, Any]:
        counts = counted("impressions", 150, 100) | {
            (self.OTHER.id, "impressions", day): 7 for day in (*WEEK, *WEEK_BEFORE)
        }
        both = compared(WEEK, WEEK_BEFORE, [OLD, self.OTHER, NEW], counts, missing)
        (row,) = both.group(["engagement.type"], [IMPRESSIONS]).iter_rows(named=True)
        return row["change"], row["why"]

    def test_that_are_missing_on_one_side_leave_no_change(self) -> None:
        for day in (WEEK[2], WEEK_BEFORE[2]):
            assert self.change({(self.OTHER.id, "impressions", day)}) == (None, NoChange.OTHER_TWEETS)

    def test_that_are_as_many_but_not_the_same_leave_none_either(self) -> None:
        gone = {(self.OTHER.id, "impressions", WEEK[2]), (OLD.id, "impressions", WEEK_BEFORE[2])}
        assert self.change(gone) == (None, NoChange.OTHER_TWEETS)

    def test_that_are_missing_on_both_sides_are_the_same(self) -> None:
        gone = {(self.OTHER.id, "impressions", day) for day in (WEEK[2], WEEK_BEFORE[5])}
        assert self.change(gone) == (0.5, None)

    def test_that_were_not_there_before_were_not_missing_there(self) -> None:
        assert self.change({(NEW.id, "impressions", WEEK[3])})[1] is None


class TestTime:
    def rows(self, now: list[date], before: list[date], key: str) -> list[tuple[Any, Any, Any]]:
        counts = {(OLD.id, "impressions", day): day.day for day in (*now, *before)}
        rows = compared(now, before, [OLD], counts).group([key, "engagement.type"], [IMPRESSIONS])
        return [(row[key], row["before"], row["why"]) for row in rows.iter_rows(named=True)]

    def test_days_meet_by_their_place_in_the_period(self) -> None:
        rows = self.rows(WEEK, WEEK_BEFORE, "engagement.day")
        assert rows == [(f"2026-11-{n:02}", n - 7, None) for n in range(9, 16)]

    def test_a_day_that_meets_none_has_no_change(self) -> None:
        march, february = days_from(date(2026, 3, 1), 31), days_from(date(2026, 2, 1), 28)
        rows = self.rows(march, february, "engagement.day")
        assert [why for _, _, why in rows] == [None] * 28 + [NoChange.NO_PARTNER] * 3
        assert rows[28] == ("2026-03-29", None, NoChange.NO_PARTNER)

    def test_days_that_are_more_before_have_no_row(self) -> None:
        assert len(self.rows(days_from(date(2026, 2, 1), 28), days_from(date(2026, 1, 1), 31), "engagement.day")) == 28

    def test_weekdays_meet_where_there_are_as_many_of_them(self) -> None:
        ten, ten_before = days_from(date(2026, 11, 9), 10), days_from(date(2026, 10, 30), 10)
        fair = {day for day in WEEKDAYS if _often(day, ten) == _often(day, ten_before)}
        rows = self.rows(ten, ten_before, "engagement.weekday")
        assert {day: why for day, _, why in rows} == {
            day: None if day in fair else NoChange.OTHER_LENGTH for day in WEEKDAYS
        }

    def test_weeks_meet_where_they_have_as_many_days(self) -> None:
        october, september = days_from(date(2026, 10, 1), 31), days_from(date(2026, 9, 1), 30)
        assert [why for _, _, why in self.rows(october, september, "engagement.week")] == [
            NoChange.OTHER_LENGTH, None, None, None, NoChange.OTHER_LENGTH,
        ]  # fmt: skip

    def test_whole_months_meet_however_long_they_are(self) -> None:
        quarter, before = days_from(date(2026, 7, 1), 92), days_from(date(2026, 4, 1), 91)
        assert [why for _, _, why in self.rows(quarter, before, "engagement.month")] == [None] * 3
        half = days_from(date(2026, 7, 1), 45)
        assert [why for _, _, why in self.rows(half, days_from(date(2026, 5, 17), 45), "engagement.month")] == [
            NoChange.OTHER_LENGTH, NoChange.OTHER_LENGTH,
        ]  # fmt: skip


def _often(weekday: str, days: Sequence[date]) -> int:
    return sum(WEEKDAYS[day.weekday()] == weekday for day in days)


def test_rows_stand_in_the_order_of_the_grouping_and_have_all_of_its_values() -> None:
    both = compared(WEEK, WEEK_BEFORE, [OLD, NEW], counted("impressions", 150, 100))
    for group_by in (["tweet.id", "engagement.type"], ["engagement.type", "engagement.day"], ["engagement.weekday"]):
        rows = both.group(group_by, [IMPRESSIONS, RATE])
        assert rows.select(both.now.group(group_by, [IMPRESSIONS, RATE]).columns).equals(
            both.now.group(group_by, [IMPRESSIONS, RATE])
        )


HANDLES = ("@acme", "@help")


@settings(max_examples=40)
@given(data=st.data(), length=st.integers(1, 16), longer=st.integers(-2, 2), offset=st.integers(0, 6))
def test_changes_equal_a_naive_calculation(data: st.DataObject, length: int, longer: int, offset: int) -> None:
    now = days_from(date(2026, 11, 2) + offset * DAY, length)
    before = days_from(now[0] - max(length + longer, 1) * DAY, max(length + longer, 1))
    posted = data.draw(st.lists(st.sampled_from([before[0] - DAY, *before, *now]), min_size=1, max_size=4))
    tweets = [Tweet(tweet_of(day, n), HANDLES[n % 2]) for n, day in enumerate(posted)]
    cells = [(t.id, name, day) for t in tweets for name in COUNTS for day in (*before, *now) if day >= posted_on(t.id)]
    numbers = st.integers(0, 9)
    counts = {cell: data.draw(numbers) for cell in cells}
    missing = set(data.draw(st.lists(st.sampled_from(cells), max_size=4))) if cells else set()
    both = compared(now, before, tweets, counts, missing)
    for group_by in (
        ["engagement.type"],
        ["handle", "engagement.type"],
        ["tweet.id", "engagement.day", "engagement.type"],
        ["engagement.week", "engagement.type"],
        ["engagement.weekday", "engagement.type"],
    ):
        for row in both.group(group_by, [IMPRESSIONS, RATE]).iter_rows(named=True):
            owned = [tweet for tweet in tweets if row.get("handle", tweet.handle) == tweet.handle]
            of_row = [tweet.id for tweet in owned if row.get("tweet.id", tweet.id) == tweet.id]
            here = [day for day in now if _named(row, day)]
            there = _partners(row, here, now, before)
            naive = Naive(of_row, counts, missing, row["engagement.type"])
            expected = naive.change(here, there)
            assert (row["why"], row["change"]) == (expected[0], pytest.approx(expected[1])), (group_by, row)


def _named(row: Mapping[str, Any], day: date) -> bool:
    year, week, _ = day.isocalendar()
    names = {
        "engagement.day": day.isoformat(),
        "engagement.week": f"{year}-W{week:02}",
        "engagement.weekday": WEEKDAYS[day.weekday()],
    }
    return all(row[key] == name for key, name in names.items() if key in row)


def _partners(row: Mapping[str, Any], here: list[date], now: list[date], before: list[date]) -> list[date]:
    """The days of the period before that meet those of the row."""
    if "engagement.day" in row:
        place = now.index(here[0])
        return before[place : place + 1]
    if "engagement.week" in row:
        mondays = [sorted({day - day.weekday() * DAY for day in side_}) for side_ in (now, before)]
        place = mondays[0].index(here[0] - here[0].weekday() * DAY)
        return [day for day in before if [day - day.weekday() * DAY] == mondays[1][place : place + 1]]
    return [day for day in before if "engagement.weekday" not in row or _named(row, day)]


class Naive:
    def __init__(self, tweets: list[str], counts: Mapping[Cell, int], missing: set[Cell], name: str) -> None:
        self.tweets, self.counts, self.missing = tweets, counts, missing
        self.parts = ("engagements", "impressions") if name == "engagement_rate" else (name,)

    def lacking(self, days: list[date]) -> set[str]:
        return {id_ for id_ in self.tweets for part in self.parts for day in days if (id_, part, day) in self.missing}

    def value(self, days: list[date]) -> float | None:
        lacking = self.lacking(days)
        if lacking and lacking >= {id_ for id_ in self.tweets if posted_on(id_) <= max(days)}:
            return None
        left = [id_ for id_ in self.tweets if id_ not in lacking]
        sums = [sum(self.counts.get((id_, part, day), 0) for id_ in left for day in days) for part in self.parts]
        if len(sums) == 1:
            return float(sums[0])
        return sums[0] / sums[1] if sums[1] else None

    def change(self, here: list[date], there: list[date]) -> tuple[NoChange | None, float | None]:
        if not there:
            return NoChange.NO_PARTNER, None
        now, before = self.value(here), self.value(there)
        lacks_now = {id_ for id_ in self.lacking(here) if posted_on(id_) <= max(there)}
        reasons = {
            NoChange.NOT_KNOWN: now is None,
            NoChange.NOT_KNOWN_BEFORE: before is None,
            NoChange.OTHER_TWEETS: lacks_now != self.lacking(there),
            NoChange.OTHER_LENGTH: len(here) != len(there),
            NoChange.FROM_ZERO: before == 0 and len(self.parts) == 1,
        }
        why = next((reason for reason, holds in reasons.items() if holds), None)
        if why or now is None or before is None:
            return why, None
        return None, now - before if len(self.parts) == 2 else (now - before) / before


class TestOtherTweetsThen:
    """The week before has tweets of its own: DROPPED, which is not among those of now, and OLD; now has OLD and NEW."""

    DROPPED = Tweet(tweet_of(date(2026, 10, 10)), "@acme_help")

    def both(self, counts: Mapping[Cell, int], missing: set[Cell] | None = None) -> Compared:
        every, gone = [OLD, NEW, self.DROPPED], missing or set()
        return Compared(
            side(WEEK, [OLD, NEW], counts, gone, every),
            side(WEEK_BEFORE, [self.DROPPED, OLD], counts, gone, every),
            (of(WEEK), of(WEEK_BEFORE)),
        )

    def rows(self, key: str, counts: Mapping[Cell, int], missing: set[Cell] | None = None) -> list[tuple[Any, ...]]:
        found = self.both(counts, missing).group([key, "engagement.type"], [IMPRESSIONS])
        return found.select(key, "value", "before", "change", "why").rows()

    COUNTS: Mapping[Cell, int] = {
        (OLD.id, "impressions", WEEK[0]): 30,
        (NEW.id, "impressions", WEEK[3]): 60,
        (OLD.id, "impressions", WEEK_BEFORE[0]): 40,
        (DROPPED.id, "impressions", WEEK_BEFORE[0]): 20,
    }

    def test_totals_are_over_all_tweets_of_each_time(self) -> None:
        (row,) = self.both(self.COUNTS).group(["engagement.type"], [IMPRESSIONS]).iter_rows(named=True)
        assert (row["value"], row["before"], row["change"], row["why"]) == (90, 60, 0.5, None)

    def test_a_tweet_that_was_not_among_them_has_nothing_to_compare_with(self) -> None:
        assert self.rows("tweet.id", self.COUNTS) == [
            (OLD.id, 30, 40, -0.25, None),
            (NEW.id, 60, None, None, NoChange.NO_PARTNER),
        ]

    def test_a_handle_that_has_none_any_more_is_not_there(self) -> None:
        assert self.rows("handle", self.COUNTS) == [("@acme", 90, 40, 1.25, None)]

    def test_a_tweet_that_is_lacking_on_one_side_alone_leaves_no_change(self) -> None:
        for lacking in ((NEW.id, "impressions", WEEK[4]), (self.DROPPED.id, "impressions", WEEK_BEFORE[1])):
            (row,) = self.both(self.COUNTS, {lacking}).group(["engagement.type"], [IMPRESSIONS]).iter_rows(named=True)
            assert (row["change"], row["why"]) == (None, NoChange.OTHER_TWEETS)
