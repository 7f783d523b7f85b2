"""What has become of the files that a scheduler reads, told as events."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.delivery.ready import readiness
from reportgen.errors import InputError
from reportgen.schedule import next_after
from reportgen.scheduled.events import Event
from reportgen.scheduled.report_files import Broken, Gone, Loaded, ReportFiles
from reportgen.scheduled.scheduler import Scheduler
from reportgen.scheduled.settings_files import SettingsFiles
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec


def tell_changes(scheduler: Scheduler, project: SettingsFiles, files: ReportFiles) -> None:
    """Look at the settings and the report files, and tell each change once."""
    has_new_settings, loaded = False, set[str]()
    match project.look():
        case "loaded":
            has_new_settings = True
            scheduler.tell(Event.SETTINGS_LOADED)
        case InputError(problems=problems):
            scheduler.tell(Event.SETTINGS_BROKEN, problems=_lines(problems))
        case "same":
            pass
    for change in files.look():
        match change:
            case Loaded(spec):
                loaded.add(spec.name)
                _tell_loaded(scheduler, spec)
            case Broken(path, problems):
                scheduler.tell(Event.FILE_BROKEN, file=path, problems=_lines(problems))
            case Gone(path, report):
                scheduler.tell(Event.FILE_GONE, file=path, report=report)
    for spec in files.specs.values():
        if spec.schedule and (has_new_settings or spec.name in loaded):
            _tell_not_ready(scheduler, spec, project.settings)


def _tell_loaded(scheduler: Scheduler, spec: ReportSpec) -> None:
    due = next_after(spec.schedule, scheduler.clock()) if spec.schedule else None
    scheduler.tell(Event.FILE_LOADED, file=spec.path, report=spec.name, next_due=due)


def _tell_not_ready(scheduler: Scheduler, spec: ReportSpec, settings: Settings) -> None:
    # Or else nobody would know before it is due.
    for one in readiness(spec, settings):
        if not one.is_ready:
            scheduler.tell(Event.NOT_READY, report=spec.name, way=one.way, said=one.said)


def _lines(problems: Iterable[object]) -> list[str]:
    return [str(problem) for problem in problems]
