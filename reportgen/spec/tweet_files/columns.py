"""From the rows of a table of tweets to tweets, or what is wrong with them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reportgen.catalog import LABEL, without_label
from reportgen.printable import printable_text
from reportgen.spec.model import NO_LABELS, Tweet
from reportgen.spec.tweet_files.faults import RowError
from reportgen.spec.tweet_files.ids import is_id, is_rounded, read_id, unprotected
from reportgen.spec.tweet_files.linked_ids import LinkedIds
from reportgen.spec.tweet_files.links import LinkedTweet, read_link
from reportgen.spec.tweet_files.owners import Owners
from reportgen.spec.visible import visible
from reportgen.spec.words import counted, listed, quoted

IDS: Final = ("tweet_id", "tweet_ids", "id")
"""What the column of ids may be called."""
_OWN_LINKS: Final = ("tweet_link", "tweet_url", "permalink", "tweet_permalink", "status_link")
"""What a column is called whose links lead to the tweet of the row, and to no other."""
LINKS: Final = ("link", "url", *_OWN_LINKS)
"""What a column of links to the tweets is called. Any other may be one too, if there are links in it."""
_NAMES: Final = re.compile(rf"handle|text|labels?\s*[.:].*|{'|'.join((*IDS, *LINKS))}")
_LABEL_NAME: Final = re.compile(r"label\.[a-z][a-z0-9_]*")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_LABEL: Final = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row what stands. Other columns are not read."""

    number: int
    """How many there are."""
    id: int
    """That of ids; in a table without one, that of links."""
    links: tuple[int, ...]
    """Those that may link to the tweet of the row, and so say whose it is."""
    handle: int | None
    text: int | None
    labels: tuple[tuple[str, int], ...]
    """By name, such as `campaign`."""
    linked: LinkedIds
    """What the links beside the ids say of these."""
    _labels: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)
    """By the cells of a row, its labels: rows with the same share them."""

    @classmethod
    def of(cls, header: Sequence[str], first: Sequence[str] = ()) -> Columns:
        """The columns of a table whose first row this is, with the row behind it. Raises RowError."""
        names = [column_name(cell) for cell in header]
        if twice := [name for name in names if name and names.count(name) > 1]:
            raise RowError("columns", f"there are two columns {quoted(twice[0])}")
        ids = [name for name in IDS if name in names]
        if len(ids) > 1:
            raise RowError("columns", f"there is a column {ids[0]} and a column {ids[1]}; leave one of them out")
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
        links = tuple(place[name] for name in LINKS if name in place)
        at = place[ids[0]] if ids else _only_link(header, names, first)
        beside = links if ids else ()
        linked = LinkedIds(header[at], {index: header[index] for index in beside}, _own(names, beside))
        return cls(len(names), at, beside, place.get("handle"), place.get("text"), named, linked)

    def tweet(self, line: int, cells: Sequence[str], owners: Owners) -> Tweet:
        """The tweet of a row, without the labels of its handle. Raises RowError."""
        if len(cells) != self.number:
            cells = self._filled(cells)
        tweet_id = cells[self.id]
        written = cells[self.handle] if self.handle is not None else ""
        if is_id(tweet_id) and not self.links:
            handle = owners.of(written)
        else:
            tweet_id, handle = self._linked(line, cells, written, owners)
        text = printable_text(cells[self.text] if self.text is not None else "") or None
        return Tweet(tweet_id, handle, text, self._labels_of(cells) if self.labels else NO_LABELS)

    def _linked(self, line: int, cells: Sequence[str], written: str, owners: Owners) -> tuple[str, str | None]:
        """The id and the handle of a row that has links to tweets."""
        linked = read_link(cells[self.id])
        tweet_id = read_id(linked.id if linked else cells[self.id])
        beside = [(at, link) for at in self.links if (link := read_link(cells[at]))]
        self.linked.compare(line, tweet_id, beside)
        return tweet_id, _owner(tweet_id, written, [linked, *(link for _, link in beside)], owners)

    def _filled(self, cells: Sequence[str]) -> Sequence[str]:
        if len(cells) > self.number:
            raise RowError(
                "width", f"this row has {counted(len(cells), 'cell')}, and the first {counted(self.number, 'column')}"
            )
        return [*cells, *[""] * (self.number - len(cells))]

    def _labels_of(self, cells: Sequence[str]) -> Mapping[str, str]:
        written = tuple([cells[place] for _, place in self.labels])
        known = self._labels.get(written)
        if known is None:
            named = zip(self.labels, written, strict=True)
            known = {name: label for (name, _), cell in named if (label := _label(name, cell))} or NO_LABELS
            self._labels[written] = known
        return known


def column_name(written: str) -> str:
    """The name of a column that is read, in small letters; empty for any other.

    Behind a space a quotation mark is one more character of the cell, and never one of a name.
    """
    name = visible(written.replace('"', "")).lower()
    return name if _NAMES.fullmatch(name) else ""


def _own(names: Sequence[str], links: Iterable[int]) -> frozenset[int]:
    return frozenset(index for index in links if names[index] in _OWN_LINKS)


def _only_link(header: Sequence[str], names: Sequence[str], first: Sequence[str]) -> int:
    """The column of links to the tweets, by what is in it or else by its name. Raises RowError."""
    linking = [place for place, cell in enumerate(first) if place < len(names) and read_link(cell)]
    named = [place for place, name in enumerate(names) if name in LINKS]
    found = [place for place in linking if place in named] or linking or named
    if not found:
        raise RowError("columns", _no_ids(header))
    if len(found) > 1:
        both = listed([quoted(header[place]) for place in found], "and")
        raise RowError("columns", f"there are links in {both}; call the one that leads to the tweet tweet_id")
    return found[0]


def _no_ids(header: Sequence[str]) -> str:
    if any(is_id(cell) or is_rounded(cell) for cell in map(unprotected, header)):
        return "the first row has to name the columns, such as tweet_id and handle; this one has a number"
    if any(read_link(cell) for cell in header):
        return "the first row has to name the columns, such as tweet_id and handle; this one has a link"
    # What has a = in it is no name, but perhaps what only its owner may read: a line of settings, or of a key.
    names = [quoted(name) for name in header[:10] if "=" not in name]
    there = f"; the columns are {listed(names, 'and')}" if names else ""
    return f"there is no column tweet_id or id, and none of links to the tweets{there}"


def _owner(tweet_id: str, written: str, links: Sequence[LinkedTweet | None], owners: Owners) -> str | None:
    """The handle of the row and of its links. Links to other tweets, such as the one that it quotes, say nothing."""
    name = next((link.handle for link in links if link and link.id == tweet_id and link.handle), None)
    if name is None:
        return owners.of(written)
    linked = owners.of_author(name)
    if written and (handle := owners.of(written)) != linked:
        message = f"{quoted(tweet_id)} is a tweet of {handle} by its handle, and of {linked} by its link"
        raise RowError("handle and link", message)
    return linked


def _label(name: str, written: str) -> str:
    value = visible(written)
    if len(value) > _LONGEST_LABEL or _BREAKS.search(written):
        message = f"{quoted(written)} is no label, which is one line of up to {_LONGEST_LABEL} characters"
        raise RowError(f"label {name}", message)
    if value == without_label(f"{LABEL}{name}"):
        message = f"{quoted(value)} is what the page calls tweets without this label; leave the cell empty"
        raise RowError(f"label {name}", message)
    return value
