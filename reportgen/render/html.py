"""A report as one HTML file that needs nothing beside it: no network, no script, no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reportgen.render import charts, numbers, tiles
from reportgen.render.fonts import font_faces
from reportgen.render.labels import label_text, posted
from reportgen.render.look import Look
from reportgen.render.widths import fit
from reportgen.report.model import ChartSection, KpiSection, Report, Section, TableSection, TweetLabel
from reportgen.resources import resource

_PARTIALS: dict[type[Section], str] = {
    KpiSection: "sections/kpis.html.j2",
    ChartSection: "sections/chart.html.j2",
    TableSection: "sections/table.html.j2",
}


def render_html(report: Report, look: Look) -> str:
    """The page. The same report and look give the same text, byte for byte."""
    return _environment(look).get_template("report.html.j2").render(report=report, look=look)


def by_handle(labels: Sequence[TweetLabel]) -> Iterator[tuple[str | None, list[TweetLabel]]]:
    """The tweets in runs of one handle."""
    for handle, run in groupby(labels, lambda label: label.handle):
        yield handle, list(run)


def css_string(text: str) -> Markup:
    """The text as a CSS string. Only letters and digits stand in it as they are: nothing can end it or its element."""
    escaped = "".join(character if character.isalnum() else f"\\{ord(character):x} " for character in text)
    return Markup(f'"{escaped}"')  # noqa: S704 - nothing but letters, digits and escapes


def _environment(look: Look) -> Environment:
    templates = resource("templates")
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "fonts": Markup(font_faces()),  # noqa: S704 - our own files
        "style": Markup((templates / "report.css").read_text("utf-8")),  # noqa: S704
        "figure": partial(charts.figure, look=look),
        "UNKNOWN": numbers.UNKNOWN,
        "INCOMPLETE": numbers.INCOMPLETE,
        "SEE_NOTES": numbers.SEE_NOTES,
    }
    environment.filters |= {
        "partial": lambda section: _PARTIALS[type(section)],
        "whole": look.voice.whole,
        "written": partial(numbers.written, voice=look.voice),
        "explained": partial(numbers.explained, voice=look.voice),
        "counted": partial(numbers.counted, voice=look.voice),
        "tile_note": partial(numbers.tile_note, voice=look.voice),
        "small_print": numbers.small_print,
        "tiles_in_a_row": tiles.tiles_in_a_row,
        "shared_note": partial(tiles.shared_note, voice=look.voice),
        "fit": partial(fit, voice=look.voice),
        "any": any,
        "by_handle": by_handle,
        "css_string": css_string,
        "label": partial(label_text, voice=look.voice),
        "posted": partial(posted, voice=look.voice),
        "long_moment": look.voice.long_moment,
    }
    environment.tests |= {
        "tweet": lambda label: isinstance(label, TweetLabel),
        "sentence": lambda panel: isinstance(panel, charts.Sentence),
        "long": lambda section: tiles.has_long_number(section, look.voice),
    }
    return environment
