"""Somebody who keeps what calls bring."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from reportgen.api.verdicts import Verdict
from reportgen.catalog import Endpoint
from reportgen.gaps import Gap
from reportgen.ledger import CallEntry
from reportgen.plan import Plan
from reportgen.request import Request, Signer


class Record(Protocol):
    """Is told of each call that came back, and knows what others have kept meanwhile."""

    def received(self, entry: CallEntry, verdict: Verdict) -> Verdict:
        """Keep the entry of a call, and what it brought. Gives the verdict without the facts that were kept."""

    def refused(self, request: Request, gaps: Collection[Gap]) -> None:
        """Keep what has turned out, later, about the tweets of a call."""

    def rest_of(self, request: Request) -> Plan:
        """What of the request is still to be asked for, one call at the most, and the gaps known meanwhile."""

    def was_answered(self, signer: Signer, endpoint: Endpoint) -> bool:
        """Whether any run of this one's time had an answer for the signer from the endpoint."""


class Unrecorded:
    """Keeps nothing."""

    def received(self, entry: CallEntry, verdict: Verdict) -> Verdict:
        """See `Record`."""
        del entry
        return verdict

    def refused(self, request: Request, gaps: Collection[Gap]) -> None:
        """See `Record`."""

    def rest_of(self, request: Request) -> Plan:
        """See `Record`."""
        return Plan((request,))

    def was_answered(self, signer: Signer, endpoint: Endpoint) -> bool:
        """See `Record`."""
        del signer, endpoint
        return False
