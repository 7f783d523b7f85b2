"""What a bug report needs is kept, and where it cannot be, that is said instead."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

from reportgen.trace import keep_trace


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where traces are kept."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def fail(message: str) -> NoReturn:
    raise ValueError(message)


def kept_trace_of(message: str, *secrets: str) -> str:
    try:
        fail(message)
    except ValueError:
        return keep_trace(secrets)


def test_the_trace_lies_in_a_file_of_its_own_without_the_secrets(folder: Path) -> None:
    said = kept_trace_of("no made-up-key-1 for made-up-key", "made-up-key", "made-up-key-1")
    (log,) = folder.iterdir()
    assert said == f"Please report it with {log}"
    assert log.read_text().splitlines()[-1] == "ValueError: no *** for ***"


def test_a_name_that_is_not_utf_8_is_kept_as_its_bytes(folder: Path) -> None:
    kept_trace_of("no w\udcf6chentlich.yaml")
    (log,) = folder.iterdir()
    assert log.read_text().splitlines()[-1] == r"ValueError: no w\udcf6chentlich.yaml"


def test_where_nothing_can_be_written_that_is_said(folder: Path) -> None:
    (folder / "a file").touch()
    tempfile.tempdir = str(folder / "a file")
    assert kept_trace_of("no") == "Its trace could not be kept: Not a directory"
