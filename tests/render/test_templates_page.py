"""docs/templates.md: what it lists is there and all that is there is listed, and its example is made as it stands."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from jinja2 import DictLoader
from jinja2.nodes import Block

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.budget import Budget
from reportgen.render.embed import MEDIA_TYPES
from reportgen.render.environment import environment
from reportgen.render.html import page_faults, render_html
from reportgen.render.look import Look
from reportgen.render.readable import WITHHELD, readable
from reportgen.render.sandbox import Sandbox
from reportgen.render.templates import SUFFIXES
from reportgen.report import cards, charts, heatmap, kpis, model, tables, texts, vega_lite
from reportgen.resources import resource
from tests.conftest import ROOT
from tests.render.made_up import WEEKLY

PAGE = (ROOT / "docs" / "templates.md").read_text()
BARE = Sandbox(DictLoader({}), {}, Budget())
FIELDS, _, FUNCTIONS = PAGE.partition("## Functions")
OF_CLASS = {part.split("\n")[0]: part for part in FIELDS.split("\n### ")[1:]}


def rows(text: str) -> list[str]:
    """The first cells of the tables."""
    cells = re.findall(r"^\| (`.*?) \| ", text, re.MULTILINE)
    return [cell.replace("\\|", "|") for cell in cells]


def names(text: str) -> list[str]:
    return [name for row in rows(text) for name in re.findall(r"`(\w+)`", row)]


@pytest.mark.parametrize("kind", WITHHELD, ids=lambda kind: kind.__name__)
def test_each_field_that_a_template_can_read_is_documented_and_no_other(kind: type) -> None:
    assert sorted(names(OF_CLASS[kind.__name__])) == sorted(readable()[kind])


def test_the_specification_of_a_chart_of_ones_own_is_not_read() -> None:
    assert "spec" not in readable()[vega_lite.VegaLiteSection]


def test_no_other_class_is_documented() -> None:
    assert sorted(OF_CLASS) == sorted(kind.__name__ for kind in WITHHELD)


def test_every_class_of_a_report_is_one_of_them() -> None:
    own = {
        kind
        for module in (model, cards, charts, heatmap, kpis, tables, texts, vega_lite)
        for name, kind in vars(module).items()
        if is_dataclass(kind) and kind.__module__ == module.__name__ and not name.startswith("_")
    }
    # What sections have in common, and what only mails say.
    assert own - WITHHELD.keys() == {model.Placed, texts.MailTexts}


def test_the_functions_filters_and_tests_that_are_documented_are_there() -> None:
    ours = environment(Look())
    functions, filters, tests = re.split(r"^\| (?:filter|test) \|", FUNCTIONS, flags=re.MULTILINE)
    named = re.findall(r"`(\w+)", "".join(rows(functions)))
    assert named == ["embed", "fonts", "style"]
    assert set(named) <= ours.globals.keys()
    assert set(re.findall(r"\| (\w+)", "\n".join(rows(filters)))) <= ours.filters.keys()
    assert set(re.findall(r"is (\w+)", "\n".join(rows(tests)))) <= ours.tests.keys()


def test_jinjas_filters_and_functions_are_documented() -> None:
    text = " ".join(PAGE.partition("Of Jinja's own filters")[2].partition("Of\n")[0].split())
    filters, functions = text.split("of its functions")
    assert re.findall(r"`(\w+)`", filters) == sorted(name for name in BARE.filters if " " not in name)
    assert sorted(re.findall(r"`(\w+)`", functions)) == sorted(BARE.globals)


def test_the_blocks_are_documented() -> None:
    tree = BARE.parse(resource("templates/report.html.j2").read_text())
    section = PAGE.partition("## Blocks")[2].partition("##")[0]
    assert names(section) == list(dict.fromkeys(block.name for block in tree.find_all(Block)))


def test_the_kinds_of_files_are_documented() -> None:
    assert "`.j2`, `.html`, `.css`, `.svg`, `.txt` or `.md`" in PAGE
    assert SUFFIXES == (".j2", ".html", ".css", ".svg", ".txt", ".md")
    (kinds,) = re.findall(r"of the page and of pictures (.*?) of the project", PAGE, re.DOTALL)
    assert sorted(re.findall(r"`(\.\w+)`", kinds)) == sorted(MEDIA_TYPES)


@pytest.fixture
def example(tmp_path: Path) -> Project:
    """The project of the page's example."""
    (template,) = re.findall(r"`my/weekly.html.j2` puts.*?```jinja\n(.*?)```", PAGE, re.DOTALL)
    (style,) = re.findall(r"and `my/brand.css`:\n\n```css\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "my").mkdir()
    (tmp_path / "my/weekly.html.j2").write_text(template)
    (tmp_path / "my/brand.css").write_text(style)
    (tmp_path / "my/agency.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    return Project(tmp_path)


def test_the_example_makes_what_it_says(example: Project) -> None:
    assert list(page_faults(example, "my/weekly.html.j2")) == []
    html = render_html(WEEKLY, Look(template="my/weekly.html.j2", project=example))
    assert '<img class="maker" src="data:image/svg+xml;base64,' in html
    assert ".maker { height: 1.5rem; }" in html
    assert '<p class="lead">This is what 34 tweets of @acme and @acme_help\ndid in 9–15 November 2026.</p>' in html
    assert html.count("<section") == render_html(WEEKLY, Look()).count("<section")
    assert "<p>Made for Acme, as of 16 November 2026, 08:00, America/New York</p>" in html


def test_the_errors_of_the_example_are_as_the_page_shows_them(example: Project) -> None:
    path = example.folder / "my/weekly.html.j2"
    text = path.read_text()
    path.write_text(text.replace("embed(", "embedd("))
    (fault,) = page_faults(example, "my/weekly.html.j2")
    assert f"    reports/weekly.yaml:16:11: template: {fault}\n" in PAGE
    path.write_text(text.replace("report.tweets", "report.sections[0].titel"))
    with pytest.raises(TemplateError) as caught:
        render_html(WEEKLY, Look(template="my/weekly.html.j2", project=example))
    assert f"    acme-weekly: {caught.value}\n" in PAGE
