"""A file of the user's own, mode 0600: the safe of machines without a keyring."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal

from reportgen.errors import SafeError
from reportgen.regular_files import open_regular
from reportgen.safe.addresses import Addresses
from reportgen.safe.entry import Entry, entry_from, kept_for, others_than, with_kept
from reportgen.safe.kept import Kept, json_of
from reportgen.safe.lock import make_private

FILE: Final = Path("reportgen", "credentials.json")
"""In the user's configuration folder."""
_PART: Final = ".part"
_OTHERS: Final = 0o077
_WRITTEN_BY_OTHERS: Final = 0o022


@dataclass(frozen=True, slots=True)
class FileSafe:
    """What the file keeps for a pair of addresses. The file has an entry for each X API."""

    path: Path
    addresses: Addresses
    kind: ClassVar[Literal["file"]] = "file"

    @property
    def shown(self) -> str:
        """What messages call it."""
        return f"the file {self.path}"

    def read(self) -> Kept:
        """What is kept; nothing where there is no file. Raises SafeError."""
        entry = self._entry(self._entries())
        try:
            return kept_for(self.addresses.engagement, entry)
        except ValueError as error:
            raise self._damaged(error) from error

    def others(self) -> Sequence[str]:
        """As `Safe.others`. Raises SafeError."""
        return sorted(self._entries().keys() - {self.addresses.x_api})

    def elsewhere(self) -> tuple[str, ...]:
        """As `Safe.elsewhere`. Raises SafeError."""
        return others_than(self.addresses.engagement, self._entry(self._entries()))

    def write(self, kept: Kept) -> None:
        """Keep this, and nothing else, for the pair. Raises SafeError, and leaves the file as it was then."""
        entries = self._entries()
        changed = with_kept(self.addresses.engagement, self._entry(entries), kept)
        left = {origin: entry for origin, entry in {**entries, self.addresses.x_api: changed}.items() if entry}
        try:
            self._sweep()
            if left:
                self._write(json.dumps(left, indent=1).encode())
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise SafeError(f"{self.shown} cannot be written: {error.strerror}") from error

    def _entry(self, entries: Mapping[str, object]) -> Entry:
        try:
            return entry_from(entries.get(self.addresses.x_api, {}))
        except ValueError as error:
            raise self._damaged(error) from error

    def _entries(self) -> dict[str, object]:
        try:
            with open_regular(self.path.parent, (self.path.name,)) as file:
                self._check(os.fstat(file.fileno()), self.path, _OTHERS, "read your credentials")
                self._check(
                    self.path.parent.stat(),
                    self.path.parent,
                    _WRITTEN_BY_OTHERS,
                    "write into the folder of your credentials",
                )
                content = file.read()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SafeError(f"{self.shown} cannot be read: {error.strerror}") from error
        try:
            entries = json_of(content)
        except ValueError as error:
            raise self._damaged(error) from error
        if not isinstance(entries, dict):
            raise self._damaged(ValueError("it is not what reportgen keeps"))
        return entries

    def _check(self, status: os.stat_result, path: Path, forbidden: int, what: str) -> None:
        if not hasattr(os, "geteuid"):
            return  # a system whose files have no mode
        if status.st_uid != os.geteuid():
            raise SafeError(f"{path} is somebody else's, and is not used: remove it, and sign in again")
        if status.st_mode & forbidden:
            mode = "700" if path.is_dir() else "600"
            mend = f"chmod {mode} {shlex.quote(str(path))}"
            raise SafeError(f"others may {what}, which are not used until you run {mend}")

    def _damaged(self, error: ValueError) -> SafeError:
        return SafeError(f"{self.shown} cannot be read: {error}; remove it, and sign in again")

    def _sweep(self) -> None:
        """Remove what a kill left of a write: it has all that was to be kept. Whoever writes is the only one."""
        for part in self.path.parent.glob(f".{self.path.name}.*{_PART}"):
            part.unlink(missing_ok=True)

    def _write(self, content: bytes) -> None:
        folder = self.path.parent
        make_private(folder)
        self._check(folder.stat(), folder, _WRITTEN_BY_OTHERS, "write into the folder of your credentials")
        # Nobody else may read it at any moment: mkstemp makes it with mode 0600.
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{self.path.name}.", suffix=_PART)
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)
