"""`reportgen run` as a real process, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from reportgen.store.address import STORE
from tests.conftest import ROOT

REPORTGEN: Final = ("-m", "reportgen")


@dataclass(frozen=True)
class Project:
    """A working directory, and what is set in it."""

    folder: Path
    environment: Mapping[str, str]
    as_of: str

    def start(self, *names: str, program: tuple[str, ...] = REPORTGEN) -> subprocess.Popen[str]:
        """Begin to make these reports; what `program` has Python run takes the arguments of `reportgen`."""
        return subprocess.Popen(
            [sys.executable, *program, "run", *(f"{name}.yaml" for name in names), "--as-of", self.as_of],
            cwd=self.folder,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *names: str) -> None:
        """Make these reports. AssertionError where that fails."""
        with self.start(*names) as process:
            _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said

    def files(self) -> dict[str, bytes]:
        """What was made, by name; a file that a kill left unfinished has a name that begins with a dot."""
        paths = sorted((self.folder / "out").glob("[!.]*"))
        return {path.name: path.read_bytes() for path in paths}


def new_project(
    folder: Path, environment: Mapping[str, str], store: str, as_of: str, *specs: Mapping[str, Any], at_once: int = 2
) -> Project:
    """A folder with these report files, a store at that address, and nothing else set than `environment`."""
    folder.mkdir(parents=True)
    (folder / "reportgen.yaml").write_text(yaml.safe_dump({"calls_at_once": at_once}))
    for spec in specs:
        (folder / f"{spec['name']}.yaml").write_text(yaml.safe_dump({"version": 1, **spec}))
    of_machine = {name: value for name, value in os.environ.items() if not name.startswith("REPORTGEN_")}
    return Project(folder, {**of_machine, **environment, STORE: store, "PYTHONPATH": str(ROOT)}, as_of)
