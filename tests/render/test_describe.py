"""Charts in words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from reportgen.render.describe import described
from reportgen.report.charts import ChartSection
from reportgen.report.model import Value
from reportgen.voice.english import ENGLISH
from tests.render.made_up import HANDLES, NEW_YORK, changed, chart, days, hours, panel

WEEK = chart("Day by day", "engagement.day", "line", panel("impressions", days(7)))


@pytest.mark.parametrize(
    ("section", "text"),
    [
        (
            WEEK,
            "Impressions by day, 9–15 November 2026: lowest 18,157 on 13 November, highest 70,360 on 12 November.",
        ),
        (
            chart("A rate", "engagement.day", "line", panel("engagement_rate", days(7), HANDLES)),
            (
                "Engagement rate by day, 9–15 November 2026: @acme lowest 2.73% on 13 November, highest 4.70% on 12 "
                "November; "
                "@acme_help lowest 2.92% on 10 November, highest 4.35% on 9 November."
            ),
        ),
        (
            chart("Two years", "engagement.day", "line", panel("impressions", days(4, date(2026, 12, 30)))),
            (
                "Impressions by day, 30 December 2026 – 2 January 2027: lowest 27,622 on 1 January 2027, "
                "highest 70,360 on 2 January 2027."
            ),
        ),
        (
            chart(
                "Hours",
                "engagement.hour",
                "line",
                panel("replies", hours(9, datetime(2026, 11, 9, 20, tzinfo=NEW_YORK))),
            ),
            (
                "Replies by hour, 9–10 November 2026: lowest 18,157 at 00:00 on 10 November, "
                "highest 70,360 at 23:00 on 9 November."
            ),
        ),
        (
            chart("Hours of the day", "engagement.hour", "bar", panel("replies", [str(hour) for hour in range(9)])),
            "Replies by hour: lowest 18,157 at 04:00, highest 70,360 at 03:00.",
        ),
        (
            chart("Weeks", "engagement.week", "line", panel("replies", days(49)[::7])),
            (
                "Replies by week, 9 November – 21 December 2026: lowest 18,157 in the week of 7 December, "
                "highest 70,360 in the week of 30 November."
            ),
        ),
        (
            chart("Months", "engagement.month", "line", panel("replies", [date(2026, m, 1) for m in range(1, 8)])),
            "Replies by month, January 2026 to July 2026: lowest 18,157 in May 2026, highest 70,360 in April 2026.",
        ),
        (
            chart("Handles", "handle", "bar", panel("replies", HANDLES, ("Sat", "Sun"))),
            "Replies by handle: Sat @acme 28,000, @acme_help 41,691; Sun @acme 61,218, @acme_help 23,364.",
        ),
        (
            changed(WEEK, lambda number, value: Value(None) if number in {3, 4} else value),
            (
                "Impressions by day, 9–15 November 2026: lowest 27,622 on 11 November, highest 52,829 on 14 November. "
                "2 values not known."
            ),
        ),
        (
            changed(WEEK, lambda number, value: Value(value.number, missing=1) if number in {3, 4} else value),
            (
                "Impressions by day, 9–15 November 2026: lowest 18,157 on 13 November, highest 70,360 on 12 November. "
                "2 values from some of the tweets only."
            ),
        ),
        (
            changed(WEEK, lambda _, __: Value(None)),
            "Impressions by day, 9–15 November 2026: not known. 7 values not known.",
        ),
        (changed(WEEK, lambda _, __: Value(0)), "Impressions by day, 9–15 November 2026: 0 throughout."),
    ],
    ids=lambda value: value.title if isinstance(value, ChartSection) else "",
)
def test_a_chart_is_told_in_a_sentence(section: ChartSection, text: str) -> None:
    assert described(section, section.panels[0], ENGLISH) == text


def test_many_series_are_not_all_told() -> None:
    section = chart("Many", "engagement.day", "line", panel("impressions", days(7), [f"@h{n}" for n in range(9)]))
    assert described(section, section.panels[0], ENGLISH).endswith("; 3 more.")
