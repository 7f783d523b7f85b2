"""A person at a terminal: a project with nothing but an address, a keyboard, and a browser."""

from __future__ import annotations

import re
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from reportgen.cli import options
from reportgen.instants import parse_instant
from reportgen.safe.addresses import addresses_of
from reportgen.safe.file_safe import FILE, FileSafe
from reportgen.settings import X_API_URL, Settings
from reportgen.simulator.server import Simulator
from tests.runs import PRESENT


class Keyboard:
    """What is typed, line by line; a callable tells its line when it is asked for, an exception is raised."""

    def __init__(self, *lines: str | Callable[[], str] | BaseException) -> None:
        self._lines = iter(lines)

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        line = next(self._lines, None)
        if isinstance(line, BaseException):
            raise line
        return "" if line is None else f"{line() if callable(line) else line}\n"


class Browser:
    """Opens the page of a sign-in and allows the app, as the account `handle`."""

    def __init__(self, handle: str) -> None:
        self.handle = handle
        self.links: list[str] = []
        self.pin = ""

    def open(self, link: str) -> bool:
        self.links.append(link)
        page, _, token = link.partition("?oauth_token=")
        with requests.Session() as session:
            session.trust_env = False
            assert session.get(link).status_code == 200
            text = session.post(page, data={"oauth_token": token, "handle": self.handle}).text
        (self.pin,) = re.findall(r"<output>(\d+)</output>", text)
        return True

    def wrong_pin(self) -> str:
        return f"{(int(self.pin) + 1) % 10**7:07}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory on the day of the present, with the simulator's address and nothing else set."""
    monkeypatch.setattr(options, "now", lambda: parse_instant(PRESENT))
    for name in simulator.environment():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(X_API_URL, simulator.origin)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def safe(folder: Path, simulator: Simulator) -> FileSafe:
    """What this machine, which has no keyring, keeps."""
    return FileSafe(folder / "config" / FILE, addresses_of(Settings(x_api_url=simulator.origin)))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has these lines typed."""

    def type_in(*lines: Any) -> None:
        monkeypatch.setattr(sys, "stdin", Keyboard(*lines))

    return type_in


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The person's browser, signed in to X as @acme."""
    browser = Browser("@acme")
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    return browser
