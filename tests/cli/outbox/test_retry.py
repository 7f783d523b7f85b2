"""`reportgen outbox retry`: what was not sent leaves at once, or a sentence says why it does not."""

from __future__ import annotations

import pytest

from reportgen.store.open import Store
from reportgen.store.schema_of_delivery import OUTBOX
from tests.cli.conftest import ADDRESS
from tests.cli.outbox.conftest import MONDAY, NOW
from tests.conftest import Command, Ended
from tests.store.filled import rows

SAYS_6 = "6 is being sent, until 13:08 UTC at the latest; if it was not sent by then, try again"


def states(store: Store) -> list[tuple[object, ...]]:
    return rows(store, OUTBOX, "id", "state", "since")


def test_what_waits_failed_or_is_held_leaves_at_once(full: Store, reportgen: Command) -> None:
    said = (
        "To be sent at once: 3, mail to bob@acme.example\n"
        "To be sent at once: 4, mail to cleo@acme.example\n"
        "To be sent at once: 5, webhook to reports\n"
    )
    assert reportgen("outbox", "retry", "5", "3", "4") == Ended(0, said, "")
    assert rows(full, OUTBOX, "id", "state", "next_attempt", "since", "ended")[2:5] == [
        (3, "waiting", NOW, NOW, None),
        (4, "waiting", NOW, NOW, None),
        (5, "waiting", NOW, NOW, None),
    ]


def test_all_that_failed_leave_at_once(full: Store, reportgen: Command) -> None:
    assert reportgen("outbox", "retry", "--failed") == Ended(
        0, "To be sent at once: 4, mail to cleo@acme.example\n", ""
    )
    assert reportgen("outbox", "retry", "--failed") == Ended(0, "Nothing in the outbox has failed.\n", "")
    assert states(full)[4][:2] == (5, "held")


def test_one_that_cannot_leave_keeps_all_from_it(full: Store, reportgen: Command) -> None:
    before = states(full)
    ended = reportgen("outbox", "retry", "3", "2", "6", "77", "2")
    assert ended == Ended(
        2,
        "",
        "2 was sent on 16 November 2026, 13:01 UTC; "
        "reportgen mail FILE --to ann@acme.example sends another, as a test\n"
        f"{SAYS_6}\n"
        "there is no 77 in the outbox\n",
    )
    assert states(full) == before


@pytest.mark.parametrize("arguments", [(), ("--failed", "4")])
def test_it_wants_numbers_or_all_that_failed(arguments: tuple[str, ...], full: Store, reportgen: Command) -> None:
    said = "say what to send: the numbers of deliveries, or --failed for all that failed\n"
    assert reportgen("outbox", "retry", *arguments) == Ended(2, "", said)
    assert states(full)[3] == (4, "failed", MONDAY.replace(minute=1))


@pytest.mark.parametrize("number", ["0", "-1", "four", "1.5", "9999999999"])
def test_a_number_is_a_number(number: str, full: Store, reportgen: Command) -> None:
    ended = reportgen("outbox", "retry", "--", number)
    assert ended.code == 2
    assert f"'{number}' is no number of a delivery; reportgen outbox shows them" in ended.err


def test_without_a_store_there_is_nothing_to_send(reportgen: Command) -> None:
    assert reportgen("outbox", "retry", "4") == Ended(2, "", f"There is no store at {ADDRESS} yet.\n")
