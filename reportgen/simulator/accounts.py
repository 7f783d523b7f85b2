"""Who lives in the simulated world, and with which credentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reportgen.instants import parse_instant
from reportgen.simulator.chance import code


@dataclass(frozen=True, slots=True)
class Account:
    """An account. `ours` tells the brand's own handles from the competitor's."""

    handle: str
    name: str
    user_id: str
    access_token: str
    access_token_secret: str
    ours: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class App:
    """The app that may use the Engagement API."""

    consumer_key: str
    consumer_secret: str
    bearer_token: str


_ACCOUNTS = (
    ("@acme", "Acme Coffee Outdoors", "2794461350", "2014-09-06T09:00:00Z", True),
    ("@acme_help", "Acme Help", "3190572284", "2015-05-10T08:30:00Z", True),
    ("@globex", "Globex Camping", "2801139467", "2014-09-11T16:45:00Z", False),
    ("@acme_status", "Acme Brewing Status", "1971846201384529921", "2025-09-27T07:55:44Z", True),
    ("@acme_shop", "Acme Shop", "1981349922177466369", "2025-10-23T13:20:07Z", True),
)


def accounts_of(seed: int) -> tuple[Account, ...]:
    """The brand's handles and its competitor."""
    return tuple(
        Account(
            handle,
            name,
            user_id,
            access_token=f"{user_id}-{code(40, seed, handle, 'access token')}",
            access_token_secret=code(45, seed, handle, "access token secret"),
            ours=ours,
            created_at=parse_instant(created_at),
        )
        for handle, name, user_id, created_at, ours in _ACCOUNTS
    )


def app_of(seed: int) -> App:
    """The app whose key and bearer token the simulator knows."""
    return App(
        consumer_key=code(25, seed, "consumer key"),
        consumer_secret=code(50, seed, "consumer secret"),
        bearer_token="AAAAAAAAAAAAAAAAAAAA" + code(80, seed, "bearer token"),
    )
