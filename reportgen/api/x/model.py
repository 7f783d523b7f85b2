"""What the X API v2 is asked for, and what it answers, in the field's words.

The vendor's contract calls a tweet a post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol

from reportgen.request import Signer

AT_ONCE: Final = 100
"""Handles or ids a call, and tweets a page: the vendor's limits of all three."""
FEWEST: Final = 5
"""Tweets a page: the vendor takes no smaller one."""

ProblemKind = Literal["suspended", "protected", "not_found", "forbidden", "other"]


@dataclass(frozen=True, slots=True)
class XUser:
    """An account."""

    id: str
    handle: str
    """With @, as the vendor spells it."""
    is_protected: bool = False
    posts: int | None = None
    """How many tweets it has, replies and retweets too; None where the vendor does not say."""


@dataclass(frozen=True, slots=True)
class XPost:
    """A tweet. `posted_at` is UTC; the text is as people read it, without HTML entities."""

    id: str
    author_id: str
    posted_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class XProblem:
    """Why something is not in an answer that came."""

    kind: ProblemKind
    about: str
    """The handle or id, as it was asked for; empty where the vendor names none."""
    detail: str
    """The vendor's words, in one printable line."""


@dataclass(frozen=True, slots=True)
class Users:
    """What came of some handles: each is among the users or has its problem, once."""

    users: tuple[XUser, ...]
    problems: tuple[XProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Posts:
    """Tweets, newest first on a timeline, and their owners.

    Of ids that were asked for, each is among the posts or has its problem, once. A timeline that can't be read has a
    problem about its user id, and no posts.
    """

    posts: tuple[XPost, ...]
    users: tuple[XUser, ...] = ()
    problems: tuple[XProblem, ...] = ()
    next_token: str | None = None
    """What the next page is asked for with; None on the last one."""


@dataclass(frozen=True, slots=True)
class TimelineAsk:
    """One page of a timeline: the tweets posted from `start` until before `end` (UTC, whole seconds; None is open).

    The vendor refuses an `end` less than 10 seconds ago, and gives the 3,200 newest tweets only.
    """

    user_id: str
    start: datetime | None = None
    end: datetime | None = None
    exclude: tuple[Literal["replies", "retweets"], ...] = ()
    page_token: str | None = None
    most: int = AT_ONCE
    """How many tweets the page may have, FEWEST at the least: each of them is billed."""


class XApi(Protocol):
    """The calls that reportgen makes to the X API v2.

    Each raises what `reportgen.api.x.failures` lists, and NoReplyError where no answer came that can be read.
    LookupError where the signer's credential lacks a part.
    """

    def users(self, handles: Sequence[str], signer: Signer) -> Users:
        """The accounts of handles (with or without @), 100 at the most."""

    def me(self, signer: Signer) -> XUser:
        """Whose access token it is."""

    def timeline(self, ask: TimelineAsk, signer: Signer) -> Posts:
        """A page of tweets of an account."""

    def posts(self, ids: Sequence[str], signer: Signer) -> Posts:
        """The tweets of ids, 100 at the most, in the order of the ids."""
