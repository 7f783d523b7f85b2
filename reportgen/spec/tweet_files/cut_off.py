"""Sees that a file ends within an id: what is left of it is an id too, of another tweet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.faults import Fault, Found, RowError
from reportgen.spec.words import quoted

_LONGER_THAN_ANY: Final = 99
_LONGEST_ID: Final = 19


def whole(content: Content, found: Iterable[Found]) -> Iterator[Found]:
    """All that is found; behind it what there is to say of an id at the very end that is shorter than all others.

    Raises OSError and BrokenFileError.
    """
    shortest = length = _LONGER_THAN_ANY
    last = None
    for one in found:
        yield one
        if isinstance(one, tuple):
            shortest = min(shortest, length)
            last = one
            length = len(one[1].id)
    if last and length < shortest < _LONGER_THAN_ANY and _ends_with(content, last[1].id):
        message = (
            f"the file ends with {quoted(last[1].id)}, which is shorter than its other ids, and may be cut off here; "
            "get it again, or end this line with a line break if it is whole"
        )
        yield Fault(last[0], RowError("cut off", message))


def _ends_with(content: Content, tweet_id: str) -> bool:
    """Whether the id is the last number of the file, and nothing stands behind it."""
    end = content.end(_LONGEST_ID + 1)
    number = tweet_id.encode()
    return end.endswith(number) and not end.removesuffix(number)[-1:].isdigit()
