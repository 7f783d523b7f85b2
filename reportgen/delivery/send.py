"""The sending loop: one delivery after the other out of the outbox, and what came of each back into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from reportgen.delivery.alerts import delivery_alert
from reportgen.delivery_settings import secrets_of
from reportgen.errors import ReportgenError, StoreError
from reportgen.outbox import Delivery, Later, State, Verdict
from reportgen.settings import Settings
from reportgen.trace import keep_trace

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportgen.delivery.smtp_transaction import MayGo
    from reportgen.store.open import Store
    from reportgen.store.outbox import Claimed

LEASE: Final = timedelta(minutes=5)
"""For how long nobody else takes a delivery that is being sent."""
_WAITS: Final = (1, 2, 4, 8, 15, 30)
"""Seconds between attempts to write down what came of a delivery, where the store is away."""


@dataclass(frozen=True, slots=True)
class Courier:
    """One of those who take what is in the outbox to where it goes. Not the sender of mails, whom the settings name."""

    store: Store
    settings: Settings
    reports: Collection[str]
    """Whose deliveries it takes: those of others are for couriers with their settings."""
    holder: str
    """Its name, which no other one of the store has."""
    clock: Callable[[], datetime]
    """The present (UTC)."""
    chance: Callable[[], float]
    """Numbers from 0 to 1."""
    sleep: Callable[[float], None]
    """Waits so many seconds for the store."""
    lease: timedelta = LEASE
    unbroken: Callable[[], AbstractContextManager[None]] = nullcontext
    """Lets a signal wait from when a copy cannot be taken back until what came of it is in the store."""

    @property
    def last_wait(self) -> timedelta:
        """For how long the answer to a whole mail is waited for. The lease has to have as long when it is asked for, or
        else somebody else would send in the meantime.
        """
        return self.lease * 3 / 5


def never() -> bool:
    """Go on until nothing is left."""
    return False


def to_nobody(delivery: Delivery) -> None:
    """Tell nobody of a delivery: what came of it is in the store."""
    del delivery


def send_waiting(
    courier: Courier, stop: Callable[[], bool] = never, told: Callable[[Delivery], None] = to_nobody
) -> Counter[State]:
    """Send all that may be sent now, one after the other, until nothing is left or `stop` says so between two.

    `told` hears of each delivery as it stands when an attempt is over, or was lost. Gives how many came to stand where;
    what somebody else has taken since counts nowhere. Raises StoreError.
    """
    from reportgen.delivery.ways import Ways

    counts: Counter[State] = Counter()

    def note(delivery: Delivery) -> None:
        counts[delivery.state] += 1
        told(delivery)

    with Ways(courier.settings, courier.clock, courier.last_wait) as ways:
        while not stop():
            lost, claimed = _claimed(courier)
            for delivery in lost:
                note(delivery)
            if claimed is None:
                break
            with ExitStack() as leaving:
                ended = _written_down(courier, claimed, _sent(courier, claimed, ways.send, leaving))
                if ended is not None:
                    note(ended)
    return counts


def _claimed(courier: Courier) -> tuple[tuple[Delivery, ...], Claimed | None]:
    """What was taken back from others, and what there is to send."""
    from reportgen.store.outbox import claim, take_back

    now, reports = courier.clock(), courier.reports
    with courier.store.writing() as connection:
        lost = take_back(connection, reports, now, courier.lease, courier.settings.retry_for, courier.chance)
        _alert(connection, courier, lost, now)
        return lost, claim(connection, reports, now, courier.holder, courier.lease)


def _sent(courier: Courier, claimed: Claimed, send: Callable[[Claimed, MayGo], Verdict], leaving: ExitStack) -> Verdict:
    """What became of it. When it cannot be taken back any more, it is unbroken until `leaving` ends."""
    from reportgen.store.outbox import has_lease

    def may_go() -> bool:
        with courier.store.reading() as connection:
            goes = has_lease(connection, claimed, courier.holder, courier.clock() + courier.last_wait)
        if goes:
            leaving.enter_context(courier.unbroken())
        return goes

    try:
        return send(claimed, may_go)
    except ReportgenError:
        raise
    except Exception as error:  # noqa: BLE001  the others are to leave, and this one is tried again
        smtp, webhooks = courier.settings.smtp, courier.settings.webhooks.values()
        return Later(f"failed unexpectedly: {type(error).__name__}. {keep_trace(secrets_of(smtp, webhooks))}")


def _written_down(courier: Courier, claimed: Claimed, verdict: Verdict) -> Delivery | None:
    """The delivery as it stands in the store now; None where somebody else has it.

    A store that is away is waited for: what has left and is not written down would leave again. Raises StoreError, and
    SQLAlchemyError where the database says what nobody knows.
    """
    for wait in _WAITS:
        try:
            return _settled(courier, claimed, verdict)
        except (StoreError, SQLAlchemyError):
            courier.sleep(wait)
    return _settled(courier, claimed, verdict)


def _settled(courier: Courier, claimed: Claimed, verdict: Verdict) -> Delivery | None:
    from reportgen.store.outbox import settle

    now, settings = courier.clock(), courier.settings
    with courier.store.lasting() as connection:
        delivery = settle(connection, claimed, courier.holder, verdict, now, settings.retry_for, courier.chance())
        _alert(connection, courier, (delivery,) if delivery else (), now)
        return delivery


def _alert(connection: Connection, courier: Courier, ended: Iterable[Delivery], now: datetime) -> None:
    """Put an alert into the outbox for each of these that has failed."""
    from reportgen.store.outbox import add

    for delivery in ended:
        if delivery.state is State.FAILED:
            add(connection, delivery.occasion, delivery_alert(courier.settings, delivery, now), now)
