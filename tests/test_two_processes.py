"""Two processes with overlapping reports on one store: each makes what it would alone, and nothing is fetched twice.

The answers of the API are let go one by one, in an order drawn by a seed, and the store is looked at between them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from random import Random
from subprocess import Popen
from threading import Event
from time import sleep
from typing import Any, Final, TypeAlias

import pytest
from sqlalchemy import func, select

from reportgen.instants import format_instant, parse_instant
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from reportgen.store.open import Store, open_store
from reportgen.store.schema import CALLS
from tests.cells import Cell, Stored, asked, stored
from tests.kills import EVER, NOW, YEAR
from tests.processes import new_project

AS_OF: Final = parse_instant("2026-11-16T12:03:00Z")
LATER: Final = AS_OF + timedelta(seconds=7)
QUICK: Final = {"outputs": {"formats": ["json", "csv"]}}
MONTHS: Final = {**YEAR, **QUICK, "name": "months", "date_range": {"start": "2026-07-06", "end": "2026-11-15"}}
WEEKS: Final = {**MONTHS, "name": "weeks", "date_range": {"start": "2026-09-14", "end": "2026-11-15"}}
HOURS: Final = {
    **MONTHS,
    "name": "hours",
    "timezone": "America/New_York",
    "date_range": {"start": "2026-08-20", "end": "2026-10-11"},
    "metrics": ["impressions", "replies"],
}


AT_ONCE: Final = 2
"""Calls under way at once, of each process."""
NOTHING: Final = Stored(frozenset(), frozenset(), frozenset())


class Gate:
    """Holds each answer of a simulator until it is let go."""

    def __init__(self) -> None:
        self._came: SimpleQueue[Event] = SimpleQueue()
        self._held: list[Event] = []

    def sleep(self, _seconds: float) -> None:
        """What the simulator does before each answer."""
        mine = Event()
        self._came.put(mine)
        mine.wait(60)

    @property
    def held(self) -> int:
        """How many answers it holds."""
        while not self._came.empty():
            self._held.append(self._came.get())
        return len(self._held)

    def let_go(self, random: Random) -> None:
        """Let one of them go."""
        self._held.pop(random.randrange(len(self._held))).set()


@dataclass
class Side:
    """A process, and the simulator that it alone asks."""

    simulator: Simulator
    gate: Gate
    process: Popen[str]
    seen: deque[Stored] = field(default_factory=lambda: deque([NOTHING] * AT_ONCE))
    """What was stored when a place for a call became free, of each call that is still to come."""
    checked: int = 0

    def check(self) -> int:
        """Look at the calls that have come since. Gives how many cells were carried along.

        AssertionError where one could be smaller: each of its tweets and metrics, and its first and its last hour, must
        have something that was not stored when the place for it became free.
        """
        carried = 0
        for call in self.simulator.calls[self.checked :]:
            before = self.seen.popleft()
            wanted = frozenset(asked(call, AS_OF))
            new = wanted - before.covered
            assert hull(new) == hull(wanted)
            assert not before.gone.intersection((call.endpoint, int(tweet_id)) for tweet_id in call.tweet_ids)
            carried += len(wanted) - len(new)
            self.checked += 1
        return carried


@contextmanager
def gated(world: World) -> Iterator[tuple[Simulator, Gate]]:
    gate = Gate()
    with serve(world.at(LATER), faults=Faults(delay=(1, 1)), sleep=gate.sleep) as simulator:
        yield simulator, gate


def kept(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(CALLS)).scalar_one()


def seen(store: Store) -> Stored:
    with store.reading() as connection:
        return stored(connection)


def in_turn(sides: Sequence[Side], store: Store, seed: int) -> int:
    """Let the answers go one by one, each when the one before it is stored. Gives how many cells were carried along.

    AssertionError as of `Side.check`, and where a process fails.
    """
    random = Random(seed)
    carried, before = 0, NOTHING
    # Both have planned, and have filled all their places, before the first answer.
    while wait_for_answers(sides, 1 if kept(store) else AT_ONCE):
        now = seen(store)
        assert now.counted <= now.covered
        assert before.covered <= now.covered
        carried += sum(side.check() for side in sides)
        side = random.choice([side for side in sides if side.gate.held])
        side.seen.append(now)
        before, answers = now, kept(store)
        side.gate.let_go(random)
        while kept(store) == answers:
            assert all(one.process.poll() in {None, 0} for one in sides), "a process failed"
            sleep(0.002)
    return carried + sum(side.check() for side in sides)


def wait_for_answers(sides: Sequence[Side], count: int) -> bool:
    """Wait until so many answers are held of each process, or one of any; False where none will come."""
    enough = any if count == 1 else all
    while not enough(side.gate.held >= count for side in sides):
        if all(side.process.poll() is not None for side in sides):
            return False
        sleep(0.002)
    return True


def hull(cells: frozenset[Cell]) -> tuple[object, ...]:
    """The smallest call that asks for the cells."""
    starts = [cell.start for cell in cells if cell.start]
    tweets, metrics = {cell.tweet_id for cell in cells}, {cell.metric for cell in cells}
    return tweets, metrics, min(starts, default=None), max(starts, default=None)


Specs: TypeAlias = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="module")
def alone(world: World, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Specs, str], Mapping[str, bytes]]:
    """The files that a process makes on a store of its own."""

    @cache
    def made(names: tuple[str, ...], as_of: str) -> Mapping[str, bytes]:
        folder = tmp_path_factory.mktemp("alone")
        specs = [spec for spec in (MONTHS, WEEKS, HOURS, NOW, EVER) if spec["name"] in names]
        with serve(world.at(LATER)) as simulator:
            address = f"sqlite:///{folder}/store.db"
            project = new_project(folder / "project", simulator.environment(), address, as_of, *specs)
            project.run(*names)
            return project.files()

    return lambda specs, as_of: made(names_of(specs), as_of)


def names_of(specs: Specs) -> tuple[str, ...]:
    return tuple(spec["name"] for spec in specs)


@pytest.mark.parametrize(
    ("reports", "seconds_apart", "carries"),
    [
        (((MONTHS, NOW, EVER), (MONTHS, NOW, EVER)), 0, False),
        (((MONTHS,), (WEEKS,)), 7, False),
        (((MONTHS,), (HOURS,)), 7, True),
    ],
    ids=["the same", "another period", "hours and other metrics"],
)
def test_each_makes_what_it_would_alone_and_fetches_nothing_that_is_stored(
    world: World,
    tmp_path: Path,
    address: str,
    alone: Callable[[Specs, str], Mapping[str, bytes]],
    reports: tuple[Specs, Specs],
    seconds_apart: int,
    carries: bool,
) -> None:
    instants = [format_instant(AS_OF), format_instant(AS_OF + timedelta(seconds=seconds_apart))]
    with gated(world) as one, gated(world) as other, open_store(address) as store:
        projects = [
            new_project(tmp_path / str(n), simulator.environment(), address, instants[n], *specs, at_once=AT_ONCE)
            for n, ((simulator, _), specs) in enumerate(zip((one, other), reports, strict=True))
        ]
        processes = [project.start(*names_of(specs)) for project, specs in zip(projects, reports, strict=True)]
        sides = [Side(*gated_one, process) for gated_one, process in zip((one, other), processes, strict=True)]
        carried = in_turn(sides, store, seed=1)
        said = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    for project, specs, as_of in zip(projects, reports, instants, strict=True):
        assert project.files() == alone(specs, as_of)
    # One window is for all tweets and metrics of a call: what lies between is asked for with it, and costs no call.
    assert bool(carried) == carries
