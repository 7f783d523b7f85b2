"""A report file that may still have faults: hands out only what has none, so that each fault is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reportgen.spec.problems import Place


class Draft:
    """A file's plain data, without the places where something was found wrong already."""

    def __init__(self, data: object, faults: Iterable[Place]) -> None:
        self._data = data
        self._faults = frozenset(faults)
        self._above_faults = frozenset(place[:depth] for place in self._faults for depth in range(len(place)))

    def get(self, *place: str | int) -> Any:  # noqa: ANN401  JSON; the schema says what is in it
        """The value there; None where there is none, or where a fault lies in it or around it."""
        return self._find(place) if self.is_sound(*place) else None

    def has(self, *place: str | int) -> bool:
        """Whether the file has something there, faults or not."""
        return self._find(place) is not None

    def is_sound(self, *place: str | int) -> bool:
        """Whether no fault lies in this place, or in what it is part of."""
        around = (place[:depth] in self._faults for depth in range(len(place) + 1))
        return place not in self._above_faults and not any(around)

    def children(self, *place: str | int) -> Iterator[tuple[Place, Any]]:
        """The items of a list or the entries of a mapping that have no fault, each with its place."""
        container = self._find(place)
        steps = range(len(container)) if isinstance(container, list) else self.keys_of(*place)
        for step in steps:
            if self.is_sound(*place, step):
                yield (*place, step), container[step]

    def keys_of(self, *place: str | int) -> tuple[str, ...]:
        """The keys of the mapping there, also of what has faults."""
        container = self._find(place)
        return tuple(container) if isinstance(container, dict) else ()

    def count(self, *place: str | int) -> int:
        """How many items the list there has, also those with faults."""
        container = self._find(place)
        return len(container) if isinstance(container, list) else 0

    def _find(self, place: Place) -> Any:  # noqa: ANN401
        value: Any = self._data
        for step in place:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value
