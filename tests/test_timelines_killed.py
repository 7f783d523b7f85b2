"""A run that is killed between the pages of a timeline goes on where it was: each page is billed once."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from tests.processes import Project, new_project
from tests.runs import PRESENT
from tests.test_crash import DIES

MONTHS: Final[dict[str, Any]] = {
    "name": "months",
    "endpoint": "totals",
    "handles": ["@acme_status"],
    "posted": {"start": "2026-08-01", "end": "2026-11-15"},
    "metrics": ["favorites"],
    "groupings": {"by-tweet": ["tweet.id", "engagement.type"]},
    "outputs": {"formats": ["json"]},
}


def begin(folder: Path, simulator: Simulator) -> Project:
    return new_project(folder, simulator.environment(), f"sqlite:///{folder}/store.db", PRESENT, MONTHS)


def posts_read(simulator: Simulator) -> int:
    return sum(call.posts for call in simulator.x_calls)


class Undisturbed(NamedTuple):
    """What a run makes that nobody kills, and how many posts it reads."""

    files: dict[str, bytes]
    posts: int


@pytest.fixture(scope="module")
def undisturbed(world: World, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    with serve(world) as simulator:
        project = begin(tmp_path_factory.mktemp("undisturbed") / "project", simulator)
        project.run("months")
        return Undisturbed(project.files(), posts_read(simulator))


@pytest.mark.parametrize(
    ("point", "lost"),
    [
        # The seventh page is kept.
        (("reportgen.find.desk.TimelineDesk", "keep", 7), 0),
        # It has come, and is not kept yet.
        (("reportgen.find.desk.TimelineDesk", "page", 7), 100),
        # It is written, and not committed.
        (("reportgen.find.desk", "keep_page", 7), 100),
    ],
    ids=["kept", "read", "written"],
)
def test_the_pages_that_were_kept_are_not_read_again(
    point: tuple[str, str, int], lost: int, undisturbed: Undisturbed, world: World, tmp_path: Path
) -> None:
    with serve(world) as simulator:
        project = begin(tmp_path / "killed", simulator)
        owner, name, time = point
        dying = ("-c", DIES.format(owner=owner, name=name, time=time))
        with project.start("months", program=dying) as process:
            process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert posts_read(simulator) == 700
        project.run("months")
        # From the last tweet before the three days on.
        last_days = [call for call in simulator.x_calls if call.query.get("start_time") == "2026-11-12T22:07:00Z"]
        assert [call.posts for call in last_days] == [1 + 36]
        # The oldest tweet of a page comes again: there might be others of its second.
        assert posts_read(simulator) == undisturbed.posts + lost + 1 + 36 + 1
        assert project.files() == undisturbed.files


def test_ctrl_c_in_a_wait_of_15_minutes_ends_the_run_at_once(world: World, tmp_path: Path) -> None:
    with serve(world, faults=Faults(x_calls_per_window=3)) as simulator:
        project = begin(tmp_path / "project", simulator)
        with subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, "run", "months.yaml", "--as-of", PRESENT],
            cwd=project.folder,
            env=dict(project.environment),
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (130, "stopped\n")
        assert len([call for call in simulator.x_calls if call.path.endswith("/tweets")]) == 3


INTERRUPTED: Final = """
import os, signal, time
from threading import Timer
from reportgen.__main__ import main

sleep = time.sleep

def waits(seconds):
    assert seconds > 600
    Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    sleep(seconds)

time.sleep = waits
main()
"""
"""Does what `reportgen` does, and is interrupted while it waits."""
