"""A Vega-Lite specification of the report file, not yet drawn. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.report.model import Placed
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import VegaLite


@dataclass(frozen=True, slots=True)
class VegaLiteSection(Placed):
    """A chart of the user's own; its data are the report's groupings by their names."""

    title: str | None
    note: str | None
    spec: Mapping[str, Any]
    description: str
    """What it shows, for those who cannot see it."""
    where: str
    """The place of the specification in the report file, `FILE:LINE:COLUMN`."""


def vega_lite_section(section: VegaLite, spec: ReportSpec) -> VegaLiteSection:
    """The specification, and the best description that there is."""
    own = section.spec.get("description")
    described = section.description or (own if isinstance(own, str) else None) or section.title or "A chart"
    return VegaLiteSection(section.title, section.note, section.spec, described, spec.where(section.at))
