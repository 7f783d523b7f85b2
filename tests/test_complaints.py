"""What went wrong is said once, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime

from reportgen.api.outcomes import call_failed, tweet_forbidden
from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.complaints import Answers, causes, refusal, refused_tweets, said_of, timeline_troubles
from reportgen.facts import no_facts
from reportgen.request import Grain, Request, Signer
from reportgen.spans import Span
from reportgen.timelines import Timeline, TimelineState

ACME, BEARER = Signer("@acme"), Signer(None)
START, END = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC)


def request(number: int, signer: Signer = ACME) -> Request:
    return Request(HISTORICAL, signer, (str(number),), ("favorites",), Grain.DAY, START, END)


def failed(*details: str) -> Answers:
    """A call for each of these causes."""
    requests = [request(n) for n in range(1, len(details) + 1)]
    return {asked: [call_failed(asked, detail)] for asked, detail in zip(requests, details, strict=True)}


class TestCauses:
    def test_are_told_once_the_most_frequent_first(self) -> None:
        assert list(causes(failed("no answer", "no answer", "status 503"), ())) == [
            "2 calls failed: no answer",
            "1 call failed: status 503",
        ]

    def test_that_are_many_are_summed_up(self) -> None:
        told = list(causes(failed("a", "a", "b", "c", "d", "e", "f", "g"), ()))
        assert (len(told), told[-1]) == (6, "2 calls failed for other reasons; the json format lists all")

    def test_are_none_where_the_credential_was_refused_or_nothing_failed(self) -> None:
        assert list(causes(failed("no"), {ACME})) == []
        assert list(causes({request(1): [Answer(no_facts())]}, ())) == []


class TestRefusedTweets:
    def answers(self, *numbers: int, signer: Signer = ACME) -> Answers:
        gaps = tuple(tweet_forbidden(str(number)) for number in numbers)
        return {request(1, signer): [Answer(no_facts(), gaps), Answer(no_facts(), gaps[:1])]}

    def test_are_named_once_with_the_handle_that_they_stand_under(self) -> None:
        assert list(refused_tweets(said_of(self.answers(1)))) == [
            "the API refuses 1 tweet to the access token of @acme (1); is it @acme's?"
        ]

    def test_that_are_many_are_cut(self) -> None:
        assert list(refused_tweets(said_of(self.answers(1, 2, 3, 4)))) == [
            "the API refuses 4 tweets to the access token of @acme (1, 2, 3 and others); are they @acme's?"
        ]

    def test_are_nobodys_mistake_where_the_bearer_token_asked(self) -> None:
        assert list(refused_tweets(said_of(self.answers(1, signer=BEARER)))) == []


def test_a_refused_bearer_token_is_told_with_its_variable() -> None:
    assert refusal({BEARER: "Bearer token not found"}) == (
        "the API says to the bearer token: Bearer token not found. Run reportgen auth status --check, or check "
        "REPORTGEN_BEARER_TOKEN."
    )


def test_totals_have_no_hours_to_tell() -> None:
    asked = Request(TOTALS, ACME, ("1",), ("favorites",), Grain.TOTAL)
    assert list(causes({asked: [call_failed(asked, "no answer")]}, ())) == ["1 call failed: no answer"]


def troubles(state: TimelineState, tweets: int = 0, detail: str = "", **more: object) -> list[str]:
    return [*timeline_troubles([Timeline("@acme", state, Span(START, END), tweets, detail, **more)])]  # type: ignore[arg-type]


class TestTimelines:
    def test_that_were_read_are_no_trouble(self) -> None:
        assert troubles(TimelineState.READ, 3) == []

    def test_without_a_tweet_say_of_when(self) -> None:
        assert troubles(TimelineState.READ) == ["@acme: no tweet from 2026-11-09T00:00:00Z to 2026-11-10T00:00:00Z"]

    def test_tell_of_a_handle_that_another_account_has_now_whether_it_posted_or_not(self) -> None:
        another = (
            "@acme: another account than in earlier runs has this handle; its numbers, of any day, are of that one"
        )
        assert troubles(TimelineState.READ, 3, another=True) == [another]
        assert troubles(TimelineState.READ, 0, another=True) == [
            another,
            "@acme: no tweet from 2026-11-09T00:00:00Z to 2026-11-10T00:00:00Z",
        ]

    def test_say_what_the_vendor_said(self) -> None:
        assert troubles(TimelineState.SUSPENDED, detail="User has been suspended") == [
            "@acme: X has suspended the account (User has been suspended)"
        ]
        assert troubles(TimelineState.RENAMED, 2, "@acme2") == [
            "@acme: the account has another handle now; write it into the report file, and sign in with it (@acme2)"
        ]

    def test_say_what_to_do_where_an_account_has_a_handle_of_the_report_now(self) -> None:
        renamed = Timeline("@acme", TimelineState.RENAMED, Span(START, END), 2, "@Acme_US")
        read = Timeline("@acme_us", TimelineState.READ, Span(START, END), 1)
        assert [*timeline_troubles([renamed, read])] == [
            (
                "@acme: the account is called @Acme_US now, and @Acme_US is in this report, too; write the handles "
                "that the accounts have now into the report file, and run it once with --refresh"
            )
        ]

    def test_name_what_is_gone_and_how_far_back_they_reach(self) -> None:
        assert troubles(TimelineState.READ, 3, reach=START, gone=("1", "2", "3", "4")) == [
            (
                "@acme: X shows the 3,200 newest tweets of an account; what it posted before 2026-11-09T00:00:00Z may "
                "be missing"
            ),
            "@acme: 4 tweets that it posted are not there any more (1, 2, 3 and others)",
        ]
        assert troubles(TimelineState.READ, 3, gone=("1",)) == [
            "@acme: 1 tweet that it posted is not there any more (1)"
        ]

    def test_have_a_sentence_for_every_state_but_read(self) -> None:
        assert all(troubles(state, 1) for state in TimelineState if state is not TimelineState.READ)
