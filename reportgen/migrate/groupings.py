"""The groupings of the old file, under names and in forms that a report file allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from reportgen.catalog import ENDPOINTS, GROUP_BY
from reportgen.migrate.model import Grouping, Remark
from reportgen.migrate.names import grouping_name
from reportgen.migrate.reading import Reading
from reportgen.spec.problems import Place
from reportgen.spec.words import did_you_mean, quoted, shown

_OF_THE_API: Final = ("tweet.id", "engagement.type", "engagement.day", "engagement.hour")
_TIME: Final = frozenset(name for name in _OF_THE_API if GROUP_BY[name].time)
_BY_TWEET: Final = frozenset({"tweet.id", "engagement.type"})
_METRIC: Final = "engagement.type"


@dataclass(frozen=True, slots=True)
class OldGrouping:
    """A name, and where in the old file it and its list stand."""

    name: str
    place: Place
    values: Place


def groupings_of(
    old: Iterable[OldGrouping], endpoint: str, metrics: Collection[str], reading: Reading
) -> tuple[Grouping, ...]:
    """The groupings of the file; a finding where a value is none of the API's."""
    names: set[str] = set()
    groupings = []
    for grouping in old:
        name = grouping_name(grouping.name, names)
        names.add(name)
        groupings.append(_grouping(grouping, name, endpoint, len(metrics) > 1, reading))
    return tuple(groupings)


def by_tweet_name(groupings: Iterable[Grouping]) -> str | None:
    """The name of a grouping that has a number for each tweet and metric; None where there is none."""
    return next((grouping.name for grouping in groupings if set(grouping.keys) == _BY_TWEET), None)


def _grouping(old: OldGrouping, name: str, endpoint: str, has_several_metrics: bool, reading: Reading) -> Grouping:
    remarks: list[Remark] = []
    keys: dict[str, None] = {}
    for place, key in reading.items(*old.values):
        if key not in _OF_THE_API:
            reading.complain(place, f"{quoted(key)} is no value of group_by{did_you_mean(key, _OF_THE_API)}")
        elif key in keys:
            remarks.append(reading.remark(place, f"{key} is there twice; once will do"))
        keys[key] = None
    if not ENDPOINTS[endpoint].time_groupings and _TIME.intersection(keys):
        why = f"{shown(old.name)} is left out: {endpoint} has no days and hours"
        return Grouping(name, (), (reading.remark(old.place, why),))
    if has_several_metrics and _METRIC not in keys:
        remarks.append(reading.remark(old.place, f"{_METRIC} is new in {name}: several metrics add up to nothing"))
        keys[_METRIC] = None
    if name != old.name:
        remarks.insert(0, reading.remark(old.place, f"was {shown(old.name)}"))
    return Grouping(name, tuple(keys), tuple(remarks))
