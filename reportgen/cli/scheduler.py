"""A scheduler as it is when it is real: this machine's clock, chance and safes."""

from __future__ import annotations

import os
import random
import secrets
import socket
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.cli import options
from reportgen.cli.signals import held_signals
from reportgen.cli.surroundings import surroundings
from reportgen.run import Surroundings, Watch
from reportgen.safe.safes import completed
from reportgen.scheduled.events import Tell
from reportgen.scheduled.scheduler import Scheduler, to_nobody
from reportgen.scheduled.settings_files import SettingsFiles
from reportgen.spec.model import ReportSpec

if TYPE_CHECKING:
    from reportgen.store.open import Store


def scheduler(
    project: SettingsFiles,
    clock: Callable[[], datetime],
    watch: Watch,
    tell: Tell,
    works: Callable[[datetime], None] = to_nobody,
) -> Scheduler:
    """A scheduler of the project whose present (UTC) `clock` tells."""

    def around(spec: ReportSpec, store: Store) -> Surroundings:
        credentials = completed(project.credentials, [spec], project.settings, os.environ)
        return surroundings(project.settings, credentials, store, options.now())

    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    return Scheduler(holder, clock, random.random, time.sleep, around, watch, tell, works=works, unbroken=held_signals)
