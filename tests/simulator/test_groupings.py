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
IDLE = {f"{hour:02}": "0" for hour in range(22)}


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


@pytest.mark.parametrize(
    ("group_by", "nested"),
    [
        (["engagement.hour"], {**IDLE, "22": "44", "23": "22"}),
        (["tweet.id", "engagement.hour"], {"7": {**IDLE, "22": "4", "23": "2"}, "8": {**IDLE, "22": "40", "23": "20"}}),
        (
            ["engagement.hour", "tweet.id"],
            {
                **{hour: {"7": "0", "8": "0"} for hour in IDLE},
                "22": {"7": "4", "8": "40"},
                "23": {"7": "2", "8": "20"},
            },
        ),
        (
            ["engagement.day", "engagement.hour"],
            {MONDAY: {"22": "11", "23": "22"}, TUESDAY: {**IDLE, "22": "33"}},
        ),
    ],
)
def test_hours_without_a_day_may_be_summed_over_the_days(group_by: list[str], nested: Nested) -> None:
    cells = {("7", "impressions"): [1, 2, *[0] * 22, 3], ("8", "impressions"): [10, 20, *[0] * 22, 30]}
    assert nest(group_by, cells, FIRST_HOUR, "summed") == nested


def test_a_single_count_by_hour_is_summed_too() -> None:
    counts = {("7", "impressions"): [1] * 30}
    nested = nest(["tweet.id", "engagement.type", "engagement.hour"], counts, FIRST_HOUR, "summed")
    hours = {f"{(22 + place) % 24:02}": "2" if place < 30 - 24 else "1" for place in range(24)}
    assert nested == {"7": {"impressions": hours}}


def test_nothing_to_count_is_an_empty_grouping() -> None:
    assert nest(["tweet.id", "engagement.day"], {}, FIRST_HOUR) == {}
