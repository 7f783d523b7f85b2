"""How a report looks and speaks. Everything that draws or writes is handed one of these, or the part that it needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.project import HERE, Project
from reportgen.render.palette import Palette
from reportgen.spec.model import PageSize
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families of a page, by the names under which it embeds them; nobody's system has fonts of ours."""

    text: str = "Reportgen Sans"
    headings: str = "Reportgen Serif"


@dataclass(frozen=True, slots=True)
class Look:
    """All that is not the report's own numbers and words."""

    page: PageSize = "A4"
    palette: Palette = field(default_factory=Palette)
    fonts: Fonts = field(default_factory=Fonts)
    voice: Voice = ENGLISH
    template: str | None = None
    """The project's own template, by its path in the project; None for the built-in page."""
    project: Project = HERE
    """Where templates, and the files that they name, are looked for."""
