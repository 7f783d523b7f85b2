"""The command itself: its version, its help, and what happens when nobody expected it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen import __version__
from tests.conftest import Command


def test_the_version_is_one_line(reportgen: Command) -> None:
    assert reportgen("--version").out == f"reportgen {__version__}\n"


def test_the_help_names_every_command(reportgen: Command) -> None:
    ended = reportgen("--help")
    assert ended.code == 0
    assert re.findall(r"^  (\w+)  ", ended.out, re.MULTILINE) == [
        "validate",
        "auth",
        "plan",
        "run",
        "due",
        "serve",
        "schedule",
        "mail",
        "doctor",
        "status",
        "outbox",
        "store",
        "schema",
        "migrate",
        "demo",
        "simulate",
    ]


@pytest.mark.parametrize("arguments", [["unknown"], ["run"], ["run", "--unknown"], ["plan", "x.yaml", "--as-of"]])
def test_a_wrong_command_line_ends_with_2(arguments: list[str], reportgen: Command) -> None:
    ended = reportgen(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err


def test_an_unexpected_error_is_one_line_and_a_log_that_can_be_sent(
    reportgen: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("reportgen.cli.plan.load_settings", broken)
    ended = reportgen("plan", "report.yaml")
    assert ended.code == 1
    told = re.fullmatch(r"reportgen failed unexpectedly: ZeroDivisionError. Please report it with (.*)\n", ended.err)
    assert told
    assert "raise ZeroDivisionError" in Path(told[1]).read_text()
