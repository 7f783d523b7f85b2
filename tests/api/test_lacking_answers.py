"""What an answer lacks: a known gap where it says so itself, else a failure with its cause in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.gaps import Gap, Reason
from reportgen.request import Grain
from tests.api.test_answers import NEW, OLD, historical, read, rows, totals

FORBIDDEN = (f"Forbidden to access tweets: {OLD}, 20", f"Forbidden to access tweets for author id {NEW}: {OLD}")


@pytest.mark.parametrize("text", FORBIDDEN)
class TestForbiddenBesideData:
    @pytest.mark.parametrize("facts", [{}, {OLD: {}}, {OLD: None}, {OLD: {"favorites": None}}])
    def test_a_tweet_without_data_is_a_known_gap_and_no_failure(self, text: str, facts: dict[str, Any]) -> None:
        body = {"errors": [text], "facts": {**facts, NEW: {"favorites": "1", "replies": "2"}}}
        answer = read(totals("favorites", "replies"), body)
        assert answer.gaps == (Gap(OLD, None, Reason.FORBIDDEN, "not this account's tweet"),)
        assert [row[3] for row in rows(answer)] == [1, 2]
        assert answer.failure is None

    def test_data_counts_and_what_is_lacking_beside_it_is_a_failure(self, text: str) -> None:
        counts = {"favorites": "1", "replies": "2"}
        answer = read(
            totals("favorites", "replies"), {"errors": [text], "facts": {OLD: {"favorites": "0"}, NEW: counts}}
        )
        assert [(row[0], row[3]) for row in rows(answer)] == [(int(OLD), 0), (int(NEW), 1), (int(NEW), 2)]
        assert answer.gaps == (Gap(OLD, "replies", Reason.CALL_FAILED, "the answer lacks some numbers"),)

    def test_a_tweet_that_is_not_named_is_a_failure(self, text: str) -> None:
        answer = read(totals("favorites"), {"errors": [text], "facts": {}})
        assert [(gap.tweet_id, gap.reason) for gap in answer.gaps] == [
            (OLD, Reason.FORBIDDEN),
            (NEW, Reason.CALL_FAILED),
        ]
        assert answer.failure == "the answer lacks some numbers"

    def test_a_tweet_that_is_unavailable_too_is_unavailable(self, text: str) -> None:
        answer = read(totals("favorites"), {"errors": [text], "unavailable_tweet_ids": [OLD, NEW]})
        assert [gap.reason for gap in answer.gaps] == [Reason.UNAVAILABLE, Reason.UNAVAILABLE]


class TestWhyItFailed:
    """One short sentence, the same for all that has the same cause: without hours, without tweets."""

    @pytest.mark.parametrize(
        ("body", "failure"),
        [
            ({}, "the answer lacks some numbers"),
            ({"errors": ["Try later"]}, "the answer lacks some numbers: Try later"),
            ({"errors": [f"No luck with {OLD}, {NEW}"]}, "the answer lacks some numbers: No luck with …"),
            ({"facts": []}, 'the answer has "a list" in place of counts'),
            ({"facts": {NEW: {"impressions": {"2026-11-09": {"01": "1.5", "02": "y"}}}}},
             'the answer has "1.5" in place of a count'),
            ({"facts": {NEW: {"impressions": {"2026-11-09": {"01": "1"}}}}}, "the answer lacks some numbers"),
        ],
    )  # fmt: skip
    def test_by_hours(self, body: object, failure: str) -> None:
        assert read(historical(Grain.HOUR, 4), body).failure == failure

    def test_as_a_total(self) -> None:
        body = {"facts": {OLD: {"favorites": "1"}, NEW: {"favorites": 1.5}}}
        assert read(totals("favorites"), body).failure == 'the answer has "1.5" in place of a count'
