"""How the keys of a grouping are written for people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reportgen.report.buckets import WEEKDAYS
from reportgen.report.model import Label, Report, TweetLabel
from reportgen.voice.voice import Voice


def week(monday: date, near: date, voice: Voice) -> str:
    """`9–15 Nov`, `30 Nov – 6 Dec`: the days of the week that starts on that Monday."""
    return voice.short_span(monday, monday + timedelta(days=6), near)


def label_text(label: Label, key: str, near: date, voice: Voice) -> str:
    """The value of a `group_by` key, as a table shows it; `near` is the day whose year needs no saying."""
    if isinstance(label, TweetLabel):
        return posted(label, near, voice)
    if isinstance(label, datetime):
        return voice.short_moment(label, near)
    if isinstance(label, date):
        return _written_date(label, key, near, voice)
    if key == "engagement.hour":
        return voice.hour(int(label))
    if key == "engagement.weekday":
        return voice.weekday_in_full(WEEKDAYS.index(label))
    return label


def time_of_numbers(report: Report) -> datetime:
    """The local time that the report's numbers are of."""
    return (report.known_at or report.as_of).astimezone(report.timezone)


def period_in_words(report: Report, voice: Voice) -> str:
    """`9–15 November 2026`; on `totals`, which have no period, `Totals as of 16 November 2026`."""
    return report.period.label_in(voice) if report.period else f"Totals as of {voice.long_day(time_of_numbers(report))}"


def posted(tweet: TweetLabel, near: date, voice: Voice) -> str:
    """When the tweet was posted: `Mon 9 Nov, 14:05`."""
    if tweet.posted_at is None:
        return "Before November 2010"
    return voice.short_moment(tweet.posted_at, near)


def _written_date(day: date, key: str, near: date, voice: Voice) -> str:
    if key == "engagement.week":
        return week(day, near, voice)
    if key == "engagement.month":
        return voice.month_and_year(day)
    return voice.short_day(day, near)
