"""Texts: Jinja, whose values are words, then Markdown, then a sieve."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.catalog import measure
from reportgen.errors import TemplateError
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.markdown import as_words, markdown_html
from reportgen.render.prose import prose
from reportgen.report.kpis import Kpi
from reportgen.report.model import Report, Value
from reportgen.report.texts import TextSection
from reportgen.voice.english import ENGLISH
from reportgen.voice.locales import voice_of
from tests.render import made_up
from tests.render.page import read

SEEN = Kpi(measure("impressions"), Value(1_578_659), 40)
RATE = Kpi(measure("engagement_rate"), Value(0.0469), 40)
LIKES = Kpi(measure("favorites"), Value(None, 40), 40)


def text(markdown: str, *totals: Kpi, title: str | None = None) -> TextSection:
    return TextSection(title, None, markdown, totals, "r.yaml:7:20")


def body(markdown: str, *totals: Kpi, report: Report = made_up.WEEKLY) -> str:
    return prose(text(markdown, *totals), report, 3, Look()).body.strip()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("{{ totals.impressions }} seen", "<p>1,578,659 seen</p>"),
        ("**{{ totals.engagement_rate }}**", "<p><strong>4.69%</strong></p>"),
        ("{{ totals['favorites'] }} likes", "<p>– likes</p>"),
        ("{% if numbers.impressions > 1000000 %}Many{% endif %}", "<p>Many</p>"),
        ("{% if numbers.favorites is none %}Not known{% endif %}", "<p>Not known</p>"),
        ("{{ title }}, {{ period.label }}", "<p>Acme on X, weekly, 9–15 November 2026</p>"),
        ("{{ period.first_day }} to {{ period.last_day }}", "<p>9 November 2026 to 15 November 2026</p>"),
        ("{{ as_of }}", "<p>16 November 2026, 08:00</p>"),
        ("{{ handles }}: {{ tweets }}", "<p>@acme, @acme_help: 34</p>"),
        ("{% for name in handles %}\n- {{ name }}\n{% endfor %}", "<ul>\n<li>@acme</li>\n<li>@acme_help</li>\n</ul>"),
    ],
)
def test_values_of_the_report_stand_where_they_are_named(markdown: str, html: str) -> None:
    assert body(markdown, SEEN, RATE, LIKES) == html


def test_numbers_that_a_text_computes_are_written_in_the_locale() -> None:
    markdown = "{{ (numbers.impressions / 7) | whole }}, {{ 0.5 | percent }}, {{ 1234.5 | decimal }}"
    assert body(markdown, SEEN) == "<p>225,523, 50.00%, 1,234.50</p>"
    german = prose(text(markdown, SEEN), made_up.WEEKLY, 3, Look(voice=voice_of("de"))).body.strip()
    assert german == "<p>225.523, 50,00 %, 1.234,50</p>"


def test_totals_without_a_period_say_as_of_when() -> None:
    report = replace(made_up.WEEKLY, period=None)
    assert body("{{ period.label }}", report=report) == "<p>Totals as of 16 November 2026</p>"


@pytest.mark.parametrize(
    ("kpi", "html", "small_print"),
    [
        (replace(SEEN, value=Value(7, 2)), "<p>7*</p>", "* From some of the tweets only. See the notes."),
        (LIKES, "<p>–</p>", "–\N{NO-BREAK SPACE}Not known. See the notes."),
    ],
)
def test_what_a_number_lacks_is_said_below_the_text(kpi: Kpi, html: str, small_print: str) -> None:
    made = prose(text(f"{{{{ totals.{kpi.measure.name} }}}}", kpi), made_up.WEEKLY, 3, Look())
    assert (made.body.strip(), made.small_print) == (html, small_print)


HOSTILE = (
    "<script>alert(1)</script>",
    "**bold** _it_ `code` ~~no~~",
    "[a](javascript:alert(1)) ![b](http://10.0.0.1/x.png) <http://10.0.0.1>",
    "# no heading",
    "1. no list",
    "- no list either",
    "> no quotation",
    "a | b\n--|--\nc | d",
    "&lt;b&gt; &amp; \\",
    "```\ncode",
    "    indented",
    "===",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_value_is_words_whatever_stands_in_it(words: str) -> None:
    shown = read(body("{{ title }}", report=replace(made_up.WEEKLY, title=words)))
    assert [element.tag for element in shown.elements] == ["p"]
    assert shown.texts("p") == [" ".join(words.split())]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_value_is_words_in_a_link_and_in_a_table_too(words: str) -> None:
    row = body("[x](https://example.com '{{ title }}')\n\n|a|b|\n|-|-|\n|{{ title }}|1|", report=_titled(words))
    shown = read(row)
    assert len(shown.all("a")) == 1
    assert [element.tag for element in shown.elements if element.tag in {"td", "th"}] == ["th", "th", "td", "td"]


def _titled(title: str) -> Report:
    return replace(made_up.WEEKLY, title=title)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>"),
        ("[a](file:///etc/passwd)", "<p>[a](file:///etc/passwd)</p>"),
        ("[a](/etc/passwd)", '<p><a rel="noopener">a</a></p>'),
        ("[a](//10.0.0.1/x)", '<p><a rel="noopener">a</a></p>'),
        ("[a](ftp://example.com)", '<p><a rel="noopener">a</a></p>'),
        ("[a](https://example.com)", '<p><a href="https://example.com" rel="noopener">a</a></p>'),
        ("[a](mailto:a@example.com)", '<p><a href="mailto:a@example.com" rel="noopener">a</a></p>'),
        ("~~old~~ new", "<p><s>old</s> new</p>"),
        ("# One\n\n## Two", "<h3>One</h3>\n<h4>Two</h4>"),
        ("###### Six", "<h6>Six</h6>"),
    ],
)
def test_markdown_becomes_what_can_only_be_read(markdown: str, html: str) -> None:
    assert str(markdown_html(markdown, 3)).strip() in {html, f"<p>{html}</p>"}


def test_a_picture_is_never_loaded() -> None:
    assert "<img" not in markdown_html("![a](http://10.0.0.1/x.png)", 3)


def test_the_columns_of_a_table_keep_to_their_side() -> None:
    html = markdown_html("|a|b|\n|-|-:|\n|c|d|", 3)
    assert '<td style="text-align:right">d</td>' in html


def test_no_style_but_the_side_of_a_column_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = '<table><tbody><tr><td style="position:fixed;text-align:right">d</td></tr></tbody></table>'
    monkeypatch.setattr("markdown_it.renderer.RendererHTML.render", lambda *_: drawn)
    assert markdown_html("d", 3) == drawn.replace("position:fixed;", "")


def test_words_are_escaped_no_more_than_they_need() -> None:
    assert as_words("1,578,659 in 9–15 November, 4.69%") == "1,578,659 in 9–15 November, 4.69%"


@pytest.mark.parametrize(
    ("markdown", "says"),
    [
        ("{{ numbers.favorites + 1 }}", "unsupported operand"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% for n in range(99999999) %}{% endfor %}", "too many turns"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "call each other without an end"),
        ("{{ totals.__class__ }}", "'__class__' of a Named is not for templates"),
        ("{{ period.label.format }}", "'format' of a str is not for templates"),
    ],
)
def test_a_text_that_fails_on_its_numbers_says_where_it_stands(markdown: str, says: str) -> None:
    with pytest.raises(TemplateError) as failed:
        body(markdown, LIKES)
    assert str(failed.value).startswith("r.yaml:7:20: this text cannot be rendered: ")
    assert says in str(failed.value)


def test_headings_of_a_text_stand_below_the_title_of_its_section() -> None:
    sections = (text("# In it", title="Text"), text("# Alone"))
    page = read(render_html(replace(made_up.WEEKLY, sections=sections, gap_notes=(), remarks=()), Look(voice=ENGLISH)))
    levels = [(element.tag, element.text) for element in page.elements if element.text in {"In it", "Alone", "Text"}]
    assert [level for level in levels if level[0].startswith("h")] == [("h2", "Text"), ("h3", "In it"), ("h2", "Alone")]
