"""One report of a run, when its calls are made: from what is known to its files, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.ask import Ask
from reportgen.complaints import causes, owner_troubles, refusal, refused_tweets, said_of, timeline_troubles
from reportgen.errors import Exit, OutputError, TemplateError
from reportgen.findings import findings
from reportgen.output import write_whole
from reportgen.planned import PlannedReport, PlannedRun
from reportgen.request import Request, Signer
from reportgen.settings import Settings
from reportgen.spec.model import Format

if TYPE_CHECKING:
    from reportgen.api.verdicts import Answer
    from reportgen.fetch.calls import Calls
    from reportgen.render.look import Look
    from reportgen.report.model import Report
    from reportgen.store.record import RunRecord


Status: TypeAlias = Literal["complete", "incomplete", "failed"]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a report: where its files are, and how many gaps it has."""

    name: str
    status: Status
    files: Mapping[Format, Path] = field(default_factory=dict)
    gaps: int = 0
    errors: tuple[str, ...] = ()
    """Why it is not complete, a sentence each."""
    warnings: tuple[str, ...] = ()
    exit_code: Exit = Exit.DONE


@dataclass(frozen=True, slots=True)
class Pages:
    """A report as it was rendered, for whoever sends it: what its files hold, and what more can be made of it."""

    report: Report
    look: Look
    contents: Mapping[Format, bytes]


HandOn: TypeAlias = Callable[[Made, Pages], None]
"""Is handed each report when its files are written. Pages are large: whoever keeps them keeps them in memory."""


def to_nobody(made: Made, pages: Pages) -> None:
    """Hand a report on to nobody: its files are all that there is."""
    del made, pages


def make(
    planned: PlannedReport,
    of: PlannedRun,
    calls: Calls,
    record: RunRecord,
    settings: Settings,
    formats: Sequence[Format],
    directory: Path | None,
    hand_on: HandOn = to_nobody,
) -> Made:
    """Make the report of a run whose calls have come to an end, and hand it on. `formats` and `directory` win over the
    report file's. Raises StoreError, and what `hand_on` raises.
    """
    name, requests = planned.spec.name, of.requests_of(planned)
    signers = {request.signer for request in requests}
    refused = {signer: reason for signer, reason in calls.refused_credentials.items() if signer in signers}
    if refused and len(refused) == len(signers):
        return Made(name, "failed", errors=(f"no credential works; {refusal(refused)}",), exit_code=Exit.CREDENTIALS)
    tweets = {tweet_id for needs in planned.all_needs for tweet_id in needs.tweets}
    answers = {request: [answer.only(tweets) for answer in calls.answers[request]] for request in requests}
    try:
        pages = _render(planned, of, answers, record, settings, formats)
        files = _write(pages, directory or planned.spec.outputs.directory)
    except (OutputError, TemplateError) as error:
        return Made(name, "failed", errors=(str(error),), exit_code=error.exit_code)
    made = _made(planned, of, pages.report, answers, files, refused)
    hand_on(made, pages)
    return made


def _made(
    planned: PlannedReport,
    of: PlannedRun,
    report: Report,
    answers: Mapping[Request, Sequence[Answer]],
    files: Mapping[Format, Path],
    refused: Mapping[Signer, str],
) -> Made:
    refusals = [*of.refused_before(planned), *said_of(answers)]
    found = (*timeline_troubles(planned.timelines), *owner_troubles(planned.spec.tweets))
    warnings = (*found, *refused_tweets(refusals))
    if report.complete:
        return Made(report.name, "complete", files, len(report.gaps), warnings=warnings)
    errors = ["incomplete; the report says what is missing", *causes(answers, refused)]
    errors += ["not all of it is in the store, and --offline asks for nothing"] if of.ask is Ask.NOTHING else []
    errors += [refusal(refused)] if refused else []
    return Made(report.name, "incomplete", files, len(report.gaps), tuple(errors), warnings, Exit.CALLS_FAILED)


def _render(
    planned: PlannedReport,
    of: PlannedRun,
    answers: Mapping[Request, Sequence[Answer]],
    record: RunRecord,
    settings: Settings,
    formats: Sequence[Format],
) -> Pages:
    """All of the report; nothing is written yet. Raises OutputError, TemplateError and StoreError."""
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
    return Pages(report, look, dict(render_files(report, formats or spec.outputs.formats, look)))


def _write(pages: Pages, folder: Path) -> dict[Format, Path]:
    """The files of the report. Raises OutputError."""
    stem = pages.report.stem
    return {name: write_whole(folder / f"{stem}.{name}", content) for name, content in pages.contents.items()}
