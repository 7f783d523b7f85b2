"""A bar that tells how far a run is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
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


class _Waiting(ProgressColumn):
    """Why no call leaves, and for how many more seconds; nothing where calls leave."""

    def render(self, task: Task) -> Text:
        seconds = ceil(task.fields["until"] - time.monotonic())
        waiting = f"waiting {seconds} s: {task.fields['why']}" if seconds > 0 else ""
        return Text(waiting, no_wrap=True, overflow="ellipsis")


@contextmanager
def run_bar() -> Iterator[RunBar]:
    """A bar on standard error that is gone when the run is over."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        _Waiting(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield RunBar(progress)
