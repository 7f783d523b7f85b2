"""One reader for all nestings: the counts that stand there, each with its keys, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.api.groupings import KEYS, read_grouping
from tests.api.damage import NAMES, NESTINGS, damaged_groupings
from tests.api.reference_reader import Place, counts_of

TWEET = "2117632892728246273"
TYPE, DAY, HOUR = "engagement.type", "engagement.day", "engagement.hour"


def counted(node: object, *group_by: str) -> dict[Place, int]:
    """What the reader takes for counts; a place that it has twice fails the test."""
    rows = [row for row in read_grouping(node, group_by).iter_rows() if row[4] is not None]
    found = {row[:4]: row[4] for row in rows}
    assert len(found) == len(rows)
    return found


def nested(group_by: tuple[str, ...], value: int = 0) -> Any:
    """A count at every place of a nesting, each another one."""
    if not group_by:
        return str(value)
    key, *rest = group_by
    return {name: nested(tuple(rest), 10 * value + n + 1) for n, name in enumerate(NAMES[key])}


def test_the_api_takes_42_nestings() -> None:
    assert len(NESTINGS) == 42


@pytest.mark.parametrize("group_by", NESTINGS, ids="-".join)
def test_every_nesting_is_read(group_by: tuple[str, ...]) -> None:
    node = nested(group_by)
    expected = counts_of(node, group_by)
    places = 1
    for key in group_by:
        places *= len(NAMES[key])
    assert len(expected) == places
    assert counted(node, *group_by) == expected


@pytest.mark.parametrize("group_by", NESTINGS, ids="-".join)
@settings(max_examples=12, deadline=None)
@given(draw=st.data())
def test_damage_never_becomes_a_number(group_by: tuple[str, ...], draw: st.DataObject) -> None:
    node = draw.draw(damaged_groupings(group_by))
    table = read_grouping(node, group_by)
    assert counted(node, *group_by) == counts_of(node, group_by)
    assert table.columns == [*KEYS, "value", "found"]
    assert table.filter(table["value"].is_null() == table["found"].is_null()).is_empty()


class TestHoursWithoutDays:
    def test_under_their_days_as_one_page_of_the_reference_shows_them(self) -> None:
        node = {TWEET: {"impressions": {"2026-11-09": {"17": "8"}, "2026-11-10": {"17": "9"}}}}
        assert counted(node, "tweet.id", TYPE, HOUR) == {
            (TWEET, "impressions", "2026-11-09", "17"): 8,
            (TWEET, "impressions", "2026-11-10", "17"): 9,
        }

    def test_summed_over_the_days_as_a_real_capture_shows_them(self) -> None:
        assert counted({TWEET: {"impressions": {"17": "8"}}}, "tweet.id", TYPE, HOUR) == {
            (TWEET, "impressions", None, "17"): 8
        }

    def test_are_read_above_other_keys_too(self) -> None:
        assert counted({"2026-11-09": {"17": {TWEET: "8"}}}, HOUR, "tweet.id") == {(TWEET, None, "2026-11-09", "17"): 8}
        assert counted({"17": {TWEET: "8"}}, HOUR, "tweet.id") == {(TWEET, None, None, "17"): 8}

    @pytest.mark.parametrize(
        "node",
        [
            {"2026-11-09": "8"},
            {"2026-11-09": {"2026-11-10": {"17": "8"}}},
            {"2026-11-09": {"2026-11-10": "8"}},
            {"2026-02-30": {"17": "8"}},
            {"17": {"17": "8"}},
            {"24": "8"},
        ],
    )
    def test_what_is_neither_shape_is_no_number(self, node: object) -> None:
        assert counted(node, HOUR) == {}


class TestValues:
    @pytest.mark.parametrize(
        ("leaf", "value"), [("551", 551), (26, 26), ("0", 0), (0, 0), ("007", 7), (10**15 - 1, 10**15 - 1)]
    )
    def test_strings_and_bare_numbers_are_counts(self, leaf: object, value: int) -> None:
        assert read_grouping({"favorites": leaf}, [TYPE]).row(0) == (None, "favorites", None, None, value, None)

    @pytest.mark.parametrize(
        ("leaf", "found"),
        [
            ("-1", "-1"),
            (-1, "-1"),
            (1.5, "1.5"),
            (26.0, "26.0"),
            ("1e3", "1e3"),
            ("", ""),
            (" 7", " 7"),
            ("7\n", "7\n"),
            ("٧", "٧"),
            (None, "null"),
            (True, "true"),
            (False, "false"),
            ({"a": "7"}, "an object"),
            (["7"], "a list"),
            (10**15, "1000000000000000"),
            ("9" * 50, "9" * 40),
            (float("inf"), "inf"),
            (float("nan"), "nan"),
        ],
        ids=repr,
    )
    def test_anything_else_is_told_and_is_no_number(self, leaf: object, found: str) -> None:
        node = {"favorites": leaf, "replies": "1"}
        assert read_grouping(node, [TYPE]).rows() == [
            (None, "favorites", None, None, None, found),
            (None, "replies", None, None, 1, None),
        ]

    @pytest.mark.parametrize(
        ("node", "row"),
        [
            ("7", (None, None, None, None, None, "7")),
            ({TWEET: "7"}, (TWEET, None, None, None, None, "7")),
            ({TWEET: {"favorites": None}}, (TWEET, "favorites", None, None, None, "null")),
            ({TWEET: {"favorites": {"2026-11-09": "7"}}}, (TWEET, "favorites", "2026-11-09", None, None, "7")),
        ],
    )
    def test_a_level_that_is_missing_is_told_where_it_should_be(self, node: object, row: tuple[object, ...]) -> None:
        assert read_grouping(node, KEYS).rows() == [row]

    @pytest.mark.parametrize("group_by", [(TYPE,), KEYS, (HOUR,), (DAY, HOUR)])
    def test_an_empty_grouping_has_no_rows(self, group_by: tuple[str, ...]) -> None:
        assert read_grouping({}, group_by).is_empty()

    def test_empty_levels_have_no_rows_and_leave_their_neighbours_alone(self) -> None:
        node = {"1": {}, "2": {"favorites": "5"}, "3": {}}
        assert counted(node, "tweet.id", TYPE) == {("2", "favorites", None, None): 5}
