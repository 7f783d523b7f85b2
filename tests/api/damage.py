"""JSON of the right shape with damage: parts dropped, replaced, doubled and put where nothing should be."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import permutations
from typing import Any

from hypothesis import strategies as st

from tests.api.reference_reader import KEYS

FOUR = (KEYS, ("engagement.type", "tweet.id", "engagement.day", "engagement.hour"))
NESTINGS = [group_by for length in (1, 2, 3) for group_by in permutations(KEYS, length)] + list(FOUR)
"""Every `group_by` that the API takes: up to three values in any order, four in two orders."""

NAMES = {
    "tweet.id": ["2117632892728246273", "2117270504862646273"],
    "engagement.type": ["impressions", "favorites"],
    "engagement.day": ["2026-11-09", "2026-11-10"],
    "engagement.hour": ["00", "01", "02"],
}
JUNK_NAMES = ["24", "7", "someday", "2026-02-30", "2026-11-09", "17", "", "tweets", "2026-11-9", "favorites", "٣٣"]
JUNK: list[Any] = [
    None,
    True,
    [],
    {},
    "",
    "-1",
    -1,
    1.5,
    26.0,
    "1e3",
    "+7",
    " 7",
    "٧",
    10**15,
    "9" * 40,
    "x" * 99,
    "\u202e",
    ["7"],
]

counts = st.one_of(st.integers(0, 10**15 - 1), st.integers(0, 99).map(str))
junk = st.one_of(st.sampled_from(JUNK), counts, st.sampled_from(JUNK_NAMES).map(lambda name: {name: "7"}))


def whole(draw: st.DrawFn, levels: list[list[str]]) -> Any:
    """A level for each list of names, and counts at the bottom."""
    if not levels:
        return draw(counts)
    names, *rest = levels
    return {name: whole(draw, rest) for name in names}


@st.composite
def damaged_groupings(draw: st.DrawFn, group_by: tuple[str, ...]) -> Any:
    """A grouping of that nesting with up to four damages; hours without days in either shape."""
    levels = [NAMES[key] for key in group_by]
    if "engagement.hour" in group_by and "engagement.day" not in group_by and draw(st.booleans()):
        levels.insert(group_by.index("engagement.hour"), NAMES["engagement.day"])
    return damaged(draw, whole(draw, levels))


def damaged(draw: st.DrawFn, node: Any) -> Any:
    """The JSON with up to four damages at any place."""
    root = {"": node}
    for _ in range(draw(st.integers(0, 4))):
        parents = list(_parents(root))
        parent, name = parents[draw(st.integers(0, len(parents) - 1))]
        match draw(st.sampled_from(["drop", "replace", "double", "insert", "move down"])):
            case "drop" if parent is not root:
                del parent[name]
            case "replace":
                parent[name] = deepcopy(draw(junk))
            case "double" if parent is not root:
                parent[draw(st.sampled_from(JUNK_NAMES))] = deepcopy(parent[name])
            case "insert" if isinstance(parent[name], dict):
                parent[name][draw(st.sampled_from(JUNK_NAMES))] = deepcopy(draw(junk))
            case "move down":
                parent[name] = {draw(st.sampled_from(JUNK_NAMES)): parent[name]}
            case _:
                pass
    return root[""]


def _parents(node: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for name, child in node.items():
        yield node, name
        if isinstance(child, dict):
            yield from _parents(child)
