"""The workflow for GitHub Actions."""

from __future__ import annotations

import shlex
from typing import Any

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


def test_installs_this_version_with_the_driver_of_postgresql() -> None:
    assert "python -m pip install 'reportgen[postgresql]==1.2.3'" in [step.get("run") for step in steps()]


def test_names_of_files_are_quoted_and_no_expression() -> None:
    command = steps("our reports", "a: #b.yaml", "${{ secrets.X }}")[-1]["run"]
    as_text = "${{ '${{' }}"
    assert "${{" not in command.replace(as_text, "")
    seen_by_the_shell = shlex.split(command.replace(as_text, "${{"))
    assert seen_by_the_shell == ["reportgen", "run", "--due", "our reports", "a: #b.yaml", "${{ secrets.X }}"]
