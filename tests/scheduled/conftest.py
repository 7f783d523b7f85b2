"""A project with a store, a simulator by whose side it lives, and a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.instants import parse_instant
from reportgen.simulator.server import serve
from reportgen.simulator.world import World
from reportgen.store.address import STORE
from tests.delivery.mail_server import MailServer, serving
from tests.scheduled.scheduling import SENDER, Clock, Office


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    with serving(tmp_path, "none") as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock(parse_instant("2026-11-15T12:00:00Z"))


@pytest.fixture
def office(
    world: World, mail_server: MailServer, clock: Clock, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    monkeypatch.chdir(tmp_path)
    with serve(world, now=clock) as simulator:
        environment = {**simulator.environment(), **mail_server.environment(), STORE: address, SENDER: "r@acme.example"}
        yield Office(tmp_path, environment, clock, simulator)
