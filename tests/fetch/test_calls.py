"""What follows from each reply: it is kept, the call is made again or in smaller ones, or there are gaps."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.api.reply import NoReplyError, Reply, UnreachedError
from reportgen.catalog import TOTALS
from reportgen.fetch.calls import Calls, Wait
from reportgen.fetch.patience import Patience
from reportgen.gaps import Gap, Reason
from reportgen.request import Request
from reportgen.slots import OwnSlots
from tests.fetch.virtual import (
    ACME,
    HELP,
    START,
    TWEETS,
    WINDOW,
    Limited,
    Server,
    calls_of,
    historical,
    ok,
    read_status,
    refuse,
    run,
    totals,
)

UNREACHED = UnreachedError("the API", "https://api.example")
POSTED = datetime(2026, 11, 1, tzinfo=UTC)
"""The day of all the tweets."""


def facts(calls: Calls, planned: Request) -> dict[str, int]:
    """The sum of all values that came for a planned request, by tweet id."""
    table = pl.concat([answer.facts for answer in calls.answers[planned]])
    return {str(tweet_id): value for tweet_id, value in table.group_by("tweet_id").agg(pl.col("value").sum()).rows()}


def gaps(calls: Calls, planned: Request) -> list[Gap]:
    return [gap for answer in calls.answers[planned] for gap in answer.gaps]


def reasons(calls: Calls, planned: Request) -> dict[str, Reason]:
    """By tweet id, which has one gap at most."""
    told = gaps(calls, planned)
    assert len({gap.tweet_id for gap in told}) == len(told)
    return {gap.tweet_id: gap.reason for gap in told}


def failing(times: int, trouble: Reply | NoReplyError) -> Server:
    """Fails so many times, then answers."""
    left = [trouble] * times

    def serve(request: Request, now: float) -> Reply | NoReplyError:
        return left.pop() if left else ok(request)

    return serve


def always(reply: Reply | NoReplyError) -> Server:
    return lambda request, now: reply


class TestTheirSide:
    @pytest.mark.parametrize(
        "trouble",
        [
            *(refuse(status, "try later") for status in (500, 502, 503, 504)),
            NoReplyError("the API did not answer in time"),
            NoReplyError("no answer from the API (ConnectionError)"),
            Reply(200, "<html>Bad gateway</html>"),
            Reply(200, '{"facts": {"21170000'),
            Reply(502, "<html>Bad gateway</html>"),
        ],
        ids=lambda trouble: str(getattr(trouble, "status", trouble)),
    )
    def test_a_call_that_failed_is_made_again_and_its_numbers_are_there(self, trouble: Reply | NoReplyError) -> None:
        asked = totals(TWEETS[0])
        calls = calls_of(asked)
        log = run(failing(2, trouble), calls)
        assert facts(calls, asked) == {TWEETS[0]: 1}
        assert gaps(calls, asked) == []
        assert (len(log.sent), calls.made, calls.retried) == (3, 3, 2)

    def test_each_wait_is_twice_as_long_up_to_a_bound_and_there_is_a_last_time(self) -> None:
        asked = totals(TWEETS[0])
        calls = calls_of(asked)
        log = run(always(refuse(503)), calls, latency=0)
        waits = [b - a for a, b in zip(log.seconds, log.seconds[1:], strict=False)]
        assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
        (gap,) = gaps(calls, asked)
        assert (gap.tweet_id, gap.reason) == (TWEETS[0], Reason.CALL_FAILED)
        assert gap.detail.endswith(", 10 times")

    def test_chance_takes_up_to_half_of_each_wait_away(self) -> None:
        log = run(failing(2, refuse(503)), calls_of(totals(TWEETS[0]), chance=1.0), latency=0)
        assert log.seconds == [0, 0.25, 0.75]

    def test_a_call_that_hangs_is_given_up_after_five_minutes_even_if_it_was_not_made_ten_times(self) -> None:
        calls = calls_of(asked := totals(TWEETS[0]), patience=Patience(tries=10, outage_seconds=math.inf))
        log = run(always(NoReplyError("the API did not answer in time")), calls, latency=70)
        assert len(log.sent) == 6
        assert gaps(calls, asked)[0].detail == "the API did not answer in time, 6 times"

    def test_a_gap_is_for_exactly_what_the_call_was_to_bring(self) -> None:
        good, bad = historical(TWEETS[:2]), historical(TWEETS[:2], week=1)
        calls = calls_of(good, bad)
        run(lambda request, now: refuse(500) if request.start == bad.start else ok(request), calls)
        assert (facts(calls, good), gaps(calls, good)) == (dict.fromkeys(TWEETS[:2], 1), [])
        assert {(gap.tweet_id, gap.start, gap.end) for gap in gaps(calls, bad)} == {
            (tweet_id, bad.start, bad.end) for tweet_id in TWEETS[:2]
        }

    def test_when_the_api_is_down_the_run_ends_after_minutes_however_many_calls_there_are(self) -> None:
        planned = [totals(tweet_id) for tweet_id in TWEETS]
        calls = calls_of(*planned, limit=120)
        log = run(always(NoReplyError("no answer from the API (ConnectionError)")), calls)
        assert log.end - START < 420
        assert all(
            reasons(calls, request) == dict.fromkeys(request.tweet_ids, Reason.CALL_FAILED) for request in planned
        )

    def test_where_nobody_was_ever_reached_the_run_ends_after_seconds(self) -> None:
        planned = [totals(tweet_id, signer=signer) for tweet_id in TWEETS[:40] for signer in (ACME, HELP)]
        calls = calls_of(*planned, limit=120)
        log = run(always(UNREACHED), calls)
        assert 10 < log.end - START < 16.5
        assert {gap.detail for request in planned for gap in gaps(calls, request)} == {
            "the connection to the API failed, from the first call on"
        }

    def test_where_somebody_was_reached_before_the_run_goes_on_for_minutes(self) -> None:
        def serve(request: Request, now: float) -> Reply | NoReplyError:
            return UNREACHED if 0.1 < now - START < 200 else ok(request)

        planned = [totals(tweet_id) for tweet_id in TWEETS[:4]]
        calls = calls_of(*planned, limit=120, patience=Patience(tries=20))
        run(serve, calls)
        assert [gaps(calls, request) for request in planned] == [[]] * 4

    def test_a_429_is_a_sign_of_life(self) -> None:
        def serve(request: Request, now: float) -> Reply | NoReplyError:
            seconds = now - START
            if seconds > 500:
                return ok(request)
            return Reply(429, "{}") if 200 < seconds < 400 else NoReplyError("reset")

        planned = [totals(tweet_id) for tweet_id in TWEETS[:40]]
        calls = calls_of(*planned, limit=10, at_once=2)
        run(serve, calls)
        assert [gaps(calls, request) for request in planned[-20:]] == [[]] * 20

    def test_a_computer_that_slept_for_an_hour_goes_on_when_it_wakes(self) -> None:
        planned = [totals(tweet_id, signer=signer) for tweet_id in TWEETS[:4] for signer in (ACME, HELP)]
        calls = calls_of(*planned, at_once=2)
        run(failing(2, NoReplyError("the API did not answer in time")), calls, latency=3600)
        assert [gaps(calls, request) for request in planned] == [[]] * 8


class TestNeverRepeatedAsTheyAre:
    @pytest.mark.parametrize("status", [301, 400, 401, 404, 405])
    def test_a_call_is_made_once(self, status: int) -> None:
        calls = calls_of(asked := totals(*TWEETS[:4]))
        log = run(always(refuse(status, "no")), calls)
        assert log.requests == [asked]
        assert set(reasons(calls, asked)) == set(TWEETS[:4])

    def test_a_refusal_of_one_tweet_that_names_nothing_is_final(self) -> None:
        calls = calls_of(asked := totals(TWEETS[0]))
        log = run(always(refuse(403, "no")), calls)
        assert (len(log.sent), reasons(calls, asked)) == (1, {TWEETS[0]: Reason.CALL_FAILED})

    def test_a_wrong_credential_is_used_once_and_the_others_go_on(self) -> None:
        planned = [totals(tweet_id, signer=signer) for tweet_id in TWEETS[:20] for signer in (ACME, HELP)]
        calls = calls_of(*planned)
        log = run(lambda request, now: refuse(401, "no") if request.signer == ACME else ok(request), calls)
        assert [request.signer for request in log.requests].count(ACME) == 1
        for request in planned:
            expected = {request.tweet_ids[0]: Reason.NOT_AUTHORIZED} if request.signer == ACME else {}
            assert reasons(calls, request) == expected

    def test_an_address_that_was_right_before_is_asked_again_for_other_calls(self) -> None:
        planned = [totals(tweet_id) for tweet_id in TWEETS[:4]]
        calls = calls_of(*planned, at_once=1)
        replies = iter([ok(planned[0]), refuse(404, "Not Found")])
        assert len(run(lambda request, now: next(replies, ok(request)), calls).sent) == 4
        assert [bool(gaps(calls, request)) for request in planned] == [False, True, False, False]

    def test_a_wrong_address_is_asked_once(self) -> None:
        planned = [totals(tweet_id) for tweet_id in TWEETS[:20]]
        calls = calls_of(*planned)
        assert len(run(always(refuse(404, "Not Found")), calls).sent) == 1
        assert all(reasons(calls, request) == {request.tweet_ids[0]: Reason.CALL_FAILED} for request in planned)


def forbidding(foreign: Sequence[str], *, named: bool = True) -> Server:
    """Refuses each call with one of these tweets in it."""

    def serve(request: Request, now: float) -> Reply:
        refused = [tweet_id for tweet_id in request.tweet_ids if tweet_id in foreign]
        if not refused:
            return ok(request)
        return refuse(403, f"Forbidden to access tweets: {', '.join(refused)}" if named else "Forbidden")

    return serve


class TestRefusedTweets:
    def test_with_one_in_each_batch_the_rest_is_asked_for_with_at_most_one_more_call_a_batch(self) -> None:
        batches = [historical(TWEETS[n : n + 25]) for n in range(0, 500, 25)]
        foreign = TWEETS[7:500:25]
        calls = calls_of(*batches)
        log = run(forbidding(foreign), calls)
        # 480 tweets are left, and 25 go into a call.
        assert len(log.sent) == 20 + 20
        for batch in batches:
            assert facts(calls, batch) == dict.fromkeys(set(batch.tweet_ids) - set(foreign), 1)
            assert reasons(calls, batch) == dict.fromkeys(set(batch.tweet_ids) & set(foreign), Reason.FORBIDDEN)

    def test_rests_that_go_into_one_call_are_one_call(self) -> None:
        batches = [historical(TWEETS[n : n + 25]) for n in range(0, 100, 25)]
        foreign = [tweet_id for n, tweet_id in enumerate(TWEETS[:100]) if n % 4 != 3]
        calls = calls_of(*batches)
        log = run(forbidding(foreign), calls)
        assert log.sizes == [25] * 5
        assert [facts(calls, batch) for batch in batches] == [
            dict.fromkeys(batch.tweet_ids[(3 - n * 25) % 4 :: 4], 1) for n, batch in enumerate(batches)
        ]

    def test_later_windows_do_not_run_into_it_again(self) -> None:
        weeks = [historical(TWEETS[:25], week) for week in range(13)]
        calls = calls_of(*weeks)
        log = run(forbidding(TWEETS[7:8]), calls)
        assert len(log.sent) == 13 + 1
        assert sum(TWEETS[7] in request.tweet_ids for request in log.requests) == 1
        for week in weeks:
            assert reasons(calls, week) == {TWEETS[7]: Reason.FORBIDDEN}
            assert facts(calls, week) == dict.fromkeys({*TWEETS[:25]} - {TWEETS[7]}, 1)

    def test_a_call_of_which_all_is_known_to_be_refused_is_not_made(self) -> None:
        planned = [historical(TWEETS[:1], week) for week in range(5)]
        calls = calls_of(*planned)
        assert len(run(forbidding(TWEETS[:1]), calls).sent) == 1
        assert [reasons(calls, request) for request in planned] == [{TWEETS[0]: Reason.FORBIDDEN}] * 5

    def test_what_is_left_of_others_does_not_wait_for_it(self) -> None:
        first, later = historical(TWEETS[:2]), historical(TWEETS[:1], week=1)
        calls = calls_of(first, later)
        log = run(forbidding(TWEETS[:1]), calls)
        assert [request.tweet_ids for request in log.requests] == [TWEETS[:2], TWEETS[1:2]]
        assert facts(calls, first) == {TWEETS[1]: 1}

    def test_another_account_may_have_what_was_refused_to_this_one(self) -> None:
        ours, theirs = totals(*TWEETS[:2]), totals(*TWEETS[:2], signer=HELP)
        calls = calls_of(ours, theirs)
        run(lambda request, now: forbidding(TWEETS[:1])(request, now) if request.signer == ACME else ok(request), calls)
        assert reasons(calls, ours) == {TWEETS[0]: Reason.FORBIDDEN}
        assert facts(calls, theirs) == dict.fromkeys(TWEETS[:2], 1)

    def test_protected_tweets_are_dropped_too(self) -> None:
        def serve(request: Request, now: float) -> Reply:
            if TWEETS[1] not in request.tweet_ids:
                return ok(request)
            errors = ["1 Tweet ID(s) are unavailable"]
            return Reply(400, json.dumps({"errors": errors, "unavailable_tweet_ids": [TWEETS[1]]}))

        calls = calls_of(asked := totals(*TWEETS[:3]))
        run(serve, calls)
        assert facts(calls, asked) == {TWEETS[0]: 1, TWEETS[2]: 1}
        assert reasons(calls, asked) == {TWEETS[1]: Reason.UNAVAILABLE}


class TestRefusedMetrics:
    def test_the_others_are_asked_for_and_later_calls_leave_it_out(self) -> None:
        def serve(request: Request, now: float) -> Reply:
            if "replies" in request.metrics:
                return refuse(403, "Forbidden to access metrics: replies")
            return ok(request)

        planned = [totals(tweet_id, metrics=("favorites", "replies")) for tweet_id in TWEETS[:20]]
        calls = calls_of(*planned)
        log = run(serve, calls)
        assert len(log.sent) == 20 + 1
        for request in planned:
            (tweet_id,) = request.tweet_ids
            assert facts(calls, request) == {tweet_id: 1}
            assert [(gap.metric, gap.reason) for gap in gaps(calls, request)] == [("replies", Reason.FORBIDDEN)]


class TestRefusalsWithoutAName:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(1, 25), st.data())
    def test_halves_find_each_culprit_and_the_extra_calls_are_bounded(self, size: int, data: st.DataObject) -> None:
        foreign = data.draw(st.lists(st.sampled_from(TWEETS[:size]), unique=True, max_size=24))
        works = historical(TWEETS[500:501])
        calls = calls_of(works, asked := historical(TWEETS[:size]), at_once=1)
        log = run(forbidding(foreign, named=False), calls)
        culprits = len(foreign)
        extra = len(log.sent) - 2
        assert extra <= min(2 * size - 2, 2 * culprits * math.ceil(math.log2(size)))
        assert reasons(calls, asked) == dict.fromkeys(foreign, Reason.FORBIDDEN)
        if left := set(asked.tweet_ids) - set(foreign):
            assert facts(calls, asked) == dict.fromkeys(left, 1)

    def test_of_everything_are_not_taken_for_the_tweets_own_and_not_taken_apart_call_by_call(self) -> None:
        planned = [historical(TWEETS[n : n + 25]) for n in range(0, 500, 25)]
        calls = calls_of(*planned)
        log = run(always(refuse(403, "Client not enrolled")), calls)
        assert len(log.sent) <= 20 + 48
        for request in planned:
            assert reasons(calls, request) == dict.fromkeys(request.tweet_ids, Reason.CALL_FAILED)
        assert gaps(calls, planned[-1])[0].detail.startswith("the API refused the call: Client not enrolled")

    def test_that_begin_in_the_middle_of_a_run_are_bounded_too(self) -> None:
        planned = [historical(TWEETS[n : n + 25]) for n in range(0, 1000, 25)]
        answered: list[Request] = []

        def serve(request: Request, now: float) -> Reply:
            answered.append(request)
            return ok(request) if len(answered) == 1 else refuse(403, "Blocked")

        calls = calls_of(*planned)
        assert len(run(serve, calls).sent) <= 40 + 16 * 24
        for request in planned[1:]:
            assert reasons(calls, request) == dict.fromkeys(request.tweet_ids, Reason.CALL_FAILED)

    def test_of_single_tweets_are_their_own_where_the_endpoint_answered_others(self) -> None:
        calls = calls_of(totals(TWEETS[9]), asked := totals(*TWEETS[:3]), at_once=1)
        run(forbidding(TWEETS[:3], named=False), calls)
        assert reasons(calls, asked) == dict.fromkeys(TWEETS[:3], Reason.FORBIDDEN)

    def test_of_all_there_is_tell_nothing_of_the_tweets(self) -> None:
        calls = calls_of(asked := totals(*TWEETS[:3]))
        run(always(refuse(403, "Forbidden")), calls)
        assert reasons(calls, asked) == dict.fromkeys(TWEETS[:3], Reason.CALL_FAILED)

    def test_of_one_endpoint_tell_nothing_of_tweets_that_another_one_answers_for(self) -> None:
        planned = [
            request for n in range(0, 20, 5) for request in (historical(TWEETS[n : n + 5]), totals(*TWEETS[n : n + 5]))
        ]
        calls = calls_of(*planned, at_once=1)
        run(lambda request, now: ok(request) if request.endpoint is TOTALS else refuse(403, "nope"), calls)
        for request in planned:
            expected = {} if request.endpoint is TOTALS else dict.fromkeys(request.tweet_ids, Reason.CALL_FAILED)
            assert reasons(calls, request) == expected

    def test_of_tweets_next_to_each_other_are_found_too(self) -> None:
        calls = calls_of(asked := historical(TWEETS[:25]), works := historical(TWEETS[25:50]), at_once=1)
        run(forbidding(TWEETS[:12], named=False), calls)
        assert reasons(calls, asked) == dict.fromkeys(TWEETS[:12], Reason.FORBIDDEN)
        assert facts(calls, asked) == dict.fromkeys(TWEETS[12:25], 1)
        assert gaps(calls, works) == []

    @pytest.mark.parametrize("at_once", [1, 2, 16])
    def test_are_taken_apart_once_however_many_windows_there_are(self, at_once: int) -> None:
        weeks = [historical(TWEETS[:25], week) for week in range(13)]
        calls = calls_of(*weeks, at_once=at_once)
        log = run(forbidding(TWEETS[24:25], named=False), calls)
        assert len(log.sent) <= 13 + 10
        for week in weeks:
            assert reasons(calls, week) == {TWEETS[24]: Reason.FORBIDDEN}
            assert facts(calls, week) == dict.fromkeys(TWEETS[:24], 1)

    def test_in_the_words_for_unavailable_tweets_are_the_tweets_own(self) -> None:
        calls = calls_of(asked := totals(TWEETS[0]))
        run(always(refuse(400, "1 Tweet ID(s) are unavailable")), calls)
        assert reasons(calls, asked) == {TWEETS[0]: Reason.UNAVAILABLE}


class TestPace:
    LIMIT = 120

    def planned(self, count: int) -> list[Request]:
        return [totals(str(int(TWEETS[0]) + n)) for n in range(count)]

    def test_under_a_limit_at_least_95_percent_of_it_are_used_and_no_429_comes(self) -> None:
        server = Limited(self.LIMIT)
        log = run(server, calls_of(*self.planned(1200), limit=self.LIMIT, read=read_status), start=START + 17)
        assert server.refused == 0
        assert min(server.full_minutes) >= 0.95 * self.LIMIT
        assert log.end - log.sent[0][0] <= 1200 / (0.95 * self.LIMIT) * 60

    def test_the_limit_is_kept_when_only_the_headers_tell_it(self) -> None:
        server = Limited(self.LIMIT)
        run(server, calls_of(*self.planned(600), read=read_status))
        assert (server.refused, min(server.full_minutes) >= 0.95 * self.LIMIT) == (0, True)

    def test_two_processes_on_the_same_slots_share_the_limit_without_a_429(self) -> None:
        server, slots = Limited(self.LIMIT), OwnSlots()
        requests = self.planned(1200)
        halves = [
            calls_of(*part, limit=self.LIMIT, read=read_status, slots=slots)
            for part in (requests[:600], requests[600:])
        ]
        run(server, *halves)
        assert (server.refused, min(server.full_minutes) >= 0.95 * self.LIMIT) == (0, True)

    @pytest.mark.parametrize("tells", [True, False])
    @pytest.mark.parametrize("ahead", [0, 7, 30])
    def test_two_processes_that_know_nothing_of_each_other_are_patient_and_nothing_fails(
        self, ahead: float, tells: bool
    ) -> None:
        server = Limited(self.LIMIT, ahead, tells)
        requests = self.planned(1200)
        parts = (requests[:600], requests[600:])
        both = [
            calls_of(*part, limit=self.LIMIT, read=read_status, chance=chance)
            for part, chance in zip(parts, (0.2, 0.7), strict=True)
        ]
        run(server, *both)
        for calls in both:
            assert [answer.gaps for answers in calls.answers.values() for answer in answers] == [()] * 600
        assert sum(server.full_minutes) >= 0.8 * self.LIMIT * len(server.full_minutes)

    def test_while_a_minute_is_used_up_nobody_calls_and_it_is_said(self) -> None:
        replies = iter([Reply(429, "{}")])
        log = run(lambda request, now: next(replies, ok(request)), calls_of(*self.planned(3), at_once=1))
        assert log.seconds == [0, 60, 60.1, 60.2]
        assert set(log.waits) == {(60, "this minute is used up")}

    def test_the_next_minute_that_is_used_up_is_waited_for_too(self) -> None:
        used_up = Reply(429, "{}")
        replies = iter([used_up, Reply(200, "{}"), used_up])
        log = run(lambda request, now: next(replies, ok(request)), calls_of(*self.planned(2), at_once=1))
        assert log.seconds == [0, 60, 60.1, 120]

    def test_what_the_headers_say_is_left_counts_for_the_calls_under_way_too(self) -> None:
        server = Limited(9, tells=False)

        def serve(request: Request, now: float) -> Reply:
            reply = server(request, now)
            left = 9 - server.counted[int(now // 60)]
            return Reply(reply.status, reply.text, None, max(left, 0))

        calls = calls_of(*self.planned(30), at_once=4, read=read_status)
        run(serve, calls)
        assert (server.refused, calls.unfinished) == (0, 0)

    def test_a_slow_pace_is_said(self) -> None:
        log = run(lambda request, now: ok(request), calls_of(*self.planned(2), limit=6))
        assert (10.204, "calls_per_minute: 6 a minute") in log.waits

    def test_one_429_after_a_sleep_of_an_hour_ends_nothing(self) -> None:
        def serve(request: Request, now: float) -> Reply:
            return Reply(429, "{}") if request == planned[1] and now < START + 8000 else ok(request)

        planned = self.planned(3)
        calls = calls_of(*planned, at_once=1)
        run(serve, calls, latency=3600)
        assert [gaps(calls, request) for request in planned] == [[], [], []]

    def test_a_limit_that_others_use_up_for_a_quarter_of_an_hour_ends_the_run(self) -> None:
        calls = calls_of(*self.planned(3))
        log = run(always(Reply(429, "{}")), calls)
        assert 900 <= log.end - START <= 1000
        assert gaps(calls, totals(TWEETS[0]))[0].detail == "others use up the limit of the minute, for 15 minutes"


@pytest.mark.parametrize("foreign", [[], TWEETS[:1]], ids=["answered", "refused by name"])
def test_a_new_credential_goes_ahead_with_one_call(foreign: Sequence[str]) -> None:
    log = run(forbidding(foreign), calls_of(*[totals(tweet_id) for tweet_id in TWEETS[:33]]))
    assert log.seconds == [0] + [0.1] * 16 + [0.2] * 16


def test_what_is_held_takes_no_slot_of_the_pace() -> None:
    slots = OwnSlots()
    calls = calls_of(totals(TWEETS[0]), totals(TWEETS[1]), limit=60, slots=slots)
    assert len(list(calls.due(START))) == 1
    calls.wait(START)
    assert slots.last == START


def test_the_reason_of_a_wait_is_told() -> None:
    calls = calls_of(totals(TWEETS[0]))
    (call,) = calls.due(START)
    calls.arrived(call)
    calls.receive(call, refuse(503, "Over capacity"), START)
    assert calls.wait(START) == Wait(START + 0.5, "the API answered with status 503: Over capacity")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_each_planned_request_gets_its_own_numbers_once_whatever_the_weather(seed: int) -> None:
    chance = Random(seed)
    foreign = chance.sample(TWEETS[:60], 12)
    planned = list(
        dict.fromkeys(
            replace(historical(tweets, week, chance.choice((ACME, HELP))), start=start)
            for week in range(2)
            for _ in range(6)
            if (tweets := chance.sample(TWEETS[:60], chance.randint(1, 25)))
            and (start := WINDOW[0] - timedelta(weeks=week, days=chance.choice((0, 0, 0, 1, 2))))
        )
    )
    forbid = forbidding(foreign, named=chance.random() < 0.8)

    def serve(request: Request, now: float) -> Reply | NoReplyError:
        if chance.random() < 0.2:
            troubles: list[Reply | NoReplyError]
            troubles = [refuse(503), NoReplyError("reset"), Reply(200, "<html>"), Reply(429, "{}")]
            return chance.choice(troubles)
        return forbid(request, now)

    works = totals(TWEETS[500]), totals(TWEETS[500], signer=HELP)
    calls = calls_of(*works, *planned, chance=0.5)
    log = run(serve, calls)
    assert len(log.sent) == calls.made
    for request in planned:
        rows = [row for answer in calls.answers[request] for row in answer.facts.select("tweet_id", "start").rows()]
        assert request.start
        assert request.end
        days = [request.start + timedelta(days=n) for n in range((request.end - request.start).days)]
        left = [int(tweet_id) for tweet_id in request.tweet_ids if tweet_id not in foreign]
        # Before the tweets were posted there is nothing, and who asks for it too harms nobody.
        expected = [(tweet_id, day) for tweet_id in left for day in days if day >= POSTED]
        assert Counter(row for row in rows if row[1] >= POSTED) == Counter(expected)
        assert reasons(calls, request) == dict.fromkeys(set(request.tweet_ids) & set(foreign), Reason.FORBIDDEN)
