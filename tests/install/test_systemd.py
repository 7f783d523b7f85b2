"""The unit of `reportgen serve`, as systemd itself reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.install.installed import Installed
from reportgen.install.systemd import systemd_unit

ACME = Installed(("/usr/bin/env",), (), Path("/srv/acme"), "daemon")
ODD = Path("""/srv/100% Anna's "best" reports""")

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed here")


def analyzed(command: str, installed: Installed, folder: Path) -> subprocess.CompletedProcess[str]:
    unit = folder / "reportgen.service"
    unit.write_text(systemd_unit(installed))
    options = ["--man=no"] if command == "verify" else ["--offline=true", "--no-pager"]
    return subprocess.run(["systemd-analyze", command, *options, unit], capture_output=True, text=True, check=False)


def lines(installed: Installed) -> list[str]:
    return systemd_unit(installed).splitlines()


@needs_systemd
@pytest.mark.parametrize(
    "installed",
    [
        ACME,
        replace(ACME, outside=(Path("/srv/www"),), publishes=True),
        replace(ACME, project=ODD, files=("reports/100% ours.yaml", "$5 off.yaml"), outside=(ODD / "www",)),
    ],
    ids=["plain", "with a folder to publish in", "with spaces, quotes and percent signs"],
)
def test_passes_the_verification_of_systemd(installed: Installed, tmp_path: Path) -> None:
    ended = analyzed("verify", installed, tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@needs_systemd
def test_systemd_reads_the_path_of_the_program_as_it_is(tmp_path: Path) -> None:
    program = "/srv/100% of ours/reportgen"
    ended = analyzed("verify", replace(ACME, program=(program,)), tmp_path)
    assert f"Command {program} is not executable" in ended.stderr


@needs_systemd
def test_systemd_finds_that_it_is_exposed_little(tmp_path: Path) -> None:
    ended = analyzed("security", ACME, tmp_path)
    level = re.search(r"Overall exposure level for reportgen.service: ([\d.]+)", ended.stdout)
    assert level
    assert float(level[1]) <= 1.5


def test_serves_the_project_as_its_user_with_the_files_given() -> None:
    found = lines(replace(ACME, program=("/opt/py/bin/python", "-m", "reportgen"), files=("reports", "more/a b.yaml")))
    assert "User=daemon" in found
    assert "WorkingDirectory=/srv/acme" in found
    assert 'ExecStart="/opt/py/bin/python" "-m" "reportgen" "serve" "reports" "more/a b.yaml"' in found


def test_writes_into_the_project_and_the_folders_outside_of_it_alone() -> None:
    found = lines(replace(ACME, outside=(Path("/srv/www html"), Path("/data/100%"))))
    assert "ProtectSystem=strict" in found
    assert 'ReadWritePaths="/srv/acme" "/srv/www html" "/data/100%%"' in found


def test_signs_that_systemd_reads_otherwise_are_escaped() -> None:
    found = lines(replace(ACME, project=ODD, program=(f"{ODD}/reportgen",), files=("$5.yaml",)))
    assert f"WorkingDirectory={str(ODD).replace('%', '%%')}" in found
    # The quotes of a program's path are refused by systemd, those of an argument are not.
    program = r"/srv/100%% Anna's \"best\" reports/reportgen"
    assert f'ExecStart="/usr/bin/env" "{program}" "serve" "$$5.yaml"' in found


def test_only_what_is_published_is_for_others_to_read() -> None:
    assert "UMask=0077" in lines(ACME)
    assert "UMask=0022" in lines(replace(ACME, publishes=True))


def test_a_project_in_tmp_is_not_hidden_by_a_tmp_of_its_own() -> None:
    assert "PrivateTmp=yes" in lines(ACME)
    assert "PrivateTmp=no" in lines(replace(ACME, project=Path("/tmp/acme")))  # noqa: S108


def test_the_report_in_hand_and_its_helpers_have_time_to_end() -> None:
    assert {"KillMode=mixed", "TimeoutStopSec=15min"} < {*lines(ACME)}
