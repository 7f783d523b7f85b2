"""The conductor: spec → find → plan → fetch → report → render → files. It decides nothing that a station can decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from reportgen import finding
from reportgen.ask import Ask
from reportgen.credentials import Credentials
from reportgen.errors import Exit
from reportgen.instants import format_instant
from reportgen.made import HandOn, Made, make, to_nobody
from reportgen.output import make_folder
from reportgen.planned import PlannedRun, plan_run
from reportgen.quota import check_max_calls, contract_month, handles_wanted, handles_warning
from reportgen.request import Request
from reportgen.settings import Settings
from reportgen.signable import check_credentials
from reportgen.spec.model import Format, ReportSpec

if TYPE_CHECKING:
    from reportgen.api.reply import Reply
    from reportgen.api.verdicts import Verdict
    from reportgen.fetch.calls import Calls
    from reportgen.fetch.patience import Patience
    from reportgen.slots import Slots
    from reportgen.store.open import Store
    from reportgen.store.record import RunRecord


_A_WHILE: Final = timedelta(hours=1)
_ASKED_AGAIN: Final = "what it lacks of this run will be asked for again"
_NOT_KEPT: Final = {
    Ask.MISSING: _ASKED_AGAIN,
    Ask.EVERYTHING: _ASKED_AGAIN,
    Ask.NOTHING: "what is in it was read, and the ledger lacks this run",
}


@dataclass(frozen=True, slots=True)
class CallCounts:
    """How many calls the plan has, were made, and were among those made again exactly as they were."""

    planned: int = 0
    made: int = 0
    retried: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    reports: tuple[Made, ...]
    calls: CallCounts
    warnings: tuple[str, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """The reports' own where they agree; else CALLS_FAILED, unless the user ended it or a file was not written."""
        codes = {made.exit_code for made in self.reports}
        if len(codes) == 1:
            return codes.pop()
        return next((code for code in (Exit.STOPPED, Exit.INPUT) if code in codes), Exit.CALLS_FAILED)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run touches beside its plan."""

    settings: Settings
    credentials: Credentials
    store: Store
    now: datetime
    """The real present (UTC), in whose month handles are counted, whatever `as_of` is."""
    clock: Callable[[], float]
    """The seconds since 1970, by which calls are paced and the ledger is kept."""
    sleep: Callable[[float], None]
    """Waits so many seconds for the X API, before the run is planned."""
    chance: Callable[[], float]
    """Numbers from 0 to 1."""
    patience: Patience


class Watch(finding.Watch, Protocol):
    """Is told how far the run is."""

    def rendering(self, report: str) -> None:
        """The calls are made, and this report is being rendered."""


def make_reports(
    specs: Sequence[ReportSpec],
    as_of: datetime,
    surroundings: Surroundings,
    watch: Watch,
    ask: Ask = Ask.MISSING,
    formats: Sequence[Format] = (),
    directory: Path | None = None,
    *,
    over_handle_limit: bool = False,
    hand_on: HandOn = to_nobody,
) -> Run:
    """Find the tweets of the reports as of `as_of` (UTC), plan their calls around what the store knows, and run them:
    what all call that make reports.

    Raises as `find_tweets`, `plan_run` and `run` do: InputError, CredentialError, OutputError and StoreError, and what
    `hand_on` raises.
    """
    from reportgen.store.known import look_into

    settings, credentials, look = surroundings.settings, surroundings.credentials, look_into(surroundings.store)
    found = finding.find_tweets(specs, as_of, ask, surroundings, watch)
    planned = plan_run(found.specs, settings, credentials, as_of, look, ask, found.timelines)
    return run(planned, surroundings, watch, formats, directory, over_handle_limit=over_handle_limit, hand_on=hand_on)


def run(
    planned: PlannedRun,
    surroundings: Surroundings,
    watch: Watch,
    formats: Sequence[Format] = (),
    directory: Path | None = None,
    *,
    over_handle_limit: bool = False,
    hand_on: HandOn = to_nobody,
) -> Run:
    """Make the reports, and hand each on as it is made. `formats` and `directory` win over the report files'.

    A report fails where the vendor refuses all its credentials, where its template fails, where its files can't be
    written, or where the user ends the run before it is made; the others are made. Before the first call: raises
    InputError where a handle has no credential, or a limit of the contract forbids the run (that of handles unless
    `over_handle_limit`); CredentialError where there is no credential at all; OutputError where a folder can't be
    written into; and StoreError. The ledger has the run, whatever ends it.
    """
    from reportgen.store.record import recorded_run
    from reportgen.store.slots import StoreSlots

    names = [report.spec.name for report in planned.reports]
    made: list[Made] = []
    with recorded_run(surroundings.store, surroundings.clock, planned) as record:
        warnings = _admit(planned, surroundings, directory, over_handle_limit=over_handle_limit)
        slots = StoreSlots(surroundings.store, surroundings.credentials.app)
        calls = _calls(planned, surroundings, slots, record)
        try:
            _fetch(calls, surroundings, watch)
            for report in planned.reports:
                watch.rendering(report.spec.name)
                made.append(make(report, planned, calls, record, surroundings.settings, formats, directory, hand_on))
        except KeyboardInterrupt:
            made += [Made(name, "failed", errors=("stopped",), exit_code=Exit.STOPPED) for name in names[len(made) :]]
        done = Run(tuple(made), CallCounts(len(planned.requests), calls.made, calls.retried))
        record.end(done.exit_code, calls.made, calls.retried)
    if slots.trouble:
        warnings.append(f"{slots.trouble}; the rest of the run kept the pace without it")
    if record.trouble:
        warnings.append(f"{record.trouble}; {_NOT_KEPT[planned.ask]}")
    return replace(done, warnings=tuple(warnings))


def _admit(
    planned: PlannedRun, surroundings: Surroundings, directory: Path | None, *, over_handle_limit: bool
) -> list[str]:
    """Check all that can forbid a run before its first call, and give the warnings. Raises as `run` does."""
    check_credentials(planned, surroundings.credentials)
    check_max_calls(len(planned.requests), surroundings.settings)
    for report in planned.reports:
        make_folder(directory or report.spec.outputs.directory)
    warnings = [*_count_handles(planned, surroundings, over_limit=over_handle_limit)]
    has_asked = planned.requests or any(report.timelines for report in planned.reports)
    if has_asked and planned.ask is not Ask.NOTHING and planned.sight.as_of > surroundings.now + _A_WHILE:
        present = format_instant(planned.sight.as_of)
        warnings.append(f"--as-of {present} is still to come, and hours count as final by it: mind a slip of the date")
    return warnings


def _count_handles(planned: PlannedRun, surroundings: Surroundings, *, over_limit: bool) -> Iterator[str]:
    """Count the handles as asked about, and warn where they come near the limit. Raises InputError."""
    from reportgen.store.handles import admit_handles

    tweets = (tweet for report in planned.reports for tweet in report.spec.all_tweets)
    wanted = handles_wanted(tweets, planned.requests)
    month = contract_month(surroundings.now, surroundings.settings)
    if warning := handles_warning(admit_handles(surroundings.store, wanted, month, over_limit=over_limit)):
        yield warning


def _calls(planned: PlannedRun, surroundings: Surroundings, slots: Slots, record: RunRecord) -> Calls:
    from reportgen.api.answers import read_reply
    from reportgen.fetch.calls import Calls
    from reportgen.fetch.pace import Pace

    def read(request: Request, reply: Reply) -> Verdict:
        return read_reply(request, reply, planned.sight.as_of)

    settings, chance = surroundings.settings, surroundings.chance
    pace = Pace(settings.calls_per_minute, slots, chance)
    return Calls(planned.requests, read, pace, settings.calls_at_once, chance, surroundings.patience, record)


def _fetch(calls: Calls, surroundings: Surroundings, watch: Watch) -> None:
    if not calls.unfinished:
        return
    from reportgen.api.engagement import EngagementClient
    from reportgen.fetch.fetch import fetch
    from reportgen.fetch.line import Threads

    client = EngagementClient(surroundings.settings, surroundings.credentials)
    watch.calls(0, calls.unfinished)
    with Threads(client.send, surroundings.settings.calls_at_once, surroundings.clock) as line:
        fetch(calls, line, watch)
