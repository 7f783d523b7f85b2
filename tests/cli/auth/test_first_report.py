"""From an empty folder to a report: the app, two accounts, and what their timelines hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.settings import ENGAGEMENT_URL
from reportgen.simulator.server import Simulator
from tests.cli.auth.conftest import Browser
from tests.conftest import Command
from tests.runs import PRESENT
from tests.safe.keyrings import Forbidden, InMemory, Locked

Typed = Callable[..., None]
REPORT = """\
version: 1
name: acme-7-days
endpoint: historical
handles: ["@acme", "@acme_help"]
posted: last_7_days
date_range: last_7_days
metrics: [impressions]
outputs: {formats: [json]}
"""


@pytest.fixture(autouse=True)
def report(folder: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ENGAGEMENT_URL, simulator.url)
    path = folder / "acme.yaml"
    path.write_text(REPORT)
    return path


def sign_in(reportgen: Command, typed: Typed, browser: Browser, simulator: Simulator) -> None:
    app = simulator.gate.app
    typed(app.consumer_key, app.consumer_secret)
    assert reportgen("auth", "app").code == 0
    for handle in ("@acme", "@acme_help"):
        browser.handle = handle
        typed(lambda: browser.pin)
        assert reportgen("auth", "login", handle).code == 0


def test_the_accounts_that_signed_in_sign_the_calls(
    reportgen: Command, typed: Typed, browser: Browser, simulator: Simulator
) -> None:
    sign_in(reportgen, typed, browser, simulator)
    simulator.x_calls.clear()
    ended = reportgen("run", "acme.yaml", "--as-of", PRESENT)
    assert (ended.code, ended.out) == (0, "out/acme-7-days-2026-11-15.json\n")
    assert {call.signer for call in simulator.x_calls if call.path.endswith("/tweets")} == {"@acme", "@acme_help"}
    assert {call.status for call in simulator.calls} == {200}


def test_the_second_run_makes_one_timeline_call_a_handle_and_no_other(
    reportgen: Command, typed: Typed, browser: Browser, simulator: Simulator
) -> None:
    sign_in(reportgen, typed, browser, simulator)
    assert reportgen("run", "acme.yaml", "--as-of", PRESENT).code == 0
    simulator.calls.clear()
    simulator.x_calls.clear()
    assert reportgen("run", "acme.yaml", "--as-of", PRESENT).code == 0
    assert simulator.calls == []
    assert sorted(call.signer or "" for call in simulator.x_calls) == ["@acme", "@acme_help"]
    assert all(call.path.endswith("/tweets") for call in simulator.x_calls)


def test_an_x_whose_clock_is_behind_is_told_as_that(
    reportgen: Command, typed: Typed, browser: Browser, simulator: Simulator
) -> None:
    sign_in(reportgen, typed, browser, simulator)
    ended = reportgen("run", "acme.yaml", "--as-of", "2090-11-22T12:00:00Z")
    why = (
        "the timeline could not be read to the end (the range is not over yet for X: is this machine's clock "
        "right? With a simulator that stands still, give the same time as --as-of)"
    )
    assert ended.code == 3
    assert [line for line in ended.err.splitlines() if "timeline" in line] == [
        f"acme-7-days: {handle}: {why}" for handle in ("@acme", "@acme_help")
    ]


def test_the_keyring_serves_as_well(
    reportgen: Command, typed: Typed, browser: Browser, simulator: Simulator, safe: FileSafe,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    backend = InMemory()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    sign_in(reportgen, typed, browser, simulator)
    assert not safe.path.exists()
    assert reportgen("run", "acme.yaml", "--as-of", PRESENT).code == 0


def test_a_keyring_that_is_locked_ends_a_run_that_needs_it(
    reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Locked)
    ended = reportgen("run", "acme.yaml", "--as-of", PRESENT)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith("the keyring (keyrings Locked) is locked: unlock it and try again; ")
    assert (simulator.calls, simulator.x_calls) == ([], [])


@pytest.mark.parametrize("arguments", [("validate", "acme.yaml"), ("--version",), ("run", "--help")])
def test_what_needs_no_credential_asks_no_keyring(
    arguments: tuple[str, ...], reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Forbidden)
    assert reportgen(*arguments).code == 0


def test_where_the_environment_has_all_that_is_needed_no_keyring_is_asked(
    reportgen: Command, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in simulator.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(keyring, "get_keyring", Forbidden)
    assert reportgen("plan", "acme.yaml", "--as-of", PRESENT).code == 0
    assert reportgen("run", "acme.yaml", "--as-of", PRESENT).code == 0


def test_doctor_names_what_is_kept(
    reportgen: Command, typed: Typed, browser: Browser, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(reportgen, typed, browser, simulator)
    assert "  credentials  consumer key, bearer token, token of @acme, token of @acme_help\n" in reportgen("doctor").out
    monkeypatch.setattr(keyring, "get_keyring", Locked)
    ended = reportgen("doctor")
    assert (ended.code, "  credentials  the keyring (keyrings Locked) is locked" in ended.out) == (2, True)
