"""Opens a file that lies where it was seen to lie: no link is followed on the way, and nothing but a file is opened."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

# Where a platform has none of these, what was seen of the path before it was opened has to do.
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to would be waited for
_FOLDER: Final = _NO_LINK | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", os.O_RDONLY)
_BY_FOLDERS: Final = os.open in os.supports_dir_fd


def open_regular(folder: Path, parts: Sequence[str]) -> BinaryIO:
    """The file that lies in `folder` by these parts of its path, of which none is a link. Raises OSError."""
    descriptor = _within(folder, parts) if _BY_FOLDERS else os.open(folder.joinpath(*parts), _file_flags())
    try:
        _check(os.fstat(descriptor).st_mode)
    except OSError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _within(folder: Path, parts: Sequence[str]) -> int:
    # Each folder is opened from the one before, so that none can be exchanged for a link in between.
    here = os.open(folder, _FOLDER & ~_NO_LINK)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=here)
            os.close(here)
            here = inner
        return os.open(parts[-1], _file_flags(), dir_fd=here)
    finally:
        os.close(here)


def _check(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, and no file")


def _file_flags() -> int:
    return os.O_RDONLY | _NO_LINK | _NO_WAIT | getattr(os, "O_BINARY", 0)
