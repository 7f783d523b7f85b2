"""Where the sections of a report file are, and what they refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from reportgen.catalog import ENDPOINTS, formulas_of
from reportgen.spec.defaults import default_groupings
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Place
from reportgen.spec.sections import KINDS

_LISTS: Final = ("metrics", "at_least")
_SINGLE: Final = ("metric", "by")


def asked_for(metrics: Sequence[str]) -> tuple[str, ...]:
    """The metrics that sections may show: those of the report, and the formulas of which it has all parts."""
    return tuple(dict.fromkeys([*metrics, *(formula.name for formula in formulas_of(metrics))]))


def sections_of(draft: Draft, *kinds: str) -> Iterator[Place]:
    """The places of all sections of these kinds (or of all kinds), those in columns too."""
    yield from _within(draft, ("sections",), kinds or KINDS)


def _within(draft: Draft, place: Place, kinds: Collection[str]) -> Iterator[Place]:
    for index in range(draft.count(*place)):
        yield from ((*place, index, kind) for kind in kinds if draft.has(*place, index, kind))
        yield from _within(draft, (*place, index, "columns", "sections"), kinds)


def groupings_by_name(draft: Draft) -> Mapping[str, Sequence[str] | None]:
    """The groupings, None for those with a fault; empty where they cannot be known."""
    if draft.has("groupings"):
        return {name: draft.get("groupings", name) for name in draft.keys_of("groupings")}
    endpoint = ENDPOINTS.get(draft.get("endpoint") or "")
    return default_groupings(endpoint, draft.count("handles")) if endpoint else {}


def metrics_of(draft: Draft, place: Place) -> Sequence[str] | None:
    """The metrics of the section there, those of the report where it names none; None where they have a fault."""
    found: Sequence[str] | None = draft.get(*(place if draft.has(*place, "metrics") else ()), "metrics")
    return found


def names_shown(draft: Draft) -> Iterator[tuple[Place, str]]:
    """The measures that sections name, each with its place."""
    for section in sections_of(draft):
        for key in _SINGLE:
            if name := draft.get(*section, key):
                yield (*section, key), name
        for key in _LISTS:
            for place, item in draft.children(*section, key):
                yield place, str(place[-1]) if key == "at_least" else item
