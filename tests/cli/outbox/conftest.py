"""A project with an outbox in which there is one of each kind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.cli import options
from reportgen.outbox import Copy, Later, Occasion, Parcel, Refused, Sent, State, Verdict, Way
from reportgen.store.open import Store
from reportgen.store.outbox import add, claim, settle
from tests.store.filled import at

NOW = at("2026-11-16T13:04")
MONDAY = at("2026-11-16T13:00")
BY_HAND = Occasion("trailbrew-launch", None)
WEEKLY = Occasion("acme-weekly", MONDAY)
REPORTS = [BY_HAND.report, WEEKLY.report, "acme-daily"]
LEASE, DAY = timedelta(minutes=5), timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory on a Monday."""
    monkeypatch.setattr(options, "now", lambda: NOW)
    return empty_folder


@pytest.fixture
def full(kept: Store) -> Store:
    """Six deliveries: an old one that was sent, one of today, one that waits, failed, is held, and is being sent."""
    deliver(kept, "old@acme.example", Sent("250 OK"), Occasion("acme-weekly", MONDAY - 7 * DAY), minutes=-7 * 1440)
    deliver(kept, "ann@acme.example", Sent("250 2.0.0 Ok: queued as 4F2B61"))
    deliver(
        kept,
        "bob@acme.example",
        Later("450 4.2.0 Greylisted, see postgrey help; come back later", MONDAY + timedelta(minutes=20)),
    )
    deliver(kept, "cleo@acme.example", Refused("550 5.1.1 No such user here"), BY_HAND)
    put(kept, "reports", Occasion("acme-daily", MONDAY), way=Way.WEBHOOK, state=State.HELD)
    put(kept, "dan@acme.example", WEEKLY, minutes=1.5)
    with kept.writing() as connection:
        assert claim(connection, REPORTS, MONDAY + timedelta(minutes=3), "one", LEASE)
    return kept


def put(
    store: Store,
    recipient: str,
    occasion: Occasion = WEEKLY,
    *,
    minutes: float = 0,
    way: Way = Way.MAIL,
    state: State = State.WAITING,
) -> None:
    """Put a copy in, so many minutes after the Monday's report was due."""
    with store.writing() as connection:
        copies = (Copy(recipient, f"<{recipient}>"),)
        now = MONDAY + timedelta(minutes=minutes)
        add(connection, occasion, [Parcel(way, "Acme on X", b"Hello", copies, frozenset())], now, state)


def deliver(store: Store, recipient: str, verdict: Verdict, occasion: Occasion = WEEKLY, *, minutes: float = 1) -> None:
    """Put a copy in, and let its first attempt end like this."""
    put(store, recipient, occasion, minutes=minutes)
    now = MONDAY + timedelta(minutes=minutes)
    with store.writing() as connection:
        claimed = claim(connection, REPORTS, now, "one", LEASE)
        assert claimed
        settle(connection, claimed, "one", verdict, now, DAY, 0)
