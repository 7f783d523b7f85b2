"""How a delivery stands, in a sentence for whoever has sent it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from reportgen.instants import format_instant
from reportgen.outbox import Delivery, State, Way
from reportgen.printable import printable_line

ONCE: Final = "it is sent once for each period and recipient"
_SAID: Final[Mapping[State, str]] = {
    State.SENT: "sent to {to}: {said}",
    State.WAITING: "not sent to {to} yet: {said}; the next reportgen serve, run --due or mail{after} tries again",
    State.SENDING: "somebody else is sending it to {to}{until}",
    State.FAILED: "not sent to {to}: {said}; reportgen outbox retry {number} sends it again",
    State.HELD: "held back from {to}; reportgen outbox retry {number} lets it go",
    State.CANCELED: f"not sent to {{to}}: it was canceled, and {ONCE}; --to {{to}} sends another, as a test",
}
_TO: Final[Mapping[Way, str]] = {
    Way.MAIL: "{}",
    Way.ALERT: "{} (an alert)",
    Way.WEBHOOK: "the webhook {}",
    Way.DIRECTORY: "the directory {}",
}


def stands(delivery: Delivery, now: datetime) -> str:
    """Whether it has left, in the words of the other side, and if not, what sends it; times are UTC. One line."""
    return _SAID[delivery.state_at(now)].format(
        to=_TO[delivery.way].format(printable_line(delivery.recipient)),
        said=printable_line(delivery.said or "nobody has tried"),
        after=_after(" after", delivery.next_attempt),
        until=_after("; if not, it is taken over after", delivery.lease_until),
        number=delivery.id,
    )


def _after(words: str, instant: datetime | None) -> str:
    return f"{words} {format_instant(instant)}" if instant else ""
