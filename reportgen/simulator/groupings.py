"""Counts nested as the API nests them: a level for each `group_by` value, strings at the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from reportgen.simulator.faults import Hours

Cells = Mapping[tuple[str, str], Sequence[int]]
"""The count of each hour of a window, by tweet id and metric."""

Nested = str | dict[str, "Nested"]

_HOURS_A_DAY: Final = 24
"""So many hours in a row are each another hour of the day."""


class _Slot(NamedTuple):
    """An hour of the window: its place, its UTC day and its hour of the day."""

    place: int
    day: str
    hour: str


def nest(group_by: Sequence[str], cells: Cells, first_hour: datetime, hours: Hours = "under_days") -> Nested:
    """The counts by the values of `group_by`, in that order; what it does not name is added up.

    `first_hour` (UTC) is the hour of the first counts of the cells. `hours` tells the shape of hours without a day.
    """
    if not cells:
        return {}
    if hours == "under_days" and "engagement.hour" in group_by and "engagement.day" not in group_by:
        # The reference shows hours under their days even where only hours were asked for.
        place = group_by.index("engagement.hour")
        group_by = [*group_by[:place], "engagement.day", *group_by[place:]]
    instants = (first_hour + timedelta(hours=place) for place in range(len(next(iter(cells.values())))))
    slots = [_Slot(place, f"{at:%Y-%m-%d}", f"{at:%H}") for place, at in enumerate(instants)]
    return _nest(group_by, cells, slots)


def _nest(group_by: Sequence[str], cells: Cells, slots: Sequence[_Slot]) -> Nested:
    if not group_by:
        return str(sum(counts[slot.place] for counts in cells.values() for slot in slots))
    key, *rest = group_by
    if key == "tweet.id":
        return {tweet_id: _nest(rest, some, slots) for tweet_id, some in _split_cells(cells, 0).items()}
    if key == "engagement.type":
        return {metric: _nest(rest, some, slots) for metric, some in _split_cells(cells, 1).items()}
    if key == "engagement.day":
        return {day: _nest(rest, cells, some) for day, some in _split_slots(slots, 1).items()}
    if not rest and len(cells) == 1 and len(slots) <= _HOURS_A_DAY:
        # The bottom of a large answer: most of the time would go into calls of this function.
        (counts,) = cells.values()
        return {hour: str(counts[place]) for place, _, hour in slots}
    return {hour: _nest(rest, cells, some) for hour, some in _split_slots(slots, 2).items()}


def _split_cells(cells: Cells, part: int) -> dict[str, dict[tuple[str, str], Sequence[int]]]:
    split: dict[str, dict[tuple[str, str], Sequence[int]]] = {}
    for cell, counts in cells.items():
        split.setdefault(cell[part], {})[cell] = counts
    return split


def _split_slots(slots: Sequence[_Slot], part: Literal[1, 2]) -> dict[str, list[_Slot]]:
    split: dict[str, list[_Slot]] = {}
    for slot in slots:
        split.setdefault(slot[part], []).append(slot)
    return split
