"""Whose tweet it is, for all that look owners up or need them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from reportgen.gaps import Reason
from reportgen.spec.model import Obstacle, ReportSpec, Tweet


class Account(NamedTuple):
    """Whose a tweet is."""

    name: str
    """What the account is called by now, `@Name`."""
    handles: tuple[str, ...]
    """The handles that mean it (`@name`, in small letters), the latest first. Its name is none of them where that means
    another account, which had it before."""


Owner: TypeAlias = Account | Obstacle
"""Whose a tweet is; or why that is not known."""

NO_SUCH_TWEET: Final = Obstacle(Reason.UNAVAILABLE, "X knows no tweet of this id")
OWNER_UNKNOWN: Final = Obstacle(Reason.CALL_FAILED, "the owner is not known yet; a run looks it up", is_failure=True)
"""Of a tweet whose owner nobody has looked up."""


def lacks_owner(tweet: Tweet, spec: ReportSpec) -> bool:
    """Whether it has to be found out whose tweet it is. Without handles all are public, and one handle has all."""
    return tweet.handle is None and len(spec.handles) > 1


def handles_lacking_owners(specs: Iterable[ReportSpec]) -> list[str]:
    """The handles of the reports that lack owners: their tokens look these up, beside the bearer token."""
    return list(dict.fromkeys(handle for spec in specs if ids_without_owner([spec]) for handle in spec.handles))


def ids_without_owner(specs: Iterable[ReportSpec]) -> list[str]:
    """The ids of tweets whose owner has to be known, and of which no report file tells it."""
    return list(dict.fromkeys(tweet.id for spec in specs for tweet in spec.tweets if lacks_owner(tweet, spec)))
