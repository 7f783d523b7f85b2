"""A directory, such as a web server's, that gets the files of each report, and a page and a list of all of them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from reportgen.editions import Edition, editions_from, json_of
from reportgen.errors import OutputError, TemplateError
from reportgen.lock import locked
from reportgen.outbox import Copy, Delivery, Later, Parcel, Refused, Sent, Verdict, Way
from reportgen.output import make_folder, write_whole

if TYPE_CHECKING:
    from reportgen.render.look import Look
    from reportgen.report.model import Report
    from reportgen.settings import Settings
    from reportgen.spec.model import Format

INDEX: Final = "index.html"
LIST: Final = "index.json"
LOCK: Final = ".reportgen.lock"
_DAMAGE: Final = (BadZipFile, EOFError, KeyError, RuntimeError, ValueError, zlib.error)
"""What reading an archive raises where bytes of it are others than were written; RuntimeError for what would be
encrypted, or packed in a way that is not known."""
_SHARED: Final = 0o666
"""Who may write into the directory may wait for its lock."""


class _NotOursError(Exception):
    """A file of the directory is not what reportgen wrote. Its text is a sentence for the user."""


def parcel(report: Report, look: Look, contents: Mapping[Format, bytes], copies: tuple[Copy, ...]) -> Parcel:
    """The report's files, and what the directory's page tells of them."""
    edition = _edition_of(report, look, tuple(contents))
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo(LIST), json_of([edition]), ZIP_DEFLATED)
        for name, content in contents.items():
            archive.writestr(ZipInfo(edition.files[name]), content, ZIP_DEFLATED)
    return Parcel(Way.DIRECTORY, f"{edition.title}: {edition.period}", packed.getvalue(), copies)


def send(delivery: Delivery, content: bytes, settings: Settings) -> Verdict:
    """Put the files into the directory `delivery.recipient`, and make its page anew. What is there already may be."""
    try:
        edition, files = _unpacked(content)
    except _DAMAGE:
        return Refused("what was kept of its files is damaged")
    folder = Path(delivery.recipient)
    try:
        make_folder(folder)
        with locked(folder / LOCK, _SHARED):
            return _put(folder, edition, files, settings)
    except (OutputError, TemplateError, _NotOursError) as error:
        return Later(str(error))
    except OSError as error:
        return Later(f"cannot use the folder {folder}: {error.strerror}")


def _edition_of(report: Report, look: Look, formats: tuple[Format, ...]) -> Edition:
    from reportgen.render.labels import period_in_words

    return Edition(
        report.name,
        report.title,
        period_in_words(report, look.voice),
        report.last_day,
        report.as_of,
        report.timezone,
        report.complete,
        formats,
    )


def _unpacked(content: bytes) -> tuple[Edition, Mapping[str, bytes]]:
    """The edition and its files. Raises what `_DAMAGE` has."""
    with ZipFile(io.BytesIO(content)) as archive:
        (edition,) = editions_from(archive.read(LIST))
        return edition, {name: archive.read(name) for name in edition.files.values()}


def _put(folder: Path, edition: Edition, files: Mapping[str, bytes], settings: Settings) -> Verdict:
    """Raises OutputError, TemplateError, OSError and _NotOursError."""
    from reportgen.render.choose import look_of_project
    from reportgen.render.index import render_index

    look = look_of_project(settings)
    there = {known.key: known for known in _editions(folder)}
    before = there.get(edition.key)
    if before and _age(before) > _age(edition):
        return Sent("a newer one of the same days is there already")
    for name, content in files.items():
        _write(folder / name, content)
    editions = _still_there(folder, {**there, edition.key: edition}.values())
    _write(folder / LIST, json_of(editions).encode())
    _write(folder / INDEX, render_index(editions, look))
    return Sent(f"it is in {folder}")


def _age(edition: Edition) -> tuple[datetime, bool]:
    """What is larger of the newer one. What a late run makes complete is as of the same moment."""
    return edition.as_of, edition.complete


def _editions(folder: Path) -> tuple[Edition, ...]:
    """What the directory has so far. Raises OSError and _NotOursError."""
    from reportgen.render.index import MARK

    page, listed = folder / INDEX, folder / LIST
    if page.exists() and MARK not in page.read_bytes():
        raise _NotOursError(f"{page} is not reportgen's, and stays; publish into another directory, or move it away")
    try:
        return editions_from(listed.read_bytes()) if listed.exists() else ()
    except ValueError as error:
        raise _NotOursError(f"{listed} is not as reportgen wrote it; move it away, and a new one is made") from error


def _still_there(folder: Path, editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Without those whose files somebody has taken away: that is how a directory is tidied up."""
    return tuple(edition for edition in editions if all((folder / name).is_file() for name in edition.files.values()))


def _write(path: Path, content: bytes) -> None:
    """What is there already is left alone, so that it keeps its time."""
    if not (path.is_file() and path.read_bytes() == content):
        write_whole(path, content)
