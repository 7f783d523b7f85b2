"""Who lives in the simulated world, and with which credentials."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class App:
    """The app that may use the Engagement API."""

    consumer_key: str
    consumer_secret: str
    bearer_token: str


_ACCOUNTS = (
    ("@acme", "Acme Coffee Outdoors", "2794461350", True),
    ("@acme_help", "Acme Help", "3190572284", True),
    ("@globex", "Globex Camping", "2801139467", False),
)


def accounts_of(seed: int) -> tuple[Account, ...]:
    """The brand's two handles and its competitor."""
    return tuple(
        Account(
            handle,
            name,
            user_id,
            access_token=f"{user_id}-{code(40, seed, handle, 'access token')}",
            access_token_secret=code(45, seed, handle, "access token secret"),
            ours=ours,
        )
        for handle, name, user_id, ours in _ACCOUNTS
    )


def app_of(seed: int) -> App:
    """The app whose key and bearer token the simulator knows."""
    return App(
        consumer_key=code(25, seed, "consumer key"),
        consumer_secret=code(50, seed, "consumer secret"),
        bearer_token="AAAAAAAAAAAAAAAAAAAA" + code(80, seed, "bearer token"),
    )
