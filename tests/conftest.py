"""What tests share: a simulator over HTTP, a project folder, the command line, and places for a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import hypothesis
import pytest

from reportgen.__main__ import main
from reportgen.cli import options
from reportgen.instants import parse_instant
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import DEFAULT_SEED, World
from tests.delivery.mail_server import MailServer, serving
from tests.runs import PRESENT, RunReport, runner
from tests.store.server import Server, programs, serve_postgresql

pytest_plugins = ["pytester", "tests.leaks.plugin"]

ROOT = Path(__file__).parent.parent

# No test fails because a machine is busy.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Command(Protocol):
    def __call__(self, *arguments: str | Path) -> Ended: ...


@pytest.fixture(scope="session", autouse=True)
def _own_safes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or changes what the person who runs it keeps: there is no keyring, and another folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))
        yield


@pytest.fixture(scope="session")
def world() -> World:
    return World(DEFAULT_SEED, parse_instant(PRESENT))


@pytest.fixture
def run_report(world: World, tmp_path: Path) -> RunReport:
    """Runs reports against a simulator with faults."""
    return runner(world, tmp_path)


@pytest.fixture
def simulator(world: World) -> Iterator[Simulator]:
    with serve(world) as running:
        yield running


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no setting in the environment."""
    for name in [name for name in os.environ if name.startswith("REPORTGEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def project(empty_folder: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory on the day of the present, with the simulator's address and credentials set."""
    monkeypatch.setattr(options, "now", lambda: parse_instant(PRESENT))
    for name, value in simulator.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(empty_folder / ".config"))
    return empty_folder


@pytest.fixture
def reportgen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line, run in this process from `main` on."""

    def command(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["reportgen", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return command


@pytest.fixture
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """A real SMTP server, with STARTTLS and login."""
    with serving(tmp_path_factory.mktemp("mail")) as running:
        yield running


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


@pytest.fixture(params=["file", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where processes can share a store, and none is yet."""
    return new_address(request.param, request)
