"""How a delivery stands is told in a sentence, which names where it goes and what sends it after all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reportgen.delivery.state_words import stands
from reportgen.outbox import State, Way
from tests.delivery.made_up import NOW, delivery


@pytest.mark.parametrize(
    ("way", "recipient", "to"),
    [
        (Way.MAIL, "a@example.com", "a@example.com"),
        (Way.ALERT, "ops@example.com", "ops@example.com (an alert)"),
        (Way.WEBHOOK, "team-chat", "the webhook team-chat"),
        (Way.DIRECTORY, "public", "the directory public"),
    ],
)
def test_it_names_where_it_goes(way: Way, recipient: str, to: str) -> None:
    sent = replace(delivery(way, recipient), state=State.SENT, said="200 ok")
    assert stands(sent, NOW) == f"sent to {to}: 200 ok"


def test_one_whose_sender_died_is_sent_by_the_next_at_once() -> None:
    left = replace(delivery(Way.WEBHOOK, "team-chat"), lease_until=NOW)
    assert stands(left, NOW) == (
        "not sent to the webhook team-chat yet: nobody has tried; "
        "the next reportgen serve, run --due or mail tries again"
    )
    assert stands(left, NOW - timedelta(seconds=1)) == (
        "somebody else is sending it to the webhook team-chat; if not, it is taken over after 2026-11-16T13:00:00Z"
    )


def test_what_the_other_side_said_stays_one_printable_line() -> None:
    refused = replace(delivery(Way.MAIL, "a@example.com"), state=State.FAILED, said="550 \x1b[2Jno")
    assert stands(refused, NOW) == ("not sent to a@example.com: 550 �[2Jno; reportgen outbox retry 1 sends it again")
