"""The gaps of a report in an order of their own, so that it shows nowhere how the calls were cut and came in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from reportgen.catalog import METRICS
from reportgen.gaps import Gap

_METRICS: Final[dict[str | None, int]] = {name: place for place, name in enumerate((None, *METRICS))}


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """The gaps by tweet, metric (first those of all metrics), reason and time; spans that touch are one gap."""
    joined: list[Gap] = []
    for gap in sorted(gaps, key=_place):
        if joined and _goes_on(joined[-1], gap):
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, gap.end) if joined[-1].end and gap.end else None)
        else:
            joined.append(gap)
    return tuple(joined)


def _place(gap: Gap) -> tuple[int, int, str, str, datetime, datetime]:
    return (int(gap.tweet_id), _METRICS[gap.metric], gap.reason, gap.detail, *gap.span)


def _goes_on(before: Gap, gap: Gap) -> bool:
    return gap.as_json() == before.as_json() and gap.span.start <= before.span.end
