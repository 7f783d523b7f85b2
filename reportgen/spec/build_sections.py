"""From the sections of a report file without faults to their dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportgen.spec.fields import frozen
from reportgen.spec.problems import Place
from reportgen.spec.sections import KINDS, MOST_ON_A_CARD, Columns, PageBreak, Section
from reportgen.spec.texts import named_totals


def build_section(
    item: Mapping[str, Any], metrics: Sequence[str], place: Place, position: Callable[[Place], tuple[int, int]]
) -> Section:
    """The section of a report on these `metrics`, whose keys are named like the fields. `position` tells line and
    column of a place.
    """
    ((kind, given),) = item.items()
    place = (*place, kind)
    if kind == "page_break":
        return PageBreak()
    fields: dict[str, Any] = {key: frozen(value) for key, value in given.items()}
    if kind == "columns":
        parts = enumerate(given["sections"])
        fields["sections"] = tuple(
            build_section(part, metrics, (*place, "sections", index), position) for index, part in parts
        )
        return Columns(**fields)
    if "limit" in fields:
        fields["limit"] = int(fields["limit"])
    if kind == "table":
        fields["change"] = _change(fields.get("change", False), fields.get("metrics", metrics))
    if kind == "top_tweets":
        fields = {"by": metrics[0], "metrics": tuple(metrics[:MOST_ON_A_CARD])} | fields
    if kind == "text":
        fields |= {"metrics": named_totals(given["markdown"]), "at": position((*place, "markdown"))}
    if kind == "vega_lite":
        fields |= {"at": position((*place, "spec"))}
    return KINDS[kind](**fields)


def _change(given: bool | Sequence[str], metrics: Sequence[str]) -> tuple[str, ...]:
    if isinstance(given, bool):
        return tuple(metrics) if given else ()
    return tuple(given)
