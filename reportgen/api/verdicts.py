"""What a reply means: the words between the room that reads replies and the one that decides what to do next.

Answer        what the call was to bring, as facts and gaps
Refusal       refused for the sake of some tweets or metrics; the rest may be asked again
Unauthorized  the credential is refused
Rejected      turned down as it is, and it would be again
TooMany       over the limit of the minute
Unanswered    nothing that can be read came; it may go better next time
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import polars as pl

from reportgen.gaps import FAILURES, Gap, Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call brought: facts (see `reportgen.facts`), and a gap for all else that it was to bring."""

    facts: pl.DataFrame
    gaps: tuple[Gap, ...] = ()
    failure: str | None = None
    """Why it lacks what it should have brought; the report is then incomplete. A short text without hours and tweets,
    the same for all calls that have the same cause."""

    @property
    def failed(self) -> bool:
        """Whether it lacks what it should have brought."""
        return self.failure is not None

    def only(self, tweet_ids: Collection[str]) -> Answer:
        """The part of the answer that is about these tweets."""
        ids = [int(tweet_id) for tweet_id in tweet_ids]
        wanted = frozenset(tweet_ids)
        gaps = tuple(gap for gap in self.gaps if gap.tweet_id in wanted)
        failure = self.failure if any(gap.reason in FAILURES for gap in gaps) else None
        return Answer(self.facts.filter(pl.col("tweet_id").is_in(ids)), gaps, failure)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The whole call was refused for the sake of a part of it."""

    text: str
    """The vendor's words."""
    tweets: Mapping[str, Gap]
    """The tweets of the request that are named, and the gap that each leaves whenever it is asked for."""
    metrics: frozenset[str]
    """The metrics of the request that are named: this credential may not have them."""
    suspicion: Reason
    """What a tweet is that is refused alone, though nothing is named."""


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The credential is refused, for the vendor's `reason`; no other call of its signer will go better."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The call would be turned down again; where `address` is true, so would every other call to this endpoint."""

    detail: str
    address: bool = False


@dataclass(frozen=True, slots=True)
class TooMany:
    """The call was over the limit of the minute (status 429)."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Their side or the way there failed: no reply, a status of 500 or more, a body cut off or no JSON object."""

    detail: str


Verdict: TypeAlias = Answer | Refusal | Unauthorized | Rejected | TooMany | Unanswered
