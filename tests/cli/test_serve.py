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


def test_where_there_is_no_folder_of_reports_it_says_so_and_ends(project: Path, reportgen: Command) -> None:
    told = "reports:1:1: there is no such folder here; go to where your reports are, or name files\n"
    for command in (["serve"], ["due"], ["run", "--due"]):
        ended = reportgen(*command)
        assert (ended.code, ended.out, ended.err) == (2, "", told)
