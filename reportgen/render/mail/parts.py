"""The sections of a report in the order in which a mail shows them, each with its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportgen.render.look import Look
from reportgen.render.mail.charts import chart, chart_of_the_users_own
from reportgen.render.mail.model import Drawn, Picture
from reportgen.report.charts import ChartSection
from reportgen.report.kpis import KpiSection
from reportgen.report.model import ColumnsSection, PlacedSection, Report, Section
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.sections import PageBreak

_LEVEL: Final = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it stands in the mail: as wide as all of it, below the one before."""

    section: PlacedSection
    level: int = _LEVEL
    """Of its heading: 2, or 3 where it shares a heading with others."""
    drawn: Drawn | None = None
    """Its pictures, if it is a chart."""

    @property
    def is_inner(self) -> bool:
        return self.level > _LEVEL

    @property
    def is_tiles(self) -> bool:
        return isinstance(self.section, KpiSection)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        shots = (self.drawn.wide, self.drawn.narrow) if self.drawn else ()
        return tuple(shot.picture for shot in shots if shot)


def parts(report: Report, look: Look) -> tuple[Part, ...]:
    """What the mail shows, its charts drawn. Raises TemplateError where a chart of the user's own cannot be."""
    return tuple(replace(part, drawn=_drawn(part.section, report, look)) for part in _below(report.sections))


def _below(sections: Iterable[Section], level: int = _LEVEL) -> Iterator[Part]:
    """Columns come one below the other, behind their heading if they share one."""
    for section in sections:
        if isinstance(section, PageBreak):
            continue
        if not isinstance(section, ColumnsSection):
            yield Part(replace(section, share=1), level)
        elif section.title or section.note:
            yield Part(section, level)
            yield from _below(section.sections, level + 1)
        else:
            yield from _below(section.sections, level)


def _drawn(section: PlacedSection, report: Report, look: Look) -> Drawn | None:
    match section:
        case ChartSection():
            return chart(section, look)
        case VegaLiteSection():
            return chart_of_the_users_own(section, report, look)
    return None
