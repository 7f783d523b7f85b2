"""The sections of a report as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final

from reportgen.render.cards import below_cards
from reportgen.render.changes import signed, tile_change
from reportgen.render.chart_numbers import chart_numbers
from reportgen.render.charts import laid_out
from reportgen.render.heat import heat
from reportgen.render.labels import posted
from reportgen.render.look import Look
from reportgen.render.mail.enclosures import Enclosed
from reportgen.render.mail.lines import WIDTH, columns, ruled, safe, under_names, wrapped
from reportgen.render.mail.parts import Part
from reportgen.render.mail.prose_text import prose_text
from reportgen.render.mail.text_tables import table_text
from reportgen.render.numbers import ends_of, marked, small_print, tile_note, written
from reportgen.render.prose import markdown, small_print_of
from reportgen.render.signs import UNKNOWN
from reportgen.render.tiles import shared_note
from reportgen.report.cards import Card, CardsSection
from reportgen.report.charts import ChartSection
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.model import Report, Value
from reportgen.report.tables import TableSection
from reportgen.report.texts import TextSection
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.voice.voice import Voice

_MOST_POINTS: Final = 31
"""Rows of a chart's numbers: every day of a month."""
_TOGETHER: Final = "\N{NO-BREAK SPACE}"


def section_text(part: Part, report: Report, look: Look, rows: int, files: Enclosed) -> str:
    """The section with its heading."""
    section, voice = part.section, look.voice
    match section:
        case KpiSection():
            body = _kpis(section, voice)
        case ChartSection():
            body = _chart(part, section, look)
        case TableSection():
            body = table_text(section, report, rows, files, voice)
        case CardsSection():
            body = _cards(section, report, voice)
        case HeatmapSection():
            body = _heatmap(section, look)
        case TextSection():
            body = _prose(section, report, look)
        case VegaLiteSection():
            body = _described(part)
        case _:
            body = iter(())
    return "\n".join([*_heading(section.title, section.note), *body]).rstrip("\n")


def _heading(title: str | None, note: str | None) -> Iterator[str]:
    if title:
        yield from ruled(safe(title))
    if note:
        yield from wrapped(safe(note))


def _kpis(section: KpiSection, voice: Voice) -> Iterator[str]:
    shared = shared_note(section, voice)
    rows = [_kpi(kpi, voice) for kpi in section.kpis]
    aligned = columns([row[:2] for row in rows], 1)
    lines = aligned or tuple("  ".join(row[:2]) for row in rows)
    for line, (_, _, change), kpi in zip(lines, rows, section.kpis, strict=True):
        note = "" if shared else (tile_note(kpi, voice) or "").replace(" ", _TOGETHER)
        yield from wrapped("; ".join(filter(None, (change, note))), "    ", WIDTH, f"{line}  ")
    if shared:
        yield from wrapped(shared)


def _kpi(kpi: Kpi, voice: Voice) -> tuple[str, str, str]:
    was = tile_change(kpi, voice)
    change = f"{signed(kpi.change, voice)} {was}" if kpi.change and was else ""
    return safe(kpi.measure.label), marked(kpi.measure, kpi.value, voice), change


def _chart(part: Part, section: ChartSection, look: Look) -> Iterator[str]:
    layout = laid_out(section, look)
    numbers = chart_numbers(layout.drawn, layout.style.colours, look.voice)
    cells = [(safe(label), *row) for label, row in numbers.rows]
    names = under_names(("", *(column.name for column in numbers.columns)), cells)
    aligned = columns([*names, *cells], 1) if 0 < len(cells) <= _MOST_POINTS else None
    if not aligned:
        yield from _described(part)
        return
    yield from aligned
    yield from _instead(part.drawn.sentences if part.drawn else ())
    points = ((panel.measure_of(point), point.value) for panel in layout.drawn.panels for point in panel.points)
    yield from wrapped(safe(" ".join((*layout.cuts, small_print(points) or ""))))


def _described(part: Part) -> Iterator[str]:
    if (drawn := part.drawn) is None:
        return
    yield from wrapped(safe(drawn.text))
    yield from _instead(drawn.sentences)
    if drawn.small_print:
        yield from wrapped(safe(drawn.small_print))


def _instead(sentences: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What is said of panels with nothing to draw."""
    for title, text in sentences:
        yield from wrapped(f"{safe(title)}: {text}" if title else text)


def _cards(section: CardsSection, report: Report, voice: Voice) -> Iterator[str]:
    most, least = ends_of(section.by)
    for cards, name in ((section.best, most), (section.worst, least)):
        if cards and section.best and section.worst:
            yield safe(name)
        for card in cards:
            yield from _card(card, section, report, voice)
            yield ""
    if below := below_cards(section, voice):
        yield from wrapped(safe(below))


def _card(card: Card, section: CardsSection, report: Report, voice: Voice) -> Iterator[str]:
    yield safe(f"{card.tweet.handle or ''} {posted(card.tweet, report.last_day, voice)}")
    if card.tweet.text:
        yield from wrapped(safe(card.tweet.text), "    ")
    numbers = (
        f"{safe(measure.label)}{_TOGETHER}{marked(measure, value, voice)}"
        for measure, value in zip(section.measures, card.values, strict=True)
    )
    yield from wrapped("; ".join(numbers), "    ")
    yield f"    {card.tweet.url}"


def _heatmap(section: HeatmapSection, look: Look) -> Iterator[str]:
    drawn = heat(section, look)
    yield from wrapped(" ".join((drawn.caption, *drawn.notes)))
    if all(cell is None or cell.number is None for cells in section.rows for cell in cells):
        return
    yield "The largest of each weekday:"
    for (weekday, spots), cells in zip(drawn.rows, section.rows, strict=True):
        hours = [(cell.number, spot) for cell, spot in zip(cells, spots, strict=True) if cell]
        known = [(number, spot.in_full) for number, spot in hours if number is not None]
        if any(number for number, _ in known):
            yield from wrapped(max(known, key=itemgetter(0))[1], "  ")
        elif hours:
            # That all of them are zero is known where each of them is.
            zero = written(section.measure, Value(0), look.voice) if len(known) == len(hours) else UNKNOWN
            yield f"  {weekday}: {zero}"


def _prose(section: TextSection, report: Report, look: Look) -> Iterator[str]:
    yield prose_text(markdown(section, report, look))
    if words := small_print_of(section):
        yield from wrapped(words)
