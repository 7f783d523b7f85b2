"""How far a run is: on standard error, and only in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class RunProgress:
    """Says nothing: nobody looks on."""

    def calls(self, finished: int, unfinished: int) -> None:
        """See `reportgen.fetch.watch.Watch`."""

    def waiting(self, seconds: float, why: str) -> None:
        """See `reportgen.fetch.watch.Watch`."""

    def reading(self, handle: str, tweets: int) -> None:
        """See `reportgen.finding.Watch`."""

    def rendering(self, report: str) -> None:
        """See `reportgen.run.Watch`."""


@contextmanager
def run_progress() -> Iterator[RunProgress]:
    """A bar; where standard error is no terminal there is none, and the library that draws it is not imported."""
    if not sys.stderr.isatty():
        yield RunProgress()
        return
    from reportgen.cli.bar import run_bar

    with run_bar() as bar:
        yield bar
