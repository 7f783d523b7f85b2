"""What is wrong with the Vega-Lite specifications of a report file: nothing is loaded, and nothing leads away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding, Place
from reportgen.spec.section_places import groupings_by_name, sections_of
from reportgen.spec.vega_fields import unknown_fields
from reportgen.spec.words import did_you_mean, quoted

_FORBIDDEN: Final = {
    "url": "a chart loads nothing; name a grouping instead, as in data: {name: daily}",
    "href": "a chart has no links; leave it out",
    "usermeta": "this is for programs that embed charts; leave it out",
}

_MARKS: Final = (
    *("arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "line", "point", "rect", "rule"),
    *("square", "text", "tick", "trail"),
)


def vega_specifications(draft: Draft) -> Iterator[Finding]:
    """Data from elsewhere or of no grouping, unknown marks and fields, pictures, links, other languages."""
    for section in sections_of(draft, "vega_lite"):
        place = (*section, "spec")
        spec = draft.get(*place)
        if spec is None:
            continue
        if "/vega-lite/" not in str(spec.get("$schema", "/vega-lite/")):
            yield Finding((*place, "$schema"), "this is not the schema of Vega-Lite; leave it out")
        known = (*groupings_by_name(draft), *spec.get("datasets", ()))
        yield from _mapping(place, spec, known)
        own = spec.get("datasets", ())
        groupings = {name: keys for name, keys in groupings_by_name(draft).items() if name not in own}
        yield from unknown_fields(place, spec, groupings)


def _walk(place: Place, value: Any, known: Collection[str]) -> Iterator[Finding]:  # noqa: ANN401  JSON
    if isinstance(value, Mapping):
        yield from _mapping(place, value, known)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _walk((*place, index), item, known)


def _mapping(place: Place, value: Mapping[str, Any], known: Collection[str]) -> Iterator[Finding]:
    for key, part in value.items():
        at = (*place, key)
        if key in _FORBIDDEN:
            yield Finding(at, _FORBIDDEN[key], at_key=True)
        elif key == "mark" and (fault := _fault_of_mark(part)):
            yield Finding(at, fault)
        elif key not in {"values", "datasets"}:
            # What data have in them says nothing to Vega.
            yield from _walk(at, part, known)
        if key == "data" and isinstance(part, Mapping):
            yield from _data(at, part, known)


def _fault_of_mark(part: Any) -> str | None:  # noqa: ANN401  JSON
    name = part.get("type") if isinstance(part, Mapping) else part
    if name == "image":
        return "a chart shows no pictures; use another mark"
    if isinstance(name, str) and name not in _MARKS:
        return f"{quoted(name)} is no mark of Vega-Lite{did_you_mean(name, _MARKS)}"
    return None


def _data(place: Place, data: Mapping[str, Any], known: Collection[str]) -> Iterator[Finding]:
    name = data.get("name")
    if isinstance(name, str) and name not in known and "values" not in data:
        yield Finding((*place, "name"), f"{quoted(name)} is not a grouping of this report{did_you_mean(name, known)}")
