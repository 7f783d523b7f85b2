"""From a file to plain data with positions, or problems."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportgen.spec.compose import NotReadableError, compose
from reportgen.spec.document import Document, Lines
from reportgen.spec.problems import Problem

LARGEST_FILE: Final = 2**20
"""Bytes."""


def load(path: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The file's document, None where it cannot be read as one, and what is wrong with it as YAML."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return None, (no_such_file(path),)
    except IsADirectoryError:
        return None, (Problem(path, 1, 1, "this is a directory, not a file"),)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return None, (Problem(path, 1, 1, f"the file cannot be read: {reason or error}"),)
    return parse(path, content)


def no_such_file(path: str) -> Problem:
    """What is said of a file that is not there."""
    # Nobody need have named it: it is where commands look that are given nothing.
    what = "folder here; go to where your reports are, or name files" if path == "reports" else "file"
    return Problem(path, 1, 1, f"there is no such {what}")


def parse(path: str, content: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """As `load`, of the bytes of a file. An empty file is a document of None."""
    if len(content) > LARGEST_FILE:
        return None, (Problem(path, 1, 1, "the file is larger than 1 MiB"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(path, content, error),)
    lines = Lines(text)
    problems: list[Problem] = []
    root = None
    try:
        root, remarks = compose(text)
        problems += (Problem(path, *lines.position(index), message) for index, message in remarks)
    except NotReadableError as error:
        problems.append(Problem(path, *lines.position(error.index), str(error)))
    return Document(path, text, root) if root else None, tuple(problems)


def _not_utf8(path: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(path, 1, 1, "the file is UTF-16; save it as UTF-8")
    # utf-8-sig counts from behind the byte order mark.
    start = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
    before = content[:start].decode("utf-8-sig")
    position = Lines(before).position(len(before))
    return Problem(path, *position, f"byte 0x{content[start]:02x} is not UTF-8; save the file as UTF-8")
