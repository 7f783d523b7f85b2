"""From the rows of a file of tweets to tweets, or what is wrong with them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.catalog import LABEL, without_label
from reportgen.snowflake import LARGEST_ID
from reportgen.spec.model import Tweet
from reportgen.spec.visible import visible
from reportgen.spec.words import closest, counted, listed, quoted

IDS: Final = ("tweet_id", "id")
"""What the column of ids may be called."""
_NAMES: Final = re.compile(r"tweet_id|id|handle|text|labels?\s*[.:].*")
_ID: Final = re.compile(r"[1-9][0-9]{0,18}")
_ROUNDED: Final = re.compile(r"[0-9]+([.,][0-9]*)?([eE]\+?[0-9]+)|[0-9]+[.,]0*")
_HANDLE: Final = re.compile(r"@?[A-Za-z0-9_]{1,15}")
_LABEL_NAME: Final = re.compile(r"label\.[a-z][a-z0-9_]*")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_LONGEST_LABEL: Final = 100


class RowError(Exception):
    """What is wrong with a row, and what would be right. Rows of one `kind` are alike and told of once."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Owners:
    """The report's handles as `@name`, in the order of its file."""

    handles: tuple[str, ...]

    def of(self, written: str) -> str | None:
        """The handle that a row means; None in a report without handles, whose tweets nobody owns. Raises RowError."""
        if not self.handles:
            return None
        if not written:
            if len(self.handles) == 1:
                return self.handles[0]
            raise RowError("no handle", f"there is no handle in this row, and the report has {len(self.handles)}")
        if not _HANDLE.fullmatch(written):
            message = f"{quoted(written)} is no handle, which has up to 15 letters, digits and underscores"
            raise RowError("handle", message)
        name = f"@{written.removeprefix('@')}"
        found = next((handle for handle in self.handles if handle.lower() == name.lower()), None)
        if found is None:
            near = closest(name, self.handles)
            hint = f"did you mean {quoted(near)}?" if near else "add it there"
            raise RowError(name.lower(), f"{quoted(name)} is not among the report's handles; {hint}")
        return found


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row what stands. Other columns are not read."""

    number: int
    """How many there are."""
    id: int
    handle: int | None
    text: int | None
    labels: tuple[tuple[str, int], ...]
    """By name, such as `campaign`."""

    @classmethod
    def of(cls, header: Sequence[str]) -> Columns:
        """The columns of a file whose first row this is. Raises RowError."""
        names = [column_name(cell) for cell in header]
        if twice := [name for name in names if name and names.count(name) > 1]:
            raise RowError("columns", f"there are two columns {quoted(twice[0])}")
        ids = [name for name in IDS if name in names]
        if not ids:
            raise RowError("columns", _no_ids(header))
        if len(ids) > 1:
            raise RowError("columns", "there is a column tweet_id and a column id; leave one of them out")
        labels = [name for name in names if name.startswith("label")]
        for name in labels:
            if not _LABEL_NAME.fullmatch(name):
                message = (
                    f"{quoted(header[names.index(name)])} is no label, whose name has the letters a to z, digits and "
                    "underscores, such as label.campaign"
                )
                raise RowError("columns", message)
        place = {name: index for index, name in enumerate(names)}
        named = tuple((name.removeprefix(LABEL), place[name]) for name in labels)
        return cls(len(names), place[ids[0]], place.get("handle"), place.get("text"), named)

    def tweet(self, cells: Sequence[str], owners: Owners) -> Tweet:
        """The tweet of a row, without the labels of its handle. Raises RowError."""
        if len(cells) > self.number:
            raise RowError(
                "width", f"this row has {counted(len(cells), 'cell')}, and the first {counted(self.number, 'column')}"
            )
        cells = [*cells, *[""] * (self.number - len(cells))]
        tweet_id = _tweet_id(cells[self.id])
        handle = owners.of(cells[self.handle] if self.handle is not None else "")
        labels = {name: label for name, place in self.labels if (label := _label(name, cells[place]))}
        return Tweet(tweet_id, handle, (cells[self.text] if self.text is not None else "") or None, labels)


def column_name(written: str) -> str:
    """The name of a column that is read, in small letters; empty for any other.

    Behind a space a quotation mark is one more character of the cell, and never one of a name.
    """
    name = visible(written.replace('"', "")).lower()
    return name if _NAMES.fullmatch(name) else ""


def _no_ids(header: Sequence[str]) -> str:
    if any(_ID.fullmatch(cell) or _ROUNDED.fullmatch(cell) for cell in header):
        return "the first row has to name the columns, such as tweet_id and handle; this one has a number"
    # What has a = in it is no name, but perhaps what only its owner may read: a line of settings, or of a key.
    names = [quoted(name) for name in header[:10] if "=" not in name]
    return "there is no column tweet_id or id" + (f"; the columns are {listed(names, 'and')}" if names else "")


def _tweet_id(written: str) -> str:
    if not written:
        raise RowError("no id", "there is no tweet id in this row")
    if _ROUNDED.fullmatch(written):
        message = (
            f"{quoted(written)} is what a spreadsheet made of a tweet id, and its last digits are lost; export it "
            "again with the column as text"
        )
        raise RowError("rounded", message)
    if not _ID.fullmatch(written):
        raise RowError("id", f"{quoted(written)} is no tweet id, which has up to 19 digits and nothing else")
    if int(written) > LARGEST_ID:
        raise RowError("id", f"{quoted(written)} is larger than any tweet id; the largest is {LARGEST_ID}")
    return written


def _label(name: str, written: str) -> str:
    value = visible(written)
    if len(value) > _LONGEST_LABEL or _BREAKS.search(written):
        message = f"{quoted(written)} is no label, which is one line of up to {_LONGEST_LABEL} characters"
        raise RowError(f"label {name}", message)
    if value == without_label(f"{LABEL}{name}"):
        message = f"{quoted(value)} is what the page calls tweets without this label; leave the cell empty"
        raise RowError(f"label {name}", message)
    return value
