"""One process at a time changes what is kept: it is read, changed and written whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from reportgen import lock
from reportgen.errors import SafeError

LOCK: Final = Path("reportgen", "credentials.lock")
"""In the user's configuration folder."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until no other process is in here. Raises SafeError where there can be no such file."""
    with ExitStack() as alone:
        try:
            make_private(path.parent)
            alone.enter_context(lock.locked(path, 0o600))
        except OSError as error:
            message = f"{path}, which is there while keys are kept, cannot be opened: {error.strerror}"
            raise SafeError(message) from error
        yield


def make_private(folder: Path) -> None:
    """Make the folder, and those above it that are not there, for nobody else whatever the umask. Raises OSError."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for above in reversed(missing):
        above.mkdir(mode=0o700, exist_ok=True)
