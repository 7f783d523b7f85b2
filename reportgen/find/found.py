"""What the station hands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.spec.model import ReportSpec
from reportgen.timelines import Timelines


@dataclass(frozen=True, slots=True)
class Found:
    """The reports with their tweets, and what was found on the timelines of their handles."""

    specs: tuple[ReportSpec, ...]
    timelines: Timelines = field(default_factory=dict)
