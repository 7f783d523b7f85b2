"""The conductor: spec → plan → fetch → report → render → files. It decides nothing that a station can decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import random
from time import time
from typing import TYPE_CHECKING, Literal, Protocol

from reportgen.errors import CredentialError, Exit, InputError, OutputError, StoppedError
from reportgen.fetch.patience import Patience
from reportgen.output import make_folder, write_whole
from reportgen.plan import Plan, Request, Signer, plan_report
from reportgen.quota import HandleCount, billing_month, check_handles, check_max_calls, handles_wanted, handles_warning
from reportgen.settings import Credentials, Settings
from reportgen.spec.model import Format, ReportSpec
from reportgen.spec.period import Period, period_of
from reportgen.spec.problems import Problem
from reportgen.spec.words import listed

if TYPE_CHECKING:
    from reportgen.api.verdicts import Answer
    from reportgen.fetch.fetch import Fetched
    from reportgen.store.open import Store


@dataclass(frozen=True, slots=True)
class Planned:
    """A report, its period and the calls that answer it."""

    spec: ReportSpec
    period: Period | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a report: where its files are, how many gaps it has, and which credential the API refused or why
    there are no files.
    """

    name: str
    status: Literal["complete", "incomplete", "failed"]
    files: Mapping[Format, Path]
    gaps: int
    error: str | None = None
    exit_code: Exit = Exit.DONE


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    reports: tuple[Made, ...]
    calls_planned: int
    calls_made: int
    calls_repeated: int
    warnings: tuple[str, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """The reports' own where they agree; else CALLS_FAILED, unless a file could not be written."""
        codes = {made.exit_code for made in self.reports}
        if len(codes) == 1:
            return codes.pop()
        return Exit.INPUT if Exit.INPUT in codes else Exit.CALLS_FAILED


class Watch(Protocol):
    """Somebody who is told how far the run is."""

    def calls(self, finished: int, to_make: int) -> None: ...
    def waiting(self, seconds: float, why: str) -> None: ...
    def rendering(self, report: str) -> None: ...


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
    settings: Settings,
    credentials: Credentials,
    as_of: datetime,
    store: Store,
    watch: Watch,
    formats: Sequence[Format] = (),
    directory: Path | None = None,
    *,
    over_handle_limit: bool = False,
    clock: Callable[[], float] = time,
    first_wait: float = 0.5,
) -> Run:
    """Make the reports. `formats` and `directory` win over the report files'.

    A report fails where the vendor refuses all its credentials, or where its files can't be written; the others are
    made. Before the first call: raises InputError where a handle has no credential, or a limit of the contract forbids
    the run (that of handles unless `over_handle_limit`); CredentialError where there is no credential at all; and
    OutputError where a folder can't be written into. Later: raises StoreError, and StoppedError where the user ends it.

    `clock` gives the seconds since 1970: calls are paced by it, and handles counted in its month, whatever `as_of` is.
    `first_wait` is for how many seconds a call that failed waits before it is made the second time.
    """
    _check_credentials(planned, credentials)
    requests = all_requests(planned)
    check_max_calls(len(requests), settings)
    for report in planned:
        make_folder(directory or report.spec.outputs.directory)
    warning = _count_handles(planned, settings, store, datetime.fromtimestamp(clock(), UTC), allowed=over_handle_limit)
    patience = Patience(tries=settings.tries, first_wait=first_wait)
    fetched = _fetch(planned, settings, credentials, as_of, store, watch, clock, patience)
    made: list[Made] = []
    for report in planned:
        signers = {request.signer for request in report.plan.requests}
        refused = {signer: fetched.refused[signer] for signer in signers if signer in fetched.refused}
        if refused and len(refused) == len(signers):
            error = f"no credential works; {_refusal(refused)}"
            made.append(Made(report.spec.name, "failed", {}, 0, error, Exit.CREDENTIALS))
            continue
        watch.rendering(report.spec.name)
        answers = [answer for request in report.plan.requests for answer in fetched.answers[request]]
        try:
            one = _make(report, answers, settings, as_of, formats, directory)
            made.append(replace(one, error=_refusal(refused)) if refused else one)
        except OutputError as error:
            made.append(Made(report.spec.name, "failed", {}, 0, str(error), error.exit_code))
    warnings = (warning,) if warning else ()
    return Run(tuple(made), len(requests), fetched.calls_made, fetched.calls_repeated, warnings)


def _count_handles(
    planned: Sequence[Planned], settings: Settings, store: Store, now: datetime, *, allowed: bool
) -> str | None:
    """Count the handles as asked about, and give what is to be known of their number. Raises InputError."""
    from reportgen.store.handles import count_handles, handles_asked

    month = billing_month(now, settings.billing_day)
    wanted = handles_wanted(planned)
    count = HandleCount(month, handles_asked(store, month), wanted, settings.handles_per_month)
    check_handles(count, allowed=allowed)
    count_handles(store, wanted.handles, month, now)
    return handles_warning(count)


def _fetch(
    planned: Sequence[Planned],
    settings: Settings,
    credentials: Credentials,
    as_of: datetime,
    store: Store,
    watch: Watch,
    clock: Callable[[], float],
    patience: Patience,
) -> Fetched:
    from reportgen.api.answers import read_reply
    from reportgen.api.engagement import EngagementClient, Reply
    from reportgen.api.pace import Pace
    from reportgen.api.verdicts import Verdict
    from reportgen.fetch.calls import Calls
    from reportgen.fetch.fetch import fetch
    from reportgen.fetch.line import Threads
    from reportgen.store.slots import StoreSlots

    def read(request: Request, reply: Reply) -> Verdict:
        return read_reply(request, reply, as_of)

    requests = all_requests(planned)
    pace = Pace(settings.calls_per_minute, StoreSlots(store, credentials.app), random)
    calls = Calls(requests, read, pace, settings.calls_at_once, random, patience)
    client = EngagementClient(settings, credentials)
    watch.calls(0, len(requests))
    try:
        with Threads(client.send, settings.calls_at_once, clock) as line:
            return fetch(calls, line, watch)
    except KeyboardInterrupt as stop:
        raise StoppedError(len(requests), calls.made, calls.repeated) from stop


def _make(
    planned: Planned,
    answers: Sequence[Answer],
    settings: Settings,
    as_of: datetime,
    formats: Sequence[Format],
    directory: Path | None,
) -> Made:
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
    files = {name: write_whole(folder / f"{stem}.{name}", content) for name, content in contents.items()}
    if report.complete:
        return Made(spec.name, "complete", files, len(report.gaps))
    return Made(spec.name, "incomplete", files, len(report.gaps), exit_code=Exit.CALLS_FAILED)


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


def _refusal(refused: Mapping[Signer, str]) -> str:
    from reportgen.api.auth import credential_variables

    reasons = "; ".join(f"to {signer.handle or 'the bearer token'}: {reason}" for signer, reason in refused.items())
    variables = list(dict.fromkeys(name for signer in refused for name in credential_variables(signer)))
    advice = ": an access token belongs to the app of the consumer key, and to the account that owns the tweets"
    by_handle = any(signer.handle for signer in refused)
    return f"the API says {reasons}. Check {listed(variables, 'and')}{advice if by_handle else ''}."
