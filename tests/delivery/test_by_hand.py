"""Mails that somebody sends by hand: what is told of a copy that did not leave now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.delivery.by_hand import Outcome, send_by_hand
from reportgen.delivery.message import message_of
from reportgen.delivery.send import Courier
from reportgen.outbox import Copy, Occasion, Parcel, State, Way
from reportgen.settings import Settings
from reportgen.store.open import Store, open_store
from reportgen.store.outbox import add, cancel, claim
from tests.delivery.letters import HEADING, LETTER
from tests.delivery.mail_server import MailServer

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
ANNA = "anna@client.example"
OCCASION = Occasion("weekly", None)
PARCEL = Parcel(Way.MAIL, "Weekly", message_of(LETTER, HEADING), (Copy(ANNA, "<anna@acme.example>"),))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


def told(store: Store, mail_server: MailServer) -> Outcome:
    settings = Settings(smtp=mail_server.smtp, mail_from="reports@acme.example")
    (outcome,) = send_by_hand(
        Courier(store, settings, {"weekly"}, "me", lambda: NOW, lambda: 0.0, lambda _: None), "weekly", PARCEL
    )
    return outcome


def test_a_canceled_copy_is_told_with_the_way_to_another(store: Store, mail_server: MailServer) -> None:
    with store.writing() as connection:
        add(connection, OCCASION, [PARCEL], NOW)
        cancel(connection, [1], NOW)
    said = f"not sent to {ANNA}: it was canceled, and it is sent once for each period and recipient"
    assert told(store, mail_server) == Outcome(f"{said}; --to {ANNA} sends another, as a test", arrived=False)
    assert mail_server.mails == []


def test_a_held_copy_is_told_with_the_command_that_lets_it_go(store: Store, mail_server: MailServer) -> None:
    with store.writing() as connection:
        add(connection, OCCASION, [PARCEL], NOW, State.HELD)
    said = f"held back from {ANNA}; reportgen outbox retry 1 lets it go"
    assert told(store, mail_server) == Outcome(said, arrived=False)


def test_a_copy_that_somebody_else_is_sending_is_left_to_them(store: Store, mail_server: MailServer) -> None:
    with store.writing() as connection:
        add(connection, OCCASION, [PARCEL], NOW)
        claim(connection, ["weekly"], NOW, "somebody else", timedelta(minutes=5))
    said = f"somebody else is sending it to {ANNA}; if not, it is taken over after 2026-11-16T12:05:00Z"
    assert told(store, mail_server) == Outcome(said, arrived=False)
    assert mail_server.mails == []


def test_a_copy_that_nobody_has_tried_yet_is_told_without_a_reason(store: Store, mail_server: MailServer) -> None:
    with store.writing() as connection:
        add(connection, OCCASION, [PARCEL], NOW + timedelta(minutes=1))  # by a clock that is fast
    said = "nobody has tried; the next reportgen serve, run --due or mail after 2026-11-16T12:01:00Z tries again"
    assert told(store, mail_server) == Outcome(f"not sent to {ANNA} yet: {said}", arrived=False)
