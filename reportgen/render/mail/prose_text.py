"""Markdown as plain text: what it says, without its marks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.printable import printable_text
from reportgen.render.mail.lines import WIDTH, wrapped
from reportgen.render.markdown import leads_to_page_or_mailbox, markdown_parser

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(slots=True)
class _Lists:
    """The lists and quotations around a block: what its first line begins with, and what the others do."""

    firsts: list[str] = field(default_factory=list)
    """Of each, from the outermost: the mark of the item while it is not written, blanks afterwards."""
    counts: list[int | None] = field(default_factory=list)

    def begin(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self.counts.append(None)
        elif token.type == "ordered_list_open":
            self.counts.append(int(token.attrs.get("start", 1)))
        elif token.type == "blockquote_open":
            self.firsts.append("> ")
        elif token.type == "list_item_open":
            count = self.counts[-1]
            self.firsts.append("- " if count is None else f"{count}. ")
            self.counts[-1] = None if count is None else count + 1

    def end(self, token: Token) -> None:
        if token.type in {"bullet_list_close", "ordered_list_close"}:
            self.counts.pop()
        elif token.type in {"blockquote_close", "list_item_close"}:
            self.firsts.pop()

    def lines(self, text: str) -> Iterator[str]:
        """The text within them; the marks of items stand once."""
        rests = [first if first == "> " else " " * len(first) for first in self.firsts]
        yield from wrapped(text, "".join(rests), WIDTH, "".join(self.firsts))
        self.firsts = rests


def prose_text(markdown: str) -> str:
    """The text, its paragraphs parted by empty lines; a link has its address behind it, where the page has one."""
    return printable_text("\n".join(_lines(markdown_parser().parse(markdown))).strip("\n"))


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    around, cells = _Lists(), list[str]()
    for place, token in enumerate(tokens):
        if token.nesting > 0:
            around.begin(token)
        elif token.nesting < 0:
            around.end(token)
        if token.type == "inline":
            text = _words(token.children or ())
            if tokens[place - 1].type in {"th_open", "td_open"}:
                cells.append(text)
            else:
                yield from around.lines(text)
        elif token.type == "tr_close":
            yield from around.lines(" | ".join(cells))
            cells.clear()
        elif token.type in {"fence", "code_block"}:
            yield from (f"    {line}" for line in token.content.rstrip("\n").split("\n"))
        elif token.type == "hr":
            yield "-" * WIDTH
        if token.type in {"paragraph_close", "heading_close", "table_close", "fence", "code_block", "hr"} and not (
            token.hidden
        ):
            yield ""


def _words(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    begun: list[tuple[str, int]] = []
    """The links around a token: the address of each, and how many parts stand before it."""
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "link_open":
            begun.append((str(token.attrs.get("href", "")), len(parts)))
        elif token.type == "link_close":
            address, first = begun.pop()
            if "".join(parts[first:]) != address and leads_to_page_or_mailbox(address):
                parts.append(f" <{address}>")
    return "".join(parts)
