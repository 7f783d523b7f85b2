"""Refused calls: which tweets and metrics are named, in each wording; no other is ever taken for one of them."""

from __future__ import annotations

import json

import pytest

from reportgen.api.answers import read_reply
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Refusal, Rejected, Unanswered, Unauthorized, Verdict
from reportgen.catalog import TOTALS
from reportgen.gaps import Gap, Reason
from reportgen.request import Grain, Request, Signer
from tests.api.test_answers import AS_OF

IDS = ("2117632892728246273", "2117270504862646273", "21176328927", "20", "77")
A, B, CUT, SHORT, _ = IDS
BY_AUTHOR = "Forbidden to access tweets for author id"
UNAVAILABLE = "deleted, protected or never there"
REQUEST = Request(TOTALS, Signer("@acme"), IDS, ("impressions", "media_engagements", "favorites"), Grain.TOTAL)


def read(status: int, body: object, request: Request = REQUEST) -> Verdict:
    return read_reply(request, Reply(status, body if isinstance(body, str) else json.dumps(body)), AS_OF)


def refusal(status: int, body: object, request: Request = REQUEST) -> Refusal:
    verdict = read(status, body, request)
    assert isinstance(verdict, Refusal)
    return verdict


class TestForbiddenTweets:
    @pytest.mark.parametrize(
        ("errors", "named"),
        [
            (f"Forbidden to access tweets: {A}, {B}", {A, B}),
            ([f"Forbidden to access tweets: {A}, {B}"], {A, B}),
            ([{"message": f"Forbidden to access tweets: {A}, {B}"}], {A, B}),
            ([f"Forbidden to access tweets:{A},{B}"], {A, B}),
            ([f"Forbidden to access tweets : {A} ,\n{B}."], {A, B}),
            ([f"Forbidden to access tweets: [{A}, {B}]"], {A, B}),
            ([f"Forbidden to access tweets: {A}, 1, 2117270504862646274"], {A}),
            ([f"{BY_AUTHOR} 77: {A}, {B}"], {A, B}),
            ([f"{BY_AUTHOR} 77:{A}"], {A}),
            ([f"{BY_AUTHOR} {SHORT}: {A}", f"{IDS[4]} reasons: {B}"], {A}),
            ([f"{BY_AUTHOR} 77: {A}", f"{BY_AUTHOR} 20: {B}"], {A, B}),
            ([f"{BY_AUTHOR} 77: {A}, {BY_AUTHOR} 20: {B}"], {A, B}),
            ([f"{BY_AUTHOR} 77: {A}; for author id 20: {B}"], {A, B}),
            ([f"Forbidden to access tweets: {A}", f"{BY_AUTHOR} 77: {B}"], {A, B}),
            ([f"Forbidden to access tweets: {A}", "20 Tweet ID(s) are unavailable"], {A}),
            ([f"Forbidden to access tweets: {A}, {B[:11]}"], {A}),
            ([f"Forbidden to access tweets: {A}, {CUT}..."], {A}),
            ([f"Forbidden to access tweets: {A}, {CUT}…"], {A}),
            ([f"{BY_AUTHOR} 77: {A}, {SHORT}: {B}"], {A}),
            ([f"Forbidden to access tweets: {A}x"], set()),
            ([f"Forbidden to access tweets: x{A}"], set()),
            ([f"{BY_AUTHOR} 77"], set()),
            (["Forbidden to access tweets"], set()),
            ([f"Something about {A}"], set()),
            ([], set()),
            (None, set()),
            ({A: {"message": f"Forbidden to access tweets: {A}"}}, set()),
        ],
    )  # fmt: skip
    def test_the_ids_named_are_those_of_the_request_and_no_authors(self, errors: object, named: set[str]) -> None:
        verdict = refusal(403, {"errors": errors})
        assert verdict.tweets == {i: Gap(i, None, Reason.FORBIDDEN, "not this account's tweet") for i in named}
        assert (verdict.metrics, verdict.suspicion) == (frozenset(), Reason.FORBIDDEN)

    @pytest.mark.parametrize("wording", ["Forbidden to access tweets: {}", BY_AUTHOR + " 9: {}"])
    def test_250_ids_are_read_whole_and_shown_in_one_line(self, wording: str) -> None:
        ids = tuple(str(int(A) + n) for n in range(250))
        request = Request(TOTALS, Signer("@acme"), ids, ("favorites",), Grain.TOTAL)
        text = wording.format(", ".join(ids))
        verdict = refusal(403, {"errors": [text]}, request)
        assert tuple(verdict.tweets) == ids
        assert verdict.text == text[:300]

    def test_refused_without_a_word_it_is_still_a_refusal(self) -> None:
        assert refusal(403, "{}") == Refusal("status 403", {}, frozenset(), Reason.FORBIDDEN)


