"""What the rows of a table are put in order by on the screen, where that is not how a cell is written. Pure."""

from __future__ import annotations

from datetime import date, datetime

from reportgen.report.buckets import WEEKDAYS
from reportgen.report.model import Label, TweetLabel


def sort_value(label: Label, key: str) -> float | None:
    """The place of the value of a `group_by` key among the others: seconds, days, hours; None for words."""
    if isinstance(label, TweetLabel):
        return label.posted_at.timestamp() if label.posted_at else 0
    if isinstance(label, datetime):
        return label.timestamp()
    if isinstance(label, date):
        return label.toordinal()
    if key == "engagement.hour":
        return int(label)
    if key == "engagement.weekday":
        return WEEKDAYS.index(label)
    return None
