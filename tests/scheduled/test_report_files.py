"""The report files of a scheduler: each as it was good last."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.scheduled.report_files import Broken, Change, Gone, Loaded, ReportFiles
from tests.spec.documents import BASE


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    write("a")
    return tmp_path / "reports"


def write(file: str, name: str | None = None, title: str = "A title") -> None:
    """Write a report file as another one than before, whatever the clock of the file system."""
    path = Path("reports") / f"{file}.yaml"
    lines = [line for line in BASE.splitlines() if not line.startswith(("name:", "title:"))]
    new = path.with_suffix(".new")
    new.write_text("\n".join([*lines, f"name: {name or file}", f"title: {title}", ""]))
    new.replace(path)


def said(changes: tuple[Change, ...]) -> list[object]:
    """What was told, shortly."""
    shown: list[object] = []
    for change in changes:
        match change:
            case Loaded(spec):
                shown.append(("loaded", spec.path, spec.title))
            case Broken(path, problems):
                shown.append(("broken", path, [str(problem) for problem in problems]))
            case Gone(path, report):
                shown.append(("gone", path, report))
    return shown


def test_the_first_look_loads_all() -> None:
    write("b")
    files = ReportFiles(())
    assert said(files.look()) == [("loaded", "reports/a.yaml", "A title"), ("loaded", "reports/b.yaml", "A title")]
    assert list(files.specs) == ["a", "b"]


def test_what_was_not_changed_is_not_told_again() -> None:
    files = ReportFiles(("reports",))
    files.look()
    assert files.look() == ()


def test_a_changed_a_new_and_a_removed_file_are_told() -> None:
    write("b")
    files = ReportFiles(())
    files.look()
    write("a", title="Another")
    write("c")
    os.remove("reports/b.yaml")  # noqa: PTH107
    assert said(files.look()) == [
        ("gone", "reports/b.yaml", "b"),
        ("loaded", "reports/a.yaml", "Another"),
        ("loaded", "reports/c.yaml", "A title"),
    ]
    assert list(files.specs) == ["a", "c"]


def test_the_last_good_version_of_a_broken_file_goes_on() -> None:
    files = ReportFiles(())
    files.look()
    write("a", title="[")
    (change,) = files.look()
    assert isinstance(change, Broken)
    assert (change.path, files.specs["a"].title) == ("reports/a.yaml", "A title")
    assert files.look() == ()
    assert files.fresh("a").title == "A title"
    write("a", title="Mended")
    assert said(files.look()) == [("loaded", "reports/a.yaml", "Mended")]
    assert files.broken == {}


def test_a_file_that_never_was_good_is_left_out() -> None:
    write("b", title="[")
    files = ReportFiles(())
    files.look()
    assert (list(files.specs), list(files.broken)) == (["a"], ["reports/b.yaml"])


def called(file: str, like: str) -> tuple[str, str, list[str]]:
    """What is told of a file whose report is called like another's."""
    lines = (Path("reports") / f"{file}.yaml").read_text().splitlines()
    line = next(number for number, line in enumerate(lines, 1) if line.startswith("name:"))
    problem = f"reports/{file}.yaml:{line}:7: name: reports/{like}.yaml is called 'a' too"
    return "broken", f"reports/{file}.yaml", [problem]


def test_of_two_reports_of_one_name_neither_is_taken_up_at_the_start() -> None:
    write("b", name="a")
    files = ReportFiles(())
    assert said(files.look()) == [called("a", like="b"), called("b", like="a")]
    assert files.specs == {}
    os.remove("reports/a.yaml")  # noqa: PTH107
    assert said(files.look()) == [("gone", "reports/a.yaml", "a"), ("loaded", "reports/b.yaml", "A title")]
    assert files.specs["a"].path == "reports/b.yaml"
    assert files.look() == ()


def test_a_copy_does_not_take_the_name_of_the_file_that_has_it() -> None:
    files = ReportFiles(())
    files.look()
    write("a-copy", name="a", title="To others")
    assert said(files.look()) == [called("a-copy", like="a")]
    assert (files.specs["a"].path, files.specs["a"].title) == ("reports/a.yaml", "A title")
    write("a", title="[")
    files.look()
    assert files.specs["a"].path == "reports/a.yaml"
    write("a", title="Mended")
    write("a-copy", name="a-copy")
    assert said(files.look()) == [("loaded", "reports/a-copy.yaml", "A title"), ("loaded", "reports/a.yaml", "Mended")]


def test_a_file_that_was_renamed_keeps_the_name_of_its_report() -> None:
    files = ReportFiles(())
    files.look()
    os.rename("reports/a.yaml", "reports/z.yaml")  # noqa: PTH104
    files.look()
    assert files.specs["a"].path == "reports/z.yaml"


def test_a_folder_that_is_empty_now_is_told_and_its_reports_are_gone() -> None:
    files = ReportFiles(())
    files.look()
    os.remove("reports/a.yaml")  # noqa: PTH107
    empty = "reports:1:1: there is no report file (*.yaml) in this folder"
    assert said(files.look()) == [("gone", "reports/a.yaml", "a"), ("broken", "reports", [empty])]
    assert files.specs == {}


def test_the_reports_of_other_folders_go_on_where_one_is_empty(tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    files = ReportFiles(["others", "reports", "reports/a.yaml"])
    empty = ["others:1:1: there is no report file (*.yaml) in this folder"]
    assert said(files.look()) == [("loaded", "reports/a.yaml", "A title"), ("broken", "others", empty)]
    assert list(files.specs) == ["a"]


def test_a_file_that_was_named_and_is_removed_does_not_go_on() -> None:
    files = ReportFiles(("reports/a.yaml",))
    files.look()
    os.remove("reports/a.yaml")  # noqa: PTH107
    assert said(files.look()) == [("broken", "reports/a.yaml", ["reports/a.yaml:1:1: there is no such file"])]
    assert files.specs == {}


def test_what_a_file_names_is_read_anew_for_each_run(folder: Path) -> None:
    (folder / "tweets.txt").write_text("2117632892728246273\n")
    path = folder / "a.yaml"
    path.write_text(
        "version: 1\nname: a\nendpoint: totals\nhandles: ['@acme']\nmetrics: [favorites]\n"
        "tweets_from: [reports/tweets.txt]\n"
    )
    files = ReportFiles(())
    files.look()
    (folder / "tweets.txt").write_text("2117632892728246273\n2117270504862646273\n")
    assert files.look() == ()
    assert [len(spec.tweets) for spec in (files.specs["a"], files.fresh("a"))] == [1, 2]
