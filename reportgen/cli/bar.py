"""A bar that tells how far a run is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from reportgen.cli.progress import RunProgress


class RunBar(RunProgress):
    """Tweets that came from a timeline; then calls made of calls to make; while none can leave, why; then the report
    that is being rendered.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Planning", total=None, until=0.0, why="")

    def calls(self, finished: int, unfinished: int) -> None:
        total = finished + unfinished
        self._progress.update(self._task, description="Calls", completed=finished, total=total, until=0.0, refresh=True)

    def waiting(self, seconds: float, why: str) -> None:
        self._progress.update(self._task, until=time.monotonic() + seconds, why=why, refresh=True)

    def reading(self, handle: str, tweets: int) -> None:
        description = f"Tweets of {handle}"
        self._progress.update(self._task, description=description, completed=tweets, until=0.0, refresh=True)

    def rendering(self, report: str) -> None:
        self._progress.update(self._task, description=f"Rendering {report}", until=0.0, refresh=True)


class _Line(ProgressColumn):
    """How far the run is. While no call leaves, for how many more seconds, and why: a line has no room for both."""

    def __init__(self) -> None:
        super().__init__()
        self._columns = (TextColumn("{task.description}", markup=False), BarColumn(20), _Count(), TimeElapsedColumn())

    def render(self, task: Task) -> RenderableType:
        seconds = ceil(task.fields["until"] - time.monotonic())
        if seconds > 0:
            waiting = f"waiting {seconds} s: {task.fields['why']} ({task.description})"
            return Text(waiting, no_wrap=True, overflow="ellipsis")
        grid = Table.grid(*(Column(no_wrap=True) for _ in self._columns), padding=(0, 1))
        grid.add_row(*(column(task) for column in self._columns))
        return grid


class _Count(ProgressColumn):
    """How many of how many; where nobody knows of how many, how many, once there are some."""

    def render(self, task: Task) -> Text:
        if task.total is None:
            return Text(f"{task.completed:.0f}" if task.completed else "")
        return Text(f"{task.completed:.0f}/{task.total:.0f}")


@contextmanager
def run_bar() -> Iterator[RunBar]:
    """A bar on standard error that is gone when the run is over."""
    with Progress(_Line(), console=Console(stderr=True), transient=True) as progress:
        yield RunBar(progress)
