"""The tweets that a report takes from other files: read when the report file is, and put together with its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.catalog import LABEL
from reportgen.spec.build_tweets import build_tweets, with_labels_of_handles
from reportgen.spec.document import Document
from reportgen.spec.draft import Draft
from reportgen.spec.label_rules import label_keys, no_such_label
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.problems import Finding, Problem
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.gathered import Gathered
from reportgen.spec.tweet_files.kinds import tweets_in
from reportgen.spec.tweet_files.owners import Owners
from reportgen.spec.tweet_files.paths import files_of, withheld
from reportgen.spec.words import quoted


def with_tweet_files(document: Document, spec: ReportSpec) -> ReportSpec | tuple[Problem, ...]:
    """The spec with the tweets of its `tweets_from`, behind its own, or every problem of these files.

    A tweet that is there again, with nothing else said of it, is there once.
    """
    named: list[str] = document.root.data.get("tweets_from", [])
    if not named:
        return spec
    gathered = _gathered(document, spec, named)
    if isinstance(gathered, tuple):
        return gathered
    tweets = with_labels_of_handles(gathered.values(), spec.handle_labels)
    found = tuple(sorted({document.problem(finding) for finding in _wrong_with_all(document, tweets)}))
    return found or replace(spec, tweets=tweets)


def _gathered(document: Document, spec: ReportSpec, named: Sequence[str]) -> dict[str, Tweet] | tuple[Problem, ...]:
    """The tweets by id. Where they stand, which only problems tell, does not stay in the memory."""
    owners = Owners(spec.handles)
    gathered = Gathered()
    gathered.add_own(build_tweets(document.root.data, spec.handles), spec.path)
    paths = ((index, path) for index, written in enumerate(named) for path in files_of(written))
    unread = [
        document.problem(Finding(("tweets_from", index), reason))
        for index, path in paths
        if (reason := _read(path, owners, gathered))
    ]
    problems = [*unread, *gathered.problems()]
    return tuple(sorted({*problems})) or gathered.tweets


def _read(path: str, owners: Owners, gathered: Gathered) -> str | None:
    """Take in the tweets of a file. What keeps it from being read at all; other problems are in `gathered`."""
    try:
        real = Path(os.path.realpath(path))  # where links go round in circles, `resolve` ends with a RuntimeError
        if reason := withheld(path, real):
            return reason
        gathered.add_file(path, lambda: tweets_in(Content(str(real)), owners))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return f"the file {quoted(path)} cannot be read: {reason or error}"
    return None


def _wrong_with_all(document: Document, tweets: Sequence[Tweet]) -> Iterable[Finding]:
    """What shows when all files are read."""
    if not tweets:
        yield Finding(("tweets_from",), "there is no tweet in these files")
        return
    known = sorted({f"{LABEL}{name}" for tweet in tweets for name in tweet.labels})
    for place, key in label_keys(Draft(document.root.data, ())):
        if key not in known:
            yield Finding(place, no_such_label(key, known))
