"""An HTML page read for the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {"meta", "link", "br", "img", "hr", "input"}


@dataclass
class Element:
    """An element: its tag, attributes, and the text in it and its children."""

    tag: str
    attributes: dict[str, str | None]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """All elements of a page, in its order; complains where they are not nested."""

    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(parent.tag for parent in self._open))
        self.elements.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), tuple(parent.tag for parent in self._open)))

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop().tag
        if closed != tag:
            raise AssertionError(f"</{tag}> closes <{closed}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, css_class: str | None = None) -> list[Element]:
        """The elements of that tag, and of that class where one is given."""
        return [
            element
            for element in self.elements
            if element.tag == tag and (not css_class or css_class in (element.attributes.get("class") or "").split())
        ]

    def texts(self, tag: str, css_class: str | None = None) -> list[str]:
        """What is written in the elements, white space made one."""
        return [" ".join(element.text.split()) for element in self.all(tag, css_class)]


def read(html: str) -> Page:
    """The page, parsed. AssertionError where its elements are not closed in order."""
    page = Page()
    page.feed(html)
    page.close()
    return page
