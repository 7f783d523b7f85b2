"""Sections beside each other take their shares of the page."""

from __future__ import annotations

import pytest

from reportgen.report.kpis import KpiSection
from reportgen.report.model import ColumnsSection, Section, Value
from reportgen.spec.sections import Columns, Kpis, PageBreak, Table, Width
from tests.report.test_build import COUNTED, made, only


def columns(*widths: Width, width: Width = "full") -> ColumnsSection:
    parts = tuple(Kpis(("impressions",), width=part) for part in widths)
    section = only(made(Columns(parts, title="Beside", note="A note", width=width), facts=COUNTED))
    assert isinstance(section, ColumnsSection)
    return section


@pytest.mark.parametrize(
    ("widths", "shares"),
    [
        (("full", "full"), [0.5, 0.5]),
        (("two-thirds", "third"), [2 / 3, 1 / 3]),
        (("half", "half", "half"), [1 / 3, 1 / 3, 1 / 3]),
        (("full", "third", "third", "third"), [0.5, 1 / 6, 1 / 6, 1 / 6]),
    ],
)
def test_the_widths_of_sections_in_columns_are_their_shares_of_the_whole(
    widths: tuple[Width, ...], shares: list[float]
) -> None:
    assert [part.share for part in columns(*widths).sections] == shares


def test_columns_that_are_narrower_than_the_page_share_what_they_have() -> None:
    section = columns("full", "full", width="two-thirds")
    assert (section.title, section.note, section.share) == ("Beside", "A note", 2 / 3)
    assert [part.share for part in section.sections] == [1 / 3, 1 / 3]


@pytest.mark.parametrize(("width", "share"), [("full", 1), ("two-thirds", 2 / 3), ("half", 0.5), ("third", 1 / 3)])
def test_a_section_takes_as_much_of_the_page_as_the_file_says(width: Width, share: float) -> None:
    section = only(made(Kpis(("impressions",), width=width), facts=COUNTED))
    assert isinstance(section, KpiSection)
    assert section.share == share


def test_sections_in_columns_have_their_numbers_and_a_page_break_stays_between_the_others() -> None:
    both = Columns((Kpis(("impressions",)), Table("by-handle", ("engagements",))))
    sections: tuple[Section, ...] = made(both, PageBreak(), Kpis(("engagements",)), facts=COUNTED).sections
    assert isinstance(sections[0], ColumnsSection)
    tiles, table = sections[0].sections
    assert isinstance(tiles, KpiSection)
    assert [kpi.value for kpi in tiles.kpis] == [Value(1157)]
    assert table.title == "By handle"
    assert sections[1] == PageBreak()
    assert isinstance(sections[2], KpiSection)
