"""What a page shows and what a mail does, section by section, as things that can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.render.page import Element, read

_ARROWS = {"↑\N{NO-BREAK SPACE}": "+", "↓\N{NO-BREAK SPACE}": "\N{MINUS SIGN}"}


@dataclass(frozen=True)
class Tile:
    label: str
    number: str
    others: tuple[str, ...] = ()
    """Its change as a plain text has it (`+5.1% from 12`), and its note."""


@dataclass(frozen=True)
class Grid:
    """A table: the names of its columns of numbers, and its rows, each with its first words and its numbers."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def flat(text: str) -> str:
    """White space of all kinds made one space; marks of direction left out."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def tiles_on_page(html: str) -> tuple[Tile, ...]:
    return _tiles([element for element in read(html).elements if element.tag in {"dt", "dd"}])


def tiles_in_mail(html: str) -> tuple[Tile, ...]:
    return _tiles(read(html).all("span"))


def _tiles(elements: Sequence[Element]) -> tuple[Tile, ...]:
    tiles: list[Tile] = []
    for element in elements:
        kind = {*(element.attributes.get("class") or "").split()}
        text = _signed(element.text)
        if element.tag == "dt" or "label" in kind:
            tiles.append(Tile(text, ""))
            continue
        last = tiles.pop() if tiles else Tile("", "")
        if kind & {"number", "figure", "mark"}:
            last = Tile(last.label, last.number + text)
        elif kind & {"change", "small", "tiny"}:
            last = Tile(last.label, last.number, (*last.others, text))
        tiles.append(last)
    return tuple(tiles)


def _signed(change: str) -> str:
    for arrow, sign in _ARROWS.items():
        change = change.replace(arrow, sign)
    return flat(change)


def table_on_page(html: str) -> Grid:
    page = read(html)
    names = page.all("th", "number")
    first = [th for th in page.all("th") if th.attributes.get("scope") == "row"]
    return _grid([th.text.lstrip("↓↑\N{NO-BREAK SPACE}") for th in names], first, page.all("td", "number"))


def numbers_of_chart(html: str) -> Grid:
    """Those that unfold below a chart."""
    page = read(html)
    names = [th.text for th in page.all("th") if th.attributes.get("scope") == "col"]
    first = [th for th in page.all("th") if th.attributes.get("scope") == "row"]
    return _grid(names, first, [td for td in page.all("td") if "tbody" in td.parents])


def table_in_mail(html: str) -> Grid:
    page = read(html)
    names = [th.text.lstrip("↓↑\N{NO-BREAK SPACE}") for th in page.all("th") if th.attributes.get("align") == "right"]
    cells = page.all("td", "number")
    # Its name stands in each cell too, for phones.
    for cell, name in zip(cells, page.all("span", "name"), strict=True):
        cell.text = cell.text.removeprefix(name.text)
    return _grid(names, page.all("td", "first"), cells)


def _grid(names: Sequence[str], first: Sequence[Element], cells: Sequence[Element]) -> Grid:
    written = tuple(flat(cell.text) for cell in cells)
    rows = [written[start : start + len(names)] for start in range(0, len(written), len(names) or 1)]
    return Grid(tuple(map(flat, names)), tuple((flat(words.text), row) for words, row in zip(first, rows, strict=True)))
