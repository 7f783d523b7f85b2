"""What is known for a report when all calls have come to an end: facts, and a gap for everything else. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.ask import Ask
from reportgen.coverage import Coverage, gaps_left, gaps_unexplained, said_once
from reportgen.gaps import FAILURES, NOT_ASKED, Gap
from reportgen.needs import Needs
from reportgen.planned import PlannedRun

if TYPE_CHECKING:
    import polars as pl

    from reportgen.api.verdicts import Answer

_NOT_THERE: Final = "no answer brought it"


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a report is made from. Where a fact lies in a gap, the gap counts."""

    facts: pl.DataFrame
    gaps: tuple[Gap, ...]
    complete: bool
    """Whether nothing is missing that a call might have brought."""


def findings(
    needs: Needs, run: PlannedRun, answers: Iterable[Answer], coverage: Coverage, facts: pl.DataFrame
) -> Findings:
    """Put together what the run's answers said of a report's tweets and what is known now of its needs."""
    said = [gap for answer in answers for gap in answer.gaps]
    # What was to be asked for again, known or not, is not to be taken from what was known.
    answered = Coverage() if run.ask is Ask.EVERYTHING else coverage
    failed = gaps_left(needs, answered, (gap for gap in said if gap.reason in FAILURES))
    planned = gaps_left(needs, coverage, run.plan.gaps_of(needs))
    failed += [gap for gap in planned if gap.tweet_id in needs.failed]
    left = [*planned, *gaps_left(needs, answered, said)]
    rest = gaps_unexplained(needs, coverage, left, NOT_ASKED if run.ask is Ask.NOTHING else _NOT_THERE)
    return Findings(facts, (*needs.never, *said_once(left), *rest), complete=not failed and not rest)
