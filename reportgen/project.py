"""The files of a project that a page may be made of: none outside its folder, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from reportgen.regular_files import open_regular
from reportgen.spec.words import listed, quoted

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a file, at most."""


class ProjectFileError(ValueError):
    """A file is none that a page may be made of. Its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project: the folder that `reportgen` is called in."""

    folder: Path

    def read(self, name: str, suffixes: Sequence[str]) -> bytes:
        """The content of the file `name`, from the folder, with `/`; `suffixes` are the kinds that will do.

        Raises ProjectFileError where the file is not there, is of another kind, larger than LARGEST, hidden or in
        a hidden folder (`.env`, `.git`), or lies outside the folder, be it through a link.
        """
        real = self._path(name).relative_to(self.folder.resolve())
        self._check(name, real, suffixes)
        try:
            with open_regular(self.folder.resolve(), real.parts) as file:
                content = file.read(LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise ProjectFileError(f"{quoted(name)} is not there") from error
        except OSError as error:
            raise ProjectFileError(f"{quoted(name)} cannot be read: {error.strerror}") from error
        if len(content) > LARGEST:
            raise ProjectFileError(f"{quoted(name)} is larger than {LARGEST // 1024 // 1024} MiB")
        return content

    def text(self, name: str, suffixes: Sequence[str]) -> str:
        """As `read`, of a text in UTF-8."""
        try:
            return self.read(name, suffixes).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ProjectFileError(f"{quoted(name)} cannot be read as UTF-8 text") from error

    def _path(self, name: str) -> Path:
        """Where the file really lies, links followed."""
        written = PurePosixPath(name)
        if "\\" in name or "\0" in name:
            raise ProjectFileError(f"{quoted(name)} is no path of the project; it is written with /")
        if written.is_absolute() or ".." in written.parts:
            raise ProjectFileError(f"{quoted(name)} leads out of the project; name it from the project's folder")
        folder = self.folder.resolve()
        try:
            path = (folder / written).resolve()
        except (OSError, RuntimeError) as error:
            raise ProjectFileError(f"{quoted(name)} is a link that leads nowhere") from error
        if not path.is_relative_to(folder):
            raise ProjectFileError(f"{quoted(name)} leads out of the project, through a link")
        return path

    @staticmethod
    def _check(name: str, real: Path, suffixes: Sequence[str]) -> None:
        # What a link is called says nothing, so both names have to do.
        for path in (PurePosixPath(name), real):
            if any(part.startswith(".") for part in path.parts):
                raise ProjectFileError(f"{quoted(name)} is hidden, or in a hidden folder; such files are not read")
            if path.suffix.lower() not in suffixes:
                raise ProjectFileError(f"{quoted(name)} is of another kind; it has to end in {listed(suffixes)}")


HERE: Final = Project(Path())
"""The project in the working directory."""
