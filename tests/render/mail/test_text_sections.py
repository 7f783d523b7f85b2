"""Sections as plain text, where words stand for what a page draws."""

from __future__ import annotations

import pytest

from reportgen.catalog import METRICS
from reportgen.render.look import Look
from reportgen.render.mail.enclosures import Enclosed
from reportgen.render.mail.parts import Part
from reportgen.render.mail.text_sections import section_text
from reportgen.report.buckets import WEEKDAYS
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.model import Value
from tests.render.made_up import WEEKLY


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        ((Value(33), Value(8291)), "Monday, 01:00: 8,291"),
        ((Value(33), Value(None, 3)), "Monday, 00:00: 33"),
        ((Value(-5), Value(-2)), "Monday, 01:00: -2"),
        ((Value(0), Value(0)), "Monday: 0"),
        ((Value(0), Value(None, 3)), "Monday: –"),
        ((Value(None), Value(0)), "Monday: –"),
    ],
)
def test_a_heatmap_names_the_largest_hour_of_each_weekday_that_the_period_has(
    monday: tuple[Value, ...], said: str
) -> None:
    rows = ((*monday, *[None] * 22), *[(None,) * 24] * 6)
    section = HeatmapSection("Hours", None, METRICS["impressions"], WEEKDAYS, rows, averaged=False)
    text = section_text(Part(section), WEEKLY, Look(), 10, Enclosed((), (), ()))
    assert text.partition("The largest of each weekday:\n")[2] == f"  {said}"
