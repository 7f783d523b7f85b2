"""Takes contents out of the outbox that tell of tweets which are to be forgotten. Instants are UTC."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from reportgen.outbox import State
from reportgen.retry_and_cancel import canceled
from reportgen.store.deliveries import delivery_of_row, write_delivery
from reportgen.store.schema_of_delivery import OUTBOX, PARCELS

SAID: Final = "it told of a tweet that was forgotten"


class Recalled(NamedTuple):
    """Numbers of deliveries."""

    canceled: tuple[int, ...] = ()
    sending: tuple[int, ...] = ()
    """Somebody is at them, so they could not be canceled."""


NOTHING: Final = Recalled()


def recall(connection: Connection, tweets: AbstractSet[int], now: datetime) -> Recalled:
    """Cancel what tells of one of these tweets and was not sent, or might tell of it: nobody knows of what it tells."""
    with_them = [
        row.id
        for row in connection.execute(select(PARCELS.c.id, PARCELS.c.tweets))
        if tweets and (row.tweets is None or not tweets.isdisjoint(row.tweets))
    ]
    rows = connection.execute(select(OUTBOX).where(OUTBOX.c.parcel.in_(with_them)).order_by(OUTBOX.c.id)).all()
    found = [delivery_of_row(row) for row in rows]
    sending = [one for one in found if one.state_at(now) is State.SENDING]
    over = [one for one in found if one not in sending]
    for delivery in over:
        write_delivery(connection, replace(canceled(delivery, now), said=SAID))
    return Recalled(tuple(one.id for one in over), tuple(one.id for one in sending))
