"""What is wrong with the groupings and sections of a report file beyond their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from reportgen.catalog import FORMULAS, METRICS
from reportgen.spec.chart_rules import charts
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.section_places import asked_for, groupings_by_name, names_shown, sections_of
from reportgen.spec.table_rules import TABLE_RULES
from reportgen.spec.text_rules import texts
from reportgen.spec.vega_rules import vega_specifications
from reportgen.spec.words import did_you_mean, quoted


def _groupings(draft: Draft) -> Iterator[Finding]:
    if draft.count("metrics") < 2:
        return
    for place, group_by in draft.children("groupings"):
        if "engagement.type" not in group_by:
            yield Finding(place, "engagement.type is missing; without it, different metrics would be added up")


def _metrics_shown(draft: Draft) -> Iterator[Finding]:
    metrics, own = draft.get("metrics"), draft.keys_of("measures")
    # Where one of them is misspelt, it may be the one that sections show.
    if metrics is None or {*metrics} - {*METRICS, *FORMULAS, *own}:
        return
    for place, name in names_shown(draft):
        if (name in METRICS or name in FORMULAS) and name not in asked_for(metrics):
            yield Finding(place, f"{quoted(name)} is not among the report's metrics; add it there")


def _groupings_shown(draft: Draft) -> Iterator[Finding]:
    known = groupings_by_name(draft)
    for section in sections_of(draft):
        name = draft.get(*section, "grouping")
        if name is not None and known and name not in known:
            place = (*section, "grouping")
            yield Finding(place, f"{quoted(name)} is not a grouping of this report{did_you_mean(name, known)}")


SECTION_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    _groupings,
    _metrics_shown,
    _groupings_shown,
    charts,
    *TABLE_RULES,
    texts,
    vega_specifications,
)
