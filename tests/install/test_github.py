"""The workflow for GitHub Actions."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.install.github import github_workflow


def workflow(*files: str) -> dict[str, Any]:
    text = github_workflow(("0 12,13 * * MON",), ("REPORTGEN_STORE", "REPORTGEN_BEARER_TOKEN"), files, "1.2.3")
    # A loader that takes `on` for true, as YAML 1.1 does, is not GitHub's.
    loaded: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts
    return loaded


def steps(*files: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow(*files)["jobs"]["due"]["steps"]
    return found


def test_starts_by_hand_at_each_due_and_each_hour() -> None:
    crons = [entry["cron"] for entry in workflow()["on"]["schedule"]]
    assert crons == ["0 12,13 * * MON", "40 * * * *"]
    assert "workflow_dispatch" in workflow()["on"]


@pytest.mark.parametrize(
    ("crons", "started"),
    [
        (("0,5,40 * * * *",), ["0,5,40 * * * *"]),
        (("0 8 * * MON", "* * * * *"), ["0 8 * * MON", "* * * * *"]),
        (("40 8 * * *",), ["40 8 * * *", "40 * * * *"]),
        (("40 * * * MON",), ["40 * * * MON", "40 * * * *"]),
        (("0 * * * *",), ["0 * * * *", "40 * * * *"]),
        ((), ["40 * * * *"]),
    ],
)
def test_starts_once_at_minute_40_of_each_hour(crons: tuple[str, ...], started: list[str]) -> None:
    loaded = yaml.load(github_workflow(crons, (), (), "1.2.3"), yaml.BaseLoader)  # noqa: S506  as above
    assert [entry["cron"] for entry in loaded["on"]["schedule"]] == started


def test_may_read_the_repository_and_nothing_else() -> None:
    assert workflow()["permissions"] == {"contents": "read"}


def test_runs_what_is_due_with_the_secrets_by_name() -> None:
    *_, last = steps()
    assert last["run"] == "reportgen run --due\n"
    assert last["env"] == {
        "REPORTGEN_STORE": "${{ secrets.REPORTGEN_STORE }}",
        "REPORTGEN_BEARER_TOKEN": "${{ secrets.REPORTGEN_BEARER_TOKEN }}",
    }


def test_every_step_uses_an_action_or_runs_a_command() -> None:
    assert [sorted(step.keys() & {"uses", "run"}) for step in steps()] == [
        ["uses"],
        ["uses"],
        ["run"],
        ["run"],
        ["run"],
    ]


def install(package: str, folder: Path) -> tuple[int, str, list[str]]:
    """What the step that installs reportgen does on the runner: its exit code, what it says, the arguments of pip."""
    (step,) = [step for step in steps() if step.get("name") == "Install reportgen"]
    assert step["env"] == {"PACKAGE": "${{ vars.REPORTGEN_PACKAGE }}"}
    python, called = folder / "python", folder / "called"
    python.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {shlex.quote(str(called))}\n")
    python.chmod(0o700)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "PACKAGE": package}
    ended = subprocess.run(
        ["bash", "-e", "-c", step["run"]], env=environment, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout, called.read_text().splitlines() if called.exists() else []


@pytest.mark.parametrize(
    "package",
    ["./tools/reportgen-1.2.3-py3-none-any.whl", "git+https://git.acme.example/reportgen@v1.2.3", "./a b; false.whl"],
)
def test_installs_reportgen_from_where_the_user_says_with_the_driver_of_postgresql(
    package: str, tmp_path: Path
) -> None:
    assert install(package, tmp_path) == (0, "", ["-m", "pip", "install", package, "psycopg[binary]"])


@pytest.mark.parametrize("package", ["", "reportgen", "reportgen==1.2.3", "reportgen[postgresql]", "-rx", "wheel.whl"])
def test_installs_nothing_by_its_name_since_the_public_index_has_another_program_of_that_name(
    package: str, tmp_path: Path
) -> None:
    code, said, called = install(package, tmp_path)
    assert (code, called) == (1, [])
    assert said.startswith("::error::The variable REPORTGEN_PACKAGE has to say where reportgen comes from")


def test_says_which_reportgen_wrote_it() -> None:
    assert "# reportgen 1.2.3 wrote this;" in github_workflow((), (), (), "1.2.3")


def test_names_of_files_are_quoted_and_no_expression() -> None:
    command = steps("our reports", "a: #b.yaml", "${{ secrets.X }}")[-1]["run"]
    as_text = "${{ '${{' }}"
    assert "${{" not in command.replace(as_text, "")
    seen_by_the_shell = shlex.split(command.replace(as_text, "${{"))
    assert seen_by_the_shell == ["reportgen", "run", "--due", "our reports", "a: #b.yaml", "${{ secrets.X }}"]
