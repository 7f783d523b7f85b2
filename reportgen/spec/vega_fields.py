"""The fields that a Vega-Lite specification draws, as far as they are columns of a grouping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.spec.problems import Finding, Place
from reportgen.spec.words import did_you_mean, quoted

Groupings = Mapping[str, Sequence[str] | None]


def unknown_fields(place: Place, spec: Mapping[str, Any], groupings: Groupings) -> Iterator[Finding]:
    """Fields that the grouping does not have. Nothing is said where a transform may make more of them."""
    if not _transforms(spec):
        yield from _of_view(place, spec, groupings, None)


def columns_of(group_by: Sequence[str]) -> tuple[str, ...]:
    """What a row of the grouping has, by the names of `reportgen.render.vega_lite.data_rows`."""
    keys = ("metric" if key == "engagement.type" else re.sub(r"[.-]", "_", key) for key in group_by)
    return (*keys, "value", "missing")


def _of_view(place: Place, view: Mapping[str, Any], groupings: Groupings, name: object) -> Iterator[Finding]:
    data = view.get("data")
    if isinstance(data, Mapping):
        name = data.get("name")
    group_by = groupings.get(name) if isinstance(name, str) else None
    if group_by and not any(_has_data(part) for key, part in view.items() if key != "data"):
        yield from _of_encoding((*place, "encoding"), view.get("encoding"), columns_of(group_by))
    for key in ("layer", "hconcat", "vconcat", "concat"):
        parts = view.get(key)
        for index, part in enumerate(parts if isinstance(parts, list | tuple) else ()):
            if isinstance(part, Mapping):
                yield from _of_view((*place, key, index), part, groupings, name)


def _of_encoding(place: Place, encoding: object, columns: Sequence[str]) -> Iterator[Finding]:
    if not isinstance(encoding, Mapping):
        return
    for channel, definition in encoding.items():
        field = definition.get("field") if isinstance(definition, Mapping) else None
        if isinstance(field, str) and re.fullmatch(r"[\w.-]+", field) and field not in columns:
            said = f"{quoted(field)} is not in the rows of this grouping{did_you_mean(field, columns)}"
            yield Finding((*place, channel, "field"), said)


def _transforms(part: object) -> bool:
    if isinstance(part, Mapping):
        return "transform" in part or any(_transforms(each) for key, each in part.items() if key != "values")
    return isinstance(part, list | tuple) and any(map(_transforms, part))


def _has_data(part: object) -> bool:
    """Whether a view within draws other data, to which the encoding of this one goes too."""
    if isinstance(part, Mapping):
        return "data" in part or any(map(_has_data, part.values()))
    return isinstance(part, list | tuple) and any(map(_has_data, part))
