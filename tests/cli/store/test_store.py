"""`reportgen store`: its commands, and what they do where there is no store."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import ADDRESS
from tests.conftest import Command, Ended

NONE_YET = f"There is no store at {ADDRESS} yet.\n"


def test_the_help_names_every_command(reportgen: Command) -> None:
    ended = reportgen("store", "--help")
    assert re.findall(r"^  (\w+)  ", ended.out, re.MULTILINE) == ["prune", "forget", "export", "check"]


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["prune", "--before", "2026-11-01"], ["forget", "--tweet", "5"], ["forget", "--handle", "a"]],
)
def test_without_a_store_a_command_says_so_and_makes_none(
    arguments: list[str], folder: Path, reportgen: Command
) -> None:
    assert reportgen("store", *arguments) == Ended(0, NONE_YET, "")
    assert list(folder.iterdir()) == []


def test_without_a_store_there_is_no_file_to_export(folder: Path, reportgen: Command) -> None:
    assert reportgen("store", "export", "facts.parquet") == Ended(2, "", NONE_YET)
    assert list(folder.iterdir()) == []
