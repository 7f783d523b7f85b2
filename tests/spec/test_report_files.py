"""Which report files a command means."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.spec.report_files import load_timetable, report_files
from tests.spec.documents import BASE


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports" / "old").mkdir(parents=True)
    for name in ("b.yaml", "a.yml", "notes.txt", ".hidden.yaml", "old/c.yaml"):
        (tmp_path / "reports" / name).write_text(BASE)
    return tmp_path


def test_a_folder_stands_for_its_yaml_files_but_not_for_those_in_its_folders() -> None:
    assert report_files(["reports"]) == ("reports/a.yml", "reports/b.yaml")


def test_no_file_stands_for_the_folder_of_reports() -> None:
    assert report_files([]) == report_files(["reports"])


def test_a_file_that_is_named_twice_counts_once() -> None:
    assert report_files(["./reports/b.yaml", "reports", "reports/b.yaml"]) == ("./reports/b.yaml", "reports/a.yml")


def test_a_folder_named_like_a_file_is_none(folder: Path) -> None:
    (folder / "reports" / "z.yaml").mkdir()
    assert report_files(["reports"]) == ("reports/a.yml", "reports/b.yaml")


def test_a_folder_without_a_report_file_is_refused(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match=r"^empty:1:1: there is no report file \(\*\.yaml\) in this folder$"):
        report_files(["empty"])


def test_what_is_not_there_is_said_with_the_name_that_was_typed() -> None:
    with pytest.raises(InputError, match=r"^nowhere:1:1: there is no such file$"):
        load_timetable(["nowhere"])
    with pytest.raises(InputError, match=r"^reports/d.yaml:1:1: there is no such file$"):
        load_timetable(["reports/d.yaml"])


def test_reports_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match=r"^reports/b.yaml:2:7: name: reports/a.yml is called '.*' too$"):
        load_timetable(["reports"])


def test_reports_with_a_schedule_are_told_from_those_without(folder: Path) -> None:
    scheduled = BASE.replace("name: ", "name: every-") + "schedule: {cron: 0 8 * * MON}\n"
    (folder / "reports" / "b.yaml").write_text(scheduled)
    timetable = load_timetable([])
    assert [(spec.path, schedule.cron) for spec, schedule in timetable.scheduled] == [("reports/b.yaml", "0 8 * * MON")]
    assert [spec.path for spec in timetable.unscheduled] == ["reports/a.yml"]
