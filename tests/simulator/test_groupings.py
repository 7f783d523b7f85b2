"""How counts are nested."""

from datetime import UTC, datetime

import pytest

from reportgen.simulator.groupings import Nested, nest

FIRST_HOUR = datetime(2026, 11, 9, 22, tzinfo=UTC)
CELLS = {
    ("7", "impressions"): [1, 2, 3],
    ("7", "replies"): [0, 0, 4],
    ("8", "impressions"): [10, 20, 30],
    ("8", "replies"): [0, 5, 0],
}
MONDAY, TUESDAY = "2026-11-09", "2026-11-10"


@pytest.mark.parametrize(
    ("group_by", "nested"),
    [
        (["tweet.id"], {"7": "10", "8": "65"}),
        (["engagement.type"], {"impressions": "66", "replies": "9"}),
        (
            ["tweet.id", "engagement.type"],
            {"7": {"impressions": "6", "replies": "4"}, "8": {"impressions": "60", "replies": "5"}},
        ),
        (
            ["engagement.type", "tweet.id"],
            {"impressions": {"7": "6", "8": "60"}, "replies": {"7": "4", "8": "5"}},
        ),
        (["engagement.day"], {MONDAY: "38", TUESDAY: "37"}),
        (
            ["engagement.day", "engagement.type"],
            {MONDAY: {"impressions": "33", "replies": "5"}, TUESDAY: {"impressions": "33", "replies": "4"}},
        ),
        (["engagement.hour"], {MONDAY: {"22": "11", "23": "27"}, TUESDAY: {"00": "37"}}),
        (
            ["engagement.type", "engagement.hour"],
            {
                "impressions": {MONDAY: {"22": "11", "23": "22"}, TUESDAY: {"00": "33"}},
                "replies": {MONDAY: {"22": "0", "23": "5"}, TUESDAY: {"00": "4"}},
            },
        ),
        (
            ["engagement.hour", "tweet.id"],
            {
                MONDAY: {"22": {"7": "1", "8": "10"}, "23": {"7": "2", "8": "25"}},
                TUESDAY: {"00": {"7": "7", "8": "30"}},
            },
        ),
        (["engagement.hour", "engagement.day"], {"22": {MONDAY: "11"}, "23": {MONDAY: "27"}, "00": {TUESDAY: "37"}}),
        (
            ["tweet.id", "engagement.type", "engagement.day", "engagement.hour"],
            {
                "7": {
                    "impressions": {MONDAY: {"22": "1", "23": "2"}, TUESDAY: {"00": "3"}},
                    "replies": {MONDAY: {"22": "0", "23": "0"}, TUESDAY: {"00": "4"}},
                },
                "8": {
                    "impressions": {MONDAY: {"22": "10", "23": "20"}, TUESDAY: {"00": "30"}},
                    "replies": {MONDAY: {"22": "0", "23": "5"}, TUESDAY: {"00": "0"}},
                },
            },
        ),
    ],
)
def test_counts_nest_in_the_order_of_group_by_and_the_rest_is_added_up(group_by: list[str], nested: Nested) -> None:
    assert nest(group_by, CELLS, FIRST_HOUR) == nested
