"""What kind of file of tweets this is, told from what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from reportgen.spec.tweet_files.content import UTF16, Content
from reportgen.spec.tweet_files.cut_off import whole
from reportgen.spec.tweet_files.faults import BrokenFileError, Found
from reportgen.spec.tweet_files.json_files import tweets_of_archive, tweets_of_lines, tweets_of_text
from reportgen.spec.tweet_files.json_text import DECODER
from reportgen.spec.tweet_files.lines_of_ids import COMMENT, listed_tweets, names_a_tweet
from reportgen.spec.tweet_files.owners import Owners
from reportgen.spec.tweet_files.table import table_tweets

Reader = Callable[[Content, Owners], Iterator[Found]]


def tweets_in(content: Content, owners: Owners) -> Iterator[Found]:
    """The tweets of the file, each with its line, and what in it is none. Raises OSError and BrokenFileError."""
    reader = _reader(content)
    found = reader(content, owners)
    return found if reader in _OF_JSON else whole(content, found)


_OF_JSON: Final[frozenset[Reader]] = frozenset({tweets_of_archive, tweets_of_lines, tweets_of_text})
"""What is cut off within them is no JSON any more."""


def _reader(content: Content) -> Reader:
    head = content.head()
    encoding = "utf-16" if head.startswith(UTF16) else "utf-8-sig"
    lines = head.decode(encoding, "ignore").splitlines()
    told = [line.strip() for line in lines if line.strip()]
    first = next((line for line in told if not line.startswith(COMMENT)), None)
    if first is None:
        return listed_tweets if told else table_tweets
    if first.startswith("window."):
        return tweets_of_archive
    if first.startswith("{"):
        return tweets_of_lines if _is_json(content) else tweets_of_text
    if first.startswith("["):
        return tweets_of_text
    return listed_tweets if names_a_tweet(first) else table_tweets


def _is_json(content: Content) -> bool:
    """Whether the first line is a whole value."""
    try:
        DECODER.decode(next((line for line in content.lines() if not line.isspace()), ""))
    except (BrokenFileError, RecursionError, ValueError):
        return False
    return True
