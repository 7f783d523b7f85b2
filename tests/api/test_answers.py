"""An answer becomes facts and gaps: nothing invented, nothing lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reportgen.api.answers import read_reply
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Answer, Unanswered
from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS
from reportgen.gaps import Gap, Reason
from reportgen.request import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
START = datetime(2026, 11, 9, tzinfo=UTC)
OLD, NEW = "1900000000000000000", "2117632892728246273"  # posted in March 2025 and on 3 November 2026


def hour(after: int) -> datetime:
    return START + timedelta(hours=after)


def totals(*metrics: str) -> Request:
    return Request(TOTALS, Signer("@acme"), (OLD, NEW), metrics, Grain.TOTAL)


def historical(grain: Grain, hours: int) -> Request:
    end = START + timedelta(hours=hours)
    return Request(HISTORICAL, Signer("@acme"), (NEW,), ("impressions",), grain, START, end)


def read(request: Request, body: object) -> Answer:
    answer = read_reply(request, Reply(200, json.dumps(body)), AS_OF)
    assert isinstance(answer, Answer)
    return answer


def rows(answer: Answer) -> list[tuple[Any, ...]]:
    return answer.facts.sort("tweet_id", "metric", "start").rows()


class TestData:
    def test_totals_are_read_as_strings_or_bare_numbers(self) -> None:
        answer = read(totals("favorites"), {"facts": {OLD: {"favorites": "551"}, NEW: {"favorites": 26}}})
        assert rows(answer) == [(int(OLD), "favorites", None, 551), (int(NEW), "favorites", None, 26)]
        assert (answer.gaps, answer.failed) == ((), False)

    def test_days_are_read(self) -> None:
        body = {"facts": {NEW: {"impressions": {"2026-11-09": "3", "2026-11-10": "0"}}}}
        answer = read(historical(Grain.DAY, 48), body)
        assert [row[2:] for row in rows(answer)] == [(START, 3), (START + timedelta(days=1), 0)]
        assert not answer.failed

    def test_hours_are_read(self) -> None:
        answer = read(
            historical(Grain.HOUR, 2), {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "3", "01": "4"}}}}}
        )
        assert [row[2:] for row in rows(answer)] == [(START, 3), (START + timedelta(hours=1), 4)]
        assert not answer.failed

    def test_on_28hr_the_first_and_the_last_hour_are_there_in_part(self) -> None:
        request = Request(LAST_28_HOURS, Signer("@acme"), (NEW,), ("impressions",), Grain.HOUR)
        hours = {
            "2026-11-15": {f"{h:02}": "1" for h in range(8, 24)},
            "2026-11-16": {f"{h:02}": "1" for h in range(13)},
        }
        answer = read(request, {"facts": {NEW: {"impressions": hours}}})
        assert (answer.facts.height, answer.gaps) == (29, ())

    def test_hours_before_the_tweet_was_posted_may_be_left_out(self) -> None:
        posted = datetime(2026, 11, 9, 1, 30, tzinfo=UTC)
        young = str((int(posted.timestamp() * 1000) - 1_288_834_974_657) << 22)
        request = Request(
            HISTORICAL, Signer("@acme"), (young,), ("impressions",), Grain.HOUR, START, START + timedelta(hours=3)
        )
        body = {"facts": {young: {"impressions": {"2026-11-09": {"01": "5", "02": "6"}}}}}
        assert read(request, body).gaps == ()

    def test_only_the_hours_that_are_not_there_are_gaps(self) -> None:
        hours = {"00": "1", "02": "3", "05": "6"}
        answer = read(historical(Grain.HOUR, 6), {"facts": {NEW: {"impressions": {"2026-11-09": hours}}}})
        assert [row[3] for row in rows(answer)] == [1, 3, 6]
        assert [(gap.start, gap.end) for gap in answer.gaps] == [(hour(1), hour(2)), (hour(3), hour(5))]
        assert answer.gaps[1].detail == ("the answer lacks some numbers (2026-11-09T03:00:00Z to 2026-11-09T05:00:00Z)")
        assert answer.failed

    def test_a_day_that_is_not_there_is_a_gap_of_the_hours_asked_for_alone(self) -> None:
        request = replace(historical(Grain.DAY, 40), start=hour(9))
        answer = read(request, {"facts": {NEW: {"impressions": {"2026-11-10": "5"}}}})
        assert [row[2:] for row in rows(answer)] == [(hour(24), 5)]
        assert [(gap.start, gap.end) for gap in answer.gaps] == [(hour(9), hour(24))]

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ({}, "the answer lacks some numbers"),
            ({"errors": ["Try later"]}, "the answer lacks some numbers: Try later"),
            ({"facts": {}, "errors": ["Beside"]}, "the answer lacks some numbers"),
            ({"facts": None}, 'the answer has "null" in place of counts'),
            ({"facts": {NEW: []}}, 'the answer has "a list" in place of counts'),
            ({"facts": {NEW: {}}}, "the answer lacks some numbers"),
            ({"facts": {NEW: {"impressions": {}}}}, "the answer lacks some numbers"),
            ({"facts": {NEW: {"impressions": "7"}}}, 'the answer has "7" in place of counts'),
            (
                {"facts": {NEW: {"impressions": {"2026-11-09": "7"}}}},
                'the answer has "7" in place of a count at 2026-11-09T00:00:00Z',
            ),
            ({"facts": {NEW: {"impressions": {"someday": {"00": "7", "01": "1"}}}}}, "the answer lacks some numbers"),
            ({"facts": {"1" + NEW: {"impressions": {"2026-11-09": {"00": "7"}}}}}, "the answer lacks some numbers"),
        ],
    )
    def test_a_metric_that_is_not_there_is_one_gap_that_says_what_is(self, body: object, said: str) -> None:
        answer = read(historical(Grain.HOUR, 2), body)
        detail = f"{said} (2026-11-09T00:00:00Z to 2026-11-09T02:00:00Z)"
        assert answer.gaps == (Gap(NEW, "impressions", Reason.CALL_FAILED, detail, START, hour(2)),)
        assert answer.facts.is_empty()
        assert answer.failed

    @pytest.mark.parametrize(
        ("leaf", "shown"),
        [
            ("-1", "-1"),
            (-1, "-1"),
            ("1.5", "1.5"),
            (1.5, "1.5"),
            (None, "null"),
            (True, "true"),
            ({"00": "1"}, "an object"),
            ("+1", "+1"),
            ("", ""),
            ("9223372036854775807", "9223372036854775807"),
            ("\ud800", "?"),
            ("a\x1b[31m\u202e" + "b" * 99, "a [31m " + "b" * 33),
        ],
    )
    def test_what_is_no_count_is_told_and_the_next_hour_is_kept(self, leaf: object, shown: str) -> None:
        body = {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": leaf}}}}}
        answer = read(historical(Grain.HOUR, 2), body)
        assert [row[2:] for row in rows(answer)] == [(START, 7)]
        detail = (
            f'the answer has "{shown}" in place of a count at 2026-11-09T01:00:00Z '
            "(2026-11-09T01:00:00Z to 2026-11-09T02:00:00Z)"
        )
        assert answer.gaps == (Gap(NEW, "impressions", Reason.CALL_FAILED, detail, hour(1), hour(2)),)
        assert answer.failed

    def test_of_many_that_are_no_counts_the_first_is_shown_and_the_others_are_counted(self) -> None:
        body = {"facts": {NEW: {"impressions": {"2026-11-09": {"01": "x", "02": "y", "03": "z"}}}}}
        (gap,) = read(historical(Grain.HOUR, 4), body).gaps
        assert gap.detail == (
            'the answer has "x" in place of a count at 2026-11-09T01:00:00Z, and 2 more like it '
            "(2026-11-09T00:00:00Z to 2026-11-09T04:00:00Z)"
        )

    def test_a_total_that_is_no_count_is_told(self) -> None:
        answer = read(totals("favorites"), {"facts": {OLD: {"favorites": "many"}, NEW: {"favorites": "1"}}})
        detail = 'the answer has "many" in place of a count'
        assert answer.gaps == (Gap(OLD, "favorites", Reason.CALL_FAILED, detail),)

    def test_names_that_nobody_asked_for_are_left_alone(self) -> None:
        hours = {"00": "3", "01": "4", "24": "5", "1": "6", "total": "7"}
        days = {"2026-11-09": hours, "2026-11-31": hours, "sum": "99"}
        facts = {NEW: {"impressions": days, "replies": days, "new_metric": "1"}, OLD: {"impressions": days}, "x": None}
        answer = read(historical(Grain.HOUR, 2), {"facts": facts, "more": [1], "meta": {"impressions": "9"}})
        assert ([row[3] for row in rows(answer)], answer.gaps, answer.failed) == ([3, 4], (), False)

    @pytest.mark.parametrize(
        "name",
        ["errors", "start", "end", "unavailable_tweet_ids", "unsupported_for_video_views_tweet_ids", "error", "detail"],
    )
    def test_a_grouping_may_bear_a_name_of_the_apis_own(self, name: str) -> None:
        request = replace(historical(Grain.HOUR, 2), metrics=("video_views",))
        echo = {"start": "2026-11-09T00:00:00Z", "end": "2026-11-09T02:00:00Z"}
        body = echo | {name: {NEW: {"video_views": {"2026-11-09": {"00": "3", "01": "4"}}}}}
        answer = read_reply(request, Reply(200, json.dumps(body)), AS_OF, name)
        assert isinstance(answer, Answer)
        assert ([row[3] for row in rows(answer)], answer.gaps) == ([3, 4], ())

    def test_hours_that_were_not_asked_for_are_left_to_the_window_they_belong_to(self) -> None:
        hours = {"2026-11-08": {"23": "9"}, "2026-11-09": {"00": "3", "01": "4", "02": "9"}}
        answer = read(historical(Grain.HOUR, 2), {"facts": {NEW: {"impressions": hours}}})
        assert ([row[3] for row in rows(answer)], answer.gaps) == ([3, 4], ())

    @pytest.mark.parametrize("grain", Grain)
    def test_an_answer_for_another_time_is_a_failed_call(self, grain: Grain) -> None:
        body = {"start": "2026-01-01T00:00:00Z", "end": "2026-01-02T00:00:00Z", "facts": {NEW: {"impressions": "5"}}}
        answer = read(historical(grain, 24), body)
        assert answer.facts.is_empty()
        cause = "the API answered for 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z, not for the hours asked for"
        assert answer.gaps[0].detail == f"{cause} (2026-11-09T00:00:00Z to 2026-11-10T00:00:00Z)"
        assert answer.failure == cause


class TestCallsWithoutData:
    @pytest.mark.parametrize(
        "text",
        [
            "<html>Bad gateway</html>",
            "",
            "[1, 2]",
            '{"facts": {',
            '{"facts":' + "[" * 100_000 + "]" * 100_000 + "}",
            '{"facts": ' + "9" * 5000 + "}",
            f'{{"facts": {{"{NEW}": {{"favorites": "1", "favorites": "2"}}}}}}',
        ],
        ids=["html", "empty", "list", "cut", "deep", "huge", "doubled"],
    )
    def test_a_200_that_is_no_json_object_is_no_answer(self, text: str) -> None:
        verdict = read_reply(totals("favorites"), Reply(200, text), AS_OF)
        assert verdict == Unanswered("the API answered with status 200 and no JSON object")

    def test_nesting_deep_below_a_count_is_no_crash(self) -> None:
        deep = '{"a":' * 500 + "1" + "}" * 500
        answer = read_reply(
            totals("favorites"), Reply(200, f'{{"facts": {{"{NEW}": {{"favorites": {deep}}}}}}}'), AS_OF
        )
        assert isinstance(answer, Answer)
        assert answer.gaps[1].detail == 'the answer has "an object" in place of a count'
