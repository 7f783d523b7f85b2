"""What a PDF says to those who hear it: WeasyPrint's tree of tags, made what PDF/UA-1 asks for and readers expect.

WeasyPrint 70 takes a table that goes on over pages for one a page and running heads for text, makes lists of a `dl`
that are none, leaves headers without a scope, and wraps every word. Its `finisher` may change the file before it is
written, so it is mended here. The keys are those of PDF (ISO 32000-1, 14.7): `S` is what an element is, `K` its kids,
`P` its parent, `Pg` its page; a number among the kids is a piece of what is drawn on that page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Object = Any
"""A dictionary, an array or a stream of pydyf, which has no types."""

_WRAPPERS: Final = {"/NonStruct", "/Part", "/Div", "/Span"}
"""What says nothing by itself."""
_GROUPS: Final = {"/Document", "/Art", "/Sect", "/L", "/LI", "/Table", "/THead", "/TBody", "/TFoot", "/TR"}
"""What holds no words of its own."""
_CELLS: Final = {"/TH", "/TD"}
_POINT: Final = 0.75
"""A pixel of CSS in points."""
_PRINTED: Final = 4
"""The flag of an annotation that is on paper, too."""


def mend(document: Object, pdf: Object) -> None:
    """Mend the tags of a PDF that is about to be written; a `finisher` for WeasyPrint."""
    _describe_links(document)
    _Tree(document, pdf).mend()


def _describe_links(document: Object) -> None:
    for page in document.pages:
        for _, target, _, box in page.links:
            if box.link_annotation is not None:
                words = box.element.get("aria-label") or " ".join("".join(box.element.itertext()).split())
                box.link_annotation["Contents"] = _string(f"{words} ({target})" if words else target)
                box.link_annotation["F"] = _PRINTED


def _string(text: str) -> Object:
    import pydyf

    return pydyf.String(text)


class _Tree:
    """The structure tree of one PDF while it is mended."""

    def __init__(self, document: Object, pdf: Object) -> None:
        self._document, self._pdf = document, pdf
        self._root = self._object(pdf.catalog["StructTreeRoot"])
        self._top = self._object(self._root["K"][0])

    def mend(self) -> None:
        for parts in self._tables():
            self._name_dashes(parts)
            self._join(*(self._table_of(cells[0].mark) for cells in parts))
        self._tidy(self._top, "/Column")
        self._link_up()

    def _object(self, reference: bytes) -> Object:
        return self._pdf.objects[int(reference.split()[0])]

    def _elements(self, parent: Object) -> list[Object]:
        """The kids that are elements, too: neither pieces of a page nor annotations."""
        kids = [self._object(kid) for kid in parent["K"] if not isinstance(kid, int)]
        return [kid for kid in kids if kid["Type"] == "/StructElem"]

    def _tables(self) -> list[list[list[Object]]]:
        """The tables, each as its parts on the pages that it is on, each part as the boxes of its cells."""
        tables: dict[Object, list[list[Object]]] = {}
        for page in self._document.pages:
            for box in page._page_box.descendants():  # noqa: SLF001 - WeasyPrint tells it nowhere else
                if box.is_table_wrapper:
                    cells = [cell for cell in box.descendants() if isinstance(getattr(cell, "mark", None), dict)]
                    tables.setdefault(box.element, []).extend([cells] if cells else [])
        return [parts for parts in tables.values() if parts]

    def _name_dashes(self, parts: list[list[Object]]) -> None:
        """A dash in a cell is read as what it stands for, its `aria-label`."""
        for cell in (cell for cells in parts for cell in cells):
            labels = [part.get("aria-label") for part in cell.element.iter("span") if part.get("aria-label")]
            for label, span in zip(labels, self._elements(cell.mark), strict=False):
                span["Alt"] = _string(label)

    def _table_of(self, cell: Object) -> Object:
        while cell["S"] != "/Table":
            cell = self._object(cell["P"])
        return cell

    def _join(self, *parts: Object) -> None:
        """Make one table of its parts; the header and the footer that each page repeats are there once."""
        only = {"/THead": parts[0], "/TFoot": parts[-1]}
        kept = [group for part in parts for group in self._elements(part) if only.get(group["S"], part) is part]
        for part in parts:
            part["K"].clear()
        for group in kept:
            self._adopt(parts[0], group)

    def _adopt(self, parent: Object, kid: Object) -> None:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)

    def _tidy(self, element: Object, scope: str) -> None:
        """Take the wrappers out from below the element, the parents first; `scope` is that of its headers."""
        kids, element["K"] = element["K"], type(element["K"])()
        if element["S"] in {"/TBody", "/TFoot"}:
            scope = "/Row"
        for kid in kids:
            child = None if isinstance(kid, int) else self._object(kid)
            if child is None or child["Type"] != "/StructElem":
                element["K"].append(kid)
                continue
            if element["S"] == "/L" and child["S"] == "/Div":
                self._make_item(child)
            self._tidy(child, scope)
            self._place(element, child, scope)

    def _place(self, parent: Object, child: Object, scope: str) -> None:
        """Put the tidied child below the parent, or what is in it where it says nothing itself."""
        if child["S"] in _CELLS:
            _describe_cell(child, scope)
        elif child["S"] == "/Figure":
            self._describe_figure(child)
        if child["S"] in _WRAPPERS and "Alt" not in child:
            if parent["S"] in _GROUPS and any(isinstance(kid, int) for kid in child["K"]):
                child["S"] = "/P"
            else:
                for kid in child["K"]:
                    if not isinstance(kid, int):
                        self._object(kid)["P"] = parent.reference
                parent["K"].extend(child["K"])
                return
        if child["K"] or child["S"] in _CELLS:
            self._adopt(parent, child)

    def _make_item(self, group: Object) -> None:
        """A `div` in a `dl`: the first of its parts is the term, the others say what there is to it."""
        group["S"] = "/LI"
        for number, part in enumerate(self._elements(group)):
            part["S"] = "/LBody" if number else "/Lbl"
            for body in self._elements(part):
                body["S"] = "/NonStruct"

    def _describe_figure(self, figure: Object) -> None:
        """Its place on the page in points from the foot; a picture that says nothing is no content."""
        if "Alt" not in figure:
            figure["K"].clear()
            return
        left, top, right, bottom = (number * _POINT for number in figure["A"]["BBox"])
        height = self._object(figure["Pg"])["MediaBox"][3]
        figure["A"]["BBox"][:] = [left, height - bottom, right, height - top]

    def _link_up(self) -> None:
        """Let each page find the elements of its pieces; pieces without one are artifacts, elements of none go."""
        kept = {self._root.number, *(element.number for element in self._below(self._top))}
        owners = {
            (element["Pg"], kid): element.reference
            for element in self._below(self._top)
            for kid in element["K"]
            if isinstance(kid, int)
        }
        numbers = self._object(self._root["ParentTree"])["Nums"]
        for page, pieces in zip(self._pdf.page_references, numbers[1::2], strict=False):
            pieces[:] = [owners.get((page, piece), "null") for piece in range(len(pieces))]
            _make_artifacts(self._object(self._object(page)["Contents"]), pieces)
        element: Object
        for element in self._pdf.objects:
            tagged = isinstance(element, dict) and element.get("Type") == "/StructElem"
            if tagged and element.number not in kept:
                element.clear()

    def _below(self, element: Object) -> Iterator[Object]:
        yield element
        for kid in self._elements(element):
            yield from self._below(kid)


def _describe_cell(cell: Object, scope: str) -> None:
    """The scope of headers says which cells they head: so no cell has to name its own."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if cell["S"] == "/TH":
        cell["A"]["Scope"] = scope
    elif len(cell["A"]) == 1:
        del cell["A"]


def _make_artifacts(stream: Object, pieces: list[bytes | str]) -> None:
    """Say of what no element is made of that it is there for the page only."""
    import pydyf

    content = stream.stream
    for place, operator in enumerate(content):
        if operator == b"BDC" and "MCID" in content[place - 1] and pieces[content[place - 1]["MCID"]] == "null":
            content[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
