"""What the keys of a grouping are called on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reportgen.catalog import LABEL, without_label
from reportgen.report.model import Label, TweetLabel
from reportgen.snowflake import FIRST_SNOWFLAKE, posted_at
from reportgen.spec.model import Tweet


def tweet_label(tweet: Tweet, timezone: ZoneInfo) -> TweetLabel:
    """The tweet as a table shows it; its time is local."""
    dated = int(tweet.id) >= FIRST_SNOWFLAKE
    return TweetLabel(
        tweet.id,
        tweet.handle,
        posted_at(tweet.id).astimezone(timezone) if dated else None,
        text=tweet.text,
        labels=tweet.labels,
    )


def label(key: str, value: str, tweets: Mapping[str, TweetLabel]) -> Label:
    """The value of a `group_by` key, as the contract writes it, turned into what the renderers show."""
    if key == "tweet.id":
        return tweets[value]
    if key == "handle" or key.startswith(LABEL):
        return value or without_label(key)
    return _DATES[key](value) if key in _DATES else value


_DATES: Mapping[str, Callable[[str], date]] = {
    "engagement.day": date.fromisoformat,
    "engagement.week": lambda week: date.fromisocalendar(int(week[:4]), int(week[6:]), 1),
    "engagement.month": lambda month: date.fromisoformat(f"{month}-01"),
}


def hour_label(day: str, hour: str) -> datetime:
    """The local hour of a day, without an offset: when clocks go back, two hours share it."""
    return datetime.fromisoformat(f"{day}T{hour}:00")
