"""What a page's templates may call: names, filters and tests, a table for each kind of thing on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from markupsafe import Markup

from reportgen.dates import city
from reportgen.instants import format_instant
from reportgen.render import cards, cells, changes, charts, numbers, places, signs, tiles
from reportgen.render.budget import Budget
from reportgen.render.embed import embedded
from reportgen.render.fonts import font_faces
from reportgen.render.heat import heat
from reportgen.render.labels import label_text, period_in_words, posted, time_of_numbers
from reportgen.render.letters import bdi, direction, isolated, shortened
from reportgen.render.look import Look
from reportgen.render.policy import script
from reportgen.render.prose import prose
from reportgen.render.readable import readable
from reportgen.render.results import json_rows
from reportgen.render.sandbox import Readable, Sandbox
from reportgen.render.scripts import heading_fonts, text_fonts
from reportgen.render.shades import shades, tints
from reportgen.render.sort_values import sort_value
from reportgen.render.style import style
from reportgen.render.templates import BUILT_IN, Loader
from reportgen.render.vega_lite import own_chart
from reportgen.render.whole_files import not_in_data
from reportgen.render.widths import fit, shares
from reportgen.report.cards import CardsSection
from reportgen.report.charts import ChartSection
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import KpiSection
from reportgen.report.model import Change, ColumnsSection, Section, TweetLabel
from reportgen.report.tables import TableSection
from reportgen.report.texts import TextSection
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.sections import PageBreak
from reportgen.voice.voice import Voice

Filters: TypeAlias = "Mapping[str, Callable[..., Any]]"

NOTHING_ELSE: Final[Readable] = MappingProxyType({})

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


def by_handle(labels: Sequence[TweetLabel]) -> Iterator[tuple[str | None, list[TweetLabel]]]:
    """The tweets in runs of one handle."""
    for handle, run in groupby(labels, lambda label: label.handle):
        yield handle, list(run)


def css_string(text: str) -> Markup:
    """The text as a CSS string. Only letters and digits stand in it as they are: nothing can end it or its element."""
    escaped = "".join(character if character.isalnum() else f"\\{ord(character):x} " for character in text)
    return Markup(f'"{escaped}"')  # noqa: S704 - nothing but letters, digits and escapes


def environment(look: Look, also: Readable = NOTHING_ELSE) -> Sandbox:
    """The surroundings of one page: templates, and what they may read and call. `also` is what they may read beside
    what a page is made of.
    """
    made = Sandbox(Loader(look.project), {**readable(), **also}, Budget())
    made.globals |= _names(look)
    made.filters |= {
        **_words(look.voice),
        **_values(look.voice),
        **_tables(look.voice),
        **_sections(look),
        **_letters(),
    }
    made.tests |= _tests(look.voice)
    return made


def _names(look: Look) -> Mapping[str, object]:
    """What stands for itself, and what a template calls without a value before it."""
    return {
        "fonts": Markup(font_faces(look.fonts)),  # noqa: S704 - our own files
        "style": style(look.design),
        "embed": partial(embedded, look.project),
        "text_fonts": Markup(text_fonts(look.fonts.text)),  # noqa: S704
        "heading_fonts": Markup(heading_fonts(look.fonts.headings)),  # noqa: S704
        "figure": partial(charts.figure, look=look),
        "enhance": Markup(script()),  # noqa: S704 - our own file
        "night": look.palette.dark(),
        "at_night": look.palette.at_night(),
        "UNKNOWN": signs.UNKNOWN,
        "INCOMPLETE": signs.INCOMPLETE,
        "SEE_NOTES": numbers.SEE_NOTES,
    }


def _words(voice: Voice) -> Filters:
    """Numbers, days and periods as the report's voice has them."""
    return {
        "whole": voice.whole,
        "percent": voice.percent,
        "decimal": voice.decimal,
        "short_day": voice.short_day,
        "long_day": voice.long_day,
        "long_moment": voice.long_moment,
        "label": partial(label_text, voice=voice),
        "posted": partial(posted, voice=voice),
        "time_of_numbers": time_of_numbers,
        "period_in_words": partial(period_in_words, voice=voice),
        "period_label": lambda period: period.label_in(voice),
        "counted": partial(numbers.counted, voice=voice),
        "local": lambda moment, timezone: moment.astimezone(timezone),
        "city": city,
        "instant": format_instant,
    }


def _values(voice: Voice) -> Filters:
    """A measure's number, what it lacks and how it has changed."""
    return {
        "written": partial(numbers.written, voice=voice),
        "explained": partial(numbers.explained, voice=voice),
        "ends_of": numbers.ends_of,
        "table_values": numbers.table_values,
        "small_print": numbers.small_print,
        "sort_value": sort_value,
        "changes_explained": changes.changes_explained,
        "amount": partial(changes.amount, voice=voice),
        "way": partial(changes.way, voice=voice),
        "signed": partial(changes.signed, voice=voice),
        "in_words": partial(changes.in_words, voice=voice),
    }


def _tables(voice: Voice) -> Filters:
    """How cells fit, and how large their numbers are beside each other."""
    return {
        "rows": lambda grouping: list(json_rows(grouping)),
        "not_in_data": not_in_data,
        "fit": partial(fit, voice=voice),
        "shares": partial(shares, voice=voice),
        "tops": cells.tops,
        "spans": cells.spans,
        "percent_of": cells.percent_of,
        "tint_of": cells.tint_of,
    }


def _sections(look: Look) -> Filters:
    """What each kind of section draws, and how its parts stand."""
    voice = look.voice
    return {
        "partial": lambda section: _PARTIALS[type(section)],
        "tile_note": partial(numbers.tile_note, voice=voice),
        "tile_change": partial(changes.tile_change, voice=voice),
        "tiles_in_a_row": tiles.tiles_in_a_row,
        "shared_note": partial(tiles.shared_note, voice=voice),
        "cards_in_a_row": cards.cards_in_a_row,
        "groups_in_a_row": cards.groups_in_a_row,
        "below_cards": partial(cards.below_cards, voice=voice),
        "own_chart": partial(own_chart, look=look),
        "heat": partial(heat, look=look),
        "prose": partial(prose, look=look),
        "by_handle": by_handle,
        "css_percent": places.percent,
        "shades": shades,
        "tints": tints,
    }


def _letters() -> Filters:
    """Text in any script, within HTML and CSS."""
    return {
        "direction": direction,
        "bdi": bdi,
        "isolated": isolated,
        "shortened": shortened,
        "css_string": css_string,
        "any": any,
        "all": all,
    }


def _tests(voice: Voice) -> Filters:
    return {
        "change": lambda cell: isinstance(cell, Change),
        "tweet": lambda label: isinstance(label, TweetLabel),
        "page_break": lambda section: isinstance(section, PageBreak),
        "partial": numbers.is_partial,
        "together": places.stays_together,
        "sentence": lambda panel: isinstance(panel, charts.Sentence),
        "long": lambda section: tiles.has_long_number(section, voice),
    }
