"""Changes as readers see them: an arrow or a sign, an amount, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.catalog import measure
from reportgen.render.changes import (
    amount,
    changes_explained,
    in_words,
    signed,
    tile_change,
    way,
)
from reportgen.report.changes import NoChange
from reportgen.report.kpis import Kpi
from reportgen.report.model import Change, Value
from reportgen.report.tables import Column
from reportgen.voice.english import ENGLISH
from tests.render import made_up

BEFORE = Value(8123)


@pytest.mark.parametrize(
    ("number", "in_points", "tile", "cell", "heard"),
    [
        (0.1234, False, "↑ 12.3%", "+12.3%", "up 12.3%"),
        (-0.031, False, "↓ 3.1%", "−3.1%", "down 3.1%"),
        (0.9994, False, "↑ 99.9%", "+99.9%", "up 99.9%"),
        (0.9996, False, "↑ 100%", "+100%", "up 100%"),
        (12.345, False, "↑ 1,234%", "+1,234%", "up 1,234%"),
        (-1, False, "↓ 100%", "−100%", "down 100%"),
        (0, False, " 0.0%", "0.0%", "unchanged, 0.0%"),
        (-0.0004, False, " 0.0%", "0.0%", "unchanged, 0.0%"),
        (0.0042, True, "↑ 0.42\N{NO-BREAK SPACE}pp", "+0.42\N{NO-BREAK SPACE}pp", "up 0.42\N{NO-BREAK SPACE}pp"),
        (0.00004, True, "↑ 0.004\N{NO-BREAK SPACE}pp", "+0.004\N{NO-BREAK SPACE}pp", "up 0.004\N{NO-BREAK SPACE}pp"),
    ],
)
def test_the_direction_is_told_by_an_arrow_or_a_sign_as_far_as_the_number_shows_it(
    number: float, in_points: bool, tile: str, cell: str, heard: str
) -> None:
    change = Change(Value(0.00001) if in_points else BEFORE, number, in_points)
    assert f"{way(change, ENGLISH)} {amount(change, ENGLISH)}" == tile
    assert signed(change, ENGLISH) == cell
    assert in_words(change, ENGLISH) == heard


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (0.00634, 0.00626, "0.00"),
        (0.00636, 0.00634, "−0.01"),
        (0.00634, 0.00636, "+0.01"),
        (0.0125, 0.0249, "+1.24"),
        (0.00012, 0.00016, "+0.004"),
        (0.5, 0.5, "0.00"),
    ],
)
def test_points_are_those_between_the_numbers_as_they_are_written(before: float, now: float, says: str) -> None:
    assert signed(Change(Value(before), now - before, in_points=True), ENGLISH) == f"{says}\N{NO-BREAK SPACE}pp"


def test_a_tile_says_what_the_number_was_or_why_there_is_no_change() -> None:
    kpi = Kpi(measure("impressions"), Value(9000), 34, Change(BEFORE, 0.108))
    assert tile_change(kpi, ENGLISH) == "from 8,123"
    assert tile_change(replace(kpi, change=None), ENGLISH) is None
    reasons = {why: tile_change(replace(kpi, change=Change(Value(-12), None, why=why)), ENGLISH) for why in NoChange}
    assert reasons == {
        NoChange.NO_PARTNER: "nothing to compare with",
        NoChange.NOT_KNOWN: None,
        NoChange.NOT_KNOWN_BEFORE: "not known before",
        NoChange.OTHER_TWEETS: "not over the same tweets",
        NoChange.OTHER_LENGTH: "not over as long a time",
        NoChange.FROM_ZERO: "from 0",
        NoChange.FROM_BELOW_ZERO: "from -12, less than 0",
    }


def test_the_small_print_says_once_why_changes_are_not_there() -> None:
    table = made_up.table("Whole", 3, 3, "impressions")
    assert changes_explained(table) is None
    whys = (NoChange.FROM_ZERO, NoChange.OTHER_TWEETS, NoChange.FROM_ZERO)
    rows = tuple((*row, Change(BEFORE, None, why=why)) for row, why in zip(table.rows, whys, strict=True))
    kind = measure("impressions")
    changed = replace(table, columns=(*table.columns, Column("Change", None, kind, is_change=True)), rows=rows)
    assert changes_explained(changed) == "–\N{NO-BREAK SPACE}in a change: not over the same tweets or from 0."
