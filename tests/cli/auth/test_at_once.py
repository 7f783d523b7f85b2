"""Several processes that change what is kept: none takes away what another one has kept."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import Kept
from reportgen.safe.keyring_safe import KeyringSafe
from reportgen.safe.lock import LOCK
from reportgen.simulator.server import Simulator
from tests.conftest import ROOT, Command
from tests.safe.shared_keyring import Shared
from tests.safe.test_kept import ACME, APP

Typed = Callable[..., None]
HANDLES = [f"H{number}" for number in range(6)]
KEEP = """
import sys
from reportgen.cli.auth.place import this_place
from reportgen.safe.kept import KeptToken
place = this_place()
print(flush=True)
sys.stdin.readline()
for round in range(5):
    place.keep(lambda held: held.with_token(f"{sys.argv[1]}_{round}", KeptToken("token", "secret", "app")))
"""


def keep_at_once(environment: Mapping[str, str]) -> None:
    """Each process keeps five tokens; all begin as one."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", KEEP, handle],
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for handle in HANDLES
    ]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == b"\n"
    for process in started:
        assert process.stdin
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=60)
        assert process.returncode == 0


EXPECTED = {f"{handle}_{turn}" for handle in HANDLES for turn in range(5)}


def test_in_a_file(safe: FileSafe) -> None:
    keep_at_once({})
    assert set(safe.read().tokens) == EXPECTED


def test_in_a_keyring(safe: FileSafe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = {"PYTHON_KEYRING_BACKEND": "tests.safe.shared_keyring.Shared", "SHARED_KEYRING": str(tmp_path / "keyring")}
    keep_at_once(shared)
    monkeypatch.setenv("SHARED_KEYRING", shared["SHARED_KEYRING"])
    assert set(KeyringSafe(Shared(), safe.addresses).read().tokens) == EXPECTED


@pytest.mark.parametrize("arguments", [("logout", "@acme"), ("logout", "--all"), ("app",)])
def test_each_command_is_alone_while_it_changes_what_is_kept(
    arguments: tuple[str, ...], reportgen: Command, typed: Typed, simulator: Simulator, safe: FileSafe,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    safe.write(Kept(APP, {"ACME": ACME}))
    typed(simulator.gate.app.consumer_key, simulator.gate.app.consumer_secret)
    alone: list[bool] = []
    read, write = FileSafe.read, FileSafe.write

    def reading(safe: FileSafe) -> Kept:
        alone.append(is_held(tmp_path / "config" / LOCK))
        return read(safe)

    def writing(safe: FileSafe, kept: Kept) -> None:
        alone.append(is_held(tmp_path / "config" / LOCK))
        write(safe, kept)

    monkeypatch.setattr(FileSafe, "read", reading)
    monkeypatch.setattr(FileSafe, "write", writing)
    assert reportgen("auth", *arguments).code == 0
    assert alone[-2:] == [True, True]
    assert not is_held(tmp_path / "config" / LOCK)


def is_held(lock: Path) -> bool:
    """Whether somebody is alone."""
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
