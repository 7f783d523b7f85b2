"""Somebody who keeps what calls bring."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from reportgen.api.verdicts import Verdict
from reportgen.gaps import Gap
from reportgen.ledger import CallEntry
from reportgen.request import Request


class Record(Protocol):
    """Is told of each call that came back, and knows what others have kept meanwhile."""

    def received(self, entry: CallEntry, verdict: Verdict) -> Verdict:
        """Keep the entry of a call, and what it brought. Gives the verdict without the facts that were kept."""

    def refused(self, request: Request, gaps: Collection[Gap]) -> None:
        """Keep what has turned out, later, about the tweets of a call."""

    def missing(self, request: Request) -> Request | None:
        """What of the request is still to be asked for; None where that is nothing."""


class Unrecorded:
    """Keeps nothing."""

    def received(self, entry: CallEntry, verdict: Verdict) -> Verdict:
        """See `Record`."""
        del entry
        return verdict

    def refused(self, request: Request, gaps: Collection[Gap]) -> None:
        """See `Record`."""

    def missing(self, request: Request) -> Request | None:
        """See `Record`."""
        return request
