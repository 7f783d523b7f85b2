"""The conductor: spec → plan → fetch → report → render → files. It decides nothing that a station can decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from reportgen.complaints import causes, refusal, refused_tweets
from reportgen.errors import CredentialError, Exit, InputError, OutputError
from reportgen.fetch import watch as fetch_watch
from reportgen.output import make_folder, write_whole
from reportgen.plan import Plan, Request, Signer, plan_report
from reportgen.quota import check_max_calls, contract_month, handles_wanted, handles_warning
from reportgen.settings import Credentials, Settings
from reportgen.spec.model import Format, ReportSpec
from reportgen.spec.period import Period, period_of
from reportgen.spec.problems import Problem
from reportgen.spec.words import listed

if TYPE_CHECKING:
    from reportgen.api.engagement import Reply
    from reportgen.api.verdicts import Answer, Verdict
    from reportgen.fetch.calls import Calls
    from reportgen.fetch.patience import Patience
    from reportgen.report.model import Report
    from reportgen.slots import Slots
    from reportgen.store.ledger import RunLedger
    from reportgen.store.open import Store


@dataclass(frozen=True, slots=True)
class Planned:
    """A report, its period and the calls that answer it."""

    spec: ReportSpec
    period: Period | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a report: where its files are, and how many gaps it has."""

    name: str
    status: Literal["complete", "incomplete", "failed"]
    files: Mapping[Format, Path] = field(default_factory=dict)
    gaps: int = 0
    errors: tuple[str, ...] = ()
    """Why it is not complete, a sentence each."""
    warnings: tuple[str, ...] = ()
    exit_code: Exit = Exit.DONE


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
    chance: Callable[[], float]
    """Numbers from 0 to 1."""
    patience: Patience


class Watch(fetch_watch.Watch, Protocol):
    """Is told how far the run is."""

    def rendering(self, report: str) -> None:
        """The calls are made, and this report is being rendered."""


def plan_all(
    specs: Sequence[ReportSpec], settings: Settings, credentials: Credentials, as_of: datetime
) -> tuple[Planned, ...]:
    """The plans of all reports, as of `as_of` (UTC). Raises InputError with the problems of all that have no period."""
    history_start = settings.history_start(as_of)
    problems: list[object] = []
    planned: list[Planned] = []
    for spec in specs:
        try:
            period = period_of(spec, as_of, history_start)
        except InputError as error:
            problems += error.problems
            continue
        own_handles = [handle for handle in spec.handles if credentials.token(handle)]
        plan = plan_report(spec, period, as_of, history_start, own_handles, bearer=bool(credentials.bearer_token))
        planned.append(Planned(spec, period, plan))
    if problems:
        raise InputError(*problems)
    return tuple(planned)


def all_requests(planned: Sequence[Planned]) -> tuple[Request, ...]:
    """The calls of all reports; one that two reports need is there once."""
    return tuple(dict.fromkeys(request for report in planned for request in report.plan.requests))


def run(
    planned: Sequence[Planned],
    as_of: datetime,
    surroundings: Surroundings,
    watch: Watch,
    formats: Sequence[Format] = (),
    directory: Path | None = None,
    *,
    over_handle_limit: bool = False,
) -> Run:
    """Make the reports. `formats` and `directory` win over the report files'.

    A report fails where the vendor refuses all its credentials, where its files can't be written, or where the user
    ends the run before it is made; the others are made. Before the first call: raises InputError where a handle has no
    credential, or a limit of the contract forbids the run (that of handles unless `over_handle_limit`); CredentialError
    where there is no credential at all; OutputError where a folder can't be written into; and StoreError. The ledger
    has the run, whatever ends it.
    """
    from reportgen.store.ledger import run_in_ledger
    from reportgen.store.slots import StoreSlots

    requests, names = all_requests(planned), [report.spec.name for report in planned]
    made: list[Made] = []
    with run_in_ledger(surroundings.store, surroundings.clock, as_of, names, _reports_of(planned)) as ledger:
        warnings = _admit(planned, surroundings, directory, over_handle_limit=over_handle_limit)
        slots = StoreSlots(surroundings.store, surroundings.credentials.app)
        calls = _calls(requests, as_of, surroundings, slots, ledger)
        try:
            _fetch(calls, surroundings, watch)
            for report in planned:
                watch.rendering(report.spec.name)
                made.append(_make(report, calls, surroundings.settings, as_of, formats, directory))
        except KeyboardInterrupt:
            made += [Made(name, "failed", errors=("stopped",), exit_code=Exit.STOPPED) for name in names[len(made) :]]
        done = Run(tuple(made), CallCounts(len(requests), calls.made, calls.retried))
        ledger.end(done.exit_code, calls.made, calls.retried)
    if slots.trouble:
        warnings.append(f"{slots.trouble}; the rest of the run kept the pace without it")
    if ledger.trouble:
        warnings.append(f"{ledger.trouble}; the ledger does not have all of this run")
    return replace(done, warnings=tuple(warnings))


def _admit(
    planned: Sequence[Planned], surroundings: Surroundings, directory: Path | None, *, over_handle_limit: bool
) -> list[str]:
    """Check all that can forbid a run before its first call, and give the warnings. Raises as `run` does."""
    _check_credentials(planned, surroundings.credentials)
    check_max_calls(len(all_requests(planned)), surroundings.settings)
    for report in planned:
        make_folder(directory or report.spec.outputs.directory)
    return [*_count_handles(planned, surroundings, over_limit=over_handle_limit)]


