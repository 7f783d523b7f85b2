"""Which report files a command means, and which of them have a schedule."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.errors import InputError
from reportgen.spec.check import load_reports
from reportgen.spec.delivering import Schedule
from reportgen.spec.load import no_such_file
from reportgen.spec.model import ReportSpec
from reportgen.spec.problems import Problem

FOLDER: Final = "reports"
"""Where report files are looked for when a command is given none."""
_SUFFIXES: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Timetable:
    """Reports, apart by whether they have a schedule; no two of one name."""

    scheduled: tuple[tuple[ReportSpec, Schedule], ...]
    unscheduled: tuple[ReportSpec, ...]


def report_files(given: Iterable[str]) -> tuple[str, ...]:
    """The files themselves, each once; a folder stands for its *.yaml and *.yml, by name, not for those in its folders.

    What is not there is handed on, for whoever reads it to say so. Raises InputError for a folder without any.
    """
    first: dict[Path, str] = {}
    for path in given or (FOLDER,):
        for file in _files_in(path) if Path(path).is_dir() else (path,):
            first.setdefault(Path(file).resolve(), file)
    return tuple(first.values())


def check_there(given: Iterable[str]) -> None:
    """Raise InputError for each file or folder that is not there."""
    problems = [no_such_file(path) for path in given if not os.path.lexists(path)]
    if problems:
        raise InputError(*problems)


def load_timetable(given: Iterable[str]) -> Timetable:
    """What the files and folders say. Raises InputError with all that is wrong with them."""
    specs = load_reports(report_files(given))
    return Timetable(
        tuple((spec, spec.schedule) for spec in specs if spec.schedule),
        tuple(spec for spec in specs if not spec.schedule),
    )


def _files_in(folder: str) -> list[str]:
    try:
        entries = sorted(path for path in Path(folder).iterdir() if path.is_file())
    except OSError as error:
        raise InputError(Problem(folder, 1, 1, f"the folder cannot be read: {error.strerror}")) from error
    files = [str(path) for path in entries if path.suffix in _SUFFIXES and not path.name.startswith(".")]
    if not files:
        raise InputError(Problem(folder, 1, 1, "there is no report file (*.yaml) in this folder"))
    return files
