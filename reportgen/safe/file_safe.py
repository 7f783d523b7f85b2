"""A file of the user's own, mode 0600: the safe of machines without a keyring."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal

from reportgen.errors import SafeError
from reportgen.regular_files import open_regular
from reportgen.safe.kept import NOTHING, Kept, json_of, kept_from

FILE: Final = Path("reportgen", "credentials.json")
"""In the user's configuration folder."""
_OTHERS: Final = 0o077
_WRITTEN_BY_OTHERS: Final = 0o022


@dataclass(frozen=True, slots=True)
class FileSafe:
    """What the file keeps for one origin. The file has a document for each."""

    path: Path
    origin: str
    kind: ClassVar[Literal["file"]] = "file"

    @property
    def shown(self) -> str:
        """What messages call it."""
        return f"the file {self.path}"

    def read(self) -> Kept:
        """What is kept; nothing where there is no file. Raises SafeError."""
        documents = self._documents()
        if self.origin not in documents:
            return NOTHING
        try:
            return kept_from(documents[self.origin])
        except ValueError as error:
            raise self._damaged(error) from error

    def others(self) -> Sequence[str]:
        """The other origins of which it keeps credentials. Raises SafeError."""
        return sorted(self._documents().keys() - {self.origin})

    def write(self, kept: Kept) -> None:
        """Keep this, and nothing else, for the origin. Raises SafeError, and leaves the file as it was then."""
        others = {origin: document for origin, document in self._documents().items() if origin != self.origin}
        documents = others if kept == NOTHING else {**others, self.origin: kept.as_json()}
        try:
            if documents:
                self._write(json.dumps(documents, indent=1).encode())
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise SafeError(f"{self.shown} cannot be written: {error.strerror}") from error

    def _documents(self) -> dict[str, object]:
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
            documents = json_of(content)
        except ValueError as error:
            raise self._damaged(error) from error
        if not isinstance(documents, dict):
            raise self._damaged(ValueError("it is not what reportgen keeps"))
        return documents

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

    def _write(self, content: bytes) -> None:
        folder = self.path.parent
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        self._check(folder.stat(), folder, _WRITTEN_BY_OTHERS, "write into the folder of your credentials")
        # Nobody else may read it at any moment: mkstemp makes it with mode 0600.
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{self.path.name}.", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)
