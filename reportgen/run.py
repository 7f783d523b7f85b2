"""The conductor: spec → plan → fetch → report → render → files. It decides nothing that a station can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from reportgen.errors import CredentialError, Exit, InputError, OutputError
from reportgen.output import make_folder, write_whole
from reportgen.plan import Plan, Request, Signer, plan_report
from reportgen.settings import Credentials, Settings
from reportgen.spec.model import Format, ReportSpec
from reportgen.spec.period import Period, period_of
from reportgen.spec.problems import Problem
from reportgen.spec.words import listed

if TYPE_CHECKING:
    from reportgen.api.verdicts import Answer


@dataclass(frozen=True, slots=True)
class Planned:
    """A report, its period and the calls that answer it."""

    spec: ReportSpec
    period: Period | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a report: where its files are, how many gaps it has, or why there are none."""

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

    @property
    def exit_code(self) -> Exit:
        """The reports' own where they agree; else CALLS_FAILED, unless a file could not be written."""
        codes = {made.exit_code for made in self.reports}
        if len(codes) == 1:
            return codes.pop()
        return Exit.INPUT if Exit.INPUT in codes else Exit.CALLS_FAILED


class Watch(Protocol):
    """Somebody who is told how far the run is."""

    def fetching(self, calls: int) -> None: ...
    def answered(self) -> None: ...
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
        plan = plan_report(spec, period, as_of, own_handles, bearer=bool(credentials.bearer_token))
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
    watch: Watch,
    formats: Sequence[Format] = (),
    directory: Path | None = None,
) -> Run:
    """Make the reports. `formats` and `directory` win over the report files'.

    A report fails where the vendor refuses all its credentials, or where its files can't be written; the others are
    made. Raises InputError where a handle has no credential, CredentialError where there is none at all, and
    OutputError where a folder can't be written into, all before the first call.
    """
    from reportgen.api.engagement import EngagementClient
    from reportgen.fetch import fetch

    _check_credentials(planned, credentials)
    for report in planned:
        make_folder(directory or report.spec.outputs.directory)
    requests = all_requests(planned)
    watch.fetching(len(requests))
    client = EngagementClient(settings, credentials)
    fetched = fetch(requests, client.send, as_of, settings.calls_at_once, watch.answered)
    made: list[Made] = []
    for report in planned:
        signers = {request.signer for request in report.plan.requests}
        refused = {signer: fetched.refused[signer] for signer in signers if signer in fetched.refused}
        if refused and len(refused) == len(signers):
            made.append(Made(report.spec.name, "failed", {}, 0, _refusal(refused), Exit.CREDENTIALS))
            continue
        watch.rendering(report.spec.name)
        answers = [fetched.answers[request] for request in report.plan.requests]
        try:
            made.append(_make(report, answers, settings, as_of, formats, directory))
        except OutputError as error:
            made.append(Made(report.spec.name, "failed", {}, 0, str(error), error.exit_code))
    return Run(tuple(made), len(requests), fetched.calls_made)


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
    return (
        f"no credential works; the API says {reasons}. Check {listed(variables, 'and')}{advice if by_handle else ''}."
    )
