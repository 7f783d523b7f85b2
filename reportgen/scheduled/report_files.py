"""The report files that a scheduler looks after: each as it was good last, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reportgen.errors import InputError
from reportgen.spec.check import called_alike, check
from reportgen.spec.model import ReportSpec
from reportgen.spec.report_files import FOLDER, report_files

Stamp: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file is new or was changed, and is good."""

    spec: ReportSpec


@dataclass(frozen=True, slots=True)
class Broken:
    """A file, or a folder, has problems."""

    path: str
    problems: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A file is not there any more."""

    path: str
    report: str | None
    """What the report was called, if it had ever been good."""


Change: TypeAlias = Loaded | Broken | Gone


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Stamp | None
    spec: ReportSpec | None
    """As it was good last."""
    problems: tuple[object, ...] = ()


class ReportFiles:
    """The report files that a command was given: `FILE|FOLDER...`, or the default folder."""

    def __init__(self, given: Sequence[str]) -> None:
        self._given = given
        self._kept: Mapping[str, _Kept] = {}
        self._broken: Mapping[str, tuple[object, ...]] = {}
        self._specs: Mapping[str, ReportSpec] = {}

    @property
    def specs(self) -> Mapping[str, ReportSpec]:
        """The reports by name, as of the last look."""
        return self._specs

    @property
    def broken(self) -> Mapping[str, tuple[object, ...]]:
        """The problems of the files and folders that have some, by path, as of the last look."""
        return self._broken

    def look(self) -> tuple[Change, ...]:
        """Read what is new or was changed, and give what has become of the files since the last look."""
        before, was_broken = self._kept, self._broken
        paths, unreadable = self._paths()
        self._kept = {path: _read(path, before.get(path)) for path in paths}
        good = [kept.spec for kept in self._kept.values() if kept.spec]
        twice = _twice(good, {name: spec.path for name, spec in self._specs.items()})
        self._specs = {spec.name: spec for spec in good if spec.path not in twice}
        of_files = {path: kept.problems for path, kept in self._kept.items() if kept.problems}
        self._broken = unreadable | twice | of_files
        return tuple(self._changes(before, was_broken))

    def fresh(self, report: str) -> ReportSpec:
        """The report as its file and the files of tweets that it names are now; where they are broken, as they were
        good last.
        """
        known = self._specs[report]
        now = check(known.path)
        return now if isinstance(now, ReportSpec) and now.name == report else known

    def _paths(self) -> tuple[tuple[str, ...], dict[str, tuple[object, ...]]]:
        """The files that are meant, each once, and the problems of folders. The others go on without these."""
        first: dict[Path, str] = {}
        unreadable: dict[str, tuple[object, ...]] = {}
        for given in self._given or (FOLDER,):
            try:
                for path in report_files((given,)):
                    first.setdefault(Path(path).resolve(), path)
            except InputError as error:
                unreadable[given] = tuple(error.problems)
        return tuple(first.values()), unreadable

    def _changes(self, before: Mapping[str, _Kept], was_broken: Mapping[str, tuple[object, ...]]) -> Iterator[Change]:
        for path, kept in before.items():
            if path not in self._kept:
                yield Gone(path, kept.spec.name if kept.spec else None)
        for path, kept in self._kept.items():
            is_new = kept is not before.get(path) or path in was_broken
            if is_new and path not in self._broken and kept.spec:
                yield Loaded(kept.spec)
        for path, problems in self._broken.items():
            if problems != was_broken.get(path):
                yield Broken(path, problems)


def _twice(good: Iterable[ReportSpec], owners: Mapping[str, str]) -> dict[str, tuple[object, ...]]:
    """The problems of reports that have one name, by path. The file that had it at the last look (`owners`) keeps it: a
    copy must not send the report to others. Where none had it, nobody can tell which is meant.
    """
    of_name: dict[str, list[ReportSpec]] = {}
    for spec in good:
        of_name.setdefault(spec.name, []).append(spec)
    problems: dict[str, tuple[object, ...]] = {}
    for name, specs in of_name.items():
        owner = next((spec for spec in specs if spec.path == owners.get(name)), None)
        for spec in specs:
            other = owner or next((one for one in specs if one is not spec), spec)
            if other is not spec:
                problems[spec.path] = (called_alike(spec, other),)
    return problems


def _read(path: str, before: _Kept | None) -> _Kept:
    # Looked at before it is read: what is written meanwhile is read again at the next look.
    stamp = stamp_of(path)
    if before and before.stamp == stamp and stamp:
        return before
    checked = check(path)
    if isinstance(checked, ReportSpec):
        return _Kept(stamp, checked)
    problems = tuple(checked)
    # A file that was named, and is not there any more, does not go on.
    return _Kept(stamp, before.spec if before and stamp else None, problems)


def stamp_of(path: str | Path) -> Stamp | None:
    """What differs where a file was changed; None where it is not there."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
