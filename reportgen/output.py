"""Writes a file whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import OutputError


def make_folder(folder: Path) -> None:
    """Make sure that files can be written into `folder`, before anything is spent on them. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise OutputError(f"cannot write into the folder {folder}: permission denied")


def write_whole(path: Path, content: bytes) -> Path:
    """Put `content` at `path`: whoever opens it finds the whole old file or the whole new one.

    Raises OutputError where that can't be done, and leaves nothing behind.
    """
    with whole_file(path) as part:
        part.write_bytes(content)
    return path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file to write into, which is at `path` in the end, as with `write_whole`; an error leaves nothing behind.

    Raises OutputError.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch()
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
