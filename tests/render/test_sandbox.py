"""A template reads what it is told of. It changes nothing, and reaches nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.errors import TemplateError
from reportgen.render.environment import environment
from reportgen.render.look import Look
from reportgen.report.model import GroupingResult
from tests.render.sandboxed import REPORT, refusal, rendered

INSIDES = {
    "report.__class__": "'__class__' of a Report is not for templates",
    "report['__class__']": "'__class__' of a Report is not for templates",
    "report.groupings[0].rows": "'rows' of a GroupingResult is not for templates",
    "report.groupings[0]['rows'].write_csv('/tmp/x')": "'rows' of a GroupingResult is not for templates",
    "report.groupings | map(attribute='rows') | first": "'rows' of a GroupingResult is not for templates",
    "report.groupings | map(attribute='rows.columns') | list": "'rows' of a GroupingResult is not for templates",
    "report.groupings | sum(attribute='rows.height')": "'rows' of a GroupingResult is not for templates",
    "report.timezone.from_file": "'from_file' of a ZoneInfo is not for templates",
    "report.as_of.now()": "'now' of a datetime is not for templates",
    "report.as_of.strftime('%1000000000Y')": "'strftime' of a datetime is not for templates",
    "look.project.folder": "'project' of a Look is not for templates",
    "look.voice.whole": "'voice' of a Look is not for templates",
    "embed.func": "'func' of a partial is not for templates",
    "figure.keywords": "'keywords' of a partial is not for templates",
    "range.__self__": "'__self__' of a method is not for templates",
    "dict.__subclasses__()": "'__subclasses__' of a type is not for templates",
    "namespace.__init__.__globals__": "'__init__' of a type is not for templates",
    "self._TemplateReference__context": "'_TemplateReference__context' of a TemplateReference is not for templates",
    "''.__class__.__mro__": "'__class__' of a str is not for templates",
    "'{0.__class__}'.format(report)": "'format' of a str is not for templates",
    "'{0.__class__}'.format_map({})": "'format_map' of a str is not for templates",
    "('{0.__class__}' | e).format(report)": "'format' of a Markup is not for templates",
    "('&lt;' | e).unescape()": "'unescape' of a Markup is not for templates",
    "('&' | e).translate({38: '<'})": "'translate' of a Markup is not for templates",
    "(1).__class__": "'__class__' of an int is not for templates",
    "report.handles.append('@other')": "a tuple has no 'append'",
    "{}.update({1: 2})": "'update' of a dict is not for templates",
    "[].append(1)": "'append' of a list is not for templates",
    "'%s' % report": "% puts no text together here; write the parts side by side, with ~ between them",
}


@pytest.mark.parametrize("expression", INSIDES)
def test_what_is_not_for_templates_is_refused(tmp_path: Path, expression: str) -> None:
    assert refusal(tmp_path, "\n{{ " + expression + " }}") == f"page.html.j2:2: {INSIDES[expression]}"


@pytest.mark.parametrize("name", ["attr", "safe", "format", "pprint", "random", "tojson", "center", "indent", "batch"])
def test_filters_that_mark_as_safe_draw_lots_or_pad_are_not_there(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, f"{{{{ report | {name} }}}}") == f"page.html.j2:1: No filter named '{name}'."
    assert refusal(tmp_path, f"{{{{ [1] | map('{name}') | list }}}}") == f"page.html.j2:1: No filter named '{name}'."


@pytest.mark.parametrize("name", ["lipsum", "settings", "spec", "request", "environment", "os", "open", "print"])
def test_nothing_else_is_there(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, "{{ " + name + " }}") == f"page.html.j2:1: there is no '{name}'"


def test_escaping_cannot_be_turned_off(tmp_path: Path) -> None:
    said = "page.html.j2:1: autoescape is not for templates of reports"
    assert refusal(tmp_path, "{% autoescape false %}{{ report.title }}{% endautoescape %}") == said


def test_all_text_is_escaped_also_what_macros_and_blocks_put_together(tmp_path: Path) -> None:
    page = """
        {%- set bad = "<script>" %}{% macro twice(text) %}{{ text }}{{ text }}{% endmacro %}
        {%- set kept %}{{ bad }}{% endset -%}
        {{ bad }} {{ twice(bad) }} {{ kept }} {{ bad ~ bad }} {{ [bad, kept] | join("<") }}
        {{ kept | replace("s", bad) }}
        {{- bad[:1] ~ (kept[:4])[::1] }}"""
    text = rendered(tmp_path, page)
    assert "<" not in text
    assert text.count("&lt;script&gt;") == 9


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("[[1], [2]] | sum(start=[])", "a list"),
        ("['a'] | sum", "a str"),
        ("[{'a': look}] | sum(attribute='a')", "a Look"),
    ],
)
def test_only_numbers_are_added(tmp_path: Path, written: str, kind: str) -> None:
    said = f"page.html.j2:1: the filter 'sum' adds numbers, and {kind} is none"
    assert refusal(tmp_path, "{{ " + written + " }}") == said


def test_numbers_are_added(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ [1, 2.5] | sum }} {{ [{'a': 2}] | sum('a', 5) }} {{ 'ab' | list }}") == (
        "3.5 7 [&#39;a&#39;, &#39;b&#39;]"
    )


def test_a_number_is_rounded_to_a_few_digits(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ 3.14159 | round(2) }} {{ 3.7 | round | int }}") == "3.14 4"
    assert refusal(tmp_path, "{{ 3 | round(-10 ** 9) }}") == "page.html.j2:1: a number is rounded to 15 digits at most"


@pytest.mark.parametrize("written", ["{}", "{} | string", "'' ~ {}", "[{}]", "{{1: {}}}"])
def test_what_is_no_text_is_not_written(tmp_path: Path, written: str) -> None:
    said = "page.html.j2:1: {} cannot be written as text; write one of its fields"
    for name, kind in {"look": "a Look", "embed": "a partial", "report.groupings[0]": "a GroupingResult"}.items():
        assert refusal(tmp_path, "{{ " + written.format(name) + " }}") == said.format(kind)


def page_or_refusal(folder: Path, template: str) -> str:
    try:
        return rendered(folder, template)
    except TemplateError as error:
        return str(error)


ALL_FILTERS = sorted(environment(Look()).filters)


@pytest.mark.parametrize("name", [name for name in ALL_FILTERS if not name.startswith("one ")])
def test_no_filter_writes_what_is_no_text(tmp_path: Path, name: str) -> None:
    insides = re.compile(rf"object at|(Look|Report|partial)\(|{re.escape(str(tmp_path))}")
    for value in ("look", "embed", "report", "{'a': embed}"):
        for written in (f"{value} | {name}", f"[{value}] | map('{name}') | list", f"'a' | {name}({value})"):
            said = page_or_refusal(tmp_path, "{{ " + written + " }}")
            assert not insides.search(said), (written, said)


@pytest.mark.parametrize("name", ["upper", "trim", "title", "e", "urlencode", "string", "truncate", "striptags"])
def test_filters_of_text_take_only_text(tmp_path: Path, name: str) -> None:
    said = "page.html.j2:1: a Look cannot be written as text; write one of its fields"
    assert refusal(tmp_path, f"{{{{ look | {name} }}}}") == said
    assert refusal(tmp_path, f"{{{{ [look] | map('{name}') | list }}}}") == said


@pytest.mark.parametrize(
    "written",
    [
        "[1, look] | join",
        "[1, 2] | join(look)",
        "[{'a': look}] | join(attribute='a')",
        "{'a': look} | xmlattr",
        "'a' | replace('a', look)",
        "('a' * 300) | truncate(9, end=look)",
    ],
)
def test_filters_of_text_take_nothing_else_in_lists_and_arguments(tmp_path: Path, written: str) -> None:
    said = "page.html.j2:1: a Look cannot be written as text; write one of its fields"
    assert refusal(tmp_path, "{{ " + written + " }}") == said


def test_texts_numbers_and_times_are_written(tmp_path: Path) -> None:
    page = "{{ 1 }} {{ 0.5 ~ 'a' }} {{ none }} {{ true }} {{ [1, 'a'] }} {{ report.last_day }}"
    assert rendered(tmp_path, page) == f"1 0.5a None True [1, &#39;a&#39;] {REPORT.last_day}"


def test_a_recursive_loop_is_refused(tmp_path: Path) -> None:
    said = "page.html.j2:1: a recursive loop is not for templates of reports"
    assert refusal(tmp_path, "{% for a in [[1]] recursive %}{{ loop(a) }}{% endfor %}") == said


def test_loops_have_all_that_jinja_gives_them(tmp_path: Path) -> None:
    page = (
        "{% for h in report.handles %}{{ loop.index }}/{{ loop.length }} {{ h }}{{ ', ' if not loop.last }}{% endfor %}"
    )
    assert rendered(tmp_path, page) == "1/2 @acme, 2/2 @acme_help"


def test_the_rows_of_a_grouping_are_read_as_json_has_them(tmp_path: Path) -> None:
    assert isinstance(REPORT.groupings[0], GroupingResult)
    page = "{% for row in report.groupings[0] | rows %}{{ row['tweet.id'] }}: {{ row.value | whole }}{% endfor %}"
    assert rendered(tmp_path, page) == "2117600084332904449: 7"
