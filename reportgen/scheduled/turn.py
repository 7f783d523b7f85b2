"""What a scheduler does when it comes round, beside making a report: write down what is due, send what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.delivery.send import Courier, never, send_waiting
from reportgen.scheduled.dues import NewlyDue, note_dues
from reportgen.scheduled.scheduler import Scheduler
from reportgen.scheduled.telling import tell_delivery
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportgen.outbox import Delivery
    from reportgen.store.open import Store


def note(scheduler: Scheduler, store: Store, specs: Iterable[ReportSpec]) -> tuple[NewlyDue, ...]:
    """Write down what of these became due. Raises StoreError."""
    with store.writing() as connection:
        return note_dues(connection, specs, scheduler.clock())


def send(
    scheduler: Scheduler,
    store: Store,
    settings: Settings,
    reports: Collection[str],
    stop: Callable[[], bool] = never,
) -> tuple[Delivery, ...]:
    """Send what waits of these reports, and tell what became of it. After `stop`, nothing is begun.

    Raises StoreError.
    """
    ended: list[Delivery] = []

    def told(delivery: Delivery) -> None:
        scheduler.works(scheduler.clock())
        tell_delivery(scheduler.tell, delivery)
        ended.append(delivery)

    edges = scheduler.clock, scheduler.chance, scheduler.sleep
    how = scheduler.leases.delivery, scheduler.unbroken
    send_waiting(Courier(store, settings, reports, scheduler.holder, *edges, *how), stop, told)
    return tuple(ended)


def next_of(store: Store, reports: Collection[str]) -> datetime | None:
    """When something of these reports may be begun next (UTC), which may be in the past. Raises StoreError."""
    from reportgen.store.jobs import next_job
    from reportgen.store.outbox import next_due

    with store.reading() as connection:
        found = (next_job(connection, reports), next_due(connection, reports))
    return min(filter(None, found), default=None)
