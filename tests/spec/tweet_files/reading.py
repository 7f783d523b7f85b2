"""Reads a file of tweets as a report does, without the report."""

from __future__ import annotations

from pathlib import Path

from reportgen.spec.model import Tweet
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.gathered import Gathered
from reportgen.spec.tweet_files.kinds import tweets_in
from reportgen.spec.tweet_files.owners import Owners


def tweets(path: Path, content: str | bytes, *handles: str) -> tuple[Tweet, ...]:
    """The tweets of a file that has no fault, in a report of these handles."""
    gathered = _gathered(path, content, handles)
    assert [*map(str, gathered.problems())] == []
    return tuple(gathered.tweets.values())


def problems(path: Path, content: str | bytes, *handles: str) -> list[str]:
    """What is said of a file, without its folder."""
    found = sorted(_gathered(path, content, handles).problems())
    return [str(problem).removeprefix(f"{path.parent}/") for problem in found]


def _gathered(path: Path, content: str | bytes, handles: tuple[str, ...]) -> Gathered:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    gathered = Gathered()
    gathered.add_file(str(path), lambda: tweets_in(Content(str(path)), Owners(handles)))
    return gathered
