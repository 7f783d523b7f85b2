"""The structure tree of a PDF, read back for the tests."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, PdfObject


@dataclass(frozen=True)
class Tag:
    """An element: what it is, its attributes, what it says in other words, and its kids: elements, or text."""

    kind: str
    attributes: Mapping[str, Any]
    alt: str | None
    kids: tuple[Tag | str, ...]

    @property
    def text(self) -> str:
        """What is read of it and what is in it."""
        words = " ".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)
        return self.alt or " ".join(words.split())

    def all(self, *kinds: str) -> list[Tag]:
        """The elements of these kinds in it, in the order of reading."""
        return [tag for tag in self.walk() if tag.kind in kinds]

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()


@dataclass(frozen=True)
class Tagged:
    """The tree, and the texts on the pages that are artifacts."""

    document: Tag
    artifacts: tuple[str, ...]
    untagged: int
    """How many operators draw text that is neither in the tree nor an artifact."""


def read_tags(pdf: bytes) -> Tagged:
    """The tree with the text of each element. KeyError where it has a piece that no page has."""
    reader = PdfReader(io.BytesIO(pdf))
    pieces: dict[tuple[int, int], str] = {}
    artifacts: list[str] = []
    untagged = 0
    for page in reader.pages:
        assert page.indirect_reference is not None
        texts = _Texts(page)
        pieces |= {(page.indirect_reference.idnum, number): text for number, text in texts.pieces.items()}
        artifacts += texts.artifacts
        untagged += texts.untagged
    root = cast("DictionaryObject", reader.root_object["/StructTreeRoot"])
    return Tagged(_tag(root["/K"][0].get_object(), pieces), tuple(artifacts), untagged)  # type: ignore[index]


def _tag(element: DictionaryObject, pieces: Mapping[tuple[int, int], str]) -> Tag:
    kids: list[Tag | str] = []
    for kid in cast("list[PdfObject]", element["/K"]):
        if isinstance(kid, int):
            kids.append(pieces[element.raw_get("/Pg").idnum, kid])
        elif str((child := cast("DictionaryObject", kid.get_object()))["/Type"]) == "/StructElem":
            assert child.raw_get("/P").get_object() == element
            kids.append(_tag(child, pieces))
    alt = element.get("/Alt")
    return Tag(str(element["/S"]), dict(element.get("/A", {})), None if alt is None else str(alt), tuple(kids))


class _Texts:
    """What one page draws, by what it is marked as."""

    def __init__(self, page: Any) -> None:
        self.pieces: dict[int, str] = {}
        self.artifacts: list[str] = []
        self.untagged = 0
        self._marks: list[int | str] = []
        self._fonts = {name: _code_to_text(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
        self._font: dict[str, str] = {}
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            self._draw(operator, operands)

    def _draw(self, operator: bytes, operands: Any) -> None:
        if operator == b"BMC":
            self._marks.append(str(operands[0]))
        elif operator == b"BDC":
            mark = operands[1].get("/MCID")
            self._marks.append(str(operands[0]) if mark is None else int(mark))
            if mark is not None:
                self.pieces[int(mark)] = ""
        elif operator == b"EMC":
            self._marks.pop()
        elif operator == b"Tf":
            self._font = self._fonts[operands[0]]
        elif operator in {b"Tj", b"TJ"}:
            self._write(operands[0] if operator == b"TJ" else [operands[0]])

    def _write(self, strings: list[Any]) -> None:
        codes = "".join(part.original_bytes.hex() for part in strings if hasattr(part, "original_bytes"))
        text = "".join(self._font.get(code, "?") for code in re.findall("....", codes))
        if not self._marks:
            self.untagged += 1
        elif "/Artifact" in self._marks:
            self.artifacts.append(text)
        else:
            piece = next(mark for mark in self._marks if isinstance(mark, int))
            self.pieces[piece] += text


def _code_to_text(font: Any) -> dict[str, str]:
    """The text of each glyph, by its number in four hexadecimal digits."""
    cmap = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", cmap)
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
