"""The files that go with a mail, or would, as it speaks of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.report.model import Report
from reportgen.spec.model import Format
from reportgen.voice.voice import Voice

PAGES: Final[Sequence[Format]] = ("pdf", "html")
"""The files with all of a report's sections, the one to be read first before the other."""
_KILO: Final = 1000


@dataclass(frozen=True, slots=True)
class Enclosure:
    name: str
    size: str
    """`231 KB`, `12.3 MB`."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files of a mail, and those that it has no room for."""

    attached: tuple[Enclosure, ...]
    left_out: tuple[Enclosure, ...]
    formats: tuple[Format, ...]
    """Of those attached."""

    @staticmethod
    def named(files: tuple[Enclosure, ...]) -> str:
        """`acme-weekly-2026-11-15.pdf (231 KB), ...`."""
        return ", ".join(f"{file.name} ({file.size})" for file in files)


def enclosed(report: Report, attached: Mapping[Format, int], left_out: Mapping[Format, int], voice: Voice) -> Enclosed:
    """The files of these formats, each with its size in bytes."""
    return Enclosed(_files(report, attached, voice), _files(report, left_out, voice), tuple(attached))


def page_among(report: Report, formats: Collection[Format]) -> str | None:
    """The attached file that has what the page has."""
    return next((f"{report.stem}.{kind}" for kind in PAGES if kind in formats), None)


def _files(report: Report, sizes: Mapping[Format, int], voice: Voice) -> tuple[Enclosure, ...]:
    return tuple(Enclosure(f"{report.stem}.{kind}", _size(size, voice)) for kind, size in sizes.items())


def _size(size: int, voice: Voice) -> str:
    kilobytes = max(1, round(size / _KILO))
    if kilobytes < _KILO:
        return f"{voice.whole(kilobytes)}\N{NO-BREAK SPACE}KB"
    return f"{voice.exact(round(size / _KILO**2, 1))}\N{NO-BREAK SPACE}MB"
