"""The period that a report is compared with. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from reportgen.gaps import Gap
from reportgen.report.gaps import in_order
from reportgen.report.measures import Measured, buckets_of, measured
from reportgen.report.model import Comparison, GroupingResult, TweetLabel
from reportgen.report.notes import gap_notes
from reportgen.request import Grain
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import Period
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the period compared with: facts at a grain, as `reportgen.facts` has them, and gaps."""

    period: Period
    grain: Grain
    facts: pl.DataFrame
    gaps: Sequence[Gap]


def measured_before(spec: ReportSpec, before: Before) -> Measured:
    """The tables of the period compared with, over the tweets of the report."""
    return measured(before.facts, before.gaps, spec.tweets, spec.counts, buckets_of(before.period, before.grain))


def comparison(
    spec: ReportSpec,
    before: Before,
    groupings: tuple[GroupingResult, ...],
    tweets: Mapping[str, TweetLabel],
    voice: Voice,
) -> Comparison:
    """The period compared with as a result of its own: its groupings, under its own dates, and what it lacks."""
    gaps = in_order(before.gaps)
    return Comparison(before.period, groupings, gaps, gap_notes(gaps, tweets, spec.counts, voice))
