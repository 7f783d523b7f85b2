"""Markdown as HTML that can do nothing but be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&=\"'])")
_NUMBER_OF_A_LIST: Final = re.compile(r"^(\d{1,9})(\.)(?=\s|$)")
_TAGS: Final = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
_SCHEMES: Final = {"http", "https", "mailto"}


def as_words(text: str) -> str:
    """The text, so that Markdown takes it for nothing but words, in one line."""
    line = " ".join(text.split())
    return _NUMBER_OF_A_LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line))


def markdown_parser() -> MarkdownIt:
    """What reads the Markdown of texts: tables and strikethrough, no HTML, and no pictures."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def leads_to_page_or_mailbox(address: str) -> bool:
    """Whether a link may have the address. One that names no scheme would lead to wherever the page lies."""
    return address.partition(":")[0].lower() in _SCHEMES


def markdown_html(text: str, level: int) -> Markup:
    """The text, with its largest headings at `level`. HTML in it is shown as it is written; links lead to pages and
    mailboxes, and to nothing else; there are no pictures.
    """
    import nh3

    parser = markdown_parser()
    tokens = parser.parse(text)
    _lower_headings(tokens, level)
    html = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        filter_style_properties={"text-align"},
    )
    return Markup(html)  # noqa: S704 - sieved


def _lower_headings(tokens: Sequence[Token], level: int) -> None:
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + level - 1)}"


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("a", "href") and not leads_to_page_or_mailbox(value):
        return None
    return value
