"""One report of a run, when its calls are made: from what is known to its files, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportgen.ask import Ask
from reportgen.complaints import causes, owner_troubles, refusal, refused_tweets, said_of, timeline_troubles
from reportgen.errors import Exit, OutputError, TemplateError
from reportgen.findings import findings
from reportgen.output import write_whole
from reportgen.planned import PlannedReport, PlannedRun
from reportgen.request import Request
from reportgen.settings import Settings
from reportgen.spec.model import Format

if TYPE_CHECKING:
    from reportgen.api.verdicts import Answer
    from reportgen.fetch.calls import Calls
    from reportgen.report.model import Report
    from reportgen.store.record import RunRecord


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


def make(
    planned: PlannedReport,
    of: PlannedRun,
    calls: Calls,
    record: RunRecord,
    settings: Settings,
    formats: Sequence[Format],
    directory: Path | None,
) -> Made:
    """Make the report of a run whose calls have come to an end. `formats` and `directory` win over the report file's.
    Raises StoreError.
    """
    name, requests = planned.spec.name, of.requests_of(planned)
    signers = {request.signer for request in requests}
    refused = {signer: reason for signer, reason in calls.refused_credentials.items() if signer in signers}
    if refused and len(refused) == len(signers):
        return Made(name, "failed", errors=(f"no credential works; {refusal(refused)}",), exit_code=Exit.CREDENTIALS)
    tweets = {tweet_id for needs in planned.all_needs for tweet_id in needs.tweets}
    answers = {request: [answer.only(tweets) for answer in calls.answers[request]] for request in requests}
    try:
        report, files = _render(planned, of, answers, record, settings, formats, directory)
    except (OutputError, TemplateError) as error:
        return Made(name, "failed", errors=(str(error),), exit_code=error.exit_code)
    refusals = [*of.refused_before(planned), *said_of(answers)]
    found = (*timeline_troubles(planned.timelines), *owner_troubles(planned.spec.tweets))
    warnings = (*found, *refused_tweets(refusals))
    if report.complete:
        return Made(name, "complete", files, len(report.gaps), warnings=warnings)
    errors = ["incomplete; the report says what is missing", *causes(answers, refused)]
    errors += ["not all of it is in the store, and --offline asks for nothing"] if of.ask is Ask.NOTHING else []
    errors += [refusal(refused)] if refused else []
    return Made(name, "incomplete", files, len(report.gaps), tuple(errors), warnings, Exit.CALLS_FAILED)


def _render(
    planned: PlannedReport,
    of: PlannedRun,
    answers: Mapping[Request, Sequence[Answer]],
    record: RunRecord,
    settings: Settings,
    formats: Sequence[Format],
    directory: Path | None,
) -> tuple[Report, dict[Format, Path]]:
    """The report, and the files written for it. Raises OutputError, TemplateError and StoreError."""
    from reportgen.render.choose import look_of
    from reportgen.render.files import render_files
    from reportgen.report.build import build_report
    from reportgen.report.comparison import Before

    spec, look = planned.spec, look_of(planned.spec, settings)
    said = [*chain(*answers.values())]
    found = [findings(needs, of, said, *record.known(needs)) for needs in planned.all_needs]
    own, compared = found[0], planned.before
    report = build_report(
        spec,
        planned.period,
        of.sight.as_of,
        planned.needs.grain,
        own.facts,
        own.gaps,
        complete=all(one.complete for one in found) and all(one.complete for one in planned.timelines),
        known_at=min(filter(None, map(record.known_at, planned.all_needs)), default=None),
        timelines=planned.timelines,
        before=Before(compared.period, compared.needs.grain, found[-1].facts, found[-1].gaps) if compared else None,
        voice=look.voice,
    )
    # All is rendered before anything is written.
    contents = dict(render_files(report, formats or spec.outputs.formats, look))
    folder = directory or spec.outputs.directory
    return report, {name: write_whole(folder / f"{report.stem}.{name}", content) for name, content in contents.items()}
