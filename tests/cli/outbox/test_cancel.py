"""`reportgen outbox cancel`: what was not sent does not leave any more, or a sentence says why it may."""

from __future__ import annotations

from reportgen.store.open import Store
from reportgen.store.schema_of_delivery import OUTBOX, PARCELS
from tests.cli.conftest import ADDRESS
from tests.cli.outbox.conftest import NOW
from tests.cli.outbox.test_retry import SAYS_6, states
from tests.conftest import Command, Ended
from tests.store.filled import rows


def test_what_waits_failed_or_is_held_does_not_leave_and_its_content_is_deleted(
    full: Store, reportgen: Command
) -> None:
    said = (
        "Canceled: 3, mail to bob@acme.example\n"
        "Canceled: 4, mail to cleo@acme.example\n"
        "Canceled: 5, webhook to reports\n"
    )
    assert reportgen("outbox", "cancel", "3", "4", "5") == Ended(0, said, "")
    assert rows(full, OUTBOX, "id", "state", "next_attempt", "ended", "parcel")[2:5] == [
        (3, "canceled", None, NOW, None),
        (4, "canceled", None, NOW, None),
        (5, "canceled", None, NOW, None),
    ]
    assert len(rows(full, PARCELS, "id")) == 1


def test_one_that_cannot_be_canceled_keeps_all_from_it(full: Store, reportgen: Command) -> None:
    assert reportgen("outbox", "cancel", "4").code == 0
    before = states(full)
    ended = reportgen("outbox", "cancel", "3", "4", "2", "6", "77")
    assert ended == Ended(
        2,
        "",
        "4 was canceled on 16 November 2026, 13:04 UTC already\n"
        "2 was sent on 16 November 2026, 13:01 UTC: there is nothing left to cancel\n"
        f"{SAYS_6}\n"
        "there is no 77 in the outbox\n",
    )
    assert states(full) == before


def test_without_a_store_there_is_nothing_to_cancel(reportgen: Command) -> None:
    assert reportgen("outbox", "cancel", "4") == Ended(2, "", f"There is no store at {ADDRESS} yet.\n")
