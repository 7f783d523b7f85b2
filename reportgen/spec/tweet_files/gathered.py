"""The tweets of all files, put together, and all that is wrong with them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.printable import printable_line
from reportgen.spec.model import Tweet
from reportgen.spec.problems import Problem
from reportgen.spec.tweet_files.faults import BrokenFileError, Fault, Found, RowError
from reportgen.spec.tweet_files.rounded_ids import RoundedIds
from reportgen.spec.words import counted, quoted

_LINES: Final = 2**40
"""More than a file has."""


@dataclass(slots=True)
class _Alike:
    """Faults of one kind in one file: the first of them, and how many there are."""

    path: str
    fault: Fault
    times: int = 1


@dataclass(slots=True)
class Gathered:
    """The tweets so far, by id in the order in which they came, and where each stands."""

    tweets: dict[str, Tweet] = field(default_factory=dict)
    _places: array[int] = field(default_factory=lambda: array("Q"))
    """Of each tweet the file, by its number, times `_LINES`, and the line: text would take ten times the memory."""
    _paths: list[str] = field(default_factory=list)
    _faults: list[_Alike] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)

    def add_own(self, tweets: Iterable[Tweet], path: str) -> None:
        """Take in the tweets that the report file lists."""
        self._paths.append(path)
        for tweet in tweets:
            self._add(tweet, (len(self._paths) - 1) * _LINES)

    def add_file(self, path: str, tweets_in: Callable[[], Iterator[Found]]) -> None:
        """Take in the tweets of a file, each with its line, and what in it is none. Raises OSError."""
        rounded = RoundedIds()
        alike: dict[str, _Alike] = {}
        self._paths.append(path)
        first_line = (len(self._paths) - 1) * _LINES
        try:
            for found in tweets_in():
                fault = found if isinstance(found, Fault) else self._take_in(*found, rounded, first_line)
                if fault:
                    alike.setdefault(fault.error.kind, _Alike(path, fault, 0)).times += 1
        except BrokenFileError as error:
            self._problems.append(Problem(path, error.line, error.column, str(error)))
        self._faults += alike.values()
        if rounded.found:
            line, message = rounded.found
            self._problems.append(Problem(path, line, 1, message))

    def problems(self) -> Iterator[Problem]:
        """All that is wrong, those of one kind in a file once."""
        yield from self._problems
        asked = {alike.fault.error.first for alike in self._faults}
        known = zip(self.tweets, self._places, strict=True)
        places = {tweet_id: self._place(place) for tweet_id, place in known if tweet_id in asked} if asked else {}
        for alike in self._faults:
            error = alike.fault.error
            message = f"{error}{places[error.first]}" if error.first else str(error)
            more = f"; the same with {counted(alike.times - 1, 'more row')}" if alike.times > 1 else ""
            yield Problem(alike.path, alike.fault.line, alike.fault.column, message + more)

    def _take_in(self, line: int, tweet: Tweet, rounded: RoundedIds, first_line: int) -> Fault | None:
        """What keeps the tweet from being taken in; None where nothing does."""
        rounded.count(tweet.id, line)
        try:
            self._add(tweet, first_line + line)
        except RowError as error:
            return Fault(line, error)
        return None

    def _add(self, tweet: Tweet, place: int) -> None:
        """Take a tweet in. Raises RowError where it is there already and is said to be another."""
        before = self.tweets.setdefault(tweet.id, tweet)
        if before is tweet:
            self._places.append(place)
        elif before != tweet:
            self.tweets[tweet.id] = _merged(before, tweet)

    def _place(self, place: int) -> str:
        number, line = divmod(place, _LINES)
        path = printable_line(self._paths[number])
        return f"{path}:{line}" if line else path


def _merged(before: Tweet, again: Tweet) -> Tweet:
    """One tweet of the two. Raises RowError where they differ."""
    said = quoted(again.id)
    if before.handle and again.handle and before.handle != again.handle:
        message = f"{said} is a tweet of {again.handle} here, and of {before.handle} in "
        raise RowError(f"{before.handle} {again.handle}", message, before.id)
    for name in before.labels.keys() & again.labels.keys():
        here, there = again.labels[name], before.labels[name]
        if here != there:
            message = f"{said} has {quoted(here)} as {name} here, and {quoted(there)} in "
            raise RowError(f"{name} differs", message, before.id)
    if before.text and again.text and before.text != again.text:
        raise RowError("text", f"{said} has another text here than in ", before.id)
    handle, text = before.handle or again.handle, before.text or again.text
    return replace(before, handle=handle, text=text, labels={**before.labels, **again.labels})
