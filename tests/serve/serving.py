"""`reportgen serve` as a process, and its events as they come."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Final

from reportgen.store.open import open_store
from reportgen.store.schedules import remember_schedule
from tests.conftest import ROOT
from tests.leaks.look import look
from tests.scheduled.scheduling import report

PROGRAM: Final = """
from datetime import timedelta
from reportgen.__main__ import main
from reportgen.serve import loop

loop.SHORTEST_WAIT = loop.LONGEST_WAIT = timedelta(seconds=0.05)
main()
"""
"""Does what `reportgen` does, and looks at the files more often."""


def each_minute(**more: Any) -> dict[str, Any]:
    """A report that is due each minute."""
    schedule = {"cron": "* * * * *", "timezone": "UTC"}
    return report(
        "weekly",
        date_range="yesterday",
        metrics=["favorites"],
        sections=[{"kpis": {"metrics": ["favorites"]}}],
        schedule=schedule,
        **more,
    )


def let_be_due(store: str) -> None:
    """Let the report of each minute have been looked at a while ago: the newest minute of these is due at once."""
    with open_store(store) as opened, opened.writing() as connection:
        remember_schedule(connection, "weekly", "* * * * *", "UTC", datetime.now(UTC) - timedelta(minutes=3))


@dataclass
class Serving:
    """A running `reportgen serve`."""

    process: subprocess.Popen[str]
    _lines: Queue[str | None] = field(default_factory=Queue)
    events: list[dict[str, Any]] = field(default_factory=list)

    def until(self, *names: str) -> dict[str, Any]:
        """Wait for the next event of one of these names; AssertionError where it ends before."""
        while (line := self._lines.get(timeout=30)) is not None:
            look("a line of serve", line)
            event: dict[str, Any] = json.loads(line)
            self.events.append(event)
            if event["event"] in names:
                return event
        raise AssertionError(f"it ended before {names}: {self.events}")

    def told(self) -> list[str]:
        """The names of all events, to its end."""
        while (line := self._lines.get(timeout=30)) is not None:
            if line.startswith("{"):
                self.events.append(json.loads(line))
        return [event["event"] for event in self.events]

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put(None)


@contextmanager
def serving(folder: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[Serving]:
    of_machine = {name: value for name, value in os.environ.items() if not name.startswith("REPORTGEN_")}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", *arguments],
        cwd=folder,
        env={**of_machine, **environment, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        running = Serving(process)
        reader = Thread(target=running.read)
        reader.start()
        try:
            yield running
        finally:
            process.kill()
            reader.join()
