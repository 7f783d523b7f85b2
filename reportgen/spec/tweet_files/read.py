"""The tweets that a report takes from other files: read when the report file is, and put together with its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from reportgen.catalog import LABEL
from reportgen.spec.build_tweets import build_tweets, with_labels_of_handles
from reportgen.spec.document import Document
from reportgen.spec.draft import Draft
from reportgen.spec.label_rules import label_keys, no_such_label
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.problems import Finding, Problem
from reportgen.spec.tweet_files.columns import Columns, Owners, RowError
from reportgen.spec.tweet_files.csv_rows import NotATableError, Row, csv_rows
from reportgen.spec.tweet_files.rounded_ids import RoundedIds
from reportgen.spec.words import counted, listed, quoted

READERS: Final[Mapping[str, Callable[[str], Iterator[Row]]]] = dict.fromkeys((".csv", ".tsv", ".txt"), csv_rows)
"""By the ending of a file's name, what reads its rows: the names of the columns first."""


def with_tweet_files(document: Document, spec: ReportSpec) -> ReportSpec | tuple[Problem, ...]:
    """The spec with the tweets of its `tweets_from`, behind its own, or every problem of these files.

    A tweet that is there again, with nothing else said of it, is there once.
    """
    paths: list[str] = document.root.data.get("tweets_from", [])
    if not paths:
        return spec
    gathered = _Gathered(Owners(spec.handles))
    for tweet in build_tweets(document.root.data, spec.handles):
        gathered.add(tweet, spec.path)
    for index, path in enumerate(paths):
        place = ("tweets_from", index)
        gathered.problems += (document.problem(Finding(place, message)) for message in gathered.read(path))
    tweets = with_labels_of_handles(gathered.tweets.values(), spec.handle_labels)
    findings = [] if gathered.problems else _wrong_with_all(document, tweets)
    problems = {*gathered.problems, *map(document.problem, findings)}
    return tuple(sorted(problems)) if problems else replace(spec, tweets=tweets)


def tweet_file_findings(draft: Draft) -> Iterator[Finding]:
    """Files that are not there, or of a kind that is not read: what can be told before the report file is right."""
    for place, path in draft.children("tweets_from"):
        if Path(path).suffix.lower() not in READERS:
            yield Finding(place, f"tweets are read from files called {listed([*READERS])}; save {quoted(path)} as CSV")
        elif not Path(path).exists():
            yield Finding(place, f"there is no file {quoted(path)} in the working directory")
        elif Path(path).is_dir():
            yield Finding(place, f"{quoted(path)} is a folder; name the files in it")


def _wrong_with_all(document: Document, tweets: Sequence[Tweet]) -> Iterable[Finding]:
    """What shows when all files are read."""
    if not tweets:
        yield Finding(("tweets_from",), "there is no tweet in these files")
        return
    known = sorted({f"{LABEL}{name}" for tweet in tweets for name in tweet.labels})
    for place, key in label_keys(Draft(document.root.data, ())):
        if key not in known:
            yield Finding(place, no_such_label(key, known))


@dataclass(slots=True)
class _Gathered:
    """The tweets so far, by id in the order in which they came, and where each stands."""

    owners: Owners
    tweets: dict[str, Tweet] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, tweet: Tweet, place: str) -> None:
        """Take a tweet in. Raises RowError where it is there already and is said to be another."""
        before = self.tweets.get(tweet.id)
        self.tweets[tweet.id] = _merged(before, tweet, self.places[tweet.id]) if before else tweet
        self.places.setdefault(tweet.id, place)

    def read(self, path: str) -> Iterator[str]:
        """Take in the tweets of a file. Yields what keeps it from being read at all; other problems are kept."""
        try:
            real = Path(path).resolve()
            if fault := _withheld(path, real):
                yield fault
                return
            self._read(path, READERS[real.suffix.lower()](str(real)))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            yield f"the file {quoted(path)} cannot be read: {reason or error}"

    def _read(self, path: str, rows: Iterator[Row]) -> None:
        rounded = RoundedIds()
        errors: dict[str, list[Problem]] = {}
        try:
            header = next(rows, None)
            columns = Columns.of(header.cells) if header else None
            if columns is None:
                self.problems.append(Problem(path, 1, 1, "the file is empty; its first row names the columns"))
                return
            for line, cells in rows:
                try:
                    tweet = columns.tweet(cells, self.owners)
                    rounded.count(tweet.id, line)
                    self.add(tweet, f"{path}:{line}")
                except RowError as error:
                    errors.setdefault(error.kind, []).append(Problem(path, line, 1, str(error)))
        except RowError as error:
            self.problems.append(Problem(path, header.line if header else 1, 1, str(error)))
        except NotATableError as error:
            self.problems.append(Problem(path, error.line, 1, str(error)))
        self.problems += (_told_once(alike) for alike in errors.values())
        if rounded.found:
            line, message = rounded.found
            self.problems.append(Problem(path, line, 1, message))


def _withheld(path: str, real: Path) -> str | None:
    """Why the file, which really lies at `real`, is not read; None where it may be.

    A path may lead anywhere, but to nothing that is kept from sight: messages repeat words of a file.
    """
    from_here = Path(os.path.relpath(real))  # a folder is not hidden for those who work in it
    if any(part.startswith(".") and part != ".." for part in from_here.parts):
        return f"{quoted(path)} is hidden, or in a hidden folder; such files are not read"
    if real.suffix.lower() not in READERS:
        return f"{quoted(path)} is a link to a file of another kind; tweets are read from {listed([*READERS])}"
    return None


def _told_once(alike: list[Problem]) -> Problem:
    first, *others = alike
    more = f"; the same with {counted(len(others), 'more row')}" if others else ""
    return replace(first, message=first.message + more)


def _merged(before: Tweet, again: Tweet, place: str) -> Tweet:
    """One tweet of the two. Raises RowError where they differ; `place` is where the first stands."""
    if before.handle != again.handle:
        message = f"{quoted(again.id)} is a tweet of {again.handle} here, and of {before.handle} in {place}"
        raise RowError(f"{before.handle} {again.handle}", message)
    for name in before.labels.keys() & again.labels.keys():
        here, there = again.labels[name], before.labels[name]
        if here != there:
            message = f"{quoted(again.id)} has {quoted(here)} as {name} here, and {quoted(there)} in {place}"
            raise RowError(f"{name} differs", message)
    if before.text and again.text and before.text != again.text:
        raise RowError("text", f"{quoted(again.id)} has another text here than in {place}")
    return replace(before, text=before.text or again.text, labels={**before.labels, **again.labels})
