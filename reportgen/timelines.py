"""What a run found on the timelines of a report's handles, for all stations behind `find/`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from reportgen.spans import Span, Spans
from reportgen.spec.model import Excluded

NEWEST: Final = 3_200
"""How many tweets of a timeline the X API shows, the newest ones."""
NEWEST_WITHOUT_REPLIES: Final = 800
"""How many where replies are left out: so the vendor's reference of `exclude`."""


class TimelineState(StrEnum):
    """How it went with a timeline."""

    READ = "read"
    RENAMED = "renamed"
    """Read, and the account has another handle by now."""
    PROTECTED = "protected"
    SUSPENDED = "suspended"
    NOT_FOUND = "not_found"
    NOT_AUTHORIZED = "not_authorized"
    """The vendor refused the credential."""
    FAILED = "failed"
    NOT_ASKED = "not_asked"
    """Not all of it is known, and the run asks for nothing."""


IS_MISSING: Final = frozenset({TimelineState.NOT_AUTHORIZED, TimelineState.FAILED, TimelineState.NOT_ASKED})
"""Where something is missing that a call might have brought."""


def newest_shown(exclude: Sequence[Excluded]) -> int:
    """How many tweets of a timeline the X API shows, before it leaves out retweets."""
    return NEWEST_WITHOUT_REPLIES if "replies" in exclude else NEWEST


class TimelineOf(NamedTuple):
    """Which timeline. What is left out makes one of its own: the API does not say of a tweet whether it is a reply."""

    user_id: str
    exclude: tuple[Excluded, ...]
    """In alphabetical order."""


@dataclass(frozen=True, slots=True)
class KnownTimeline:
    """What is known of a timeline. Instants are UTC."""

    covered: Spans = ()
    """What was read whole."""
    asked: datetime | None = None
    """The latest present at which it was asked for; None where it never was."""
    reach: datetime | None = None
    """When the oldest tweet that the vendor shows was posted, where it showed its end."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A handle's timeline in a report. Whatever its state, the tweets that are known from before are in the report."""

    handle: str
    """As the report file has it."""
    state: TimelineState
    span: Span
    """When the tweets were posted that the report takes (UTC, exact)."""
    tweets: int
    """How many of its tweets the report takes."""
    detail: str = ""
    """What the vendor said, what failed, or the new handle, as `@Name`."""
    reach: datetime | None = None
    """When the oldest tweet that the vendor shows was posted (UTC), where that is later than the start of the span: it
    shows the NEWEST only."""
    gone: tuple[str, ...] = ()
    """The ids of tweets that were found before and are not there any more; `tweets` counts them."""
    newest: int = NEWEST
    """How many tweets of the timeline the vendor shows at the most."""
    unread: Spans = ()
    """What a run will ask the timeline for, in a plan; after a run, what it wanted of it and does not know."""
    another: bool = False
    """Whether the handle meant another account before. All is of the one that it means now, whatever the day; what the
    other one posted is left out."""

    same_as: str = ""
    """Another handle of the report, before this one, that means the same account; the tweets are counted there."""

    @property
    def is_silent(self) -> bool:
        """Whether the account posted none then, as far as that is known."""
        return not self.tweets and not self.reach and not self.same_as

    @property
    def left_out(self) -> str:
        """What to say of an account of which the vendor shows fewer tweets than of others, after a noun."""
        return ", where replies are left out" if self.newest < NEWEST else ""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that a call might have brought."""
        return self.state not in IS_MISSING

    @property
    def is_whole(self) -> bool:
        """Whether every tweet is there that was posted then."""
        return self.state in (TimelineState.READ, TimelineState.RENAMED) and self.reach is None


Timelines: TypeAlias = Mapping[str, tuple[Timeline, ...]]
"""What was found on the timelines of each report's handles, by the name of the report."""
