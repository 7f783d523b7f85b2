"""Fails each test whose output, logs, commands or files have a secret in them. A plugin for pytest.

It knows the secrets of every simulated world, of every webhook, and those that tests make up
(`tests.leaks.known.made_up`). What leaves a process goes through one of a few doors (captured output, click's runner,
`subprocess`), and each of them is watched; a test with a door of its own, such as a terminal, shows what came through
to `tests.leaks.look.look`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from reportgen.delivery_settings import WEBHOOK_EXAMPLE, Webhook
from reportgen.simulator import accounts
from reportgen.simulator.signin import pins
from reportgen.simulator.world import DEFAULT_SEED
from tests.leaks.known import SHORTEST, made_up, made_up_pair
from tests.leaks.look import look, look_into, taken

_PATCH = pytest.MonkeyPatch()
_MADE: list[Path] = []
"""Folders that have not been looked into."""
_SIMULATE = "simulate"
"""The command whose standard output has secrets, since that is what it is for."""
_LAST = pytest.StashKey[bool]()
"""Whether a test is the last one of its module."""


def pytest_configure() -> None:
    for module in (accounts, pins):
        _wrap(module, "code", _codes)
    app = accounts.app_of(DEFAULT_SEED)
    made_up_pair(app.consumer_key, app.consumer_secret, "the simulated app")
    accounts.accounts_of(DEFAULT_SEED)
    _wrap(Webhook, "__init__", _webhook)
    _wrap(pytest.CaptureFixture, "readouterr", _captured)
    _wrap(CliRunner, "invoke", _invoked)
    _wrap(subprocess.Popen, "__init__", _started)
    _wrap(subprocess.Popen, "communicate", _communicated)
    _wrap(pytest.TempPathFactory, "mktemp", _made)


def pytest_unconfigure() -> None:
    _PATCH.undo()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    item.stash[_LAST] = nextitem is None or nextitem.path != item.path
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when != "teardown":
        return report
    for name, text in report.sections:
        look(name.lower(), text)
    for path in _folders_of(item):
        look_into(path)
    if (found := taken()) and report.passed:
        report.outcome = "failed"
        report.longrepr = "\n".join(["a secret was shown:", *found])
    return report


def _folders_of(item: pytest.Item) -> list[Path]:
    """The test's own folder, and after the last test of a module those that its tests share."""
    own = getattr(item, "funcargs", {}).get("tmp_path")
    folders = [path for path in _MADE if path == own or item.stash[_LAST]]
    _MADE[:] = [path for path in _MADE if path not in folders]
    return folders


def _wrap(owner: Any, name: str, wrapper: Callable[[Any], Any]) -> None:
    _PATCH.setattr(owner, name, wrapper(getattr(owner, name)))


def _codes(code: Callable[..., str]) -> Callable[..., str]:
    def known_code(length: int, *key: object) -> str:
        made = code(length, *key)
        # The token of a sign-in that is under way stands in its link.
        if key[1] != "sign-in" or key[-1] == "secret":
            made_up(made, f"{' '.join(map(str, key[1:]))} of world {key[0]}")
        return made

    return known_code


def _webhook(init: Callable[..., None]) -> Callable[..., None]:
    def known(webhook: Webhook, url: str, secret: str | None = None) -> None:
        init(webhook, url, secret)
        parts = urlsplit(url)
        beyond_host = parts._replace(scheme="", netloc="").geturl()
        for text, name in ((beyond_host, "address"), (secret or "", "secret")):
            if len(text) >= SHORTEST and not WEBHOOK_EXAMPLE.endswith(text):
                made_up(text, f"the {name} of the webhook at {parts.hostname}")

    return known


def _captured(readouterr: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def looking(fixture: Any) -> Any:
        captured = readouterr(fixture)
        look("captured stdout", captured.out)
        look("captured stderr", captured.err)
        return captured

    return looking


def _invoked(invoke: Callable[..., Any]) -> Callable[..., Any]:
    def looking(runner: CliRunner, cli: Any, *given: Any, **named: Any) -> Any:
        result = invoke(runner, cli, *given, **named)
        if cli.name != _SIMULATE:
            look("click's stdout", result.stdout)
        look("click's stderr", result.stderr)
        return result

    return looking


def _started(init: Callable[..., None]) -> Callable[..., None]:
    def looking(process: subprocess.Popen[Any], args: Any, *given: Any, **named: Any) -> None:
        look("a command line", " ".join(_words(args)))
        init(process, args, *given, **named)

    return looking


def _communicated(communicate: Callable[..., Any]) -> Callable[..., Any]:
    def looking(process: subprocess.Popen[Any], *given: Any, **named: Any) -> Any:
        out, err = communicate(process, *given, **named)
        if _SIMULATE not in _words(process.args):
            look("a process's stdout", out)
        look("a process's stderr", err)
        return out, err

    return looking


def _made(mktemp: Callable[..., Path]) -> Callable[..., Path]:
    def noting(factory: pytest.TempPathFactory, *given: Any, **named: Any) -> Path:
        path = mktemp(factory, *given, **named)
        _MADE.append(path)
        return path

    return noting


def _words(args: Any) -> list[str]:
    return [str(args)] if isinstance(args, (str, bytes, Path)) else [str(arg) for arg in args]
