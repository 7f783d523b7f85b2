"""What is wrong with the groupings and sections of a report file beyond their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from reportgen.catalog import ENDPOINTS, RATES
from reportgen.spec.defaults import default_groupings, dimensions
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding, Place
from reportgen.spec.words import did_you_mean, listed, quoted

_HOUR_OF_DAY: Final = {"engagement.day", "engagement.hour"}


def asked_for(metrics: Sequence[str]) -> tuple[str, ...]:
    """The metrics that sections may show: those of the report, and the rates of which it has both parts."""
    return (*metrics, *(r.name for r in RATES.values() if set(r.parts) <= set(metrics) and r.name not in metrics))


def _groupings(draft: Draft) -> Iterator[Finding]:
    if draft.count("metrics") < 2:
        return
    for place, group_by in draft.children("groupings"):
        if "engagement.type" not in group_by:
            yield Finding(place, "engagement.type is missing; without it, different metrics would be added up")


def _metrics_shown(draft: Draft) -> Iterator[Finding]:
    metrics = draft.get("metrics")
    if metrics is None:
        return
    for section in _sections(draft):
        for place, name in draft.children(*section, "metrics"):
            if name not in asked_for(metrics):
                yield Finding(place, f"{quoted(name)} is not among the report's metrics; add it there")


def _groupings_shown(draft: Draft) -> Iterator[Finding]:
    known = _known_groupings(draft)
    for section in _sections(draft):
        name = draft.get(*section, "grouping")
        if name is not None and known and name not in known:
            place = (*section, "grouping")
            yield Finding(place, f"{quoted(name)} is not a grouping of this report{did_you_mean(name, known)}")


def _charts(draft: Draft) -> Iterator[Finding]:
    known = _known_groupings(draft)
    for section in _sections(draft):
        group_by = known.get(draft.get(*section, "grouping") or "")
        if section[-1] != "chart" or group_by is None:
            continue
        keys = dimensions(group_by)
        axes = len(keys) - (1 if keys >= _HOUR_OF_DAY else 0)
        if axes == 0:
            yield Finding(
                (*section, "grouping"), "this grouping has nothing to draw along; name one with days or handles"
            )
        elif axes > 2:
            message = f"a chart shows two things at most, and this grouping has {listed(sorted(keys), 'and')}"
            yield Finding((*section, "grouping"), message)


def _sort_orders(draft: Draft) -> Iterator[Finding]:
    known = _known_groupings(draft)
    for section in _sections(draft):
        sort = draft.get(*section, "sort")
        group_by = known.get(draft.get(*section, "grouping") or "")
        metrics = draft.get(*section, "metrics") if draft.has(*section, "metrics") else draft.get("metrics")
        if sort is None or group_by is None or metrics is None:
            continue
        columns = (*(key for key in group_by if key != "engagement.type"), *metrics)
        name = sort.removeprefix("-")
        if name not in columns:
            place = (*section, "sort")
            yield Finding(place, f"{quoted(name)} is not a column of this table{did_you_mean(name, columns)}")


def _sections(draft: Draft) -> Iterator[Place]:
    for index in range(draft.count("sections")):
        for kind in ("kpis", "chart", "table"):
            if draft.has("sections", index, kind):
                yield ("sections", index, kind)


def _known_groupings(draft: Draft) -> Mapping[str, Sequence[str] | None]:
    """The groupings by name, None for those with a fault; empty where they cannot be known."""
    if draft.has("groupings"):
        return {name: draft.get("groupings", name) for name in draft.keys_of("groupings")}
    endpoint = ENDPOINTS.get(draft.get("endpoint") or "")
    return default_groupings(endpoint, draft.count("handles")) if endpoint else {}


SECTION_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    _groupings,
    _metrics_shown,
    _groupings_shown,
    _charts,
    _sort_orders,
)