class TestForbiddenMetrics:
    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("Forbidden to access metrics: impressions", {"impressions"}),
            ("Forbidden to access metrics: impressions, media_engagements", {"impressions", "media_engagements"}),
            ("Forbidden to access metrics:impressions,favorites.", {"impressions", "favorites"}),
            ("Forbidden to access metrics: media_clicks", {"media_engagements"}),
            ("Forbidden to access metrics: likes", set()),
            ("Forbidden to access metrics: impressions_by_age", set()),
            ("Forbidden to access metrics", set()),
        ],
    )
    def test_the_metrics_named_are_those_of_the_request(self, text: str, named: set[str]) -> None:
        assert refusal(403, {"errors": [text]}) == Refusal(text, {}, frozenset(named), Reason.FORBIDDEN)

    def test_tweets_and_metrics_may_be_named_together(self) -> None:
        texts = [f"Forbidden to access tweets: {A}", "Forbidden to access metrics: favorites"]
        verdict = refusal(403, {"errors": texts})
        assert set(verdict.tweets) == {A}
        assert verdict.metrics == {"favorites"}


class TestUnavailableTweets:
    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({"errors": ["2 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [A, B]}, {A, B}),
            ({"unavailable_tweet_ids": [A, int(B), "1", None, 2.5, [A]]}, {A, B}),
            ({"errors": ["1 Tweet ID(s) are unavailable"]}, set()),
            ({"errors": ["1 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": {A: "1"}}, set()),
            ({"errors": "1 Tweet ID(s) are unavailable", "unavailable_tweet_ids": ["1"]}, set()),
        ],
    )
    def test_status_400_with_that_wording_or_list_is_a_refusal(self, body: object, named: set[str]) -> None:
        verdict = refusal(400, body)
        assert verdict.tweets == {i: Gap(i, None, Reason.UNAVAILABLE, UNAVAILABLE) for i in named}
        assert (verdict.metrics, verdict.suspicion) == (frozenset(), Reason.UNAVAILABLE)

    def test_a_tweet_that_is_unavailable_and_forbidden_is_unavailable(self) -> None:
        body = {"errors": [f"Forbidden to access tweets: {A}, {B}"], "unavailable_tweet_ids": [A]}
        reasons = {tweet: gap.reason for tweet, gap in refusal(403, body).tweets.items()}
        assert reasons == {A: Reason.UNAVAILABLE, B: Reason.FORBIDDEN}


class TestOthers:
    @pytest.mark.parametrize(
        ("body", "text"),
        [
            ({"errors": [{"message": "Over  long\n"}, "and wrong"]}, "Over long and wrong"),
            ({"errors": "No such metric"}, "No such metric"),
            ({"errors": [], "error": "Bad"}, "Bad"),
            ({"title": "Bad Request", "detail": "start is missing"}, "start is missing"),
            ({"errors": ["a\x1b[31mb\x00\u202ec"]}, "a [31mb c"),
            ({"errors": ["x" * 999]}, "x" * 300),
            ('{"errors": ["bad \\ud800 \\ud83d\\ude00"]}', "bad ? 😀"),
            ({"errors": {A: {"favorites": "1"}}}, "status 400"),
            ({"unavailable_tweet_ids": ["1"]}, "status 400"),
            ({"errors": [None, 7, ["x"], {"code": 1}]}, "status 400"),
            ({}, "status 400"),
        ],
    )
    def test_any_other_400_is_rejected_with_its_text(self, body: object, text: str) -> None:
        assert read(400, body) == Rejected(f"the API refused the call: {text}")

    @pytest.mark.parametrize("status", [400, 403])
    @pytest.mark.parametrize(
        "text",
        [
            "<html>Blocked</html>",
            "",
            "[]",
            '"Forbidden"',
            f'{{"errors": ["Forbidden to access tweets: {A}',
            '{"errors": [',
        ],
        ids=["html", "empty", "list", "string", "cut in a text", "cut"],
    )
    def test_what_is_no_json_object_is_not_the_apis_word(self, status: int, text: str) -> None:
        assert read(status, text) == Unanswered(f"the API answered with status {status} and no JSON object")

    @pytest.mark.parametrize("text", ["", "<html>", "[]", "{}"])
    def test_a_credential_is_refused_whatever_the_words(self, text: str) -> None:
        assert read(401, text) == Unauthorized("the credential is refused (status 401)")
