"""What the API says becomes facts and gaps: nothing invented, nothing lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reportgen.api.answers import read_answer
from reportgen.api.engagement import Reply
from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS
from reportgen.gaps import Gap, Reason
from reportgen.plan import Grain, Request, Signer

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
START = datetime(2026, 11, 9, tzinfo=UTC)
OLD, NEW = "1900000000000000000", "2117632892728246273"  # posted in March 2025 and on 3 November 2026


def totals(*metrics: str) -> Request:
    return Request(TOTALS, Signer("@acme"), (OLD, NEW), metrics, Grain.TOTAL)


def historical(grain: Grain, hours: int) -> Request:
    end = START + timedelta(hours=hours)
    return Request(HISTORICAL, Signer("@acme"), (NEW,), ("impressions",), grain, START, end)


def read(request: Request, body: object, status: int = 200) -> Answer:
    return read_answer(request, Reply(status, json.dumps(body)), AS_OF)


def rows(answer: Answer) -> list[tuple[Any, ...]]:
    return answer.facts.sort("tweet_id", "metric", "start").rows()


def reasons(answer: Answer) -> set[tuple[str, str | None, Reason]]:
    return {(gap.tweet_id, gap.metric, gap.reason) for gap in answer.gaps}


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

    @pytest.mark.parametrize(
        "damaged",
        [
            {},
            {"facts": None},
            {"facts": {NEW: []}},
            {"facts": {NEW: {"impressions": "7"}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": "7"}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7"}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "-1"}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "1.5"}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": None}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": True}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "1", "1": "1"}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "+1"}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "9223372036854775807"}}}}},
            {"facts": {NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "\ud800"}}}}},
            {"facts": {NEW: {"impressions": {"someday": {"00": "7", "01": "1"}}}}},
            {"facts": {"1" + NEW: {"impressions": {"2026-11-09": {"00": "7", "01": "1"}}}}},
        ],
    )
    def test_what_is_lacking_or_damaged_is_a_gap_and_never_a_zero(self, damaged: object) -> None:
        answer = read(historical(Grain.HOUR, 2), damaged)
        end = START + timedelta(hours=2)
        detail = (
            "the answer lacks its numbers, or has some that are no whole numbers "
            "(2026-11-09T00:00:00Z to 2026-11-09T02:00:00Z)"
        )
        assert answer.gaps == (Gap(NEW, "impressions", Reason.CALL_FAILED, detail, START, end),)
        assert answer.failed

    def test_hours_that_were_not_asked_for_are_left_to_the_window_they_belong_to(self) -> None:
        hours = {"2026-11-08": {"23": "9"}, "2026-11-09": {"00": "3", "01": "4", "02": "9"}}
        answer = read(historical(Grain.HOUR, 2), {"facts": {NEW: {"impressions": hours}}})
        assert ([row[3] for row in rows(answer)], answer.gaps) == ([3, 4], ())

    @pytest.mark.parametrize("grain", Grain)
    def test_an_answer_for_another_time_is_a_failed_call(self, grain: Grain) -> None:
        body = {"start": "2026-01-01T00:00:00Z", "end": "2026-01-02T00:00:00Z", "facts": {NEW: {"impressions": "5"}}}
        answer = read(historical(grain, 24), body)
        assert answer.facts.is_empty()
        assert answer.gaps[0].detail.startswith("the API answered for 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z")

    def test_28_hours_to_another_present_are_a_failed_call(self) -> None:
        request = Request(LAST_28_HOURS, Signer("@acme"), (NEW,), ("impressions",), Grain.TOTAL)
        echo = {"start": "2026-11-15T08:00:00Z", "end": "2026-11-16T13:00:00Z"}
        assert not read(request, echo | {"facts": {NEW: {"impressions": "5"}}}).failed
        yesterday = {"start": "2026-11-14T08:00:00Z", "end": "2026-11-15T13:00:00Z"}
        assert read(request, yesterday | {"facts": {NEW: {"impressions": "5"}}}).failed


class TestGapsBesideData:
    def test_a_deleted_tweet_is_unavailable_and_the_others_count(self) -> None:
        body = {
            "errors": ["1 Tweet ID(s) are unavailable"],
            "unavailable_tweet_ids": [OLD],
            "facts": {NEW: {"favorites": "1"}},
        }
        answer = read(totals("favorites"), body)
        assert rows(answer) == [(int(NEW), "favorites", None, 1)]
        assert reasons(answer) == {(OLD, None, Reason.UNAVAILABLE)}
        assert not answer.failed

    @pytest.mark.parametrize("beside", [{}, {"impressions": "0", "engagements": "0"}])
    def test_impressions_too_old_are_gaps_with_or_without_a_zero(self, beside: dict[str, str]) -> None:
        body = {
            "errors": ["Impressions & engagements are only available for 90 days"],
            "unsupported_for_impressions_engagements_tweet_ids": [OLD],
            "facts": {
                OLD: {"favorites": "2", **beside},
                NEW: {"favorites": "1", "impressions": "9", "engagements": "3"},
            },
        }
        answer = read(totals("impressions", "engagements", "favorites"), body)
        too_old = Reason.TOO_OLD_FOR_IMPRESSIONS
        assert reasons(answer) == {(OLD, "impressions", too_old), (OLD, "engagements", too_old)}
        assert (int(OLD), "favorites", None, 2) in rows(answer)

    def test_video_views_too_old_are_a_gap_although_a_zero_stands_there(self) -> None:
        body = {
            "unsupported_for_video_views_tweet_ids": [OLD],
            "facts": {OLD: {"video_views": "0"}, NEW: {"video_views": "4"}},
        }
        answer = read(totals("video_views"), body)
        assert reasons(answer) == {(OLD, "video_views", Reason.TOO_OLD_FOR_VIDEO_VIEWS)}


class TestRefusals:
    def test_a_refused_credential_keeps_the_vendors_reason(self) -> None:
        text = "Your account could not be authenticated. Reason: Access Token not found"
        answer = read(totals("favorites"), {"errors": [text]}, 401)
        assert (answer.refused, answer.failed) == (text, True)
        assert reasons(answer) == {(OLD, None, Reason.NOT_AUTHORIZED), (NEW, None, Reason.NOT_AUTHORIZED)}

    @pytest.mark.parametrize("text", ["", "<html>", "[]"])
    def test_a_credential_is_refused_whatever_the_words(self, text: str) -> None:
        assert read_answer(totals("favorites"), Reply(401, text), AS_OF).refused == "status 401"

    def test_control_characters_of_a_text_reach_no_terminal(self) -> None:
        answer = read(totals("favorites"), {"errors": ["a\x1b[31mb\x00\u202ec"]}, 400)
        assert answer.gaps[0].detail == "the API refused the call: a [31mb c"

    @pytest.mark.parametrize(
        "text", [f"Forbidden to access tweets: {OLD}", f"Forbidden to access tweets for author id 77: {OLD}"]
    )
    def test_forbidden_tweets_are_told_from_those_refused_along_with_them(self, text: str) -> None:
        answer = read(totals("favorites"), {"errors": [text]}, 403)
        assert reasons(answer) == {(OLD, None, Reason.FORBIDDEN), (NEW, None, Reason.CALL_FAILED)}
        assert answer.failed

    def test_a_forbidden_metric_is_named(self) -> None:
        answer = read(totals("favorites", "impressions"), {"errors": ["Forbidden to access metrics: impressions"]}, 403)
        assert (OLD, "impressions", Reason.FORBIDDEN) in reasons(answer)
        assert answer.failed

    def test_when_all_tweets_are_unavailable_nothing_failed(self) -> None:
        body = {"errors": ["2 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [OLD, NEW]}
        answer = read(totals("favorites"), body, 400)
        assert reasons(answer) == {(OLD, None, Reason.UNAVAILABLE), (NEW, None, Reason.UNAVAILABLE)}
        assert not answer.failed

    @pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
    def test_any_other_refusal_is_a_failed_call_with_its_text(self, status: int) -> None:
        answer = read(totals("favorites"), {"errors": [{"message": "Over  capacity\n"}]}, status)
        assert {(gap.reason, gap.detail) for gap in answer.gaps} == {
            (Reason.CALL_FAILED, "the API refused the call: Over capacity")
        }
        assert answer.failed

    def test_a_text_with_half_a_character_can_be_written_down(self) -> None:
        answer = read_answer(totals("favorites"), Reply(400, '{"errors": ["bad \\ud800 \\ud83d\\ude00"]}'), AS_OF)
        assert answer.gaps[0].detail == "the API refused the call: bad ? 😀"

    @pytest.mark.parametrize(
        "text",
        [
            "<html>Bad gateway</html>",
            "",
            "[1, 2]",
            '{"facts": {',
            '{"facts":' + "[" * 100_000 + "]" * 100_000 + "}",
            f'{{"facts": {{"{NEW}": {{"favorites": "1", "favorites": "2"}}}}}}',
        ],
        ids=["html", "empty", "list", "cut", "deep", "doubled"],
    )
    def test_what_is_no_json_object_is_a_failed_call(self, text: str) -> None:
        answer = read_answer(totals("favorites"), Reply(200, text), AS_OF)
        assert {gap.detail for gap in answer.gaps} == {"the API answered with status 200 and no JSON object"}
        assert answer.failed
