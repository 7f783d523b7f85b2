"""How the numbers and keys of an answer are written: as the API mostly does, or as it does on other days. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from reportgen.instants import ceil_hour, floor_hour, format_instant
from reportgen.simulator.chance import chance
from reportgen.simulator.faults import Faults
from reportgen.simulator.groupings import Nested

DAMAGE: Final[tuple[object, ...]] = ("1.5", "-3", "", None, "12a", True, {})
"""What stands where a whole number should."""
BARE_AMONG_MIXED: Final = 0.1
"""The share of bare numbers where strings and bare numbers are mixed."""
EXTRA_KEYS: Final[Mapping[str, object]] = {"request_id": "5f0c1d9e", "took": 12, "meta": {"version": "2"}}
"""Keys that no client asked for, beside the groupings and in each of them."""


def shaped(nested: Nested, faults: Faults, *path: str) -> object:
    """A grouping's counts as the faults write them. `path` is where in the answer they stand."""
    if faults.numbers == "strings" and not faults.damaged:
        return nested
    if isinstance(nested, str):
        return _leaf(nested, faults, path)
    return {key: shaped(part, faults, *path, key) for key, part in nested.items()}


def _leaf(count: str, faults: Faults, path: tuple[str, ...]) -> object:
    if chance(faults.seed, "damaged", path) < faults.damaged:
        return DAMAGE[int(chance(faults.seed, "damage", path) * len(DAMAGE))]
    bare = faults.numbers == "bare"
    if faults.numbers == "mixed":
        bare = chance(faults.seed, "bare", path) < BARE_AMONG_MIXED
    return int(count) if bare else count


def with_extra_keys(grouping: object, faults: Faults) -> object:
    """The mapping with keys that nobody knows, where that is wanted."""
    return {**EXTRA_KEYS, **grouping} if faults.extra_keys and isinstance(grouping, dict) else grouping


def echo(start: datetime, end: datetime, faults: Faults) -> dict[str, object]:
    """The window as the answer tells it, on whole hours."""
    if faults.echo == "none":
        return {}
    shift = timedelta(days=faults.echo == "other")
    return {
        "start": format_instant(floor_hour(start) - shift),
        "end": format_instant(ceil_hour(end) - shift),
    }
