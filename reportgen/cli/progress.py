"""How far a run is: on standard error, and only in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class RunProgress:
    """Calls made of calls to make and, while none can leave, why; then the report that is being rendered."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Planning", total=None)

    def calls(self, finished: int, to_make: int) -> None:
        self._progress.update(
            self._task, description="Calls", completed=finished, total=finished + to_make, refresh=True
        )

    def waiting(self, seconds: float, why: str) -> None:
        self._progress.update(self._task, description=f"Calls; waiting {seconds:.0f} s: {why}", refresh=True)

    def rendering(self, report: str) -> None:
        self._progress.update(self._task, description=f"Rendering {report}", refresh=True)


@contextmanager
def run_progress() -> Iterator[RunProgress]:
    """A bar that is gone when the run is over; where standard error is no terminal there is none."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        yield RunProgress(progress)
