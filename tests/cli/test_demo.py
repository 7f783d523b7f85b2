"""`reportgen demo`: from nothing to pages."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.spec.check import load_reports
from tests.conftest import ROOT
from tests.leaks.look import look

SAMPLES = sorted((ROOT / "reports").glob("*.yaml"))


def demo(folder: Path, *files: Path, terminal: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, in an environment without any setting."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REPORTGEN_")}
    command = [sys.executable, "-m", "reportgen", "demo", *map(str, files)]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=terminal or subprocess.PIPE,
        text=True,
        check=False,
    )


def test_the_weekly_sample_is_made_and_its_files_are_named(tmp_path: Path) -> None:
    ended = demo(tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [f"out/acme-weekly-2026-11-15.{name}" for name in ("html", "pdf", "json")]
    assert all((tmp_path / line).stat().st_size > 1000 for line in ended.stdout.splitlines())


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_each_sample_runs_as_it_is(sample: Path, tmp_path: Path) -> None:
    ended = demo(tmp_path, sample)
    assert (ended.returncode, ended.stderr) == (0, "")
    (spec,) = load_reports([sample])
    assert [Path(line).suffix[1:] for line in ended.stdout.splitlines()] == [*spec.outputs.formats]


def test_in_a_terminal_the_progress_is_on_standard_error(tmp_path: Path) -> None:
    controller, terminal = os.openpty()
    with ThreadPoolExecutor(1) as pool:
        shown = pool.submit(_read_to_end, controller)
        ended = demo(tmp_path, SAMPLES[0], terminal=terminal)
        os.close(terminal)
        assert ended.returncode == 0
        assert "Calls" in shown.result()
        assert "Rendering acme-campaigns" in shown.result()
    assert all(line.startswith("out/") for line in ended.stdout.splitlines())


def _read_to_end(controller: int) -> str:
    """What was written to the terminal until all its writers closed it, which Linux tells by an error."""
    shown = b""
    with open(controller, "rb", buffering=0) as terminal, suppress(OSError):
        while chunk := terminal.read(65536):
            shown += chunk
    look("a terminal", shown)
    return shown.decode()
