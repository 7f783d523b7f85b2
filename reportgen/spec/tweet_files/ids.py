"""The ids of tweets as files write them, and what spreadsheets and programs make of them."""

from __future__ import annotations

import re
from typing import Final

from reportgen.snowflake import LARGEST_ID
from reportgen.spec.tweet_files.faults import RowError
from reportgen.spec.words import quoted

_ROUNDED: Final = re.compile(r"[0-9]+([.,][0-9]*)?([eE]\+?[0-9]+)|[0-9]+[.,]0*")
_PROTECTED: Final = re.compile(r"""'([^']*)|="([^"]*)\"""")
"""How people keep a spreadsheet from taking a cell for a number."""
_LARGEST: Final = str(LARGEST_ID)


def read_id(written: str) -> str:
    """The id. Raises RowError."""
    if is_id(written):
        return written
    if (bare := unprotected(written)) != written:
        return read_id(bare)
    if not written:
        raise RowError("no id", "there is no tweet id in this row")
    if is_rounded(written):
        message = (
            f"{quoted(written)} is what a spreadsheet made of a tweet id, and its last digits are lost; export it "
            "again with the column as text"
        )
        raise RowError("rounded", message)
    if written.isdigit() and written.isascii() and len(written) == len(_LARGEST) and written[0] != "0":
        raise RowError("id", f"{quoted(written)} is larger than any tweet id; the largest is {LARGEST_ID}")
    if "/" in written:
        raise RowError("link", f"{quoted(written)} is no link to a tweet, which is like https://x.com/acme/status/ID")
    raise RowError("id", f"{quoted(written)} is no tweet id, which has up to 19 digits and nothing else")


def unprotected(written: str) -> str:
    """What stands behind the `'`, or within the `=""`, that keeps a spreadsheet from taking it for a number."""
    found = _PROTECTED.fullmatch(written)
    return (found[1] or found[2] or "") if found else written


def is_id(written: str) -> bool:
    """Whether a tweet may have this id."""
    # Of a million: a regular expression takes twice the time.
    fits = len(written) < len(_LARGEST) or (len(written) == len(_LARGEST) and written <= _LARGEST)
    return fits and written.isdigit() and written.isascii() and written[0] != "0"


def is_rounded(written: str) -> bool:
    """Whether this is a number as spreadsheets and programs write those that they take for decimals."""
    return bool(_ROUNDED.fullmatch(written))
