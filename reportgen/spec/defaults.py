"""What a report shows where its file is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from reportgen.catalog import Endpoint, formulas_of, group_by_key
from reportgen.spec.sections import Chart, Kpis, Section, Table

MOST_TILES: Final = 6
TOP_TWEETS: Final = 10

GroupBy = tuple[str, ...]

BY_TWEET: Final[Mapping[str, GroupBy]] = {"by-tweet": ("tweet.id", "engagement.type")}
DAILY: Final[Mapping[str, GroupBy]] = {"daily": ("engagement.type", "engagement.day")}
WITH_TEXTS: Final = ("tweet.id", "text")
"""The columns of the table of tweets where these are found on timelines, which tell their texts."""
HOURLY: Final[Mapping[str, GroupBy]] = {"hourly": ("engagement.type", "engagement.day", "engagement.hour")}
BY_HANDLE: Final[Mapping[str, GroupBy]] = {"by-handle": ("handle", "engagement.type")}


def default_groupings(endpoint: Endpoint, handles: int) -> dict[str, GroupBy]:
    """The groupings of a report whose file has none."""
    return {**BY_TWEET, **_over_time(endpoint), **(BY_HANDLE if handles > 1 else {})}


def default_sections(
    groupings: Mapping[str, GroupBy],
    metrics: tuple[str, ...],
    endpoint: Endpoint,
    handles: int,
    columns: tuple[str, ...] = (),
) -> tuple[tuple[Section, ...], dict[str, GroupBy]]:
    """The sections of a report whose file has none, and its groupings with those that the sections lacked.

    A grouping of the file that fits is taken before a default one; `columns` are those of the table of tweets.
    """
    everything = {**default_groupings(endpoint, handles), **groupings}
    by_preference = {**groupings, **everything}
    charted = _first(by_preference, _is_time if endpoint.time_groupings else _is_handle)
    listed = _first(by_preference, _is_tweet)
    sections: list[Section] = [Kpis(tiles(metrics))]
    if charted:
        sections.append(Chart(charted, metrics[:1]))
    if listed:
        table = Table(listed, sort=f"-{metrics[0]}", limit=TOP_TWEETS, title="Top tweets", columns=columns)
        sections.append(table)
    used = {name: everything[name] for name in (charted, listed) if name}
    return tuple(sections), {**groupings, **used}


def tiles(metrics: Sequence[str]) -> tuple[str, ...]:
    """The first metrics, and the formulas whose parts are among them, each behind its first part."""
    names: list[str] = []
    for name in metrics:
        names.append(name)
        names += (
            formula.name for formula in formulas_of(metrics) if formula.parts[0] == name and formula.name not in metrics
        )
    return tuple(names[:MOST_TILES])


def dimensions(group_by: Iterable[str]) -> frozenset[str]:
    """What a grouping divides by, the metrics aside."""
    return frozenset(group_by) - {"engagement.type"}


def _over_time(endpoint: Endpoint) -> Mapping[str, GroupBy]:
    if not endpoint.time_groupings:
        return {}
    return DAILY if endpoint.takes_range else HOURLY


def _first(groupings: Mapping[str, GroupBy], fits: Callable[[frozenset[str]], bool]) -> str | None:
    return next((name for name, group_by in groupings.items() if fits(dimensions(group_by))), None)


def _is_time(keys: frozenset[str]) -> bool:
    is_one_axis = len(keys) == 1 or keys == {"engagement.day", "engagement.hour"}
    return is_one_axis and all(group_by_key(key).time for key in keys)


def _is_handle(keys: frozenset[str]) -> bool:
    return keys == {"handle"}


def _is_tweet(keys: frozenset[str]) -> bool:
    return keys == {"tweet.id"}
