"""What a run is to make: the reports, what each of them needs, and the calls that bring what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from reportgen.ask import Ask
from reportgen.coverage import Coverage, Known, Sight, gaps_left
from reportgen.credentials import Credentials
from reportgen.errors import InputError
from reportgen.gaps import Gap
from reportgen.needs import Needs, needs_of
from reportgen.plan import Plan, asked_by, plan_calls
from reportgen.request import Request
from reportgen.settings import Settings
from reportgen.spans import ALWAYS, EVER, Span, within
from reportgen.spec.comparison import period_before
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import Period, period_of
from reportgen.timelines import Timeline, Timelines


@dataclass(frozen=True, slots=True)
class PeriodBefore:
    """The period that a report is compared with, and what it needs of that one: the same counts."""

    period: Period
    needs: Needs


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """A report, its period and what it needs."""

    spec: ReportSpec
    period: Period | None
    needs: Needs
    before: PeriodBefore | None = None
    timelines: tuple[Timeline, ...] = ()
    """What was found on the timelines of its handles, in the order of the file; empty where it takes none."""

    @property
    def all_needs(self) -> tuple[Needs, ...]:
        """Of its period, and of the one before."""
        return (self.needs, self.before.needs) if self.before else (self.needs,)


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """The reports of a run, and the calls of all of them together."""

    reports: tuple[PlannedReport, ...]
    plan: Plan
    known: Known
    """What was known when it was planned."""
    sight: Sight
    settled: datetime
    """Hours that end by then (UTC) count as final."""
    ask: Ask = Ask.MISSING
    last_call: int = 0
    """The last call of any run when it was planned, as the ledger counts them."""

    @property
    def requests(self) -> tuple[Request, ...]:
        return self.plan.requests

    def requests_of(self, report: PlannedReport) -> tuple[Request, ...]:
        """The calls that bring something that this report needs and that is not known."""
        before = Coverage() if self.ask is Ask.EVERYTHING else self.known.coverage
        needs = report.all_needs
        return tuple(request for request in self.requests if any(_serves(request, one, before) for one in needs))

    def refused_before(self, report: PlannedReport) -> Iterator[tuple[str | None, Gap]]:
        """What earlier calls for the report's tweets were refused: the handle that signed, and the gap."""
        needs = report.needs
        for (endpoint, handle, tweet_id), gaps in self.known.gaps.items():
            owner = needs.owners.get(tweet_id)
            if endpoint is needs.endpoint and owner and owner.lower() == handle:
                yield from ((owner, gap) for gap in gaps)

    def gaps_of(self, report: PlannedReport) -> list[Gap]:
        """What the report will lack for certain."""
        gaps = (
            gap
            for needs in report.all_needs
            for gap in (*needs.never, *gaps_left(needs, self.known.coverage, self.plan.gaps_of(needs)))
        )
        return list(dict.fromkeys(gaps))


Look: TypeAlias = Callable[[Sequence[Needs], Sight], tuple[Known, int]]
"""Tells what is known of the needs, and which call of any run was the last by then (0: none)."""


def nothing_known(needs: Sequence[Needs], sight: Sight) -> tuple[Known, int]:
    """What is known where there is no store."""
    del needs, sight
    return Known(), 0


def _serves(request: Request, needs: Needs, known: Coverage) -> bool:
    window = Span(request.start, request.end) if request.start and request.end else ALWAYS
    return request.endpoint is needs.endpoint and any(
        within(known.missing(needs, tweet_id, name), window)
        for tweet_id in request.tweet_ids
        if tweet_id in needs.tweets and asked_by(request.signer, needs.owners[tweet_id])
        for name in request.metrics
        if name in needs.counts
    )


_NO_TIMELINES: Final[Timelines] = MappingProxyType({})


def plan_run(
    specs: Sequence[ReportSpec],
    settings: Settings,
    credentials: Credentials,
    as_of: datetime,
    look: Look = nothing_known,
    ask: Ask = Ask.MISSING,
    timelines: Timelines = _NO_TIMELINES,
) -> PlannedRun:
    """The run of all reports as of `as_of` (UTC), around what is known. `look` may be into a store; the specs have the
    tweets that were found on `timelines`.

    Raises InputError with the problems of all that have no period, and what `look` raises.
    """
    history_start = settings.history_start(as_of)
    reports = tuple(_planned(specs, as_of, history_start, timelines))
    all_needs = [needs for report in reports for needs in report.all_needs]
    since = EVER if ask is Ask.NOTHING else as_of - timedelta(minutes=settings.fresh)
    sight = Sight(as_of, since)
    known, last_call = look(all_needs, sight)
    owners = {
        handle for spec in specs for handle in (*spec.handles, *(tweet.handle for tweet in spec.all_tweets)) if handle
    }
    own_handles = {handle for handle in owners if credentials.token(handle)}
    before = Known() if ask is Ask.EVERYTHING else known
    plan = plan_calls(all_needs, before, own_handles, bearer=bool(credentials.bearer_token))
    if ask is Ask.NOTHING:
        plan = replace(plan, requests=())
    return PlannedRun(reports, plan, known, sight, as_of - timedelta(hours=settings.settle), ask, last_call)


def _planned(
    specs: Sequence[ReportSpec], as_of: datetime, history_start: datetime, timelines: Timelines
) -> Iterator[PlannedReport]:
    problems: list[object] = []
    for spec in specs:
        try:
            period = period_of(spec, as_of, history_start)
        except InputError as error:
            problems += error.problems
            continue
        needs = needs_of(spec, period, as_of, history_start)
        before = period_before(spec, period, as_of)
        then = replace(spec, tweets=spec.tweets_then)
        compared = PeriodBefore(before, needs_of(then, before, as_of, history_start)) if before else None
        yield PlannedReport(spec, period, needs, compared, timelines.get(spec.name, ()))
    if problems:
        raise InputError(*problems)
