"""What the tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.store.open import Store, open_store
from tests.store.server import Server, programs, serve_postgresql


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server."""
    found = programs()
    if found is None:
        pytest.skip("there is no PostgreSQL on this machine; Debian's package is postgresql")
    with serve_postgresql(found) as running:
        yield running


def new_address(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "postgresql":
        server: Server = request.getfixturevalue("server")
        return server.new_database()
    folder: Path = request.getfixturevalue("tmp_path")
    return f"sqlite:///{folder}/store.db" if kind == "file" else "sqlite://"


@pytest.fixture(params=["file", "memory", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A new store, in each place where one can be."""
    with open_store(new_address(request.param, request)) as opened:
        yield opened


@pytest.fixture(params=["file", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where processes can share a store, and none is yet."""
    return new_address(request.param, request)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another process that writes."""
    for database in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"reportgen.store.{database}.BUSY_SECONDS", 0)
