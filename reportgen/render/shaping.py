"""Words in pictures, set as whole words when WeasyPrint prints them.

WeasyPrint lays out the text of an SVG one code point at a time, since SVG may place each by itself: Arabic letters then
do not join, accents and Hindi vowels stand beside their letters, and a family of emoji falls apart
(github.com/Kozea/WeasyPrint/issues/2249). None of our text places letters, so it is handed over as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint import svg


class _Whole(str):
    """A text that is gone through as if it were one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def whole_words() -> Iterator[None]:
    """Let WeasyPrint lay out the texts of pictures whole, for as long as this lasts. One at a time in a process."""
    from weasyprint import svg
    from weasyprint.svg import text as letter_by_letter

    def text(picture: object, node: svg.Node, font_size: float) -> None:
        node._etree_node.text = _Whole(node.text) if node.text else node.text  # noqa: SLF001
        letter_by_letter(picture, node, font_size)

    def replace_with(draw: Callable[[object, svg.Node, float], None]) -> None:
        svg.text = draw
        svg.TAGS |= {tag: draw for tag, drawn_by in svg.TAGS.items() if drawn_by in (text, letter_by_letter)}

    replace_with(text)
    try:
        yield
    finally:
        replace_with(letter_by_letter)
