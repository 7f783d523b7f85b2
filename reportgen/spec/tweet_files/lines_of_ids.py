"""Text with a tweet a line: its id, or a link to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.spec.model import NO_LABELS, Tweet
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.faults import Fault, Found, RowError
from reportgen.spec.tweet_files.ids import is_id, is_rounded, read_id, unprotected
from reportgen.spec.tweet_files.links import read_link
from reportgen.spec.tweet_files.owners import Owners
from reportgen.spec.words import quoted

COMMENT: Final = "#"


def listed_tweets(content: Content, owners: Owners) -> Iterator[Found]:
    """The tweets, each with its line, and the lines that are none. Raises OSError and BrokenFileError."""
    for line, text in enumerate(content.lines(), 1):
        written = text.strip()
        if written and not written.startswith(COMMENT):
            try:
                yield line, _tweet(written, owners)
            except RowError as error:
                yield Fault(line, error)


def names_a_tweet(written: str) -> bool:
    """Whether this is an id, whole or rounded, or a link to a tweet."""
    bare = unprotected(written)
    return is_id(bare) or is_rounded(bare) or read_link(written) is not None


def _tweet(written: str, owners: Owners) -> Tweet:
    if is_id(written):
        return Tweet(written, owners.of(""), None, NO_LABELS)
    if link := read_link(written):
        return Tweet(read_id(link.id), owners.of_author(link.handle), None, NO_LABELS)
    bare = unprotected(written)
    if not (is_rounded(bare) or bare.isdigit() or "/" in bare):
        shown = "this" if "=" in written else quoted(written)
        raise RowError("line", f"{shown} is neither a tweet id nor a link to a tweet")
    return Tweet(read_id(bare), owners.of(""), None, NO_LABELS)
