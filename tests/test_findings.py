"""What a report is made from in the end: each cell that it needs is a fact or in a gap, whatever came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.api.verdicts import Answer
from reportgen.ask import Ask
from reportgen.catalog import HISTORICAL
from reportgen.coverage import Coverage, Known, Sight
from reportgen.facts import no_facts
from reportgen.findings import Findings, findings
from reportgen.gaps import Gap, Reason
from reportgen.needs import Needs
from reportgen.plan import Plan
from reportgen.planned import PlannedReport, PlannedRun
from reportgen.request import Grain
from reportgen.spans import Span, joined
from reportgen.spec.model import ReportSpec, Tweet

HOUR = timedelta(hours=1)
START = datetime(2026, 6, 1, tzinfo=UTC)
HOURS = 12
AS_OF = START + HOURS * HOUR
TWEETS, METRICS = ("1", "2"), ("impressions", "favorites")

Cell: TypeAlias = tuple[str, str, int]
"""A tweet, a metric, and an hour since the start."""
CELLS = [(tweet_id, name, n) for tweet_id in TWEETS for name in METRICS for n in range(HOURS)]
NEEDS = Needs(HISTORICAL, Grain.HOUR, METRICS, dict.fromkeys(TWEETS, Span(START, AS_OF)), dict.fromkeys(TWEETS))
SPEC = ReportSpec("r.yaml", "r", "R", ZoneInfo("UTC"), HISTORICAL, (), tuple(Tweet(i, None) for i in TWEETS), METRICS)


def found(known: set[Cell], said: list[Gap], ruled: list[Gap], ask: Ask = Ask.MISSING) -> Findings:
    spans = {
        place: joined(Span(START + n * HOUR, START + (n + 1) * HOUR) for *there, n in known if (*there,) == place)
        for place in ((tweet_id, name) for tweet_id in TWEETS for name in METRICS)
    }
    coverage = Coverage({(HISTORICAL, Grain.HOUR): spans})
    report = PlannedReport(SPEC, None, NEEDS)
    refused = {(HISTORICAL, id_, ""): tuple(gap for gap in ruled if gap.tweet_id == id_) for id_ in TWEETS}
    plan = Plan(refused=refused)
    run = PlannedRun((report,), plan, Known(coverage), Sight(AS_OF, AS_OF), AS_OF, ask)
    return findings(NEEDS, run, [Answer(no_facts(), (gap,)) for gap in said], coverage, no_facts())


def reasons_of(gaps: tuple[Gap, ...]) -> Mapping[Cell, set[Reason]]:
    return {
        (tweet_id, name, n): {
            gap.reason
            for gap in gaps
            if gap.tweet_id == tweet_id
            and gap.metric in {None, name}
            and (gap.start is None or gap.start <= START + n * HOUR)
            and (gap.end is None or START + n * HOUR < gap.end)
        }
        for tweet_id, name, n in CELLS
    }


def some_gaps(*reasons: Reason) -> st.SearchStrategy[list[Gap]]:
    hours = st.tuples(st.integers(0, HOURS), st.integers(0, HOURS)).filter(lambda pair: pair[0] != pair[1])
    spans = st.just((None, None)) | hours.map(lambda pair: tuple(START + n * HOUR for n in sorted(pair)))
    metrics = st.none() | st.sampled_from(METRICS)
    parts = st.tuples(st.sampled_from(TWEETS), metrics, st.sampled_from(reasons), spans)
    return st.lists(parts.map(lambda of: Gap(of[0], of[1], of[2], "", *of[3])), max_size=4)


some_cells = st.sets(st.sampled_from(CELLS))
some_said = some_gaps(Reason.CALL_FAILED, Reason.UNAVAILABLE)
some_ruled = some_gaps(Reason.NOT_COUNTED_THEN)


@pytest.mark.parametrize("ask", [Ask.MISSING, Ask.NOTHING])
@settings(derandomize=True, deadline=None)
@given(known=some_cells, said=some_said, ruled=some_ruled)
def test_a_cell_is_known_or_in_a_gap_and_never_both(
    ask: Ask, known: set[Cell], said: list[Gap], ruled: list[Gap]
) -> None:
    made = found(known, said, ruled, ask)
    told = reasons_of((*said, *ruled))
    for cell, reasons in reasons_of(made.gaps).items():
        assert bool(reasons) == (cell not in known)
        assert reasons <= (told[cell] or {Reason.CALL_FAILED})
    lost = {cell for cell, reasons in told.items() if cell not in known and reasons <= {Reason.CALL_FAILED}}
    assert not (made.complete and lost)


@settings(derandomize=True, deadline=None)
@given(known=some_cells, said=some_said)
def test_what_was_to_be_asked_for_again_and_was_not_answered_is_a_gap_though_it_was_known(
    known: set[Cell], said: list[Gap]
) -> None:
    told = reasons_of(tuple(said))
    for cell, reasons in reasons_of(found(known, said, [], Ask.EVERYTHING).gaps).items():
        assert bool(reasons) == (cell not in known or bool(told[cell]))


def test_all_is_there_where_all_is_known() -> None:
    made = found(set(CELLS), [Gap("1", None, Reason.CALL_FAILED, "no reply")], [])
    assert (made.gaps, made.complete) == ((), True)
