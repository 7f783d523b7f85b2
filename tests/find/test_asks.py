"""Which spans of a timeline a run asks for: all that is new, the last days again, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reportgen.find.asks import (
    LEFT_ALONE,
    READ_AGAIN,
    beyond_reach,
    end_of_ask,
    is_below_limit,
    shows_all,
    start_of_ask,
    to_read,
    wanted_of,
)
from reportgen.spans import Span, Spans, joined
from reportgen.timelines import KnownTimeline, TimelineOf

WHICH = TimelineOf("2244994945", ())
FIRST = datetime(2026, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def day(number: int) -> datetime:
    return FIRST + number * DAY


def span(first: int, end: int) -> Span:
    return Span(day(first), day(end))


def days_of(spans: Spans) -> set[int]:
    """The days that lie in the spans, which are of whole ones."""
    return {
        number for number in range(-9, 99) if any(s.start <= day(number) and day(number + 1) <= s.end for s in spans)
    }


spans_of_days = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=4
).map(joined)


@given(
    wanted=spans_of_days,
    covered=spans_of_days,
    reach=st.none() | st.integers(0, 60),
    as_of=st.integers(40, 90),
    asked=st.integers(0, 90),
)
def test_a_run_asks_for_each_day_that_is_new_and_of_the_others_for_the_last_ones_alone(
    wanted: Spans, covered: Spans, reach: int | None, as_of: int, asked: int
) -> None:
    known = KnownTimeline(covered, day(asked) if covered else None, None if reach is None else day(reach))
    asks = to_read(wanted, known, day(as_of))
    shown = {number for number in days_of(wanted) if reach is None or number >= reach}
    new = shown - days_of(covered)
    last = max(days_of(covered), default=0)
    is_recent = bool(covered) and asked <= as_of and last + 1 >= as_of - LEFT_ALONE.days
    again = {number for number in shown if last - READ_AGAIN.days < number <= last} if is_recent else set()
    assert days_of(asks) == new | again
    assert asks == joined(asks)


@given(wanted=spans_of_days, pages=st.integers(1, 5), as_of=st.integers(81, 90))
def test_a_run_that_was_killed_goes_on_below_what_it_has_read(wanted: Spans, pages: int, as_of: int) -> None:
    known = KnownTimeline()
    for _ in range(pages):
        asks = to_read(wanted, known, day(as_of))
        if asks:
            # A page: the last day of what is asked for.
            end = max(one.end for one in asks)
            known = KnownTimeline(joined([*known.covered, Span(end - DAY, end)]), day(as_of))
    left = days_of(wanted) - days_of(known.covered)
    assert left <= days_of(to_read(wanted, known, day(as_of)))


def test_what_has_been_read_and_is_old_is_left_alone() -> None:
    known = KnownTimeline((span(0, 10),), day(11))
    assert to_read((span(0, 10),), known, day(38)) == (span(7, 10),)
    assert to_read((span(0, 10),), known, day(38) + timedelta(seconds=1)) == ()


def test_an_account_cannot_have_posted_before_it_was_there() -> None:
    # This id was given on 23 October 2025, 13:20 UTC; a day before is on the safe side.
    new = TimelineOf("1981349922177466369", ())
    whole = Span(datetime(2009, 1, 1, tzinfo=UTC), day(0))
    assert wanted_of([whole], new) == (Span(datetime(2025, 10, 22, 13, 20, 7, tzinfo=UTC), day(0)),)
    assert wanted_of([whole], WHICH) == (Span(datetime(2009, 1, 1, tzinfo=UTC), day(0)),)
    ever = Span(datetime(2000, 1, 1, tzinfo=UTC), day(0))
    assert wanted_of([ever], WHICH) == (Span(datetime(2006, 3, 21, tzinfo=UTC), day(0)),)


def test_an_end_of_the_last_minutes_is_left_open_since_clocks_differ() -> None:
    assert end_of_ask(span(0, 1), day(1) + timedelta(minutes=10)) == day(1)
    assert end_of_ask(span(0, 1), day(1) + timedelta(minutes=9)) is None


def test_the_reach_is_told_where_it_hides_what_is_wanted_and_not_known() -> None:
    known = KnownTimeline((span(5, 20),), day(20), day(8))
    assert beyond_reach((span(2, 20),), known) == day(8)
    assert beyond_reach((span(5, 20),), known) is None
    assert beyond_reach((span(9, 20),), known) is None


def test_what_was_shown_before_a_span_is_asked_for_with_it() -> None:
    assert start_of_ask(span(3, 4), None) == day(3)
    assert start_of_ask(span(3, 4), day(1)) == day(1)


def test_the_vendor_takes_no_bounds_from_before_november_2010_so_all_before_is_asked_for() -> None:
    of_2009 = Span(datetime(2009, 1, 1, tzinfo=UTC), datetime(2010, 1, 1, tzinfo=UTC))
    assert start_of_ask(of_2009, None) is None
    assert end_of_ask(of_2009, day(0)) == datetime(2010, 11, 6, tzinfo=UTC)


def test_an_account_with_no_more_tweets_than_are_shown_is_shown_whole() -> None:
    assert shows_all(WHICH, 3_200)
    assert not shows_all(WHICH, 3_201)
    assert not shows_all(WHICH, None)
    assert shows_all(TimelineOf("1", ("replies", "retweets")), 800)
    assert not shows_all(TimelineOf("1", ("replies",)), 801)


def test_fewer_tweets_until_the_present_than_are_shown_are_all_and_retweets_left_out_may_be_many() -> None:
    assert is_below_limit(WHICH, 3_099)
    assert not is_below_limit(WHICH, 3_100)
    assert is_below_limit(TimelineOf("1", ("replies",)), 699)
    assert not is_below_limit(TimelineOf("1", ("replies",)), 700)
    assert not is_below_limit(TimelineOf("1", ("retweets",)), 0)
