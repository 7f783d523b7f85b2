"""The period that a report is compared with. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from reportgen.catalog import Measure
from reportgen.gaps import Gap
from reportgen.report.buckets import buckets_of
from reportgen.report.gaps import in_order
from reportgen.report.labels import tweet_label
from reportgen.report.measures import Measured, measured
from reportgen.report.model import Comparison, GapNote, GroupingResult
from reportgen.report.notes import gap_notes
from reportgen.request import Grain
from reportgen.snowflake import posted_at
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import Period, start_of_day
from reportgen.spec.posted import posted_period_before
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the period compared with: facts at a grain, as `reportgen.facts` has them, and gaps."""

    period: Period
    grain: Grain
    facts: pl.DataFrame
    gaps: Sequence[Gap]


def measured_before(spec: ReportSpec, before: Before) -> Measured:
    """The tables of the period compared with, over its tweets."""
    buckets = buckets_of(before.period, before.grain)
    tweets, labels = spec.tweets_then, spec.labels_of_handles
    return measured(before.facts, before.gaps, tweets, spec.counts, buckets, spec.all_tweets, labels)


def comparison(
    spec: ReportSpec,
    before: Before,
    groupings: tuple[GroupingResult, ...],
    voice: Voice,
    told: Collection[GapNote],
) -> Comparison:
    """The period compared with as a result of its own: its groupings, under its own dates, and what it lacks.

    The notes leave out what is `told` of the report's own period.
    """
    gaps = in_order(before.gaps)
    tweets = {tweet.id: tweet_label(tweet, spec.timezone) for tweet in spec.tweets_then}
    notes = (note for note in gap_notes(gaps, tweets, spec.counts, voice) if note not in told)
    return Comparison(before.period, groupings, gaps, tuple(notes))


def lacking(before: Before | None, voice: Voice) -> str | None:
    """That numbers of the period compared with are missing, in a sentence; None where none is."""
    if before is None or not before.gaps:
        return None
    return f"Numbers of {before.period.label_in(voice)}, with which it is compared, are missing."


def comparison_remarks(
    spec: ReportSpec, before: Period, as_of: datetime, measures: Iterable[Measure], voice: Voice
) -> Iterator[str]:
    """How the changes are to be read; `measures` are those on the page."""
    label = f"{before.label_in(voice)}{_until(before, voice)}"
    yield f"Changes compare with {label}, over {_over(spec, before, as_of, voice)}."
    if any(measure.format == "percent" for measure in measures):
        yield "A change of a percentage is in percentage points, pp: from 2% to 3% is 1 pp."


def _over(spec: ReportSpec, before: Period, as_of: datetime, voice: Voice) -> str:
    """Over which tweets."""
    posted = posted_period_before(spec, as_of)
    if spec.tweets_before is not None and posted:
        others = sum(not posted.start <= posted_at(tweet.id) < posted.end for tweet in spec.tweets_before)
        more = f", and {voice.whole(others)} more" if others else ""
        return f"the tweets posted {posted.label_in(voice)}{_until(posted, voice)}{more}"
    later = sum(posted_at(tweet.id) >= before.end for tweet in spec.tweets)
    if later == 0:
        return "the same tweets"
    if later == len(spec.tweets):
        return "the same tweets; all of them were posted later"
    were = "was" if later == 1 else "were"
    return f"the same tweets; {voice.whole(later)} of {voice.whole(len(spec.tweets))} {were} posted later"


def _until(before: Period, voice: Voice) -> str:
    """The hour up to which the last day is compared, where that is not the whole day and the label does not say so."""
    if before.called_by != "days" or before.end >= start_of_day(before.last_day + timedelta(days=1), before.timezone):
        return ""
    return f" up to {voice.long_moment(before.end.astimezone(before.timezone))}"
