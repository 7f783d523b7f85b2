"""A user's Vega-Lite specification as a page shows it: with the report's numbers, and in the look of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from reportgen.errors import TemplateError
from reportgen.render.apart import DrawingError, drawn_apart
from reportgen.render.look import Look
from reportgen.render.numbers import ONLY_SOME, SEE_NOTES
from reportgen.render.places import NARROW, WIDTH, on_paper
from reportgen.render.results import json_rows
from reportgen.render.scripts import text_fonts
from reportgen.render.shades import shades
from reportgen.render.svg import inline
from reportgen.report.model import GroupingResult, Report
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.sections import groupings_drawn

_HEIGHT: Final = 240

_LACKS: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): "not known",
    (False, True): ONLY_SOME,
    (True, False): "not defined, as rates without impressions",
}
"""What is said of numbers, by whether there is none and whether tweets are missing."""


@dataclass(frozen=True, slots=True)
class OwnChart:
    """The pictures by their place: `wide`, `narrow` and `paper`, or `own` alone where the size is the user's."""

    pictures: Mapping[str, Markup]
    width: int | None = None
    """Pixels of a picture whose size is the user's."""
    small_print: str = ""
    """What its numbers lack: a mark that is not drawn says nothing."""


def own_chart(section: VegaLiteSection, report: Report, name: str, look: Look, page: int | None = None) -> OwnChart:
    """The picture in several widths, or, where the specification has a width or several views, in its own alone.

    `page` is how many pixels wide the whole page is; that of the design, where it is left out.
    Raises TemplateError where it cannot be drawn.
    """
    data = {grouping.name: list(data_rows(grouping)) for grouping in report.groupings}
    forms = _forms(section, page or WIDTH[look.design])
    try:
        drawn = drawn_apart([_specification(section.spec, data, width, look) for width in forms.values()], look.voice)
    except DrawingError as error:
        raise TemplateError(f"{section.where}: this specification cannot be drawn: {error}") from error
    pictures = {
        form: inline(svg, f"{name}-{form}", section.description) for form, svg in zip(forms, drawn, strict=True)
    }
    return OwnChart(pictures, _width(drawn[0]) if "own" in forms else None, _small_print(section, report))


def _small_print(section: VegaLiteSection, report: Report) -> str:
    names = groupings_drawn(section.spec)
    rows = [grouping.rows for grouping in report.groupings if grouping.name in names]
    lacks = {
        (value is None, missing > 0) for of in rows for value, missing in of.select("value", "missing").iter_rows()
    }
    kinds = [words for kind, words in _LACKS.items() if kind in lacks]
    see = f" {SEE_NOTES}" if any(missing for _, missing in lacks) else ""
    return f"Some of its numbers are {', others '.join(kinds)}.{see}" if kinds else ""


def _forms(section: VegaLiteSection, page: int) -> dict[str, int | None]:
    """For which places it is drawn, and how wide it is there; `page` is the width of the whole page."""
    if "width" in section.spec or not {"mark", "layer"} & section.spec.keys():
        return {"own": None}
    paper = {} if section.share == 1 else {"paper": round(on_paper(section.share, page))}
    return {"wide": page, "narrow": NARROW, **paper}


def _width(svg: str) -> int | None:
    found = re.search(r'<svg[^>]* width="(\d+)', svg)
    return int(found[1]) if found else None


def data_rows(grouping: GroupingResult) -> Iterator[dict[str, object]]:
    """The rows as Vega-Lite takes them: dots in keys are underscores, and the metric is `metric`."""
    for row in json_rows(grouping):
        yield {_field(key): value for key, value in ({"missing": 0} | row).items()}


def _field(key: str) -> str:
    return "metric" if key == "engagement.type" else key.replace(".", "_").replace("-", "_")


def _specification(
    spec: Mapping[str, Any], data: Mapping[str, list[dict[str, object]]], width: int | None, look: Look
) -> dict[str, Any]:
    """The specification with its data, and with the look and the size where it says nothing itself."""
    place = (
        {} if width is None else {"width": width, "height": _HEIGHT, "autosize": {"type": "fit", "contains": "padding"}}
    )
    return {
        "background": None,
        **place,
        **spec,
        "datasets": {**data, **spec.get("datasets", {})},
        "config": _merged(_config(look), spec.get("config", {})),
    }


def _config(look: Look) -> dict[str, Any]:
    colours = look.palette
    words = {"labelColor": colours.quiet, "titleColor": colours.quiet, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "aria": False,
        "font": text_fonts(look.fonts.text),
        "view": {"stroke": None},
        "mark": {"color": colours.accent},
        "axis": {
            **words,
            "titleFontWeight": 500,
            "gridColor": colours.hairline,
            "domainColor": colours.quiet,
            "tickColor": colours.quiet,
        },
        "legend": {**words, "titleFontWeight": 500},
        "header": words,
        "title": {"color": colours.ink, "fontSize": 14, "fontWeight": 600, "anchor": "start"},
        "text": {"color": colours.ink, "fontSize": 12},
        "range": {
            "category": list(colours.series),
            "ramp": [shade.ground for shade in shades(colours)],
            "heatmap": [shade.ground for shade in shades(colours)],
        },
    }


def _merged(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Theirs, and ours where they say nothing, however deep."""
    merged = {**ours, **theirs}
    for key in ours.keys() & theirs.keys():
        if isinstance(ours[key], Mapping) and isinstance(theirs[key], Mapping):
            merged[key] = _merged(ours[key], theirs[key])
    return merged
