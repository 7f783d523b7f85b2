"""Schedulers as processes that cost nothing to start: one process imports everything, and forks at each line it reads.

    python -m tests.scheduled.zygote FOLDER SECONDS

SECONDS is how far the clock of the schedulers is ahead of the machine's. Each line of standard input starts one more
scheduler, whose process is told on standard output; when standard input ends, it ends. Schedulers are killed by tests.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Final

from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.scheduler import Leases
from reportgen.scheduled.settings_files import SettingsFiles
from reportgen.serve import loop
from reportgen.serve.pulse import Pulse
from tests.scheduled.scheduling import scheduler_of

LEASES: Final = Leases(job=timedelta(seconds=2), delivery=timedelta(seconds=2), beat=0.5)
IMPORTED_LATE: Final = (
    "css_inline",
    "reportgen.api.engagement",
    "reportgen.delivery.parcels",
    "reportgen.delivery.send",
    "reportgen.fetch.calls",
    "reportgen.fetch.fetch",
    "reportgen.render.choose",
    "reportgen.render.environment",
    "reportgen.render.files",
    "reportgen.report.build",
    "reportgen.store.outbox",
    "psycopg",
)


class Never:
    """Nobody asks it to stop."""

    def asked(self) -> bool:
        return False

    def wait(self, seconds: float) -> None:
        time.sleep(min(seconds, 0.2))


def scheduler(number: int, ahead: timedelta, project: SettingsFiles, files: ReportFiles) -> None:
    """Be a scheduler until killed."""

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    random.seed(number)
    ours = scheduler_of(project, clock, f"scheduler {number}", LEASES)
    loop.Loop(ours, project, files, Never(), Pulse(clock())).run()


def main() -> None:
    """Fork at each line."""
    folder, ahead = sys.argv[1], timedelta(seconds=float(sys.argv[2]))
    os.chdir(folder)
    # The dead are nobody's business.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for module in IMPORTED_LATE:
        import_module(module)
    project, files = SettingsFiles(Path(), os.environ), ReportFiles(())
    files.look()
    for number, _ in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(0)
            scheduler(number, ahead, project, files)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
