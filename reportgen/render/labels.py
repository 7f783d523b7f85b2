"""How the keys of a grouping are written for people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from reportgen import dates
from reportgen.report.model import Label, TweetLabel

_WEEKDAY_OF: Final = {name[:3]: name for name in dates.WEEKDAYS}


def week(monday: date, near: date) -> str:
    """`9–15 Nov`, `30 Nov – 6 Dec`: the days of the week that starts on that Monday."""
    sunday = monday + timedelta(days=6)
    start = f"{monday.day}–" if monday.month == sunday.month else f"{monday.day} {dates.month(monday)} – "
    text = f"{start}{sunday.day} {dates.month(sunday)}"
    return text if sunday.year == near.year else f"{text} {sunday.year}"


def label_text(label: Label, key: str, near: date) -> str:
    """The value of a `group_by` key, as a table shows it; `near` is the day whose year needs no saying."""
    if isinstance(label, TweetLabel):
        return posted(label, near)
    if isinstance(label, datetime):
        return f"{dates.short_day(label, near)}, {dates.clock(label)}"
    if isinstance(label, date):
        return _written_date(label, key, near)
    if key == "engagement.hour":
        return f"{int(label):02}:00"
    if key == "engagement.weekday":
        return _WEEKDAY_OF.get(label, label)
    return label


def posted(tweet: TweetLabel, near: date) -> str:
    """When the tweet was posted: `Mon 9 Nov, 14:05`."""
    if tweet.posted_at is None:
        return "Before November 2010"
    return f"{dates.short_day(tweet.posted_at, near)}, {dates.clock(tweet.posted_at)}"


def _written_date(day: date, key: str, near: date) -> str:
    if key == "engagement.week":
        return week(day, near)
    if key == "engagement.month":
        return f"{dates.MONTHS[day.month - 1]} {day.year}"
    return dates.short_day(day, near)
