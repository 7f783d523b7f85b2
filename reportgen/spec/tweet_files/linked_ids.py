"""Holds the ids of a table against the links beside them, which nobody takes for numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reportgen.spec.tweet_files.faults import Fault, RowError
from reportgen.spec.tweet_files.links import LinkedTweet
from reportgen.spec.words import listed, quoted

_LONG: Final = 15
_NEAR: Final = 10_000
"""Ids that differ by less are of the same millisecond: one is the other, rounded. Spreadsheets keep 15 of 19 digits."""


@dataclass(slots=True)
class LinkedIds:
    """Compares the ids of a table's rows with the links of some of its columns."""

    id_name: str
    """What the column of ids is called in the file."""
    names: Mapping[int, str]
    """What the columns with links are called in the file."""
    own: frozenset[int]
    """Those whose links lead to the tweet of the row; others may lead to one that it quotes, say."""
    _first: tuple[int, str, str] | None = None
    """Line, id and id of the link of the first row where they differ."""
    _agree: bool = False

    def compare(self, line: int, tweet_id: str, links: Iterable[tuple[int, LinkedTweet]]) -> None:
        """Take in the links of a row, by column. Raises RowError where they prove its id wrong."""
        for column, link in links:
            if link.id == tweet_id:
                self._agree = True
                continue
            if len(tweet_id) > _LONG and abs(int(tweet_id) - int(link.id)) < _NEAR:
                message = (
                    f"{quoted(tweet_id)} has lost its last digits: the link beside it leads to {link.id}; export it "
                    "again with the column as text"
                )
                raise RowError("rounded beside a link", message)
            if column in self.own:
                message = f"{quoted(tweet_id)} is the {quoted(self.id_name)} of this row, and its "
                raise RowError("own link", f"{message}{quoted(self.names[column])} leads to tweet {quoted(link.id)}")
            self._first = self._first or (line, tweet_id, link.id)

    @property
    def fault(self) -> Fault | None:
        """What is wrong with all rows, if no link of any leads to its id: these are ids of something else."""
        if self._agree or self._first is None:
            return None
        line, tweet_id, other = self._first
        names = listed([quoted(name) for name in self.names.values()])
        message = (
            f"in no row does {names} lead to the tweet of {quoted(self.id_name)}, here to {quoted(other)} and not "
            f"{quoted(tweet_id)}; leave out the column that is not about the tweets, or rename it"
        )
        return Fault(line, RowError("links", message))
