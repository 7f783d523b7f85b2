"""Series that stand on each other: how high, from where to where, and whether all of it is known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportgen.render.axes import place
from reportgen.render.marks import series
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Value


@dataclass(frozen=True, slots=True)
class Stack:
    """What stands at one place of the axis; the lowest series first."""

    points: tuple[Point, ...]

    @property
    def total(self) -> Value:
        """The sum of what is known; without a number where nothing is. `missing` is above 0 where it is not whole."""
        return together(point.value for point in self.points)

    @property
    def is_whole(self) -> bool:
        return self.total.number is not None and not self.total.missing

    def layers(self) -> Iterator[tuple[Point, float, float]]:
        """Each point with where it begins and ends; what is not known is as thin as nothing."""
        base = 0.0
        for point in self.points:
            top = base + (point.value.number or 0)
            yield point, base, top
            base = top


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stacks side by side over which an area runs on."""

    stacks: tuple[Stack, ...]
    is_whole: bool


def together(values: Iterable[Value]) -> Value:
    """The sum of counts of different things. A part that is not known leaves it without a tweet at least."""
    parts = list(values)
    known = [part.number for part in parts if part.number is not None]
    missing = sum(max(part.missing, part.number is None) for part in parts)
    return Value(sum(known) if known else None, missing)


def stacks(panel: Panel, names: Sequence[str]) -> tuple[Stack, ...]:
    """The stacks along the axis, their series in this order."""
    at: dict[str, list[Point]] = {}
    for point in panel.points:
        at.setdefault(place(point.x), []).append(point)
    return tuple(Stack(tuple(sorted(points, key=lambda point: names.index(series(point))))) for points in at.values())


def outline(section: ChartSection, panel: Panel) -> Panel:
    """The panel with what reaches highest: of stacks, their totals."""
    if not section.stacked:
        return panel
    names = list(dict.fromkeys(series(point) for point in panel.points))
    tops = (Point(stack.points[0].x, None, stack.total) for stack in stacks(panel, names))
    return replace(panel, points=tuple(tops), of_series={})


def stretches(all_stacks: Sequence[Stack]) -> tuple[Stretch, ...]:
    """What areas are drawn over: they break where nothing is known, and are not whole up to the next whole stack."""
    found: list[tuple[bool, list[Stack]]] = []
    for left, right in pairwise(all_stacks):
        if not (_drawn(left) and _drawn(right)):
            continue
        is_whole = left.is_whole and right.is_whole
        if found and found[-1][0] == is_whole and found[-1][1][-1] is left:
            found[-1][1].append(right)
        else:
            found.append((is_whole, [left, right]))
    return tuple(Stretch(tuple(run), is_whole) for is_whole, run in found)


def alone(all_stacks: Sequence[Stack]) -> tuple[Stack, ...]:
    """The stacks that no area reaches, since nothing is known on either side of them."""
    around = zip((None, *all_stacks[:-1]), all_stacks, (*all_stacks[1:], None), strict=True)
    return tuple(
        here
        for before, here, after in around
        if _drawn(here) and not (before and _drawn(before)) and not (after and _drawn(after))
    )


def _drawn(stack: Stack) -> bool:
    return stack.total.number is not None
