"""Calls to the X API v2 that fail are made again, and limits of 15 minutes are waited out, in virtual time."""

from __future__ import annotations

from contextlib import suppress

import pytest

from reportgen.api.reply import NoReplyError, UnreachedError
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.fetch.patience import Patience
from tests.fetch.unhurried import ACME, HELP, NOON, Virtual

SILENT = NoReplyError("the X API did not answer in time")
UNREACHED = UnreachedError("the X API", "https://api.x.com")
USED_UP = "the X API's limit of 15 minutes is used up"


class TestFailures:
    def test_are_met_with_waits_that_double(self) -> None:
        virtual = Virtual([SILENT, SILENT, SILENT, "answer"])
        assert virtual.make() == "answer"
        assert virtual.made_at == [0, 0.5, 1.5, 3.5]
        assert virtual.waits == [(seconds, "the X API did not answer in time") for seconds in (0.5, 1, 2)]

    def test_are_met_earlier_by_chance_so_that_processes_come_back_apart(self) -> None:
        virtual = Virtual([SILENT, SILENT, "answer"], chance=1.0)
        virtual.make()
        assert virtual.made_at == [0, 0.25, 0.75]

    def test_are_given_up_after_the_tries_of_the_settings(self) -> None:
        virtual = Virtual([SILENT] * 9, Patience(tries=3))
        with pytest.raises(NoReplyError, match=r"^the X API did not answer in time$"):
            virtual.make()
        assert virtual.made_at == [0, 0.5, 1.5]

    def test_of_one_call_take_no_longer_than_the_patience_has_seconds(self) -> None:
        virtual = Virtual([SILENT] * 9, Patience(tries=9, call_seconds=150), seconds_a_call=60)
        with pytest.raises(NoReplyError):
            virtual.make()
        assert virtual.made_at == [0, 60.5, 121.5]

    def test_of_one_call_leave_the_next_its_tries(self) -> None:
        virtual = Virtual([SILENT, SILENT, SILENT, "answer"], Patience(tries=2))
        with pytest.raises(NoReplyError):
            virtual.make()
        assert virtual.make() == "answer"

    def test_and_nothing_else_for_minutes_are_an_outage_after_which_nothing_is_asked(self) -> None:
        virtual = Virtual([SILENT] * 9, Patience(tries=3, outage_seconds=250), seconds_a_call=60)
        for _ in range(5):
            with pytest.raises(NoReplyError, match=r"^the X API did not answer in time$"):
                virtual.make()
        assert virtual.made_at == [0, 60.5, 121.5, 181.5, 242.0, 303.0]

    @pytest.mark.parametrize(
        ("chance", "made_at"),
        [(0.0, [0, 0.5, 1.5, 3.5, 7.5, 15.5]), (1.0, [0, 0.25, 0.75, 1.75, 3.75, 7.75, 15.75])],
    )
    def test_to_get_there_from_the_first_call_on_are_an_outage_after_seconds(
        self, chance: float, made_at: list[float]
    ) -> None:
        virtual = Virtual([UNREACHED] * 9, chance=chance)
        for _ in range(2):
            with pytest.raises(NoReplyError, match=r"^the connection to the X API failed$"):
                virtual.make()
        assert virtual.made_at == made_at

    @pytest.mark.parametrize("first", ["answer", SILENT, XRefusedError(403, "no"), XUnauthorizedError("status 401")])
    def test_to_get_where_something_came_from_before_are_met_as_others_are(self, first: object) -> None:
        virtual = Virtual([first, *[UNREACHED] * 9, "answer"])
        with suppress(NoReplyError, XRefusedError, XUnauthorizedError):
            virtual.make()
        with suppress(NoReplyError):
            virtual.make(HELP)
        assert len(virtual.made_at) >= 10

    def test_before_an_answer_are_forgotten(self) -> None:
        virtual = Virtual([SILENT, "answer"] * 9, Patience(tries=3, outage_seconds=100), seconds_a_call=60)
        assert [virtual.make() for _ in range(9)] == ["answer"] * 9

    def test_that_are_no_failures_on_the_way_end_at_once(self) -> None:
        virtual = Virtual([XRefusedError(403, "no"), "answer"])
        with pytest.raises(XRefusedError):
            virtual.make()
        assert virtual.waits == []


class TestLimit:
    def test_is_waited_out_before_a_429_comes(self) -> None:
        virtual = Virtual(["first", "second"])
        virtual.make()
        virtual.heard(remaining=0, reset_in=600)
        assert virtual.make() == "second"
        assert virtual.made_at == [0, 600]
        assert virtual.waits == [(600, USED_UP)]

    def test_with_room_left_holds_nobody_up(self) -> None:
        virtual = Virtual(["first", "second"])
        virtual.heard(remaining=1, reset_in=600)
        virtual.make()
        assert virtual.waits == []

    def test_that_is_over_holds_nobody_up(self) -> None:
        virtual = Virtual(["first"])
        virtual.heard(remaining=0, reset_in=0)
        virtual.make()
        assert virtual.waits == []

    def test_is_the_signers_own_and_the_paths(self) -> None:
        virtual = Virtual(["a", "b", "c"])
        virtual.heard(remaining=0, reset_in=600)
        virtual.make(HELP)
        virtual.make(ACME, "/2/tweets")
        assert virtual.made_at == [0, 0]
        virtual.make()
        assert virtual.made_at == [0, 0, 600]

    def test_that_was_met_is_waited_out_and_the_call_made_again(self) -> None:
        virtual = Virtual([XBusyError(NOON + 840, "status 429"), "answer"], chance=0.5)
        assert virtual.make() == "answer"
        assert virtual.made_at == [0, 840.5]
        assert virtual.waits == [(840.5, USED_UP)]

    def test_that_others_use_up_too_is_met_three_times_at_the_most(self) -> None:
        virtual = Virtual([lambda now: XBusyError(int(now) + 900, "status 429")] * 9)
        with pytest.raises(XBusyError):
            virtual.make()
        assert virtual.made_at == [0, 900, 1800]

    def test_that_was_over_by_our_clock_is_waited_for_a_moment(self) -> None:
        virtual = Virtual([XBusyError(NOON - 5, "status 429"), XBusyError(NOON - 5, "status 429"), "answer"])
        assert virtual.make() == "answer"
        assert virtual.made_at == [0, 0.5, 1.5]

    @pytest.mark.parametrize("reset_at", [None, NOON + 86_400])
    def test_of_a_day_or_a_month_is_not_waited_for(self, reset_at: int | None) -> None:
        virtual = Virtual([XBusyError(reset_at, "usage capped"), "answer"])
        with pytest.raises(XBusyError, match=r"^usage capped$"):
            virtual.make()
        assert virtual.waits == []

    def test_that_a_header_puts_beyond_reach_holds_nobody_up(self) -> None:
        virtual = Virtual(["answer"])
        virtual.heard(remaining=0, reset_in=86_400)
        virtual.make()
        assert virtual.waits == []


class TestCredential:
    def test_that_is_refused_is_not_used_again_and_others_are(self) -> None:
        virtual = Virtual([XUnauthorizedError("status 401"), "answer"])
        for _ in range(3):
            with pytest.raises(XUnauthorizedError, match=r"^status 401$"):
                virtual.make(ACME)
        assert virtual.make(HELP) == "answer"
        assert virtual.made_at == [0, 0]
