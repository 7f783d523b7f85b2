"""Where the tests leave something: texts and folders, looked at for secrets."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.leaks.known import found_in

_FOUND: list[str] = []
_LOG = re.compile(rb"Please report it with ([!-~]+?\.log)")
_KEPT_THERE = frozenset({".env", "credentials.json", "accounts.yaml", ".twitter_api_creds"})
"""Names of the files that secrets are for: reportgen's, and those of the clients that `migrate` knows."""


def look(place: str, text: str | bytes | None) -> None:
    """Look at a text, and at the log that it names, if any."""
    content = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text or b""
    _FOUND.extend(f"{name}, in {place}" for name in found_in(content))
    for log in _LOG.findall(content):
        with suppress(FileNotFoundError):
            look(f"the log {log.decode()}", Path(log.decode()).read_bytes())


def look_into(folder: Path) -> None:
    """Look at all files of a folder, those in archives too."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and file.name not in _KEPT_THERE:
            with suppress(OSError):  # a test may have made it unreadable, or another process taken it away
                for content in _contents(file):
                    look(f"the file {file.relative_to(folder)}", content)


def taken() -> list[str]:
    """What was found since the last time."""
    found = list(dict.fromkeys(_FOUND))
    _FOUND.clear()
    return found


def _contents(file: Path) -> Iterator[bytes]:
    content = file.read_bytes()
    yield content
    if content.startswith(b"PK"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    if content.startswith(b"\x1f\x8b"):
        with suppress(EOFError, zlib.error):
            yield gzip.decompress(content)
