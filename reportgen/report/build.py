"""Facts and gaps into a Report. Pure: the same input gives the same report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from reportgen.gaps import Gap
from reportgen.report.buckets import buckets_of
from reportgen.report.changes import Compared
from reportgen.report.comparison import Before, comparison, comparison_remarks, lacking, measured_before
from reportgen.report.gaps import in_order
from reportgen.report.labels import tweet_label
from reportgen.report.measures import Measured, measured
from reportgen.report.model import GroupingResult, Report
from reportgen.report.notes import gap_notes, remarks, shortfall
from reportgen.report.sections import Ingredients, page_section
from reportgen.report.texts import mail_texts
from reportgen.report.timelines import timeline_notes, timeline_remarks
from reportgen.request import Grain
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import Period
from reportgen.timelines import Timeline
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice


def build_report(
    spec: ReportSpec,
    period: Period | None,
    as_of: datetime,
    grain: Grain,
    facts: pl.DataFrame,
    gaps: Sequence[Gap],
    *,
    complete: bool,
    known_at: datetime | None = None,
    before: Before | None = None,
    timelines: Sequence[Timeline] = (),
    voice: Voice = ENGLISH,
) -> Report:
    """The report that `facts` (at `grain`) and `gaps` answer. `complete` tells whether nothing is missing that a
    call might have brought.

    `known_at` is the instant (UTC) of the oldest numbers that may have changed since; `before` is what is known of the
    period that the report is compared with; `timelines` is what was found on the handles' timelines. `voice` writes the
    numbers and dates in its sentences.
    """
    gaps = in_order(gaps)
    tweets = {tweet.id: tweet_label(tweet, spec.timezone) for tweet in spec.tweets}
    counts = spec.counts
    buckets = buckets_of(period, grain)
    known = measured(facts, gaps, spec.tweets, counts, buckets, spec.all_tweets, spec.labels_of_handles)
    known_before = measured_before(spec, before) if before else None
    on_page = known.with_weeks_from(voice.first_weekday)
    compared = None
    if before and known_before and period:
        compared = Compared(on_page, known_before.with_weeks_from(voice.first_weekday), (period, before.period))
    given = Ingredients(spec, on_page, tweets, voice, compared)
    answered = _answered(known)
    hours_missing = any(int(gap.tweet_id) in answered and (gap.start or gap.end) for gap in gaps)
    notes = (*timeline_notes(timelines, spec, voice), *gap_notes(gaps, tweets, counts, voice))
    shown = list(dict.fromkeys(measure for section in spec.sections for measure in spec.measures_shown(section)))
    return Report(
        name=spec.name,
        title=spec.title,
        timezone=spec.timezone,
        as_of=as_of,
        period=period,
        last_day=period.last_day if period else as_of.astimezone(spec.timezone).date(),
        handles=spec.handles,
        tweets=len(spec.tweets),
        sections=tuple(page_section(section, given) for section in spec.sections),
        groupings=_groupings(spec, known),
        gaps=gaps,
        gap_notes=notes,
        remarks=(
            *timeline_remarks(timelines, spec, as_of, voice),
            *(comparison_remarks(spec, before.period, as_of, shown, voice) if before else ()),
            *remarks(spec, shown, period, known_at, voice, hours_missing=hours_missing),
        ),
        timelines=tuple(timelines),
        complete=complete,
        known_at=known_at,
        shortfall=shortfall(len(tweets), set(known.missing["tweet_id"]), answered, voice) or lacking(before, voice),
        comparison=comparison(spec, before, _groupings(spec, known_before), voice, notes)
        if before and known_before
        else None,
        mail=mail_texts(spec, on_page),
    )


def _groupings(spec: ReportSpec, known: Measured) -> tuple[GroupingResult, ...]:
    measures = tuple(map(spec.measure, spec.metrics))
    return tuple(
        GroupingResult(name, group_by, measures, known.group(group_by, measures))
        for name, group_by in spec.groupings.items()
    )


def _answered(known: Measured) -> set[int]:
    """The ids of the tweets of which a number is known."""
    cell = ["tweet_id", "metric", "start"]
    lacking = known.missing["tweet_id"].unique()
    # Looked at one by one are only the facts of tweets that lack something.
    doubtful = known.facts.filter(pl.col("tweet_id").is_in(lacking.implode()))
    counted = doubtful.join(known.missing, on=cell, how="anti", nulls_equal=True)["tweet_id"].unique()
    return {*known.facts["tweet_id"].unique()} - {*lacking} | {*counted}
