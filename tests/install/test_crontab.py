"""The line for cron, run as cron runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from reportgen.install.crontab import crontab
from reportgen.install.installed import Installed


def as_cron_runs_it(text: str) -> str:
    """The command of the only line that is no comment; an unescaped % would end it."""
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    *when, command = line.split(" ", 5)
    assert when == ["*/5", "*", "*", "*", "*"]
    command, *rest = command.replace(r"\%", "\0").split("%")
    assert rest == []
    return command.replace("\0", "%")


def test_runs_what_is_due_in_the_projects_folder_whatever_its_name_is(tmp_path: Path) -> None:
    project = tmp_path / """100% Anna's "best" $HOME"""
    project.mkdir()
    program = project / "told"
    told = "import json, os, sys; print(json.dumps([os.getcwd(), sys.argv[1:]]), file=sys.stderr)"
    program.write_text(f"#!{sys.executable}\n{told}\n")
    program.chmod(0o700)
    command = as_cron_runs_it(crontab(Installed((str(program),), ("reports/50% off.yaml",), project, "anna")))
    ended = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True, cwd="/", env={})
    assert json.loads(ended.stderr) == [str(project.resolve()), ["run", "--due", "reports/50% off.yaml"]]


def test_says_whose_crontab_it_belongs_into() -> None:
    assert "the crontab of anna: crontab -e" in crontab(Installed(("/bin/true",), (), Path("/srv"), "anna"))
