"""What a run may cost: calls, and handles of the contract's month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reportgen.catalog import TOTALS
from reportgen.errors import InputError
from reportgen.quota import (
    ContractMonth,
    HandleCount,
    HandlesWanted,
    billing_month,
    check_handles,
    check_max_calls,
    contract_month,
    handles_outlook,
    handles_refusal,
    handles_summary,
    handles_wanted,
    handles_warning,
)
from reportgen.request import Grain, Request, Signer
from reportgen.settings import Settings
from reportgen.spec.model import Tweet

NOVEMBER = date(2026, 11, 1)


def tweets(owners: dict[str, str | None]) -> list[Tweet]:
    return [Tweet(id_, handle) for id_, handle in owners.items()]


def calls(*asked_for: tuple[str, ...]) -> list[Request]:
    return [Request(TOTALS, Signer(None), ids, ("favorites",), Grain.TOTAL) for ids in asked_for]


def count(asked: int, new: tuple[str, ...], limit: int | None, again: int = 0, unknown: int = 0) -> HandleCount:
    """`asked` handles so far, of which `again` are wanted again, and `new` ones."""
    so_far = [f"@old{number}" for number in range(asked)]
    wanted = HandlesWanted(frozenset([*so_far[:again], *new]), unknown)
    return HandleCount(ContractMonth(NOVEMBER, limit), frozenset(so_far), wanted)


class TestBillingMonth:
    @pytest.mark.parametrize(
        ("at", "first_day", "month"),
        [
            (datetime(2026, 11, 1, tzinfo=UTC), 1, date(2026, 11, 1)),
            (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), 1, date(2026, 11, 1)),
            (datetime(2026, 11, 15, tzinfo=UTC), 15, date(2026, 11, 15)),
            (datetime(2026, 11, 14, 23, 59, tzinfo=UTC), 15, date(2026, 10, 15)),
            (datetime(2027, 1, 27, tzinfo=UTC), 28, date(2026, 12, 28)),
            (datetime(2027, 3, 1, tzinfo=UTC), 28, date(2027, 2, 28)),
            (datetime(2026, 12, 1, 1, tzinfo=timezone(timedelta(hours=2))), 1, date(2026, 11, 1)),
        ],
    )
    def test_begins_on_the_contracts_day_in_utc(self, at: datetime, first_day: int, month: date) -> None:
        assert billing_month(at, first_day) == month

    def test_is_the_contracts_with_the_handles_of_the_settings(self) -> None:
        at = datetime(2026, 11, 14, tzinfo=UTC)
        settings = Settings(billing_day=15, handles_per_month=50)
        assert contract_month(at, settings) == ContractMonth(date(2026, 10, 15), 50)
        assert contract_month(at, Settings()) == ContractMonth(NOVEMBER, None)


class TestHandlesWanted:
    def test_are_the_owners_of_the_tweets_that_calls_ask_for(self) -> None:
        of_report = tweets({"1": "@Acme", "2": "@acme", "3": "@acme_help", "4": "@globex"})
        wanted = handles_wanted(of_report, calls(("1", "2"), ("2", "3")))
        assert wanted == HandlesWanted(frozenset({"@acme", "@acme_help"}))

    def test_count_tweets_of_unknown_owners_once(self) -> None:
        of_reports = [*tweets({"1": None, "2": None, "3": None}), *tweets({"2": None})]
        assert handles_wanted(of_reports, calls(("1", "2"), ("2",))) == HandlesWanted(frozenset(), 2)

    def test_know_an_owner_from_another_report(self) -> None:
        of_reports = [*tweets({"1": None, "2": None}), *tweets({"1": "@acme"})]
        assert handles_wanted(of_reports, calls(("1", "2"))) == HandlesWanted(frozenset({"@acme"}), 1)

    def test_are_none_where_nothing_is_asked(self) -> None:
        assert handles_wanted(tweets({"1": "@acme"}), calls()) == HandlesWanted(frozenset())


class TestHandleCount:
    def test_has_new_handles_in_order_and_each_once(self) -> None:
        handles = count(40, ("@b", "@a"), 50, again=3)
        assert (handles.new, handles.after) == (("@a", "@b"), 42)

    @pytest.mark.parametrize(
        ("asked", "new", "limit", "near", "over"),
        [
            (37, 2, 50, False, False),
            (38, 2, 50, True, False),
            (48, 2, 50, True, False),
            (48, 3, 50, True, True),
            (52, 0, 50, True, False),
            (3, 0, 4, False, False),
            (4, 0, 5, True, False),
            (0, 1, 1, True, False),
            (999, 9, None, False, False),
        ],
    )
    def test_is_near_from_80_percent_and_over_by_a_new_handle_only(
        self, asked: int, new: int, limit: int | None, near: bool, over: bool
    ) -> None:
        handles = count(asked, tuple(f"@new{number}" for number in range(new)), limit)
        assert (handles.is_near, handles.is_over) == (near, over)


class TestSentences:
    def test_refuse_with_the_new_handles_and_what_to_do(self) -> None:
        assert handles_refusal(count(49, ("@c", "@a", "@b"), 50)) == (
            "this run would ask about 3 new handles (@a, @b and @c), and that makes 52 handles asked about since "
            "1 November 2026; the contract has 50 (handles_per_month): 2 over; "
            "ask about fewer, or go on with --over-handle-limit"
        )
        assert handles_refusal(count(48, ("@a", "@b"), 50)) is None

    def test_name_ten_handles_at_most(self) -> None:
        new = tuple(f"@n{number:04}" for number in range(1010))
        assert handles_refusal(count(50, new, 50)) == (
            "this run would ask about 1,010 new handles (@n0000, @n0001, @n0002, @n0003, @n0004, @n0005, @n0006, "
            "@n0007, @n0008, @n0009 and 1,000 more), and that makes 1,060 handles asked about since "
            "1 November 2026; the contract has 50 (handles_per_month): 1,010 over; "
            "ask about fewer, or go on with --over-handle-limit"
        )

    def test_mention_tweets_of_unknown_owners(self) -> None:
        assert handles_refusal(count(50, ("@a",), 50, unknown=1)) == (
            "this run would ask about 1 new handle (@a), and that makes 51 handles asked about since 1 November 2026; "
            "the contract has 50 (handles_per_month): 1 over; "
            "1 tweet has no owner named in the file; its handle is not counted; "
            "ask about fewer, or go on with --over-handle-limit"
        )

    def test_sum_up_the_month(self) -> None:
        month = "Handles since 1 November 2026"
        assert handles_summary(count(41, ("@a", "@b"), 50)) == f"{month}: 41 of 50 asked about, 2 new by this plan"
        assert handles_summary(count(1041, ("@a",), None, unknown=2)) == (
            f"{month}: 1,041 asked about, 1 new by this plan; "
            "2 tweets have no owner named in the file; their handles are not counted"
        )

    @pytest.mark.parametrize(
        ("asked", "new", "limit", "sentence"),
        [
            (38, 1, 50, None),
            (
                39,
                1,
                50,
                "40 handles asked about since 1 November 2026; the contract has 50 (handles_per_month): 10 left",
            ),
            (0, 1, 1, "1 handle asked about since 1 November 2026; the contract has 1 (handles_per_month): none left"),
            (1, 1, 1, "2 handles asked about since 1 November 2026; the contract has 1 (handles_per_month): 1 over"),
            (1, 1, None, None),
        ],
    )
    def test_warn_near_the_limit_and_beyond_it(
        self, asked: int, new: int, limit: int | None, sentence: str | None
    ) -> None:
        handles = count(asked, tuple(f"@new{number}" for number in range(new)), limit)
        assert (handles_outlook(handles), handles_warning(handles)) == (sentence, sentence)

    def test_do_not_warn_again_of_what_a_run_does_not_add_to_but_a_plan_shows_it(self) -> None:
        again = count(2, (), 1, again=2)
        assert handles_warning(again) is None
        assert handles_outlook(again) == (
            "2 handles asked about since 1 November 2026; the contract has 1 (handles_per_month): 1 over"
        )

    def test_warn_of_handles_that_could_not_be_counted(self) -> None:
        assert handles_warning(count(39, ("@a",), 50, unknown=12)) == (
            "40 handles asked about since 1 November 2026; the contract has 50 (handles_per_month): 10 left; "
            "12 tweets have no owner named in the file; their handles are not counted"
        )


class TestChecks:
    def test_refuse_more_calls_than_the_settings_allow(self) -> None:
        with pytest.raises(InputError) as raised:
            check_max_calls(1001, Settings(max_calls=1000))
        assert str(raised.value) == (
            "this run would need 1,001 calls, and max_calls in reportgen.yaml allows 1,000; ask for less, or raise it"
        )
        check_max_calls(1000, Settings(max_calls=1000))
        check_max_calls(1_000_000, Settings())

    def test_refuse_more_handles_than_the_contract_has_unless_told_to_go_on(self) -> None:
        over = count(50, ("@a",), 50)
        with pytest.raises(InputError) as raised:
            check_handles(over, allowed=False)
        assert str(raised.value) == handles_refusal(over)
        check_handles(over, allowed=True)
        check_handles(count(49, ("@a",), 50), allowed=False)
