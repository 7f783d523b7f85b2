"""The outbox in the store: what is to leave is put in, taken by one sender at a time, and settled.

All functions join the caller's transaction: `Store.writing()` where they change something, which is alone over all
processes. Instants are UTC, and `now` is the caller's present.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, insert, or_, select, update

from reportgen.errors import InputError
from reportgen.outbox import OPEN, OVER, Copy, Delivery, Occasion, Parcel, Sent, State, Verdict, Way, lost, settled
from reportgen.retry_and_cancel import canceled, retried, why_not_canceled, why_not_retried
from reportgen.store.deliveries import delivery_of_row, write_delivery
from reportgen.store.parts import in_parts
from reportgen.store.schema_of_delivery import OUTBOX, PARCELS

_OF: Final = OUTBOX.c
_CLAIMABLE_AT: Final = case((_OF.state == State.WAITING, _OF.next_attempt), else_=_OF.lease_until)
"""When somebody may take it, or take it back; of those that are waiting or being sent."""
_OPEN: Final = _OF.state.in_(OPEN)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that its holder may send until the lease expires."""

    delivery: Delivery
    content: bytes


def add(
    connection: Connection,
    occasion: Occasion,
    parcels: Iterable[Parcel],
    now: datetime,
    state: State = State.WAITING,
) -> tuple[Copy, ...]:
    """Put the copies of the parcels in, to be sent at once, or as `State.HELD`.

    Gives those that were new: of a copy whose `message_id` is in the outbox already, in whatever state, nothing is
    added or changed.
    """
    return tuple(copy for parcel in parcels for copy in _add(connection, occasion, parcel, now, state))


def take_back(
    connection: Connection,
    reports: Collection[str],
    now: datetime,
    lease: timedelta,
    retry_for: timedelta,
    chance: Callable[[], float],
) -> tuple[Delivery, ...]:
    """Take from their holders what they have of these reports, where the lease has expired; `reportgen.outbox.lost` has
    what becomes of it. Gives these as they stand then.

    `lease` is that of the one who takes it, `retry_for` and `chance` are as for `settle`, and so is what the caller
    does for those that have failed.
    """
    expired = _OF.state == State.SENDING, _OF.lease_until <= now, _OF.report.in_(reports)
    rows = connection.execute(select(OUTBOX).where(*expired).order_by(_OF.lease_until, _OF.id)).all()
    taken = tuple(lost(delivery_of_row(row), now, row.since + retry_for, lease, chance()) for row in rows)
    for delivery in taken:
        write_delivery(connection, delivery)
    return taken


