"""The HTML of a mail: tables, explicit widths, and rules written into the elements, as mail clients need it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from markupsafe import Markup

from reportgen.printable import printable_text
from reportgen.render.environment import environment
from reportgen.render.look import Look
from reportgen.render.mail.enclosures import Enclosed, Enclosure, page_among
from reportgen.render.mail.fonts import heading_fonts, text_fonts
from reportgen.render.mail.model import Drawn, Picture, Shot
from reportgen.render.mail.parts import Part
from reportgen.render.mail.preheader import FILLER, preheader
from reportgen.render.mail.tables import TableInMail, table_in_mail
from reportgen.render.mail.texts import text_in_mail
from reportgen.render.mail.tiles import TilesInMail, tiles_in_mail
from reportgen.render.numbers import counted
from reportgen.render.readable import public
from reportgen.render.sandbox import Readable, Sandbox
from reportgen.render.templates import BUILT_IN
from reportgen.report.cards import CardsSection
from reportgen.report.charts import ChartSection
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import KpiSection
from reportgen.report.model import ColumnsSection, Report, Section
from reportgen.report.tables import TableSection
from reportgen.report.texts import TextSection
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.model import Format
from reportgen.voice.voice import Voice

CLIPPED_FROM: Final = 102 * 1024
"""Bytes from which Gmail cuts a mail off, with a link to the whole of it."""
_LARGEST: Final = CLIPPED_FROM - 6 * 1024
ROWS: Final = 10
_ROWS: Final = (ROWS, 5, 3)
"""Of each table: fewer, where the mail would be cut off."""
_LETTERS: Final = (None, 2_000, 500)
"""Of each text, introduction included: all, or fewer where shorter tables are not enough."""
_BETWEEN: Final = re.compile(r">\n\s*<")
_TEMPLATE: Final = f"{BUILT_IN}mail.html.j2"
_PARTIALS: Final[Mapping[type[Section], str]] = {
    KpiSection: "kpis",
    ChartSection: "chart",
    TableSection: "table",
    CardsSection: "cards",
    HeatmapSection: "heatmap",
    VegaLiteSection: "chart",
    TextSection: "text",
    ColumnsSection: "columns",
}
_READABLE: Final[Readable] = {
    kind: public(kind) for kind in (Part, Drawn, Shot, Picture, TableInMail, TilesInMail, Enclosure)
}


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of a report a mail has."""

    sections: int
    rows: int
    """Of each table."""
    letters: int | None
    """Of each text; None for all."""


def mail_html(report: Report, look: Look, parts: Sequence[Part], logo: Shot | None, files: Enclosed) -> str:
    """The page of a mail. It is short enough not to be cut off by mail clients: where it would be, its tables have
    fewer rows, then its texts are shortened, and after that it has fewer sections; and says so.
    """
    for room in _shorter(len(parts)):
        html = _inlined(_page(report, look, parts, room, logo, files))
        if len(html.encode()) <= _LARGEST:
            break
    return html


def _shorter(sections: int) -> Iterator[_Room]:
    """More is tried before less."""
    yield from (_Room(sections, rows, _LETTERS[0]) for rows in _ROWS)
    yield from (_Room(sections, _ROWS[-1], letters) for letters in _LETTERS[1:])
    yield from (_Room(shown, _ROWS[-1], _LETTERS[-1]) for shown in range(sections - 1, -1, -1))


def _page(report: Report, look: Look, parts: Sequence[Part], room: _Room, logo: Shot | None, files: Enclosed) -> str:
    made = environment(look, _READABLE)
    intro = report.mail.intro if report.mail else None
    made.filters |= _filters(report, room, files.formats, look)
    _add_names(made, look)
    return made.get_template(_TEMPLATE).render(
        report=report,
        look=look,
        parts=parts[: room.sections],
        cut=_cut(len(parts) - room.sections, report, files, look.voice),
        logo=logo,
        intro=text_in_mail(intro, 2, None, report, look, room.letters) if intro else None,
        attached=files.attached,
        left_out=files.left_out,
        preheader=preheader(report, look.voice),
        filler=FILLER,
    )


def _filters(report: Report, room: _Room, formats: Sequence[Format], look: Look) -> Mapping[str, Any]:
    return {
        "mail_partial": lambda part: f"{BUILT_IN}mail/{_PARTIALS[type(part.section)]}.html.j2",
        "table_in_mail": partial(table_in_mail, report=report, rows=room.rows, attached=formats, voice=look.voice),
        "tiles_in_mail": partial(tiles_in_mail, voice=look.voice),
        "text_in_mail": partial(
            text_in_mail, file=page_among(report, formats), report=report, look=look, letters=room.letters
        ),
    }


def _add_names(made: Sandbox, look: Look) -> None:
    made.globals["text_fonts"] = Markup(text_fonts(look.fonts))  # noqa: S704 - names without quotes
    made.globals["heading_fonts"] = Markup(heading_fonts(look.fonts, are_of_text=look.design == "ledger"))  # noqa: S704


def _cut(sections: int, report: Report, files: Enclosed, voice: Voice) -> str:
    """What is said of sections that the mail has no room for."""
    if not sections:
        return ""
    file = page_among(report, files.formats)
    where = f" of this report {'is' if sections == 1 else 'are'} in {file}" if file else ": too long for a mail"
    return f"{counted(sections, 'more section', voice)}{where}."


def _inlined(page: str) -> str:
    """The page with its rules written into its elements, but for those that only a style sheet can have."""
    import css_inline

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True)
    html: str = inliner.inline(_BETWEEN.sub(">\n<", printable_text(page)))
    return html
