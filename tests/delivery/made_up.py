"""Made-up deliveries for the tests of the ways out."""

from __future__ import annotations

from datetime import UTC, datetime

from reportgen.outbox import Delivery, Occasion, State, Way

NOW = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
MESSAGE_ID = "<5b1c3f@example.com>"


def delivery(way: Way, recipient: str, *, due: datetime | None = NOW) -> Delivery:
    """A copy that somebody is about to send."""
    return Delivery(
        id=1,
        occasion=Occasion("acme-weekly", due),
        way=way,
        recipient=recipient,
        message_id=MESSAGE_ID,
        about="Acme on X, weekly: 9–15 November 2026",
        state=State.SENDING,
        attempts=1,
        created=NOW,
        next_attempt=None,
        lease_until=NOW,
        ended=None,
        said=None,
    )
