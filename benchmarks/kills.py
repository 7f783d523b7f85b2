"""Kills runs at random, begins them again until they end, and shows what that cost: kills.py [how many kills, 200].

Every fourth story is on PostgreSQL, where that is installed. Takes about two seconds a kill.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from reportgen.instants import parse_instant
from reportgen.simulator.world import DEFAULT_SEED, World
from tests.kills import NAMES, SPECS, AfterKill, Story, run_and_kill, served
from tests.processes import new_project
from tests.runs import PRESENT
from tests.store.server import Server, programs, serve_postgresql

KILLS_OF_A_STORY = 4


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    world = World(DEFAULT_SEED, parse_instant(PRESENT))
    with TemporaryDirectory() as name, _postgresql() as server, _story(world, Path(name, "undisturbed"), None) as calm:
        before = perf_counter()
        calm.project.run(*NAMES)
        seconds = perf_counter() - before
        stories = list(_stories(world, Path(name), server, calm, seconds, kills))
    seen = [kill for _, of in stories for kill in of]
    phases = Counter(_phase(kill, len(calm.calls)) for kill in seen)
    print(f"a run that nothing disturbs: {len(calm.calls)} calls, {seconds:.1f} s")
    print(f"{len(seen)} kills of {len(stories)} reports, {sum(on == 'PostgreSQL' for on, _ in stories)} on PostgreSQL")
    print("after them the store had: " + ", ".join(f"{phase} {number}" for phase, number in sorted(phases.items())))
    print(f"calls under way when they fell: {sum(_lost(of) for _, of in stories)}")
    print("asked for again of what was stored: 0; stores and files other than of a run that nothing disturbs: 0")


def _stories(
    world: World, folder: Path, server: Server | None, calm: Story, seconds: float, kills: int
) -> Iterator[tuple[str, list[AfterKill]]]:
    """Where each report is kept, and its kills. AssertionError where a kill cost more than what was under way."""
    for number in count():
        if kills <= 0:
            return
        random = Random(number)  # noqa: S311
        on_server = server if number % 4 == 3 else None
        with _story(world, folder / str(number), on_server) as story:
            ended = False
            while not ended and len(story.kills) < min(KILLS_OF_A_STORY, kills):
                ended = run_and_kill(story, random, len(calm.calls), seconds)
            if not ended:
                story.run()
            story.check(calm)
        kills -= len(story.kills)
        print(f"{kills} kills to come", file=sys.stderr)
        yield "PostgreSQL" if on_server else "SQLite", story.kills


@contextmanager
def _story(world: World, folder: Path, server: Server | None) -> Iterator[Story]:
    address = server.new_database() if server else f"sqlite:///{folder}/store.db"
    with served(world) as (simulator, killer):
        yield Story(new_project(folder, simulator.environment(), address, PRESENT, *SPECS), simulator, killer)


@contextmanager
def _postgresql() -> Iterator[Server | None]:
    found = programs()
    if found is None:
        yield None
        return
    with serve_postgresql(found) as server:
        yield server


def _phase(kill: AfterKill, calls: int) -> str:
    if kill.kept < calls:
        return f"{'some' if kill.kept else 'no'} answers"
    return f"all answers, and {'some' if kill.files else 'no'} files"


def _lost(kills: list[AfterKill]) -> int:
    return kills[-1].served - kills[-1].kept if kills else 0


if __name__ == "__main__":
    main()
