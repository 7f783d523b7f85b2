"""`reportgen serve`, where it does not even start."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Command


def test_what_is_named_and_not_there_ends_it_before_anything_is_done(project: Path, reportgen: Command) -> None:
    (project / "reports").mkdir()
    ended = reportgen("serve", "reports", "nothere.yaml", "norother.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "nothere.yaml:1:1: there is no such file",
        "norother.yaml:1:1: there is no such file",
    ]
    assert not (project / ".reportgen").exists()
