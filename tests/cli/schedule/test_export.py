"""`reportgen schedule export`: what it finds out of the machine and the project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from reportgen.cli import options
from reportgen.errors import Exit
from reportgen.instants import parse_instant
from tests.conftest import Command
from tests.leaks.known import made_up
from tests.runs import PRESENT
from tests.spec.documents import BASE

WORD = made_up("hK7wQ2zPx4Lm", "the store's password and the bearer token")
SCHEDULE = 'timezone: America/New_York\nschedule: {cron: "0 8 * * MON"}\n'


@pytest.fixture(autouse=True)
def project(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a user, in a folder with a space, with a report that has a schedule."""
    monkeypatch.setenv("LOGNAME", "anna")
    monkeypatch.setattr(options, "now", lambda: parse_instant(PRESENT))
    folder = empty_folder / "our reports"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "weekly.yaml").write_text(BASE + SCHEDULE)
    monkeypatch.chdir(folder)
    return folder


def unit_line(text: str, key: str) -> str:
    (line,) = [line for line in text.splitlines() if line.startswith(f"{key}=")]
    return line.removeprefix(f"{key}=")


def add(project: Path, text: str) -> None:
    (project / "reports" / "more.yaml").write_text(BASE.replace("name: acme", "name: more") + SCHEDULE + text)


def test_the_unit_runs_this_reportgen_in_this_project_as_this_user(reportgen: Command, project: Path) -> None:
    ended = reportgen("schedule", "export", "--systemd")
    assert (ended.code, ended.err) == (Exit.DONE, "")
    assert unit_line(ended.out, "WorkingDirectory") == str(project)
    assert unit_line(ended.out, "ReadWritePaths") == f'"{project}"'
    assert unit_line(ended.out, "User") == "anna"
    assert unit_line(ended.out, "UMask") == "0077"
    program, *arguments = unit_line(ended.out, "ExecStart").replace('"', "").split(" ")
    assert Path(program).parent == Path(sys.executable).parent
    assert arguments[-1] == "serve"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed here")
def test_the_unit_passes_the_verification_of_systemd(
    reportgen: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A user that is here.
    monkeypatch.setenv("LOGNAME", "daemon")
    unit = tmp_path / "reportgen.service"
    unit.write_text(reportgen("schedule", "export", "--systemd").out)
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_unit_may_write_into_folders_outside_of_the_project_that_reports_and_the_store_name(
    reportgen: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(project, f"outputs: {{directory: {tmp_path}/out}}\npublish: {{directory: ../www}}\n")
    monkeypatch.setenv("REPORTGEN_STORE", f"sqlite:///{tmp_path}/data/store.db")
    ended = reportgen("schedule", "export", "--systemd")
    folders = [project, *(tmp_path / name for name in ("data", "out", "www"))]
    assert unit_line(ended.out, "ReadWritePaths") == " ".join(f'"{folder}"' for folder in folders)
    assert unit_line(ended.out, "UMask") == "0022"
    assert ended.err.splitlines() == [
        f"Make {folder} before you start the unit: systemd refuses to start it without." for folder in folders[1:]
    ]


def test_a_unit_of_root_is_advised_against(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "root")
    assert "better let it run as a user of its own" in reportgen("schedule", "export", "--systemd").err


def test_cron_runs_what_is_due_of_the_files_given(reportgen: Command, project: Path) -> None:
    ended = reportgen("schedule", "export", "--cron", "reports/weekly.yaml")
    (line,) = [line for line in ended.out.splitlines() if not line.startswith("#")]
    assert line.startswith(f"*/5 * * * * cd '{project}' && ")
    assert line.endswith(" run --due reports/weekly.yaml >/dev/null")


def test_the_workflow_starts_when_reports_are_due_and_has_the_secrets_that_they_need(reportgen: Command) -> None:
    ended = reportgen("schedule", "export", "--github")
    workflow = yaml.load(ended.out, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts
    assert {"cron": "0 12,13 * * MON"} in workflow["on"]["schedule"]
    secrets = workflow["jobs"]["due"]["steps"][-1]["env"]
    assert secrets["REPORTGEN_ACME_ACCESS_TOKEN"] == "${{ secrets.REPORTGEN_ACME_ACCESS_TOKEN }}"


MAIL = "email: {to: [team@example.com]}\n"


@pytest.mark.parametrize("ca", ["../ca.pem", "/etc/ssl/acme.pem"])
def test_certificates_of_the_mail_server_that_lie_outside_of_the_repository_are_said(
    ca: str, reportgen: Command, project: Path
) -> None:
    add(project, MAIL)
    (project / "reportgen.yaml").write_text(f"smtp: {{host: smtp.example.com, ca: {ca}}}\n")
    assert reportgen("schedule", "export", "--github").err == (
        f"smtp.ca in reportgen.yaml is {ca}, which lies outside of the repository; the runner has no such file, "
        "so put the certificates beside reportgen.yaml.\n"
    )


def test_certificates_in_the_repository_and_those_that_no_report_needs_are_no_matter(
    reportgen: Command, project: Path
) -> None:
    settings = project / "reportgen.yaml"
    settings.write_text("smtp: {host: smtp.example.com, ca: ../ca.pem}\n")
    assert reportgen("schedule", "export", "--github").err == ""
    add(project, MAIL)
    settings.write_text("smtp: {host: smtp.example.com, ca: certificates/ca.pem}\n")
    assert reportgen("schedule", "export", "--github").err == ""


def test_no_secret_is_printed(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_STORE", f"postgresql://reports:{WORD}@db.example/reports")
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", WORD)
    for kind in ("--systemd", "--cron", "--github"):
        ended = reportgen("schedule", "export", kind)
        assert ended.code == Exit.DONE
        assert WORD not in ended.out + ended.err


def test_reports_without_a_schedule_are_said(reportgen: Command, project: Path) -> None:
    (project / "reports" / "weekly.yaml").write_text(BASE)
    ended = reportgen("schedule", "export", "--cron")
    assert ended.code == Exit.DONE
    assert ended.err.startswith("No report has a schedule yet")


def test_it_has_to_be_said_for_what(reportgen: Command) -> None:
    ended = reportgen("schedule", "export")
    assert (ended.code, ended.out) == (Exit.INPUT, "")
    assert "Say for what: --systemd, --cron or --github." in ended.err


def test_a_folder_whose_name_has_a_line_break_is_refused(
    reportgen: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "our\nreports"
    shutil.copytree(Path.cwd(), odd)
    monkeypatch.chdir(odd)
    ended = reportgen("schedule", "export", "--systemd")
    assert (ended.code, ended.out) == (Exit.INPUT, "")
    assert "cannot be written into such a file" in ended.err
