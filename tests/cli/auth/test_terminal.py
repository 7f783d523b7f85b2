"""A real terminal: what is typed as a secret is not seen, and Ctrl-C ends it."""

from __future__ import annotations

import os
import pty
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import NOTHING
from reportgen.simulator.server import Simulator
from tests.cli.auth.conftest import Browser
from tests.conftest import ROOT
from tests.leaks.look import look


class Terminal:
    """A command in a terminal of its own, and all that it showed so far."""

    def __init__(self, process: int, controller: int) -> None:
        self.process = process
        self._controller = controller
        self.shown = ""

    def until(self, text: str) -> str:
        """Read until the text shows; all that showed since the last time."""
        before = len(self.shown)
        while text not in self.shown[before:]:
            self.shown += os.read(self._controller, 4096).decode()
        return self.shown[before:]

    def type_in(self, line: str) -> None:
        os.write(self._controller, f"{line}\n".encode())

    def interrupt(self) -> None:
        """As Ctrl-C does; and then a line, for Python misses a signal that comes just before it begins to read."""
        os.kill(self.process, signal.SIGINT)
        with suppress(OSError):  # it may have ended already
            self.type_in("")

    def ended(self) -> int:
        """Read to the end; the exit code."""
        with suppress(OSError):  # how Linux tells that nobody writes to it any more
            while part := os.read(self._controller, 4096):
                self.shown += part.decode()
        look("a terminal", self.shown)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@contextmanager
def terminal(*arguments: str) -> Iterator[Terminal]:
    process, controller = pty.fork()
    if not process:
        # As a shell starts it, whatever this process was told to ignore by whoever started it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "reportgen", *arguments])  # noqa: S606
    try:
        yield Terminal(process, controller)
    finally:
        os.close(controller)


def test_from_nothing_the_app_and_an_account_are_signed_in(simulator: Simulator, safe: FileSafe) -> None:
    app = simulator.gate.app
    with terminal("auth", "app") as screen:
        screen.until("Consumer key: ")
        screen.type_in(app.consumer_key)
        screen.until("Consumer secret: ")
        screen.type_in(app.consumer_secret)
        assert screen.ended() == 0
        assert (
            screen.shown.split()
            == (
                f"Consumer key: Consumer secret: Kept in the file {safe.path}: the app's key and secret, and its "
                f"bearer token."
            ).split()
        )
    with terminal("auth", "login", "@acme", "--no-browser") as screen:
        link = re.search(r"http://\S+", screen.until("PIN: "))
        assert link
        browser = Browser("@acme")
        browser.open(link[0])
        screen.type_in(browser.pin)
        assert screen.ended() == 0
    assert list(safe.read().tokens) == ["ACME"]


def test_ctrl_c_at_a_prompt_ends_with_130(safe: FileSafe) -> None:
    with terminal("auth", "app") as screen:
        screen.until("Consumer key: ")
        screen.interrupt()
        assert screen.ended() == 130
        assert screen.shown.split() == ["Consumer", "key:", "stopped"]
    assert safe.read() == NOTHING


def test_the_browser_of_the_session_gets_the_link(
    simulator: Simulator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_CONSUMER_KEY", simulator.gate.app.consumer_key)
    monkeypatch.setenv("REPORTGEN_CONSUMER_SECRET", simulator.gate.app.consumer_secret)
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    with terminal("auth", "login", "@acme") as screen:
        link = re.search(r"http://\S+", screen.until("PIN: "))
        screen.interrupt()
        assert screen.ended() == 130
    assert link
    assert (folder / "opened").read_text() == f"{link[0]}\n"
