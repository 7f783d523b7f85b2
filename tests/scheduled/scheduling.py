"""A project whose reports are due, and schedulers of it that live by a clock that tests move."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from reportgen.fetch.patience import Patience
from reportgen.run import Surroundings
from reportgen.scheduled.events import Event
from reportgen.scheduled.once import Tally, make_and_send
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.scheduler import LEASES, Leases, Scheduler
from reportgen.scheduled.settings_files import SettingsFiles
from reportgen.simulator.server import Simulator
from reportgen.spec.model import ReportSpec
from reportgen.store.address import STORE
from reportgen.store.open import Store, open_store
from tests.runs import UNWATCHED

SENDER = "REPORTGEN_MAIL_FROM"
TEAM = "team@acme.example"


def report(name: str, **more: Any) -> dict[str, Any]:
    """A small report that is due on Mondays at 02:30 in New York, and is mailed."""
    return {
        "version": 1,
        "name": name,
        "endpoint": "historical",
        "timezone": "America/New_York",
        "handles": [{"handle": "@acme", "tweet_ids": ["2039373501541908481", "2042641253790646273"]}],
        "date_range": "last_week",
        "metrics": ["impressions", "engagements"],
        "sections": [{"kpis": {"metrics": ["impressions", "engagements"]}}],
        "outputs": {"formats": ["json"]},
        "email": {"to": [TEAM]},
        "schedule": {"cron": "30 2 * * MON"},
        **more,
    }


def write_project(folder: Path, settings: Mapping[str, Any], *reports: Mapping[str, Any]) -> None:
    """Write the settings, and the report files into the folder `reports`."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    (folder / "reportgen.yaml").write_text(yaml.safe_dump(dict(settings)))
    for spec in reports:
        (folder / "reports" / f"{spec['name']}.yaml").write_text(yaml.safe_dump(dict(spec)))


@dataclass
class Told:
    """The events of a scheduler."""

    events: list[tuple[Event, dict[str, object]]] = field(default_factory=list)

    def __call__(self, event: Event, **fields: object) -> None:
        self.events.append((event, fields))

    def of(self, event: Event, *names: str) -> list[Any]:
        """What was told of that event: the fields of those names, or the one field."""
        found = [tuple(fields[name] for name in names) for told, fields in self.events if told is event]
        return [one[0] for one in found] if len(names) == 1 else found


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def scheduler_of(
    project: SettingsFiles,
    clock: Callable[[], datetime],
    holder: str = "the scheduler",
    leases: Leases = LEASES,
    told: Told | None = None,
) -> Scheduler:
    """A scheduler whose calls are made by the real clock, without waits."""

    def around(spec: ReportSpec, store: Store) -> Surroundings:
        patience = Patience(tries=project.settings.tries, first_wait=0)
        settings, credentials = project.settings, project.credentials
        return Surroundings(settings, credentials, store, clock(), time.time, time.sleep, lambda: 0.5, patience)

    return Scheduler(holder, clock, lambda: 0.0, time.sleep, around, UNWATCHED, told or Told(), leases)


@dataclass
class Office:
    """A project in a folder, with a store, and what its scheduler has told."""

    folder: Path
    environment: Mapping[str, str]
    clock: Clock
    simulator: Simulator
    told: Told = field(default_factory=Told)

    @property
    def project(self) -> SettingsFiles:
        return SettingsFiles(self.folder, self.environment)

    def open(self) -> Store:
        return open_store(self.environment[STORE])

    def run_due(self, holder: str = "the scheduler", given: Sequence[str] = ()) -> Tally:
        """What `run --due` does now."""
        tally, files, project = Tally(), ReportFiles(given), self.project
        files.look()
        with self.open() as store:
            scheduler = scheduler_of(project, self.clock, holder, told=self.told)
            make_and_send(scheduler, store, project.settings, files, tally)
        return tally
