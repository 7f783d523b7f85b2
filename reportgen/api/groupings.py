"""One reader for every nesting of a grouping: a level for each `group_by` value, counts at the bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, Final, NamedTuple

import polars as pl

KEYS: Final = ("tweet.id", "engagement.type", "engagement.day", "engagement.hour")
_DAY: Final = "engagement.day"
_HOUR: Final = "engagement.hour"
_HOURS: Final = tuple(f"{hour:02}" for hour in range(24))
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT: Final = r"^[0-9]{1,15}$"
"""Up to what sums of counts hold exactly; the largest that X ever showed has eleven digits."""
_LONGEST: Final = 40


class _Bottom(NamedTuple):
    """A mapping of the last level: where it is, and what it holds. One name, None, where that level is missing."""

    place: Mapping[str, str]
    leaves: Mapping[Any, object]


def read_grouping(node: object, group_by: Sequence[str]) -> pl.DataFrame:
    """The leaves of a grouping, a row each.

        tweet.id, engagement.type, engagement.day, engagement.hour    String, null where not grouped by or not given
        value    Int64, null where there is no whole number of at least 0 and at most 15 digits
        found    String, what stands there in place of a number, shortened; null beside a value

    Where a level is missing, a row says so at the level above it. Days that are no date and hours that are none of
    the day are left out; tweets and metrics are as they come. Days and hours are UTC.
    """
    undated = _HOUR in group_by and _DAY not in group_by
    leaves = _leaves(list(_bottoms(node, group_by, {}, undated=undated)), group_by[-1])
    is_whole = pl.all_horizontal(pl.col(key).is_not_null() for key in group_by)
    is_count = is_whole & pl.col("found").str.contains(_COUNT)
    return (
        leaves.lazy()
        .filter(pl.col(_HOUR).is_null() | pl.col(_HOUR).is_in(_HOURS))
        .select(
            *KEYS,
            pl.when(is_count).then(pl.col("found")).cast(pl.Int64).alias("value"),
            pl.when(~is_count).then(pl.col("found")).str.slice(0, _LONGEST).alias("found"),
        )
        .collect()
    )


def _leaves(bottoms: Sequence[_Bottom], last: str) -> pl.DataFrame:
    """The keys of every leaf, and what is found there."""
    columns: dict[str, list[Any]] = {
        key: list(chain.from_iterable(repeat(bottom.place.get(key), len(bottom.leaves)) for bottom in bottoms))
        for key in KEYS
    }
    columns[last] = list(chain.from_iterable(bottom.leaves for bottom in bottoms))
    columns["found"] = _spelled(list(chain.from_iterable(bottom.leaves.values() for bottom in bottoms)))
    return pl.DataFrame(columns, schema=dict.fromkeys((*KEYS, "found"), pl.String()))


def _bottoms(node: object, group_by: Sequence[str], place: Mapping[str, str], *, undated: bool) -> Iterator[_Bottom]:
    key, *rest = group_by
    if not isinstance(node, dict):
        yield _Bottom(place, {None: node})
        return
    if key == _DAY:
        node = {name: child for name, child in node.items() if _is_date(name)}
    elif key == _HOUR and undated:
        # Hours without days come in both shapes: under their days, and summed over them.
        dated = {name: child for name, child in node.items() if _is_date(name)}
        for name, child in dated.items():
            yield from _bottoms(child, group_by, {**place, _DAY: name}, undated=False)
        node = {name: child for name, child in node.items() if name not in dated}
    if not rest:
        yield _Bottom(place, node)
        return
    for name, child in node.items():
        yield from _bottoms(child, rest, {**place, key: name}, undated=undated)


@lru_cache(maxsize=1024)
def _is_date(name: str) -> bool:
    if not _DATE.fullmatch(name):
        return False
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True


def _spelled(values: list[object]) -> list[Any]:
    # A large answer is hundreds of thousands of strings; one by one they are looked at where something else is there.
    kinds = set(map(type, values))
    if kinds <= {str}:
        return values
    return list(map(str if kinds <= {str, int} else _spelled_alone, values))


def _spelled_alone(value: object) -> str:
    """A number or a string as it is; the name of anything else, which never looks like a count."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            return str(value)
