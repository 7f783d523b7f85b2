"""Page, text and HTML of a mail say the same numbers under the same names: none is lost, and none is made up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

import pytest

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.mail.letter import letter
from reportgen.report.cards import CardsSection
from reportgen.report.charts import ChartSection
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import KpiSection
from reportgen.report.model import ColumnsSection, Report, Section
from reportgen.report.tables import TableSection
from reportgen.report.texts import TextSection
from reportgen.simulator.world import World
from tests.render import made_up
from tests.render.mail.letters import REPORTS, numbers_in, words_of
from tests.render.mail.samples import SAMPLES, VARIED, made_of
from tests.render.mail.shown import (
    Grid,
    flat,
    numbers_of_chart,
    table_in_mail,
    table_on_page,
    tiles_in_mail,
    tiles_on_page,
)
from tests.render.page import read

ROWS = 10
"""Of a table in a mail."""
MADE_UP = {**REPORTS, "gallery": made_up.GALLERY}


@dataclass(frozen=True)
class Three:
    """A section, alone in its report, as page, text and HTML."""

    section: Section
    page: str
    """The section of it."""
    whole_page: str
    text: str
    html: str


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, world: World) -> Mapping[str, tuple[Report, Look]]:
    pages = made_of(world, tmp_path_factory.mktemp("samples"))
    return {name: (of_it.report, of_it.look) for name, of_it in pages.items()}


@pytest.mark.parametrize("name", MADE_UP)
def test_of_every_kind_of_section(name: str) -> None:
    holds_of(MADE_UP[name], Look())


@pytest.mark.parametrize("number", range(len(SAMPLES) + len(VARIED)))
def test_of_every_sample_and_of_reports_that_lack_something(
    samples: Mapping[str, tuple[Report, Look]], number: int
) -> None:
    holds_of(*[*samples.values()][number])


def holds_of(report: Report, look: Look) -> None:
    for section in _apart(report.sections):
        alone = replace(report, sections=(section,), gap_notes=(), remarks=(), comparison=None, mail=None)
        made = letter(alone, look, {}, {})
        page = render_html(alone, look)
        (of_section,) = re.findall(r'<section class="section .*?</section>', page, re.DOTALL)
        three = Three(section, of_section, page, made.text, made.html)
        _nothing_is_made_up(three)
        CHECKS.get(type(section), _all_numbers)(three)


def _apart(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield from _apart(section.sections) if isinstance(section, ColumnsSection) else (section,)


def _nothing_is_made_up(three: Three) -> None:
    on_page = numbers_in(f"{words_of(three.whole_page)} {' '.join(_links(three.page))}")
    of_extent = numbers_in(" ".join(read(three.html).texts("p", "caption")))
    assert numbers_in(three.text) - on_page <= of_extent
    assert numbers_in(words_of(three.html)) - on_page <= of_extent


def _tiles(three: Three) -> None:
    tiles = tiles_on_page(three.page)
    assert tiles
    assert tiles_in_mail(three.html) == tiles
    said = flat(three.text)
    for tile in tiles:
        assert re.search(rf"(?m)^{re.escape(tile.label)}\s+{re.escape(tile.number)}(\s|$)", three.text), tile
        words = "; ".join(tile.others)
        assert f"{tile.number} {words}".strip() in said, tile
    assert all(below in said for below in read(three.page).texts("p", "small"))


def _table(three: Three) -> None:
    page, html = table_on_page(three.page), table_in_mail(three.html)
    caption = " ".join(read(three.html).texts("p", "caption"))
    assert f"{min(ROWS, len(page.rows))} of " in caption or len(_rows_but_total(html)) == len(_rows_but_total(page))
    left_out = caption.partition("more column")[2].lower()
    kept = [place for place, name in enumerate(page.names[: len(html.names)])]
    assert [_short(page.names[place]) for place in kept] == [*html.names]
    named = [*map(str.strip, re.split(", | and ", left_out.partition(":")[2].rstrip(".")))] if left_out else []
    assert named == [_in_words(name) for name in page.names[len(kept) :]]
    rows = [*_rows_but_total(page)[:ROWS], *(row for row in page.rows if row[0].startswith("Total"))]
    assert [cells for _, cells in html.rows] == [tuple(cells[place] for place in kept) for _, cells in rows]
    for (on_page, _), (in_mail, _) in zip(rows, html.rows, strict=True):
        assert in_mail.split()[:2] == on_page.split()[:2] or in_mail.startswith("Total of ")
    names = (_in_words(name).capitalize() if ", " in name else name for name in page.names[: len(kept)])
    _rows_in_text(Grid(tuple(names), html.rows), three.text)


def _rows_but_total(grid: Grid) -> list[tuple[str, tuple[str, ...]]]:
    return [row for row in grid.rows if not row[0].startswith("Total")]


def _short(name: str) -> str:
    return name.rpartition(", ")[2]


def _in_words(name: str) -> str:
    of, comma, change = name.lower().rpartition(", ")
    return f"{change} of {of}" if comma else name.lower()


def _rows_in_text(grid: Grid, text: str) -> None:
    """Each row follows the one before: its words, and then its numbers with their names above or before them."""
    place = 0
    for words, cells in grid.rows:
        first = r"\s+".join(map(re.escape, words.split()[:2]))
        aligned = r"\s+".join(map(re.escape, " ".join(cells).split()))
        paired = ";".join(
            rf"\s+{_spaced(name)}\s+{_spaced(cell)}" for name, cell in zip(grid.names, cells, strict=True)
        )
        found = re.compile(rf"{first}[^\0]*?(\s{aligned}(?=\s)|{paired}(?=\s))").search(text, place)
        assert found, (words, cells, text)
        place = found.end()
        if re.search(rf"\s{aligned}\s", found[0] + "\n"):
            above = flat(text[: found.start(1)]).lower().split()
            assert all(word in above for name in grid.names for word in name.lower().split()), grid.names


def _spaced(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))


def _chart(three: Three) -> None:
    grid = numbers_of_chart(three.page)
    alts = [str(image.attributes["alt"]) for image in read(three.html).all("img")]
    if any(alt in flat(three.text) for alt in alts) or not grid.rows:
        return
    _rows_in_text(
        Grid(grid.names, tuple((words, tuple(filter(None, cells))) for words, cells in grid.rows)), three.text
    )


def _cards(three: Three) -> None:
    page = read(three.page)
    pairs = [*zip(page.texts("dt"), page.texts("dd"), strict=True)]
    html = read(three.html)
    counts = [flat(cell.text) for cell in html.all("td", "count")]
    assert counts == [flat(name + number) for name, number in pairs]
    said, place = flat(three.text), 0
    for name, number in pairs:
        place = said.index(f"{flat(name)} {number}", place)
    assert all(flat(text.text) in said for text in page.all("p") if "said" in str(text.attributes.get("class")))
    _all_numbers(three)


def _heatmap(three: Three) -> None:
    spots = [str(cell.attributes["title"]) for cell in read(three.page).all("td") if "title" in cell.attributes]
    assert [str(cell.attributes["title"]) for cell in read(three.html).all("td") if "title" in cell.attributes] == spots
    days = [day for day in read(three.page).texts("th") if ":" not in day]
    told = re.findall(rf"(?m)^  ((?:{'|'.join(days)})[,:].*)$", three.text)
    numbers = {day: [spot for spot in spots if re.fullmatch(rf"{day}, [^:]+:\d\d: \S+", spot)] for day in days}
    if not any(numbers.values()):
        assert told == []
    else:
        assert [re.split("[,:]", line)[0] for line in told] == [
            day for day in days if any(spot.startswith(f"{day}, ") for spot in spots)
        ]
    for line in told:
        day = re.split("[,:]", line)[0]
        some_unknown = len(numbers[day]) < len([spot for spot in spots if spot.startswith(f"{day}, ")])
        if "," in line:
            assert line in numbers[day]
        else:
            assert line == f"{day}: {'–' if some_unknown else '0'}"
    assert all(below in flat(three.text) for below in read(three.page).texts("p", "small"))


def _all_numbers(three: Three) -> None:
    on_page = numbers_in(words_of(three.page))
    ids = set(re.findall(r"\b\d{19}\b", three.page))
    assert on_page - ids - {"1", "2"} <= numbers_in(three.text) | set()
    assert on_page - ids - {"1", "2"} <= numbers_in(words_of(three.html))


def _links(html: str) -> Iterator[str]:
    yield from (unescape(link) for link in re.findall(r'href="([^"]*)"', html))


CHECKS: Mapping[type[Section], Callable[[Three], None]] = {
    KpiSection: _tiles,
    TableSection: _table,
    ChartSection: _chart,
    CardsSection: _cards,
    HeatmapSection: _heatmap,
    TextSection: _all_numbers,
}
