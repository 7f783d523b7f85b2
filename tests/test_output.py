"""A file is written whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import OutputError
from reportgen.output import make_folder, write_whole


def test_a_file_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("old")
    assert write_whole(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.html"
    path.write_text("old")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match=r"a.html: No space left on device$"):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"^cannot make the folder .*file/out: Not a directory$"):
        make_folder(tmp_path / "file" / "out")


def test_a_folder_that_cannot_be_written_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match=r"permission denied$"):
        make_folder(tmp_path)
