"""Readers are told whose tweets a report has, of which days, and which may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from reportgen.catalog import HISTORICAL
from reportgen.report.timelines import timeline_notes, timeline_remarks
from reportgen.spans import Span
from reportgen.spec.model import Excluded, ReportSpec, Tweet
from reportgen.timelines import Timeline, TimelineState
from reportgen.voice.english import ENGLISH

AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
SPAN = Span(datetime(2026, 10, 19, 4, tzinfo=UTC), datetime(2026, 11, 16, 5, tzinfo=UTC))
NEW_YORK = ZoneInfo("America/New_York")


def spec_of(
    handles: Sequence[str], tweets: int, exclude: tuple[Excluded, ...] = (), posted: str | None = "last_28_days"
) -> ReportSpec:
    found = tuple(Tweet(str(number), handles[0]) for number in range(tweets))
    return ReportSpec(
        "r.yaml",
        "r",
        "R",
        NEW_YORK,
        HISTORICAL,
        tuple(handles),
        found,
        ("impressions",),
        posted=posted,
        exclude=exclude,
    )


def timeline(
    handle: str,
    tweets: int = 0,
    state: TimelineState = TimelineState.READ,
    detail: str = "",
    reach: datetime | None = None,
    another: bool = False,
) -> Timeline:
    return Timeline(handle, state, SPAN, tweets, detail, reach, another=another)


def notes(*timelines: Timeline) -> list[str]:
    spec = spec_of([one.handle for one in timelines], 0)
    found = [*timeline_notes(timelines, spec, ENGLISH)]
    assert all(note.lines == () for note in found)
    return [note.reason for note in found]


def remarks(*timelines: Timeline, listed: int = 0, exclude: tuple[Excluded, ...] = ()) -> list[str]:
    spec = spec_of([one.handle for one in timelines], sum(one.tweets for one in timelines) + listed, exclude)
    return [*timeline_remarks(timelines, spec, AS_OF, ENGLISH)]


class TestRemarks:
    def test_say_whose_tweets_they_are_and_of_which_local_days(self) -> None:
        assert remarks(timeline("@acme", 40), timeline("@acme_help", 30)) == [
            "The tweets are those that @acme and @acme_help posted, 19 October – 15 November 2026."
        ]

    def test_say_what_is_left_out_and_how_many_the_file_lists_beside_them(self) -> None:
        (said,) = remarks(timeline("@acme", 40), listed=2, exclude=("replies", "retweets"))
        assert said.endswith(" posted, 19 October – 15 November 2026, replies and retweets left out, and 2 more.")

    def test_name_no_more_than_five_handles(self) -> None:
        (first, *_) = remarks(*(timeline(f"@a{number}", 1) for number in range(6)))
        assert first == "The tweets are those that these handles posted, 19 October – 15 November 2026."

    def test_name_those_who_posted_nothing(self) -> None:
        said = remarks(timeline("@acme", 1), timeline("@shop"), timeline("@gone", state=TimelineState.SUSPENDED))
        assert said[1:] == ["@shop posted none then."]

    def test_say_of_two_names_of_one_account_that_they_are_that_and_not_that_one_posted_nothing(self) -> None:
        twice = replace(timeline("@acme", state=TimelineState.RENAMED, detail="@AcmeOutdoors"), same_as="@AcmeOutdoors")
        assert remarks(timeline("@AcmeOutdoors", 3), twice)[1:] == [
            "@acme is called @AcmeOutdoors now.",
            "@AcmeOutdoors and @acme are one account.",
        ]

    def test_name_the_handle_that_an_account_has_now(self) -> None:
        assert remarks(timeline("@acme", 3, TimelineState.RENAMED, "@acme_coffee"))[1:] == [
            "@acme is called @acme_coffee now."
        ]

    def test_say_where_a_handle_is_another_account_s_than_in_earlier_reports(self) -> None:
        told = "@acme belongs to another account than in earlier reports: its numbers, of any day, are of that one."
        assert remarks(timeline("@acme", 3, another=True))[1:] == [told]
        failed = timeline("@acme", 3, TimelineState.FAILED, "no answer in time", another=True)
        assert remarks(failed)[1:] == [told]

    def test_there_are_none_where_no_tweets_are_taken_from_timelines(self) -> None:
        assert [*timeline_remarks((), spec_of(["@acme"], 1, posted=None), AS_OF, ENGLISH)] == []


class TestNotes:
    @pytest.mark.parametrize(
        ("state", "one", "two"),
        [
            (
                TimelineState.PROTECTED,
                "@a is protected: X does not show what it posted.",
                "@a and @b are protected: X does not show what they posted.",
            ),
            (
                TimelineState.SUSPENDED,
                "X has suspended @a, and does not show what it posted.",
                "X has suspended @a and @b, and does not show what they posted.",
            ),
            (
                TimelineState.NOT_FOUND,
                "X does not know @a, by now renamed or deleted: what it posted is missing.",
                "X does not know @a and @b, by now renamed or deleted: what they posted is missing.",
            ),
            (
                TimelineState.NOT_AUTHORIZED,
                "X refused to show what @a posted; the permission may have been withdrawn.",
                "X refused to show what @a and @b posted; the permission may have been withdrawn.",
            ),
            (
                TimelineState.FAILED,
                "What @a posted could not be read to the end: tweets may be missing.",
                "What @a and @b posted could not be read to the end: tweets may be missing.",
            ),
            (
                TimelineState.NOT_ASKED,
                "X was not asked what @a posted: tweets may be missing.",
                "X was not asked what @a and @b posted: tweets may be missing.",
            ),
        ],
    )
    def test_handles_with_the_same_trouble_share_one(self, state: TimelineState, one: str, two: str) -> None:
        assert notes(timeline("@a", state=state)) == [one]
        assert notes(timeline("@a", state=state), timeline("@b", state=state)) == [two]

    def test_say_how_many_tweets_are_there_all_the_same(self) -> None:
        known = timeline("@a", 1, TimelineState.SUSPENDED), timeline("@b", 12, TimelineState.FAILED)
        assert notes(*known) == [
            "X has suspended @a, and does not show what it posted. 1 that was found before is here.",
            "What @b posted could not be read to the end: tweets may be missing. 12 that were found before are here.",
        ]

    def test_say_from_when_on_there_are_tweets_of_an_account_with_more_than_x_shows(self) -> None:
        reach = datetime(2026, 11, 3, 1, 30, tzinfo=UTC)
        (said,) = notes(timeline("@a", 3_200, reach=reach))
        shown = "X shows the 3,200 newest tweets of an account"
        assert said == f"{shown}: what @a posted before 2 November 2026, 20:30 may be missing."

    def test_say_that_x_shows_fewer_where_replies_are_left_out(self) -> None:
        (said,) = notes(replace(timeline("@a", 800, reach=AS_OF), newest=800))
        assert said.startswith(
            "X shows the 800 newest tweets of an account, where replies are left out: what @a posted "
        )

    @pytest.mark.parametrize("state", [TimelineState.READ, TimelineState.RENAMED])
    def test_a_timeline_that_was_read_needs_none(self, state: TimelineState) -> None:
        assert notes(timeline("@a", 2, state)) == []
