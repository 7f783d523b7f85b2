"""Tiles beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.render.tiles import has_long_number, shared_note, tiles_in_a_row
from reportgen.report.kpis import KpiSection
from reportgen.report.model import Value
from reportgen.voice.english import ENGLISH
from tests.render import made_up


@pytest.mark.parametrize(
    ("count", "columns"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (10, 4), (11, 4)]
)
def test_tiles_leave_the_last_row_as_full_as_can_be(count: int, columns: int) -> None:
    assert tiles_in_a_row(count) == columns


@pytest.mark.parametrize(("count", "share", "columns"), [(4, 0.5, 2), (3, 2 / 3, 3), (4, 2 / 3, 2), (3, 1 / 3, 1)])
def test_tiles_in_columns_are_as_many_in_a_row_as_they_have_room(count: int, share: float, columns: int) -> None:
    assert tiles_in_a_row(count, share) == columns


def test_a_note_is_shared_only_where_every_tile_would_bear_it() -> None:
    tiles = made_up.kpis("impressions", "engagements", missing=2)
    assert shared_note(tiles, ENGLISH) == "* From 32 of 34 tweets"
    assert shared_note(made_up.kpis("impressions", "engagements"), ENGLISH) is None
    assert shared_note(made_up.kpis("impressions", "engagement_rate", missing=2), ENGLISH) is None
    assert shared_note(replace(tiles, kpis=tiles.kpis[:1]), ENGLISH) is None


def test_tiles_that_are_all_unknown_say_what_their_dashes_are() -> None:
    tiles = made_up.kpis("impressions", "engagements", missing=34)
    unknown = replace(tiles, kpis=tuple(replace(kpi, value=Value(None, 34)) for kpi in tiles.kpis))
    assert shared_note(unknown, ENGLISH) == "–\N{NO-BREAK SPACE}Not known. See the notes."


def test_numbers_of_ten_characters_are_long() -> None:
    assert not has_long_number(made_up.kpis("impressions"), ENGLISH)
    section = made_up.LONG.sections[1]
    assert isinstance(section, KpiSection)
    assert section.title == "Large numbers"
    assert has_long_number(section, ENGLISH)
