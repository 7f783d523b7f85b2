"""One process at a time changes what is kept: it is read, changed and written whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reportgen.errors import SafeError

LOCK: Final = Path("reportgen", "credentials.lock")
"""In the user's configuration folder. It is empty, and stays: whoever removed it would let two in."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until no other process is in here. Raises SafeError where there can be no such file."""
    try:
        make_private(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise SafeError(f"{path}, which is there while keys are kept, cannot be opened: {error.strerror}") from error
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which lets the next one in


def make_private(folder: Path) -> None:
    """Make the folder, and those above it that are not there, for nobody else whatever the umask. Raises OSError."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for above in reversed(missing):
        above.mkdir(mode=0o700, exist_ok=True)