def claim(
    connection: Connection, reports: Collection[str], now: datetime, holder: str, lease: timedelta
) -> Claimed | None:
    """Take the delivery of these reports that has been waiting longest; None where none is due. What somebody else has
    and has lost is taken back before (`take_back`).

    The holder has it until `now` + `lease`. Of all senders, each names itself differently.
    """
    # Without the contents: a database may read those of all that wait before it knows which is first.
    row = connection.execute(
        select(_OF.id, _OF.parcel)
        .where(_OF.report.in_(reports), _OF.state == State.WAITING, _OF.next_attempt <= now)
        .order_by(_OF.next_attempt, _OF.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    content = connection.execute(select(PARCELS.c.content).where(PARCELS.c.id == row.parcel)).scalar_one()
    begun = {"state": State.SENDING, "attempts": _OF.attempts + 1, "holder": holder, "lease_until": now + lease}
    connection.execute(update(OUTBOX).where(_OF.id == row.id).values(**begun, next_attempt=None))
    return Claimed(deliveries(connection, [row.id])[0], content)


def has_lease(connection: Connection, claimed: Claimed, holder: str, until: datetime) -> bool:
    """Whether the holder still has it for this attempt, with a lease beyond `until`. May be asked while reading."""
    held = exists().where(_is_held(claimed, holder), _OF.lease_until > until)
    return bool(connection.execute(select(held)).scalar())


def settle(
    connection: Connection,
    claimed: Claimed,
    holder: str,
    verdict: Verdict,
    now: datetime,
    retry_for: timedelta,
    chance: float,
) -> Delivery | None:
    """Keep what came of an attempt, and give the delivery as it stands then; None where it was taken from its holder
    since, and nothing is changed. The holder may settle it after the lease has expired, as long as nobody took it; and
    what has been sent is sent, whoever has it by now.

    Attempts go on until `retry_for` after it was put in or let go by hand (`retry`). `chance`, from 0 to 1, spreads
    them. Where the state is `State.FAILED`, the caller adds the alert in the same transaction.
    """
    counts = _is_unsent(claimed) if isinstance(verdict, Sent) else _is_held(claimed, holder)
    row = connection.execute(select(OUTBOX).where(counts)).one_or_none()
    if row is None:
        return None
    delivery = settled(delivery_of_row(row), verdict, now, row.since + retry_for, chance)
    write_delivery(connection, delivery)
    return delivery


def deliveries(connection: Connection, ids: Sequence[int]) -> tuple[Delivery, ...]:
    """Those that are there, in the order of their numbers."""
    found = (connection.execute(select(OUTBOX).where(_OF.id.in_(part))) for part in in_parts(ids))
    return tuple(sorted((delivery_of_row(row) for rows in found for row in rows), key=lambda delivery: delivery.id))


def listing(
    connection: Connection, over_since: datetime | None = None, states: Collection[State] = tuple(State)
) -> tuple[Delivery, ...]:
    """The deliveries in these states, newest first; of what was sent or canceled, with `over_since`, only what was so
    since then.
    """
    chosen = select(OUTBOX).where(_OF.state.in_(states)).order_by(_OF.created.desc(), _OF.id.desc())
    if over_since is not None:
        chosen = chosen.where(or_(_OF.state.not_in(OVER), _OF.ended >= over_since))
    return tuple(map(delivery_of_row, connection.execute(chosen)))


def retry(connection: Connection, ids: Sequence[int], now: datetime) -> tuple[Delivery, ...]:
    """Let these be sent at once: those that failed, wait or are held; their time for attempts counts from now.

    Gives them as they stand then. Raises InputError, a line for each number that is not there or may not be sent; the
    caller's transaction ends with it, and nothing is changed.
    """
    again = [retried(delivery, now) for delivery in _allowed(connection, ids, now, why_not_retried)]
    for delivery in again:
        write_delivery(connection, delivery)
    for part in in_parts(ids):
        connection.execute(update(OUTBOX).where(_OF.id.in_(part)).values(since=now))
    return tuple(again)


def cancel(connection: Connection, ids: Sequence[int], now: datetime) -> tuple[Delivery, ...]:
    """Send these no more: those that failed, wait or are held; what nobody needs then is deleted.

    Gives them as they stand then. Raises InputError as `retry` does.
    """
    over = [canceled(delivery, now) for delivery in _allowed(connection, ids, now, why_not_canceled)]
    for delivery in over:
        write_delivery(connection, delivery)
    return tuple(over)


def next_due(connection: Connection, reports: Collection[str]) -> datetime | None:
    """When the next delivery of these reports may be claimed, or taken back, which may be in the past; None where none
    is waiting or being sent.
    """
    chosen = select(func.min(_CLAIMABLE_AT)).where(_OPEN, _OF.report.in_(reports))
    found: datetime | None = connection.execute(chosen).scalar()
    return found


def _add(connection: Connection, occasion: Occasion, parcel: Parcel, now: datetime, state: State) -> tuple[Copy, ...]:
    by_id = {copy.message_id: copy for copy in parcel.copies}
    for ids in in_parts([*by_id]):
        for known in connection.execute(select(_OF.message_id).where(_OF.message_id.in_(ids))).scalars():
            del by_id[known]
    if not by_id:
        return ()
    tweets = frozenset[int]() if parcel.way is Way.ALERT else parcel.tweets
    kept = {"content": parcel.content, "tweets": None if tweets is None else sorted(tweets)}
    # Without RETURNING, which SQLite has only since version 3.35.
    its_id = connection.execute(insert(PARCELS).values(**kept)).inserted_primary_key[0]  # type: ignore[index]
    row = {
        "report": occasion.report,
        "due": occasion.due,
        "way": parcel.way,
        "about": parcel.about,
        "parcel": its_id,
        "state": state,
        "attempts": 0,
        "created": now,
        "since": now,
        "next_attempt": now if state is State.WAITING else None,
    }
    copies = tuple(by_id.values())
    connection.execute(
        insert(OUTBOX), [{**row, "message_id": copy.message_id, "recipient": copy.recipient} for copy in copies]
    )
    return copies


def _allowed(
    connection: Connection, ids: Sequence[int], now: datetime, why_not: Callable[[Delivery, datetime], str | None]
) -> tuple[Delivery, ...]:
    found = {delivery.id: delivery for delivery in deliveries(connection, ids)}
    refused = (why_not(found[n], now) if n in found else f"there is no {n} in the outbox" for n in dict.fromkeys(ids))
    if problems := [why for why in refused if why]:
        raise InputError(*problems)
    return tuple(found.values())


def _is_unsent(claimed: Claimed) -> ColumnElement[bool]:
    return and_(_OF.id == claimed.delivery.id, _OF.state != State.SENT)


def _is_held(claimed: Claimed, holder: str) -> ColumnElement[bool]:
    """The row, as long as this holder has it for this attempt."""
    delivery = claimed.delivery
    is_attempt = and_(_OF.id == delivery.id, _OF.attempts == delivery.attempts)
    return and_(is_attempt, _OF.state == State.SENDING, _OF.holder == holder)
