"""Deliveries as rows of the outbox."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, delete, exists, select, update

from reportgen.outbox import OVER, Delivery, Occasion, State, Way
from reportgen.store.schema_of_delivery import OUTBOX, PARCELS

_OF: Final = OUTBOX.c


def delivery_of_row(row: Row[Any]) -> Delivery:
    """A row of the outbox as a delivery; its instants are UTC."""
    return Delivery(
        id=row.id,
        occasion=Occasion(row.report, row.due),
        way=Way(row.way),
        recipient=row.recipient,
        message_id=row.message_id,
        about=row.about,
        state=State(row.state),
        attempts=row.attempts,
        created=row.created,
        next_attempt=row.next_attempt,
        lease_until=row.lease_until,
        ended=row.ended,
        said=row.said,
    )


def write_delivery(connection: Connection, delivery: Delivery) -> None:
    """Write where a delivery that nobody sends stands, and let go of a content that nobody needs then."""
    row = {
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt": delivery.next_attempt,
        "holder": None,
        "lease_until": None,
        "said": delivery.said,
        "ended": delivery.ended,
    }
    is_it = _OF.id == delivery.id
    if delivery.state not in OVER:
        connection.execute(update(OUTBOX).where(is_it).values(**row))
        return
    parcel = connection.execute(select(_OF.parcel).where(is_it)).scalar()
    connection.execute(update(OUTBOX).where(is_it).values(**row, parcel=None))
    # That one alone: to look through all of them at each delivery takes long where many wait.
    connection.execute(delete(PARCELS).where(PARCELS.c.id == parcel, ~exists().where(_OF.parcel == parcel)))


def drop_parcels(connection: Connection) -> int:
    """Delete the contents that no copy needs any more. Gives how many."""
    unused = PARCELS.c.id.not_in(select(_OF.parcel).where(_OF.parcel.is_not(None)))
    return connection.execute(delete(PARCELS).where(unused)).rowcount
