"""Texts are checked before a number is asked for: each fault with its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import Columns, Text
from tests.spec.documents import BASE

HEAD = BASE + "measures: {click_rate: engagements / impressions}\nsections:\n  - text:\n      markdown: "


def checked(folder: Path, markdown: str) -> list[str]:
    path = folder / "a.yaml"
    path.write_text(HEAD + markdown)
    found = check(path)
    return [] if isinstance(found, ReportSpec) else [str(problem).removeprefix(f"{path}:") for problem in found]


BAD = {
    '"{{ totals.impresions }}"\n': (
        "10:28: sections[0].text.markdown: 'impresions' is not among the report's metrics; did you mean 'impressions'?"
    ),
    "'{{ totals[\"replies\"] }}'\n": (
        "10:29: sections[0].text.markdown: 'replies' is not among the report's metrics; known are impressions, "
        "engagements, engagement_rate and click_rate"
    ),
    "|\n        # A week\n\n        In {{ perod.label }}.\n": (
        "13:15: sections[0].text.markdown: 'perod' is not known in texts; did you mean 'period'?"
    ),
    "|\n        Good.\n        From {{ period.begin }}.\n": (
        "12:24: sections[0].text.markdown: 'begin' is not known of the period; known are label, first_day and last_day"
    ),
    "|-\n        {% if tweets %}\n        Some\n": (
        "12:9: sections[0].text.markdown: Unexpected end of template. Jinja was looking for the following tags: 'elif' "
        "or 'else' or 'endif'. The innermost block that needs to be closed is 'if'"
    ),
    "|\n        {{ tweets | shout }}\n": "11:9: sections[0].text.markdown: No filter named 'shout'",
    "|\n        ok\n        {% include 'a.html' %}\n": (
        "12:9: sections[0].text.markdown: a text stands alone; it extends, includes and imports nothing"
    ),
    "|\n        Look: ![chart](http://example.com/a.png)\n": (
        "11:15: sections[0].text.markdown: a text shows no pictures; leave it out"
    ),
    ">\n        folded\n        {{ nobody }}\n": (
        "10:17: sections[0].text.markdown: 'nobody' is not known in texts; known are title, period, as_of, handles, "
        "tweets, totals and numbers"
    ),
}


@pytest.mark.parametrize("markdown", BAD)
def test_a_fault_is_told_with_its_place(markdown: str, tmp_path: Path) -> None:
    assert checked(tmp_path, markdown) == [BAD[markdown]]


@pytest.mark.parametrize(
    "markdown",
    [
        "{{ title }} {{ period.label }} {{ as_of }} {{ handles | join(' and ') }} {{ tweets }}",
        "{{ totals.impressions }} {{ totals.click_rate }} {{ numbers.engagement_rate }}",
        "{% set few = tweets < 5 %}{% if few %}few{% endif %}{% for handle in handles %}{{ handle }}{% endfor %}",
    ],
)
def test_what_is_documented_is_known(markdown: str, tmp_path: Path) -> None:
    assert checked(tmp_path, f'"{markdown}"\n') == []


def test_a_text_knows_the_measures_that_it_names_and_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = "{text: {markdown: '{{ totals.click_rate }} {{ numbers.impressions }} {{ totals.click_rate }}'}}"
    path.write_text(HEAD.partition("sections")[0] + f"sections: [{{columns: {{sections: [{text}, {text}]}}}}]\n")
    spec = check(path)
    assert isinstance(spec, ReportSpec)
    (columns,) = spec.sections
    assert isinstance(columns, Columns)
    first, second = columns.sections
    assert isinstance(first, Text)
    assert (first.metrics, first.at) == (("click_rate", "impressions"), (8, 52))
    assert isinstance(second, Text)
    assert second.at == (8, 149)
