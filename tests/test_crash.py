"""A run that is killed costs nothing: the next one asks only for what had not arrived, and makes the same files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from reportgen.errors import Exit
from reportgen.simulator.faults import Faults
from reportgen.simulator.world import World
from tests.kills import NAMES, SPECS, Story, run_and_kill, served
from tests.processes import new_project
from tests.runs import PRESENT, RunReport, Unwatched, tweets_of, weeks

SECONDS: Final = 3.0
"""A run takes about so long."""


@pytest.fixture(scope="module")
def undisturbed(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("undisturbed") / "project"
    with served(world) as (simulator, killer):
        project = new_project(folder, simulator.environment(), f"sqlite:///{folder}/store.db", PRESENT, *SPECS)
        project.run(*NAMES)
        yield Story(project, simulator, killer)


@pytest.fixture
def story(world: World, tmp_path: Path, address: str) -> Iterator[Story]:
    with served(world) as (simulator, killer):
        project = new_project(tmp_path / "project", simulator.environment(), address, PRESENT, *SPECS)
        yield Story(project, simulator, killer)


def test_what_arrived_before_a_kill_at_random_is_not_asked_for_again(undisturbed: Story, story: Story) -> None:
    random = Random(3 if "sqlite" in story.project.environment["REPORTGEN_STORE"] else 4)
    for _ in range(2):
        run_and_kill(story, random, len(undisturbed.calls), SECONDS)
    # On a quick machine the second one may come too late.
    assert story.kills
    assert story.run()
    story.check(undisturbed)


DIES: Final = """
import os, signal
from itertools import count
from pydoc import locate
from reportgen.__main__ import main

owner, name, times = locate({owner!r}), {name!r}, count(1)
original = getattr(owner, name)

def dies(*arguments, **named):
    result = original(*arguments, **named)
    if next(times) == {time}:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, name, dies)
main()
"""
"""Does what `reportgen` does, until it has called a function so many times."""

POINTS: Final = (
    ("reportgen.store.open", "bring_up_to_date", 1),  # the tables are made, and nothing is committed
    ("reportgen.store.record", "begin_run", 1),
    ("reportgen.store.facts", "to_rows", 3),
    ("reportgen.store.facts", "put_together", 4),  # the facts are there, and what they cover is not
    ("reportgen.store.record.RunRecord", "_keep", 5),  # all of an answer is there, and nothing is committed
    ("reportgen.store.record.RunRecord", "received", 6),  # it is committed, and the run does not know it yet
    ("os", "fsync", 3),  # the file is written, and has not its name yet
)


def test_a_kill_in_the_middle_of_what_is_written_leaves_nothing_half_done(
    undisturbed: Story, world: World, tmp_path: Path
) -> None:
    with served(world) as (simulator, killer):
        address = f"sqlite:///{tmp_path}/store.db"
        project = new_project(tmp_path / "project", simulator.environment(), address, PRESENT, *SPECS)
        story = Story(project, simulator, killer)
        for owner, name, time in POINTS:
            assert not story.run(program=("-c", DIES.format(owner=owner, name=name, time=time)))
        assert story.run()
        story.check(undisturbed)
        assert [kill.runs for kill in story.kills] == [0, 0, 1, 2, 3, 4, 5]


class Killed(BaseException):
    """Ends a run wherever it is."""


class KillsAfter(Unwatched):
    """Ends a run when so many calls have come to their end."""

    def __init__(self, calls: int) -> None:
        self._calls = calls

    def calls(self, finished: int, unfinished: int) -> None:
        if finished == self._calls:
            raise Killed


@pytest.mark.parametrize("wording", ["both", "unnamed"])
def test_what_was_refused_shows_the_same_after_a_kill_after_any_call(
    world: World, run_report: RunReport, tmp_path: Path, wording: Any
) -> None:
    ours, foreign = tweets_of(world, "@acme", 4, "2026-10-01"), tweets_of(world, "@globex", 1, "2026-11-01")
    spec = weeks({"@acme": [*ours, *foreign]}, date_range="last_7_days")
    faults = Faults(forbidden_wording=wording)
    alone = run_report(spec, faults=faults)
    assert alone.reasons() == {foreign[0]: "forbidden"}
    for calls in range(1, alone.run.calls.made + 1):
        store = f"sqlite:///{tmp_path}/{calls}.db"
        with pytest.raises(Killed):
            run_report(spec, faults=faults, store=store, watch=KillsAfter(calls), calls_at_once=1)
        ended = run_report(spec, faults=faults, store=store)
        assert ended.results == alone.results
        assert ended.run.exit_code == Exit.DONE
