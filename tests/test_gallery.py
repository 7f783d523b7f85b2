"""The gallery, made anew by its script: its PDFs look as they do in docs/gallery, page by page."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pictures import drawn, looks_alike

EXHIBITS = sorted(path.stem for path in (ROOT / "reports").glob("*.yaml"))

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no pdftoppm to draw pages with")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, ROOT / "scripts" / "gallery.py", folder], check=True)
    return folder


def test_has_every_sample_report_and_its_file_as_it_is(made: Path) -> None:
    assert (made / "gallery.md").read_text("utf-8") == (ROOT / "docs" / "gallery.md").read_text("utf-8")
    assert sorted(path.stem for path in (made / "gallery").glob("*.pdf")) == EXHIBITS
    assert sorted(path.stem for path in (made / "gallery").glob("*.png")) == EXHIBITS


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_looks_as_it_did(made: Path, exhibit: str, tmp_path: Path) -> None:
    before = drawn(ROOT / "docs" / "gallery" / f"{exhibit}.pdf", tmp_path)
    after = drawn(made / "gallery" / f"{exhibit}.pdf", tmp_path)
    assert len(after) == len(before)
    different = [number for number, pages in enumerate(zip(before, after, strict=True), 1) if not looks_alike(*pages)]
    assert different == [], "if the change is meant: .venv/bin/python scripts/gallery.py"
