"""A wheel brings its schemas, templates and samples along, and runs far from any checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel puts into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def test_it_makes_the_weekly_sample(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    # -P: what lies in the working directory is not on the path.
    where = [sys.executable, "-P", "-c", "import reportgen; print(reportgen.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(installed)
    demo = [sys.executable, "-P", "-m", "reportgen", "demo"]
    ended = subprocess.run(demo, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [(tmp_path / line).exists() for line in ended.stdout.splitlines()] == [True] * 3


def test_it_holds_the_types_marker_the_license_and_no_tests(installed: Path) -> None:
    assert (installed / "reportgen" / "py.typed").exists()
    assert [path.name for path in installed.glob("*.dist-info/licenses/LICENSE")] == ["LICENSE"]
    assert not (installed / "tests").exists()
