"""A report as one HTML file that needs nothing beside it: no network, no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from markupsafe import Markup

from reportgen.errors import TemplateError
from reportgen.instants import format_instant
from reportgen.project import Project
from reportgen.render import cards, cells, changes, charts, numbers, places, tiles
from reportgen.render.budget import Budget
from reportgen.render.embed import embedded
from reportgen.render.fonts import font_faces
from reportgen.render.heat import heat
from reportgen.render.labels import label_text, period_in_words, posted, time_of_numbers
from reportgen.render.letters import bdi, direction, isolated, shortened
from reportgen.render.look import Look
from reportgen.render.policy import leads_elsewhere, script, with_policy
from reportgen.render.prose import prose
from reportgen.render.readable import readable
from reportgen.render.results import json_rows
from reportgen.render.sandbox import Sandbox
from reportgen.render.scripts import heading_fonts, text_fonts
from reportgen.render.shades import shades, tints
from reportgen.render.sort_values import sort_value
from reportgen.render.style import style
from reportgen.render.template_errors import template_error, template_faults
from reportgen.render.templates import BUILT_IN, PAGE, Loader
from reportgen.render.vega_lite import own_chart
from reportgen.render.whole_files import not_in_data, whole_files
from reportgen.render.widths import fit, shares
from reportgen.report.cards import CardsSection
from reportgen.report.charts import ChartSection
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import KpiSection
from reportgen.report.model import Change, ColumnsSection, Report, Section, TweetLabel
from reportgen.report.tables import TableSection
from reportgen.report.texts import TextSection
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.model import Format
from reportgen.spec.sections import PageBreak

_PARTIALS: dict[type[Section], str] = {
    KpiSection: f"{BUILT_IN}sections/kpis.html.j2",
    ChartSection: f"{BUILT_IN}sections/chart.html.j2",
    TableSection: f"{BUILT_IN}sections/table.html.j2",
    CardsSection: f"{BUILT_IN}sections/cards.html.j2",
    HeatmapSection: f"{BUILT_IN}sections/heatmap.html.j2",
    VegaLiteSection: f"{BUILT_IN}sections/vega_lite.html.j2",
    TextSection: f"{BUILT_IN}sections/text.html.j2",
    ColumnsSection: f"{BUILT_IN}sections/columns.html.j2",
}


def render_html(report: Report, look: Look, formats: Sequence[Format] = ("html",)) -> str:
    """The page. The same report, look and templates give the same text, byte for byte.

    `formats` are those of all files that are made of the report: where a table is cut, the page names one that is not.
    Raises TemplateError where a template of the project's own fails.
    """
    try:
        files = whole_files(report, formats)
        template = environment(look).get_template(look.template or PAGE)
        page = template.render(report=report, look=look, whole_files=files)
    except Exception as error:
        if look.template is None:
            raise
        raise template_error(error, look.template) from error
    if look.template is not None and (what := leads_elsewhere(page)):
        raise TemplateError(f"{look.template}: the page has {what}; leave it out")
    return with_policy(page)


def page_faults(project: Project, template: str) -> Iterator[str]:
    """What is wrong with a template of the project, as far as can be told without a report: a sentence each."""
    fields = readable()
    context = {"report": fields[Report], "look": fields[Look], "whole_files": ("data", "page")}
    return template_faults(environment(Look(project=project)), template, context, project)


def by_handle(labels: Sequence[TweetLabel]) -> Iterator[tuple[str | None, list[TweetLabel]]]:
    """The tweets in runs of one handle."""
    for handle, run in groupby(labels, lambda label: label.handle):
        yield handle, list(run)


def css_string(text: str) -> Markup:
    """The text as a CSS string. Only letters and digits stand in it as they are: nothing can end it or its element."""
    escaped = "".join(character if character.isalnum() else f"\\{ord(character):x} " for character in text)
    return Markup(f'"{escaped}"')  # noqa: S704 - nothing but letters, digits and escapes


def environment(look: Look) -> Sandbox:
    """The surroundings of one page: templates, and what they may read and call."""
    environment = Sandbox(Loader(look.project), readable(), Budget())
    environment.globals |= {
        "fonts": Markup(font_faces(look.fonts)),  # noqa: S704 - our own files
        "style": style(look.design),
        "embed": partial(embedded, look.project),
        "text_fonts": Markup(text_fonts(look.fonts.text)),  # noqa: S704
        "heading_fonts": Markup(heading_fonts(look.fonts.headings)),  # noqa: S704
        "figure": partial(charts.figure, look=look),
        "enhance": Markup(script()),  # noqa: S704 - our own file
        "night": look.palette.dark(),
        "at_night": look.palette.at_night(),
        "UNKNOWN": numbers.UNKNOWN,
        "INCOMPLETE": numbers.INCOMPLETE,
        "SEE_NOTES": numbers.SEE_NOTES,
    }
    environment.filters |= {
        "partial": lambda section: _PARTIALS[type(section)],
        "rows": lambda grouping: list(json_rows(grouping)),
        "local": lambda moment, timezone: moment.astimezone(timezone),
        "instant": format_instant,
        "not_in_data": not_in_data,
        "whole": look.voice.whole,
        "percent": look.voice.percent,
        "decimal": look.voice.decimal,
        "short_day": look.voice.short_day,
        "long_day": look.voice.long_day,
        "written": partial(numbers.written, voice=look.voice),
        "explained": partial(numbers.explained, voice=look.voice),
        "counted": partial(numbers.counted, voice=look.voice),
        "tile_note": partial(numbers.tile_note, voice=look.voice),
        "ends_of": numbers.ends_of,
        "shades": shades,
        "cards_in_a_row": cards.cards_in_a_row,
        "groups_in_a_row": cards.groups_in_a_row,
        "below_cards": partial(cards.below_cards, voice=look.voice),
        "direction": direction,
        "tints": tints,
        "own_chart": partial(own_chart, look=look),
        "heat": partial(heat, look=look),
        "prose": partial(prose, look=look),
        "table_values": numbers.table_values,
        "small_print": numbers.small_print,
        "css_percent": places.percent,
        "changes_explained": changes.changes_explained,
        "amount": partial(changes.amount, voice=look.voice),
        "way": partial(changes.way, voice=look.voice),
        "signed": partial(changes.signed, voice=look.voice),
        "in_words": partial(changes.in_words, voice=look.voice),
        "tile_change": partial(changes.tile_change, voice=look.voice),
        "tiles_in_a_row": tiles.tiles_in_a_row,
        "shared_note": partial(tiles.shared_note, voice=look.voice),
        "fit": partial(fit, voice=look.voice),
        "shares": partial(shares, voice=look.voice),
        "tops": cells.tops,
        "spans": cells.spans,
        "percent_of": cells.percent_of,
        "tint_of": cells.tint_of,
        "any": any,
        "sort_value": sort_value,
        "bdi": bdi,
        "isolated": isolated,
        "shortened": shortened,
        "by_handle": by_handle,
        "css_string": css_string,
        "label": partial(label_text, voice=look.voice),
        "posted": partial(posted, voice=look.voice),
        "time_of_numbers": time_of_numbers,
        "period_in_words": partial(period_in_words, voice=look.voice),
        "period_label": lambda period: period.label_in(look.voice),
        "long_moment": look.voice.long_moment,
    }
    environment.tests |= {
        "change": lambda cell: isinstance(cell, Change),
        "tweet": lambda label: isinstance(label, TweetLabel),
        "page_break": lambda section: isinstance(section, PageBreak),
        "partial": numbers.is_partial,
        "together": places.stays_together,
        "sentence": lambda panel: isinstance(panel, charts.Sentence),
        "long": lambda section: tiles.has_long_number(section, look.voice),
    }
    return environment
