"""The look of a report: what its file sets, and what the project's settings do where it is silent."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reportgen.errors import TemplateError
from reportgen.project import HERE, Project, ProjectFileError
from reportgen.render.brand_files import font, picture
from reportgen.render.contrast import distance
from reportgen.render.look import Fonts, Logo, Look
from reportgen.render.palette import Palette
from reportgen.settings import Settings
from reportgen.spec.brand import Brand
from reportgen.spec.model import ReportSpec
from reportgen.voice.locales import voice_of

_DAY: Final = Palette()
_ALIKE: Final = 0.12
"""Colours of lines that are nearer than this, in OKLab, are hard to tell apart."""


def look_of(spec: ReportSpec, settings: Settings, project: Project = HERE) -> Look:
    """The look of one report. Raises TemplateError where a file of its brand has gone since it was checked."""
    own = replace(
        settings,
        page=spec.outputs.page or settings.page,
        design=spec.design or settings.design,
        brand=spec.brand.over(settings.brand),
        locale=spec.locale or settings.locale,
        template=spec.template or settings.template,
    )
    return look_of_project(own, project)


def look_of_project(settings: Settings, project: Project = HERE) -> Look:
    """The look of all that is no single report's. Raises TemplateError as `look_of` does."""
    brand = settings.brand
    try:
        fonts = _fonts(brand, project)
        logo = Logo(picture(project, brand.logo), brand.logo_text or "Logo") if brand.logo else None
    except ProjectFileError as error:
        raise TemplateError(f"brand: {error}") from error
    return Look(
        page=settings.page,
        design=settings.design,
        palette=branded(brand),
        fonts=fonts,
        logo=logo,
        footer=brand.footer,
        voice=voice_of(settings.locale),
        template=settings.template,
        project=project,
    )


def branded(brand: Brand) -> Palette:
    """The colours with the brand's in them. An accent alone leads the series, before those of ours that differ."""
    accent = brand.accent or _DAY.accent
    ours = (colour for colour in _DAY.series if distance(colour, accent) >= _ALIKE)
    series = brand.series or ((accent, *ours) if brand.accent else _DAY.series)
    return replace(_DAY, accent=accent, series=series)


def _fonts(brand: Brand, project: Project) -> Fonts:
    text, headings = brand.text_font, brand.headings_font
    text_file, headings_file = (font(project, name) if name else None for name in (text, headings))
    files = (("Brand Text", text_file), ("Brand Headings", headings_file))
    return Fonts(
        text="Brand Text" if text_file else text or Fonts().text,
        headings="Brand Headings" if headings_file else headings or Fonts().headings,
        files=tuple((family, uri) for family, uri in files if uri),
    )
