"""The planner: every needed hour once, by the API's rules, in the fewest calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalog import ENDPOINTS, HISTORICAL, LAST_28_HOURS, METRICS, TOTALS, Endpoint
from reportgen.coverage import Coverage, Known
from reportgen.gaps import Gap, Reason
from reportgen.instants import floor_hour
from reportgen.needs import needs_of
from reportgen.plan import Plan, plan_calls
from reportgen.request import Grain, Request
from reportgen.spans import EVER, Span
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.period import Period

AS_OF = datetime(2026, 11, 16, 12, 34, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOTHING = Known()


def tweet_posted_at(instant: datetime, serial: int = 0) -> str:
    """An id whose tweet was posted at that instant."""
    milliseconds = int(instant.timestamp() * 1000) - 1_288_834_974_657
    return str((milliseconds << 22) + serial)


def period(start: datetime, end: datetime, timezone: str = "UTC") -> Period:
    return Period(start, end, ZoneInfo(timezone), start.date(), (end - HOUR).date())


def report(
    endpoint: Endpoint,
    tweets: list[Tweet],
    metrics: tuple[str, ...] = ("favorites",),
    groupings: Mapping[str, tuple[str, ...]] | None = None,
) -> ReportSpec:
    return ReportSpec(
        path="r.yaml",
        name="r",
        title="R",
        timezone=ZoneInfo("UTC"),
        endpoint=endpoint,
        handles=tuple(dict.fromkeys(tweet.handle for tweet in tweets if tweet.handle)),
        tweets=tuple(tweets),
        metrics=metrics,
        groupings=groupings or {"by-tweet": ("tweet.id", "engagement.type")},
    )


def last_hours(endpoint: Endpoint) -> Period | None:
    """The period of an endpoint without dates."""
    return period(AS_OF - endpoint.window, AS_OF) if endpoint.window else None


def owned(*instants: datetime, handle: str = "@acme") -> list[Tweet]:
    return [Tweet(tweet_posted_at(instant, serial), handle) for serial, instant in enumerate(instants)]


def plan(
    spec: ReportSpec,
    of: Period | None,
    own: tuple[str, ...] = ("@acme", "@acme_help"),
    history_start: datetime = datetime(2014, 9, 1, tzinfo=UTC),
    known: Known = NOTHING,
    *,
    bearer: bool = True,
) -> Plan:
    return plan_calls([needs_of(spec, of, AS_OF, history_start)], known, own, bearer=bearer)


class TestWindows:
    def test_eight_weeks_are_two_windows_of_four(self) -> None:
        end = datetime(2026, 11, 16, tzinfo=UTC)
        of = period(end - 56 * DAY, end)
        spec = report(HISTORICAL, owned(end - 100 * DAY))
        assert [(r.start, r.end) for r in plan(spec, of).requests] == [
            (end - 56 * DAY, end - 28 * DAY),
            (end - 28 * DAY, end),
        ]

    def test_no_window_begins_before_the_hour_or_day_in_which_its_first_tweet_was_posted(self) -> None:
        end = datetime(2026, 11, 16, tzinfo=UTC)
        posted = datetime(2026, 11, 11, 9, 41, tzinfo=UTC)
        by_hour, by_day = {"hours": ("engagement.hour",)}, {"days": ("engagement.day",)}
        for groupings, start in ((by_hour, posted.replace(minute=0)), (by_day, posted.replace(hour=0, minute=0))):
            spec = report(HISTORICAL, owned(posted, posted + DAY), groupings=groupings)
            (request,) = plan(spec, period(end - 7 * DAY, end)).requests
            assert (request.start, request.end) == (start, end)

    def test_a_tweet_posted_after_the_period_is_not_asked_for_and_is_no_gap(self) -> None:
        end = datetime(2026, 11, 1, tzinfo=UTC)
        spec = report(HISTORICAL, owned(datetime(2026, 11, 10, tzinfo=UTC)))
        assert plan(spec, period(end - 7 * DAY, end)) == Plan()

    def test_the_endpoints_without_dates_get_none(self) -> None:
        for endpoint in (TOTALS, LAST_28_HOURS):
            (request,) = plan(report(endpoint, owned(AS_OF - DAY)), last_hours(endpoint)).requests
            assert (request.start, request.end) == (None, None)


class TestSigners:
    def test_each_owner_signs_for_their_own_tweets(self) -> None:
        tweets = owned(AS_OF - 3 * DAY) + owned(AS_OF - 2 * DAY, handle="@acme_help")
        requests = plan(report(LAST_28_HOURS, tweets), last_hours(LAST_28_HOURS)).requests
        assert [(r.signer.handle, r.signer.auth, len(r.tweet_ids)) for r in requests] == [
            ("@acme", "user", 1),
            ("@acme_help", "user", 1),
        ]

    def test_on_totals_the_bearer_token_asks_for_all_others_together(self) -> None:
        tweets = owned(AS_OF - 3 * DAY, handle="@globex") + owned(AS_OF - 2 * DAY, handle="@initech")
        (request,) = plan(report(TOTALS, tweets), None).requests
        assert (request.signer.handle, request.signer.auth, len(request.tweet_ids)) == (None, "app", 2)

    @pytest.mark.parametrize(
        ("metrics", "bearer", "handles"),
        [
            (("favorites",), True, [None]),
            (("favorites",), False, ["@acme", "@acme_help"]),
            (("favorites", "impressions"), True, ["@acme", "@acme_help"]),
        ],
    )
    def test_on_totals_one_bearer_call_serves_all_owners_where_the_metrics_are_public(
        self, metrics: tuple[str, ...], bearer: bool, handles: list[str | None]
    ) -> None:
        tweets = owned(AS_OF - 3 * DAY) + owned(AS_OF - 2 * DAY, handle="@acme_help")
        requests = plan(report(TOTALS, tweets, metrics), None, bearer=bearer).requests
        assert [r.signer.handle for r in requests] == handles

    def test_without_the_owners_token_the_metrics_that_need_it_are_gaps(self) -> None:
        tweets = owned(AS_OF - DAY) + owned(AS_OF - 2 * DAY, handle="@globex")
        made = plan(report(TOTALS, tweets, ("impressions", "favorites")), None)
        assert [(r.signer.handle, r.metrics) for r in made.requests] == [
            ("@acme", ("impressions", "favorites")),
            (None, ("favorites",)),
        ]
        (gap,) = made.gaps
        assert (gap.tweet_id, gap.metric, gap.reason) == (tweets[1].id, "impressions", Reason.NOT_AUTHORIZED)

    def test_where_no_metric_is_public_the_owner_has_to_sign_although_the_token_is_not_there_yet(self) -> None:
        spec = report(TOTALS, owned(AS_OF - DAY, handle="@globex"), ("impressions",))
        made = plan(spec, None)
        assert ([r.signer.handle for r in made.requests], made.gaps) == (["@globex"], ())

    def test_without_the_owners_token_they_are_gaps_too_where_what_is_public_is_known_already(self) -> None:
        (tweet,) = owned(AS_OF - 2 * DAY, handle="@globex")
        known = Known(Coverage({(TOTALS, Grain.TOTAL): {(tweet.id, "favorites"): (Span(EVER, AS_OF),)}}))
        made = plan(report(TOTALS, [tweet], ("impressions", "favorites")), None, known=known)
        assert made.requests == ()
        assert [(gap.metric, gap.reason) for gap in made.gaps] == [("impressions", Reason.NOT_AUTHORIZED)]

    def test_on_historical_the_owner_signs_even_when_the_token_is_not_there_yet(self) -> None:
        of = period(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC))
        spec = report(HISTORICAL, owned(datetime(2026, 11, 1, tzinfo=UTC), handle="@globex"))
        assert [r.signer.handle for r in plan(spec, of, own=()).requests] == ["@globex"]


class TestKnownGaps:
    @pytest.mark.parametrize(
        ("metric", "age", "reason"),
        [
            ("impressions", timedelta(days=90), None),
            ("impressions", timedelta(days=90, seconds=1), Reason.TOO_OLD_FOR_IMPRESSIONS),
            ("engagements", timedelta(days=91), Reason.TOO_OLD_FOR_IMPRESSIONS),
            ("favorites", timedelta(days=2000), None),
            ("video_views", timedelta(days=1800), None),
            ("video_views", timedelta(days=1800, seconds=1), Reason.TOO_OLD_FOR_VIDEO_VIEWS),
        ],
    )
    def test_on_totals_age_alone_tells(self, metric: str, age: timedelta, reason: Reason | None) -> None:
        made = plan(report(TOTALS, owned(AS_OF - age), (metric,)), None)
        assert [gap.reason for gap in made.gaps] == ([reason] if reason else [])
        assert len(made.requests) == (0 if reason else 1)

    def test_impressions_too_old_on_totals_are_there_on_historical(self) -> None:
        end = datetime(2026, 11, 16, tzinfo=UTC)
        made = plan(report(HISTORICAL, owned(AS_OF - 200 * DAY), ("impressions",)), period(end - 7 * DAY, end))
        assert (len(made.requests), made.gaps) == (1, ())

    def test_what_was_not_counted_then_is_not_asked_for(self) -> None:
        of = period(datetime(2015, 9, 10, tzinfo=UTC), datetime(2015, 9, 15, tzinfo=UTC))
        spec = report(HISTORICAL, owned(datetime(2015, 9, 1, tzinfo=UTC)), ("impressions", "replies"))
        made = plan(spec, of)
        assert [(g.metric, g.reason, g.start, g.end) for g in made.gaps] == [
            ("replies", Reason.NOT_COUNTED_THEN, of.start, of.end)
        ]
        assert [request.metrics for request in made.requests] == [("impressions",)]
        assert plan(report(HISTORICAL, list(spec.tweets), ("replies",)), of).requests == ()

    def test_of_what_was_counted_in_some_of_the_hours_these_are_asked_for(self) -> None:
        of = period(datetime(2015, 9, 14, tzinfo=UTC), datetime(2015, 9, 16, tzinfo=UTC))
        made = plan(report(HISTORICAL, owned(datetime(2015, 9, 1, tzinfo=UTC)), ("replies",)), of)
        since = datetime(2015, 9, 15, tzinfo=UTC)
        assert [(request.metrics, request.start, request.end) for request in made.requests] == [
            (("replies",), since, of.end)
        ]
        assert [(gap.reason, gap.start, gap.end) for gap in made.gaps] == [(Reason.NOT_COUNTED_THEN, of.start, since)]

    def test_a_tweet_posted_after_a_period_that_was_not_counted_is_no_gap(self) -> None:
        of = period(datetime(2015, 9, 10, tzinfo=UTC), datetime(2015, 9, 12, tzinfo=UTC))
        made = plan(report(HISTORICAL, owned(of.end + DAY), ("replies",)), of)
        assert (made.requests, made.gaps) == ((), ())

    def test_what_lies_before_the_history_is_a_gap_and_is_not_asked_for(self) -> None:
        begins = AS_OF - 365 * DAY + timedelta(minutes=5)
        of = period(begins.replace(hour=0, minute=0) - 10 * DAY, begins.replace(hour=0, minute=0) + 10 * DAY)
        old, young = owned(of.start - DAY, begins + DAY)
        hours = report(HISTORICAL, [old, young], groupings={"hours": ("engagement.hour",)})
        made = plan(hours, of, history_start=begins)
        first = begins.replace(minute=0) + HOUR
        assert [(g.tweet_id, g.metric, g.reason, g.start, g.end) for g in made.gaps] == [
            (old.id, None, Reason.NOT_IN_HISTORY, of.start, first)
        ]
        assert [(request.start, request.end) for request in made.requests] == [(first, of.end)]

    def test_a_tweet_from_after_the_present_is_unavailable(self) -> None:
        spec = report(TOTALS, owned(AS_OF + HOUR))
        assert plan(spec, None) == Plan()
        never = needs_of(spec, None, AS_OF, AS_OF).never
        assert [(gap.metric, gap.reason) for gap in never] == [(None, Reason.UNAVAILABLE)]


END = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = period(END - 7 * DAY, END)
BY_HOUR = {"hours": ("engagement.hour",)}


def known_until(ends: Mapping[str, datetime], *metrics: str, grain: Grain = Grain.HOUR) -> Known:
    """Knows these metrics of each tweet since long ago, until an instant of its own."""
    spans = {(id_, name): (Span(WEEK.start - 90 * DAY, end),) for id_, end in ends.items() for name in metrics}
    return Known(Coverage({(HISTORICAL, grain): spans}))


class TestAroundWhatIsKnown:
    old = owned(*[END - 100 * DAY] * 30)

    def asked(
        self, known: Known, *metrics: str, tweets: int = 30
    ) -> list[tuple[int, tuple[str, ...], datetime | None]]:
        """How many tweets each call asks about, for which metrics, and since when; all ask until the end."""
        spec = report(HISTORICAL, self.old[:tweets], metrics or ("favorites",), BY_HOUR)
        requests = plan(spec, WEEK, known=known).requests
        assert {request.end for request in requests} <= {END}
        return [(len(request.tweet_ids), request.metrics, request.start) for request in requests]

    def test_nothing_is_asked_for_where_all_is_known(self) -> None:
        assert self.asked(known_until({tweet.id: END for tweet in self.old}, "favorites")) == []

    def test_only_the_hours_that_are_missing_are_asked_for(self) -> None:
        known = known_until({tweet.id: END - 5 * HOUR for tweet in self.old}, "favorites")
        assert self.asked(known) == [(25, ("favorites",), END - 5 * HOUR), (5, ("favorites",), END - 5 * HOUR)]

    def test_only_the_metrics_that_are_missing_are_asked_for(self) -> None:
        known = known_until({tweet.id: END for tweet in self.old}, "favorites")
        assert self.asked(known, "favorites", "replies", tweets=9) == [(9, ("replies",), WEEK.start)]

    def test_tweets_that_lack_different_hours_part_where_that_takes_no_more_calls(self) -> None:
        ends = {tweet.id: WEEK.start if n < 12 else END - HOUR for n, tweet in enumerate(self.old)}
        known = known_until(ends, "favorites")
        assert [(n, start) for n, _, start in self.asked(known)] == [(12, WEEK.start), (18, END - HOUR)]
        assert [(n, start) for n, _, start in self.asked(known, tweets=25)] == [(25, WEEK.start)]

    def test_hours_serve_a_report_by_the_day_where_the_whole_day_is_known(self) -> None:
        spec = report(HISTORICAL, self.old[:1])
        until = {self.old[0].id: END - DAY - 2 * HOUR}
        (request,) = plan(spec, WEEK, known=known_until(until, "favorites")).requests
        assert (request.grain, request.start, request.end) == (Grain.DAY, END - 2 * DAY, END)

    def test_days_do_not_serve_a_report_by_the_hour(self) -> None:
        known = known_until({tweet.id: END for tweet in self.old}, "favorites", grain=Grain.DAY)
        assert self.asked(known, tweets=1) == [(1, ("favorites",), WEEK.start)]

    def test_a_call_with_room_to_spare_takes_along_what_would_need_a_call_of_its_own(self) -> None:
        # The second lacks an early hour only, which the call for the first one reaches.
        known = known_until({self.old[0].id: END - HOUR}, "favorites")
        early = (Span(WEEK.start - DAY, WEEK.start + HOUR), Span(WEEK.start + 2 * HOUR, END))
        spans = {**known.coverage.spans[HISTORICAL, Grain.HOUR], (self.old[1].id, "favorites"): early}
        known = Known(Coverage({(HISTORICAL, Grain.HOUR): spans}))
        assert self.asked(known, tweets=2) == [(2, ("favorites",), WEEK.start + HOUR)]

    def test_what_earlier_calls_of_the_same_signer_found_to_be_gone_is_a_gap_and_not_asked_for(self) -> None:
        gone = Gap(self.old[0].id, None, Reason.UNAVAILABLE, "deleted")
        spec = report(HISTORICAL, self.old[:2])
        made = plan(spec, WEEK, known=Known(gaps={(HISTORICAL, "@acme", gone.tweet_id): (gone,)}))
        assert ([request.tweet_ids for request in made.requests], made.gaps) == ([(self.old[1].id,)], (gone,))
        for other in ((HISTORICAL, "@globex", gone.tweet_id), (TOTALS, "@acme", gone.tweet_id)):
            assert len(plan(spec, WEEK, known=Known(gaps={other: (gone,)})).requests[0].tweet_ids) == 2


class TestReportsTogether:
    tweets = owned(*[END - 20 * DAY] * 10)

    def plan(self, *reports: tuple[ReportSpec, Period | None]) -> tuple[Request, ...]:
        needs = [needs_of(spec, of, AS_OF, datetime(2014, 9, 1, tzinfo=UTC)) for spec, of in reports]
        return plan_calls(needs, NOTHING, ["@acme"], bearer=True).requests

    def test_what_two_of_them_need_is_asked_for_once_at_the_finest_grain(self) -> None:
        by_day = report(HISTORICAL, self.tweets[:6], ("favorites",))
        by_hour = report(HISTORICAL, self.tweets[4:], ("replies",), BY_HOUR)
        (request,) = self.plan((by_day, period(END - 14 * DAY, END)), (by_hour, WEEK))
        assert (len(request.tweet_ids), request.metrics, request.grain, request.start, request.end) == (
            10,
            ("favorites", "replies"),
            Grain.HOUR,
            END - 14 * DAY,
            END,
        )

    def test_the_owner_signs_for_all_of_a_tweet_of_which_a_report_needs_what_is_not_public(self) -> None:
        public, own = report(TOTALS, self.tweets, ("favorites",)), report(TOTALS, self.tweets[:3], ("impressions",))
        requests = self.plan((public, None), (own, None))
        assert [(r.signer.handle, len(r.tweet_ids), r.metrics) for r in requests] == [
            ("@acme", 3, ("impressions", "favorites")),
            (None, 7, ("favorites",)),
        ]

    def test_reports_of_different_endpoints_share_nothing(self) -> None:
        totals, week = report(TOTALS, self.tweets), report(HISTORICAL, self.tweets)
        assert [request.endpoint for request in self.plan((totals, None), (week, WEEK))] == [TOTALS, HISTORICAL]


def test_a_rate_asks_for_its_parts() -> None:
    (request,) = plan(report(TOTALS, owned(AS_OF - DAY), ("engagement_rate", "retweets")), None).requests
    assert request.metrics == ("impressions", "engagements", "retweets")


def test_a_request_is_shown_as_the_contract_writes_it() -> None:
    end = datetime(2026, 11, 16, tzinfo=UTC)
    spec = report(HISTORICAL, owned(end - 100 * DAY), ("retweets",), {"daily": ("engagement.type", "engagement.day")})
    (request,) = plan(spec, period(end - 7 * DAY, end)).requests
    assert request.as_json() == {
        "endpoint": "historical",
        "handle": "@acme",
        "auth": "user",
        "tweet_ids": [spec.tweets[0].id],
        "metrics": ["retweets"],
        "group_by": ["tweet.id", "engagement.type", "engagement.day"],
        "start": "2026-11-09T00:00:00Z",
        "end": "2026-11-16T00:00:00Z",
    }


START = datetime(2026, 6, 1, tzinfo=UTC)


@settings(max_examples=60)
@given(
    hours=st.integers(1, 100 * 24),
    compared=st.integers(0, 50 * 24),
    posted=st.lists(st.integers(-40 * 24 * 60, 100 * 24 * 60), min_size=1, max_size=70),
    handles=st.lists(st.sampled_from(["@acme", "@acme_help"]), min_size=70, max_size=70),
)
def test_every_needed_tweet_hour_is_covered_exactly_once_in_the_fewest_calls(
    hours: int, compared: int, posted: list[int], handles: list[str]
) -> None:
    instants = [START + timedelta(minutes=minutes) for minutes in posted]
    tweets = [Tweet(tweet_posted_at(at, n), handles[n]) for n, at in enumerate(instants)]
    spec = report(HISTORICAL, tweets)
    # The period, and one before it with which it is compared: any hours that end where it starts.
    parts = [period(START + n * HOUR, START + m * HOUR) for n, m in ((min(compared, hours), hours), (0, compared))]
    needs = [needs_of(spec, of, AS_OF, datetime(2014, 9, 1, tzinfo=UTC)) for of in parts if of.start < of.end]
    requests = plan_calls(needs, NOTHING, ["@acme", "@acme_help"], bearer=True).requests
    hours = max(hours, compared)

    owner = {tweet.id: tweet.handle for tweet in tweets}
    asked: Counter[tuple[str, datetime]] = Counter()
    for request in requests:
        assert request.start is not None
        assert request.end is not None
        assert request.start < request.end <= request.start + timedelta(weeks=4)
        assert request.end <= floor_hour(AS_OF)
        assert {request.start.minute, request.end.minute} == {0}
        assert 1 <= len(set(request.tweet_ids)) == len(request.tweet_ids) <= 25
        assert {owner[tweet_id] for tweet_id in request.tweet_ids} == {request.signer.handle}
        span = int((request.end - request.start) / HOUR)
        asked.update((tweet_id, request.start + n * HOUR) for tweet_id in request.tweet_ids for n in range(span))

    needed = {
        (tweet.id, START + n * HOUR)
        for tweet, at in zip(tweets, instants, strict=True)
        for n in range(hours)
        if START + (n + 1) * HOUR > at
    }
    assert all(asked[cell] == 1 for cell in needed)
    assert max(asked.values(), default=1) == 1

    # The bound of the design, taken where it is tightest: hours that lie four weeks apart share no call.
    bound = 0
    for handle in ("@acme", "@acme_help"):
        for n in range(hours - 1, -1, -4 * 7 * 24):
            alive = sum((tweet.id, START + n * HOUR) in needed for tweet in tweets if tweet.handle == handle)
            bound += -(-alive // 25)
    assert len(requests) == bound


@given(
    endpoint=st.sampled_from([TOTALS, LAST_28_HOURS]),
    count=st.integers(1, 600),
    metrics=st.sets(st.sampled_from(sorted(METRICS)), min_size=1),
)
def test_the_endpoints_without_dates_ask_for_each_tweet_once_in_the_fewest_calls(
    endpoint: Endpoint, count: int, metrics: set[str]
) -> None:
    asked = tuple(sorted(name for name in metrics if endpoint.name in METRICS[name].endpoints)) or ("favorites",)
    tweets = owned(*(AS_OF - timedelta(minutes=5 * n + 5) for n in range(count)))
    requests = plan(report(endpoint, tweets, asked), last_hours(endpoint)).requests
    assert Counter(i for r in requests for i in r.tweet_ids) == Counter(t.id for t in tweets)
    assert len(requests) == -(-count // ENDPOINTS[endpoint.name].tweets_per_call)
    assert all(set(r.metrics) == set(asked) for r in requests)
