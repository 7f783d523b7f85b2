"""How a report looks and speaks. Everything that draws or writes is handed one of these, or the part that it needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.project import HERE, Project
from reportgen.render.palette import Palette
from reportgen.spec.model import Design, PageSize
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families of a page, by the names under which it embeds them; nobody's system has fonts of ours."""

    text: str = "Reportgen Sans"
    headings: str = "Reportgen Serif"
    files: tuple[tuple[str, str], ...] = ()
    """The families of the brand that the page embeds, each with its font as a data URI."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture at the head of the page."""

    uri: str
    """The picture itself, as a data URI."""
    text: str
    """What it says, for those who don't see it."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that is not the report's own numbers and words."""

    page: PageSize = "A4"
    design: Design = "editorial"
    palette: Palette = field(default_factory=Palette)
    fonts: Fonts = field(default_factory=Fonts)
    logo: Logo | None = None
    footer: str | None = None
    """What stands at the foot of every page in place of reportgen's name."""
    voice: Voice = ENGLISH
    template: str | None = None
    """The project's own template, by its path in the project; None for the built-in page."""
    project: Project = HERE
    """Where templates, and the files that they name, are looked for."""
