"""Gaps with a lasting reason in the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert

from reportgen.gaps import LASTING, Gap
from reportgen.request import Request
from reportgen.store.instants import seconds_of
from reportgen.store.schema import LASTING_GAPS

_PLACE: Final = ("endpoint", "handle", "tweet_id", "metric")


def forget_gaps(connection: Connection, request: Request, tweet_ids: Sequence[int]) -> None:
    """Forget what was not to be had of these tweets, of which the request has brought numbers after all."""
    if tweet_ids:
        connection.execute(
            delete(LASTING_GAPS).where(
                LASTING_GAPS.c.endpoint == request.endpoint.name,
                LASTING_GAPS.c.handle == _handle(request),
                LASTING_GAPS.c.tweet_id.in_(tweet_ids),
                LASTING_GAPS.c.metric.in_(["", *request.metrics]),
            )
        )


def keep_gaps(connection: Connection, request: Request, gaps: Iterable[Gap], found: datetime) -> None:
    """Keep those that last of what an answer to the request has told at `found` (UTC)."""
    rows = [
        {
            "endpoint": request.endpoint.name,
            "handle": _handle(request),
            "tweet_id": int(gap.tweet_id),
            "metric": gap.metric or "",
            "reason": gap.reason.value,
            "detail": gap.detail,
            "found": seconds_of(found),
        }
        for gap in gaps
        if gap.reason in LASTING
    ]
    if rows:
        same = (LASTING_GAPS.c[name] == bindparam(f"its_{name}") for name in _PLACE)
        places = [{f"its_{name}": row[name] for name in _PLACE} for row in rows]
        connection.execute(delete(LASTING_GAPS).where(*same), places)
        connection.execute(insert(LASTING_GAPS), rows)


def _handle(request: Request) -> str:
    return (request.signer.handle or "").lower()
