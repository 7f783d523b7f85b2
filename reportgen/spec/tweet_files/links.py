"""Links to tweets, as people copy them and as programs write them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/"
    r"(?:#!/)?(?:i/web/|(?P<handle>[a-z0-9_]{1,20})/)?status(?:es)?/(?P<id>[0-9]{1,20})(?:[/?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)
_NO_HANDLE: Final = "i"
"""The vendor writes `x.com/i/status/ID` where it does not say whose tweet it is."""


class LinkedTweet(NamedTuple):
    """What a link tells of a tweet; `handle` is its owner's name, None where it does not say."""

    id: str
    handle: str | None


def read_link(written: str) -> LinkedTweet | None:
    """The tweet that the link leads to; None where it is no link to a tweet."""
    found = _LINK.fullmatch(written)
    if found is None:
        return None
    handle = found["handle"]
    return LinkedTweet(found["id"], None if handle and handle.lower() == _NO_HANDLE else handle)
