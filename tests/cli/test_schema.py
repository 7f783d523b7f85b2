"""`reportgen schema` prints the schemas, so that a project elsewhere can have them."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT, Command


@pytest.mark.parametrize("what", ["report", "project"])
def test_a_schema_is_printed_as_it_is(what: str, reportgen: Command) -> None:
    ended = reportgen("schema", what)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (ROOT / f"schemas/{what}.schema.json").read_text()


def test_another_one_is_refused_with_those_that_there_are(reportgen: Command) -> None:
    ended = reportgen("schema", "brand")
    assert ended.code == 2
    assert "'brand' is not one of 'report', 'project'" in ended.err
