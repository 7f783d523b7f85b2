"""How the keys of a grouping are written."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reportgen.render.labels import label_text
from reportgen.report.model import Label, TweetLabel
from reportgen.voice.english import ENGLISH

MONDAY = date(2026, 11, 9)
AFTERNOON = datetime(2026, 11, 9, 14, 5, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize(
    ("label", "key", "text"),
    [
        (MONDAY, "engagement.day", "Mon 9 Nov"),
        (date(2025, 12, 31), "engagement.day", "Wed 31 Dec 2025"),
        (MONDAY, "engagement.week", "9–15 Nov"),
        (date(2026, 11, 30), "engagement.week", "30 Nov – 6 Dec"),
        (date(2025, 12, 22), "engagement.week", "22–28 Dec 2025"),
        (date(2026, 11, 1), "engagement.month", "November 2026"),
        (AFTERNOON, "engagement.hour", "Mon 9 Nov, 14:05"),
        ("7", "engagement.hour", "07:00"),
        ("17", "engagement.hour", "17:00"),
        ("Mon", "engagement.weekday", "Monday"),
        ("@acme", "handle", "@acme"),
        (TweetLabel("1", "@acme", AFTERNOON), "tweet.id", "Mon 9 Nov, 14:05"),
        (
            TweetLabel("1", None, datetime(2025, 3, 9, 0, 0, tzinfo=ZoneInfo("UTC"))),
            "tweet.id",
            "Sun 9 Mar 2025, 00:00",
        ),
        (TweetLabel("20", None, None), "tweet.id", "Before November 2010"),
    ],
)
def test_the_values_of_a_table_are_written_for_people(label: Label, key: str, text: str) -> None:
    assert label_text(label, key, MONDAY, ENGLISH) == text
