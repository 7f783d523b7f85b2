"""What is wrong with the charts of a report file beyond their form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.catalog import FORMULAS, METRICS, Formula, Measure, group_by_key, measure
from reportgen.spec.build_measures import build_measure
from reportgen.spec.chart_roles import METRIC_KEY, Roles, roles
from reportgen.spec.draft import Draft
from reportgen.spec.formulas import FormulaError
from reportgen.spec.problems import Finding, Place
from reportgen.spec.section_places import groupings_by_name, metrics_of, sections_of
from reportgen.spec.words import listed, quoted

_LEFT_OVER: Final = "a chart has an axis, colours (series) and panels, and {} of this grouping would be left over"
_NO_TIME: Final = "{} needs time along the axis, and here it has {}; use bar, or a grouping with days or hours"
_TWO_SCALES: Final = "{} and {} are not on one scale, so they cannot be the series of one axis; make them the panels"
_IN_OTHERS: Final = ("impressions", "engagements")
"""What does not stand on other counts: the one counts those who saw, the other has what people did in it already."""


def charts(draft: Draft) -> Iterator[Finding]:
    """Groupings that cannot be drawn, and roles that do not fit them."""
    known = groupings_by_name(draft)
    for place in sections_of(draft, "chart"):
        group_by = known.get(draft.get(*place, "grouping") or "")
        if group_by is not None:
            yield from _chart(draft, place, group_by)


def _chart(draft: Draft, place: Place, group_by: Sequence[str]) -> Iterator[Finding]:
    metrics = metrics_of(draft, place)
    series, panels = draft.get(*place, "series"), draft.get(*place, "panels")
    has = roles(group_by, len(metrics or ()), series, panels)
    if not has.x:
        yield Finding((*place, "grouping"), "this grouping has nothing to draw along; name one with days or handles")
        return
    wrong = [*_roles_of_the_grouping(draft, place, has, group_by)]
    yield from wrong
    if wrong or metrics is None:
        return
    if has.left:
        left = listed([_in_words(key) for key in has.left], "and")
        yield Finding((*place, "grouping"), _LEFT_OVER.format(left))
        return
    if draft.get(*place, "mark") in ("line", "area") and not group_by_key(has.x[0]).time:
        yield Finding((*place, "mark"), _NO_TIME.format(draft.get(*place, "mark"), has.x[0]))
    if draft.get(*place, "stack"):
        yield from _stack(draft, place, has, metrics)
    elif has.series == METRIC_KEY:
        yield from _one_scale(draft, place, metrics)


def _roles_of_the_grouping(draft: Draft, place: Place, has: Roles, group_by: Sequence[str]) -> Iterator[Finding]:
    choices = [key for key in (*group_by, METRIC_KEY) if key not in has.x]
    for role in ("series", "panels"):
        key = draft.get(*place, role)
        if key is not None and key not in choices:
            free = listed([*dict.fromkeys(choices)])
            along = " stands along the axis" if key in has.x else " is not in this chart's grouping"
            yield Finding((*place, role), f"{quoted(key)}{along}; it can be {free}")
    if has.series is not None and has.series == has.panels:
        yield Finding((*place, "panels"), f"{quoted(has.series)} is the series already; leave one of them out")


def _stack(draft: Draft, place: Place, has: Roles, metrics: Sequence[str]) -> Iterator[Finding]:
    if draft.get(*place, "mark") == "line":
        yield Finding((*place, "mark"), "lines do not stand on each other; use area or bar, or leave stack out")
        return
    if has.series is None:
        message = "there is nothing to stack; name the series, such as engagement.type for the metrics"
        yield Finding((*place, "stack"), message)
    for at, shown in _measures(draft, place, metrics):
        name = quoted(shown.name)
        if isinstance(shown, Formula):
            yield Finding(at, f"{name} cannot be stacked: rates and formulas do not add up")
        elif has.series == METRIC_KEY and len(metrics) > 1 and shown.name in _IN_OTHERS:
            yield Finding(at, f"{name} and other metrics do not add up, so they cannot stand on each other")


def _one_scale(draft: Draft, place: Place, metrics: Sequence[str]) -> Iterator[Finding]:
    """Counts share an axis, and so do measures that are written alike."""
    first: Measure | None = None
    for at, shown in _measures(draft, place, metrics):
        first = first or shown
        if shown.format != first.format:
            yield Finding(at, _TWO_SCALES.format(quoted(first.name), quoted(shown.name)))
            return


def _measures(draft: Draft, place: Place, metrics: Sequence[str]) -> Iterator[tuple[Place, Measure]]:
    """The chart's measures that have no fault, each with the place to mend: where the chart names none, its
    grouping.
    """
    own = draft.has(*place, "metrics")
    for index, name in enumerate(metrics):
        found = _measure(draft, name)
        if found is not None:
            yield ((*place, "metrics", index) if own else (*place, "grouping")), found


def _measure(draft: Draft, name: str) -> Measure | None:
    if name in METRICS or name in FORMULAS:
        return measure(name)
    given = draft.get("measures", name)
    try:
        return build_measure(name, given) if given is not None else None
    except FormulaError:
        return None  # which is told where the formula stands


def _in_words(key: str) -> str:
    return "the metrics" if key == METRIC_KEY else key
