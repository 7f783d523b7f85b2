"""Gaps become notes that a client understands: one for each reason, as short as they can be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reportgen.gaps import NOT_ASKED, Gap, Reason
from reportgen.report.model import GapLine, GapNote, TweetLabel
from reportgen.report.notes import gap_notes, shortfall
from reportgen.voice.english import ENGLISH

HOUR = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 9, 1, tzinfo=UTC)
COUNTS = ("impressions", "engagements", "favorites")
TWEETS = {
    tweet_id: TweetLabel(tweet_id, handle, None)
    for tweet_id, handle in (("1", "@acme"), ("2", "@acme"), ("3", "@acme"), ("4", "@acme_help"), ("5", "@acme_help"))
}


def noted(*gaps: Gap, tweets: dict[str, TweetLabel] | None = None) -> tuple[GapNote, ...]:
    return gap_notes(gaps, tweets or TWEETS, COUNTS, ENGLISH)


def lines(*gaps: Gap, tweets: dict[str, TweetLabel] | None = None) -> list[tuple[tuple[str, ...], str | None, str]]:
    """The lines of the only note, each with the ids of the tweets that it lists."""
    (note,) = noted(*gaps, tweets=tweets)
    return [(line.metrics, line.together, " ".join(tweet.id for tweet in line.tweets)) for line in note.lines]


def failed(tweet_id: str, *metrics: str | None) -> list[Gap]:
    return [Gap(tweet_id, metric, Reason.CALL_FAILED, "time out", *HOUR) for metric in metrics]


def test_a_reason_is_one_note_in_which_tweets_that_lack_the_same_are_one_line() -> None:
    gaps = [
        *failed("4", "favorites"),
        *failed("3", "engagements", "impressions"),
        *failed("1", "impressions", "engagements", "impressions"),
    ]
    assert lines(*gaps) == [(("Impressions", "Engagements"), None, "1 3"), (("Likes",), None, "4")]


def test_no_metrics_are_listed_where_all_are_missing() -> None:
    assert lines(*failed("1", None), *failed("2", *COUNTS)) == [((), None, "1 2")]


def test_all_tweets_are_said_in_two_words() -> None:
    assert lines(*(Gap(number, "favorites", Reason.FORBIDDEN, "") for number in TWEETS)) == [
        (("Likes",), "All tweets", "")
    ]


def test_all_but_those_that_are_gone_are_all_other_tweets() -> None:
    gone = Gap("1", None, Reason.UNAVAILABLE, "deleted")
    _, note = noted(gone, *(Gap(number, None, Reason.CALL_FAILED, "") for number in TWEETS))
    assert note.lines == (GapLine((), "All other tweets", ()),)


def test_the_only_tweet_is_named() -> None:
    one = {"1": TWEETS["1"]}
    assert lines(*failed("1", None), tweets=one) == [((), None, "1")]


def test_all_tweets_of_a_handle_are_said_by_its_name_and_the_others_listed() -> None:
    gaps = [gap for number in ("1", "2", "3", "4") for gap in failed(number, "favorites")]
    assert lines(*gaps) == [(("Likes",), "All tweets of @acme", "4")]


def test_all_tweets_of_several_handles_are_said_by_their_names() -> None:
    more = TWEETS | {"6": TweetLabel("6", "@globex", None)}
    gaps = [gap for number in TWEETS for gap in failed(number, None)]
    assert lines(*gaps, tweets=more) == [((), "All tweets of @acme and @acme_help", "")]


def test_a_tweet_that_is_gone_has_no_other_note_and_the_rest_of_its_handle_are_all_other_tweets() -> None:
    gone = Gap("2", None, Reason.UNAVAILABLE, "deleted")
    forbidden = (Gap(number, "favorites", Reason.FORBIDDEN, "") for number in ("1", "2", "3"))
    first, second = noted(*forbidden, gone, *failed("2", "impressions"))
    assert first == GapNote(
        "X has no numbers for tweets that were deleted, are protected or cannot be found.",
        (GapLine((), None, (TWEETS["2"],)),),
    )
    assert second == GapNote(
        "X does not permit access to these numbers.", (GapLine(("Likes",), "All other tweets of @acme", ()),)
    )


def test_a_tweet_that_is_gone_and_forbidden_is_gone() -> None:
    gaps = (Gap("2", None, Reason.FORBIDDEN, ""), Gap("2", None, Reason.UNAVAILABLE, ""))
    assert [note.reason for note in noted(*gaps)] == [
        "X has no numbers for tweets that were deleted, are protected or cannot be found."
    ]


def test_what_was_not_asked_for_is_another_note_than_what_x_did_not_answer() -> None:
    not_asked = Gap("1", None, Reason.CALL_FAILED, NOT_ASKED)
    assert [note.reason for note in noted(not_asked, Gap("2", None, Reason.CALL_FAILED, "status 503"))] == [
        "X was not asked for these numbers, and they are not known from before.",
        "X did not answer, or its answer could not be read.",
    ]


def test_a_tweet_from_after_the_present_is_not_told_as_deleted() -> None:
    later = Gap("1", None, Reason.UNAVAILABLE, "posted after 2026-11-16T12:00:00Z")
    assert [note.reason for note in noted(later)] == [
        "These tweets were posted after the moment that the report is about."
    ]


def test_a_tweet_without_some_hours_is_not_gone() -> None:
    assert len(noted(Gap("2", None, Reason.UNAVAILABLE, "", *HOUR), *failed("2", None))) == 2


def test_a_refused_credential_is_told_by_its_handle_alone() -> None:
    refused = (Gap(number, None, Reason.NOT_AUTHORIZED, "401", *HOUR) for number in ("4", "5"))
    assert noted(*refused) == (
        GapNote("X refused access to the numbers of @acme_help; the permission may have been withdrawn.", ()),
    )


def test_refused_credentials_of_all_handles_are_told_by_the_handles() -> None:
    assert noted(*(Gap(number, None, Reason.NOT_AUTHORIZED, "401") for number in TWEETS)) == (
        GapNote("X refused access to the numbers of @acme and @acme_help; the permission may have been withdrawn.", ()),
    )


def test_a_refused_credential_lists_tweets_where_not_all_of_its_handle_are_meant() -> None:
    assert lines(Gap("4", None, Reason.NOT_AUTHORIZED, "401")) == [((), None, "4")]


def test_a_refused_credential_for_tweets_of_no_handle_names_none() -> None:
    public = {number: TweetLabel(number, None, None) for number in ("1", "2")}
    assert noted(*(Gap(number, None, Reason.NOT_AUTHORIZED, "401") for number in public), tweets=public) == (
        GapNote(
            "X refused access to these numbers; the permission may have been withdrawn.",
            (GapLine((), "All tweets", ()),),
        ),
    )


def test_what_only_the_owner_may_see_is_another_note_than_a_refused_credential() -> None:
    gaps = (Gap("4", None, Reason.NOT_AUTHORIZED, "401"), Gap("1", "impressions", Reason.NOT_AUTHORIZED, "no token"))
    assert [note.reason for note in noted(*gaps)] == [
        "X refused access to the numbers of @acme_help; the permission may have been withdrawn.",
        "X shows these numbers to the owner of a tweet only.",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_told_in_a_sentence(reason: Reason) -> None:
    (note,) = noted(Gap("1", "favorites", reason, ""))
    assert note.reason.endswith(".")


@pytest.mark.parametrize(
    ("lacking", "answered", "sentence"),
    [
        ((), (1, 2, 3), None),
        ((1, 2, 3), (), "There are no numbers at all."),
        ((1, 2), (3,), "There are no numbers for 2 of 3 tweets."),
        ((1, 2), (2, 3), "There are no numbers for 1 of 3 tweets, and only some for 1 more."),
        ((1, 2, 3), (1, 2, 3), "There are only some of the numbers for 3 of 3 tweets."),
        ((1, 2), (1, 2, 3), "There are only some of the numbers for 2 of 3 tweets."),
    ],
)
def test_the_shortfall_tells_what_is_missing_whole_and_what_in_part(
    lacking: tuple[int, ...], answered: tuple[int, ...], sentence: str | None
) -> None:
    assert shortfall(3, set(lacking), set(answered), ENGLISH) == sentence
