"""Which part of a grouping a chart draws how: along the axis, as colours, or as panels. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.catalog import group_by_key

METRIC_KEY: Final = "engagement.type"
"""The `group_by` value whose own values are the metrics."""
_HOURS: Final = ("engagement.day", "engagement.hour")


@dataclass(frozen=True, slots=True)
class Roles:
    """What the `group_by` values of a chart's grouping are in it. `engagement.type` stands for the metrics."""

    x: tuple[str, ...]
    """Along the axis: one, or a day and its hours; empty where the grouping has nothing to draw along."""
    series: str | None
    """The colours; None where there is one."""
    panels: str | None
    """The small charts; None where there is one."""
    left: tuple[str, ...] = ()
    """What has no role, so that its values would lie upon each other."""


def roles(group_by: Sequence[str], metrics: int, series: str | None = None, panels: str | None = None) -> Roles:
    """The roles of a grouping's values in a chart of so many metrics; `series` and `panels` as the file has them."""
    keys = [key for key in group_by if key != METRIC_KEY]
    times = tuple(key for key in keys if group_by_key(key).time)
    x = _HOURS if set(_HOURS) <= set(times) else (times or tuple(keys))[:1]
    rest = [key for key in keys if key not in (*x, series, panels)]
    if METRIC_KEY not in (series, panels) and metrics > 1:
        rest.append(METRIC_KEY)
    # Where the file leaves it open, the grouping's own value gets the colours, and the metrics the panels.
    if series is None and rest and (rest[0] != METRIC_KEY or panels is not None):
        series = rest.pop(0)
    if panels is None and rest:
        panels = METRIC_KEY if METRIC_KEY in rest else rest[0]
        rest.remove(panels)
    if panels is None and series != METRIC_KEY:
        panels = METRIC_KEY
    return Roles(x, series, panels, tuple(rest))
