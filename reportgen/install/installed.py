"""Where reportgen is, and the project that it is to work in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Installed:
    """A reportgen on this machine, and a project. All paths are absolute and printable."""

    program: tuple[str, ...]
    """What starts it: the path of a program, and its first arguments."""
    files: tuple[str, ...]
    """The report files and folders that it is called with, as they were typed; none for the folder reports."""
    project: Path
    user: str
    """Who is to run it."""
    outside: tuple[Path, ...] = ()
    """Folders outside of the project that it writes into: of outputs, of the store, of what is published."""
    publishes: bool = False
    """Whether others are to read what it writes, such as a web server."""

    def command(self, *words: str) -> tuple[str, ...]:
        """The command line of `reportgen WORDS FILES`."""
        return (*self.program, *words, *as_arguments(self.files))


def as_arguments(files: tuple[str, ...]) -> tuple[str, ...]:
    """The files at the end of a command line, where none is taken for an option."""
    return ("--", *files) if any(file.startswith("-") for file in files) else files
