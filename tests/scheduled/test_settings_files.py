"""The settings of a scheduler, as they were good last."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.scheduled.settings_files import SettingsFiles


def test_they_are_read_anew_when_one_of_the_two_files_was_changed(tmp_path: Path) -> None:
    project = SettingsFiles(tmp_path, {})
    assert project.look() == "same"
    (tmp_path / "reportgen.yaml").write_text("tries: 3\n")
    assert project.look() == "loaded"
    assert (project.settings.tries, project.look()) == (3, "same")
    (tmp_path / ".env").write_text("REPORTGEN_STORE=sqlite:///other.db\n")
    assert project.look() == "loaded"
    assert project.settings.store == "sqlite:///other.db"


def test_those_before_go_on_where_they_are_broken(tmp_path: Path) -> None:
    (tmp_path / "reportgen.yaml").write_text("tries: 3\n")
    project = SettingsFiles(tmp_path, {})
    (tmp_path / "reportgen.yaml").write_text("tries: many\n")
    found = project.look()
    assert isinstance(found, InputError)
    assert (project.settings.tries, project.look()) == (3, "same")


def test_they_have_to_be_good_when_it_begins(tmp_path: Path) -> None:
    (tmp_path / "reportgen.yaml").write_text("tries: many\n")
    with pytest.raises(InputError):
        SettingsFiles(tmp_path, {})