def _reports_of(planned: Sequence[Planned]) -> dict[Request, list[str]]:
    """The names of the reports that each planned request is for."""
    names: dict[Request, list[str]] = {}
    for report in planned:
        for request in report.plan.requests:
            names.setdefault(request, []).append(report.spec.name)
    return names


def _count_handles(planned: Sequence[Planned], surroundings: Surroundings, *, over_limit: bool) -> Iterator[str]:
    """Count the handles as asked about, and warn where they come near the limit. Raises InputError."""
    from reportgen.store.handles import admit_handles

    tweets = (tweet for report in planned for tweet in report.spec.tweets)
    wanted = handles_wanted(tweets, all_requests(planned))
    month = contract_month(surroundings.now, surroundings.settings)
    if warning := handles_warning(admit_handles(surroundings.store, wanted, month, over_limit=over_limit)):
        yield warning


def _calls(
    requests: Sequence[Request], as_of: datetime, surroundings: Surroundings, slots: Slots, ledger: RunLedger
) -> Calls:
    from reportgen.api.answers import read_reply
    from reportgen.fetch.calls import Calls
    from reportgen.fetch.pace import Pace

    def read(request: Request, reply: Reply) -> Verdict:
        return read_reply(request, reply, as_of)

    settings, chance = surroundings.settings, surroundings.chance
    pace = Pace(settings.calls_per_minute, slots, chance)
    return Calls(requests, read, pace, settings.calls_at_once, chance, surroundings.patience, ledger.note)


def _fetch(calls: Calls, surroundings: Surroundings, watch: Watch) -> None:
    from reportgen.api.engagement import EngagementClient
    from reportgen.fetch.fetch import fetch
    from reportgen.fetch.line import Threads

    client = EngagementClient(surroundings.settings, surroundings.credentials)
    watch.calls(0, calls.unfinished)
    with Threads(client.send, surroundings.settings.calls_at_once, surroundings.clock) as line:
        fetch(calls, line, watch)


def _make(
    planned: Planned,
    calls: Calls,
    settings: Settings,
    as_of: datetime,
    formats: Sequence[Format],
    directory: Path | None,
) -> Made:
    name, requests = planned.spec.name, planned.plan.requests
    signers = {request.signer for request in requests}
    refused = {signer: reason for signer, reason in calls.refused_credentials.items() if signer in signers}
    if refused and len(refused) == len(signers):
        return Made(name, "failed", errors=(f"no credential works; {refusal(refused)}",), exit_code=Exit.CREDENTIALS)
    answers = {request: calls.answers[request] for request in requests}
    try:
        report, files = _render(planned, [*chain(*answers.values())], settings, as_of, formats, directory)
    except OutputError as error:
        return Made(name, "failed", errors=(str(error),), exit_code=error.exit_code)
    warnings = tuple(refused_tweets(answers))
    if report.complete:
        return Made(name, "complete", files, len(report.gaps), warnings=warnings)
    errors = ["incomplete; the report says what is missing", *causes(answers, refused)]
    errors += [refusal(refused)] if refused else []
    return Made(name, "incomplete", files, len(report.gaps), tuple(errors), warnings, Exit.CALLS_FAILED)


def _render(
    planned: Planned,
    answers: Sequence[Answer],
    settings: Settings,
    as_of: datetime,
    formats: Sequence[Format],
    directory: Path | None,
) -> tuple[Report, dict[Format, Path]]:
    """The report, and the files written for it. Raises OutputError."""
    from reportgen.facts import all_facts
    from reportgen.render.files import render_files
    from reportgen.report.build import build_report

    spec, plan = planned.spec, planned.plan
    gaps = [*plan.gaps, *(gap for answer in answers for gap in answer.gaps)]
    facts = all_facts(answer.facts for answer in answers)
    complete = not any(answer.failed for answer in answers)
    report = build_report(spec, planned.period, as_of, plan.grain, facts, gaps, complete=complete)
    # All is rendered before anything is written.
    contents = dict(render_files(report, formats or spec.outputs.formats, spec.outputs.page or settings.page))
    stem = f"{spec.name}-{report.last_day}"
    folder = directory or spec.outputs.directory
    return report, {name: write_whole(folder / f"{stem}.{name}", content) for name, content in contents.items()}


def _check_credentials(planned: Sequence[Planned], credentials: Credentials) -> None:
    from reportgen.api.auth import missing_variables

    signers = {request.signer for request in all_requests(planned)}
    missing = {signer: names for signer in signers if (names := missing_variables(signer, credentials))}
    if missing and len(missing) == len(signers) and not (credentials.tokens or credentials.bearer_token):
        variables = sorted({name for names in missing.values() for name in names})
        raise CredentialError(f"no credential is set: put {listed(variables, 'and')} in the environment or in .env")
    problems = [
        _without_credential(report.spec, signer, missing[signer])
        for report in planned
        for signer in dict.fromkeys(request.signer for request in report.plan.requests)
        if signer in missing
    ]
    if problems:
        raise InputError(*problems)


def _without_credential(spec: ReportSpec, signer: Signer, missing: Sequence[str]) -> Problem:
    setting = f"set {listed(missing, 'and')} in the environment or in .env"
    if signer.handle is None:
        return Problem(spec.path, 1, 1, f"no bearer token for the tweets of others: {setting}")
    index = spec.handles.index(signer.handle)
    return Problem(
        spec.path, *spec.handles_at[index], f"handles[{index}]: no access token for {signer.handle}: {setting}"
    )
