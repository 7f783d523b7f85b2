"""A template that does too much is ended: by its turns, its letters, its numbers or its depth."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.project import Project
from reportgen.render import environment
from reportgen.render.budget import CHARACTERS, TURNS, Budget
from reportgen.render.html import page_faults
from tests.render.sandboxed import refusal

ENDLESS = {
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}": "its loops have too many turns",
    "{% for a in range(99999) %}{{ range(99999) | sum }}{% endfor %}": "its loops have too many turns",
    "{% set r = range(999) | list %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}": (
        "its loops have too many turns"
    ),
    "{{ range(10 ** 9) | list }}": "its loops have too many turns",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}": (
        "its loops have too many turns"
    ),
    "{{ 'x' * 10 ** 9 }}": "its text grows too long",
    "{{ [1] * 10 ** 9 }}": "its text grows too long",
    "{{ [0] * 10 ** 7 }}": "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}{% for a in range(9) %}{{ x | list | length }}{% endfor %}": "its text grows too long",
    "{% set n = n | d(0) + 1 %}{% if n < 60 %}" + "{% include 'page.html.j2' %}" * 2 + "{% endif %}": (
        "its loops have too many turns"
    ),
    "{% for a in range(9999) %}{% import 'reportgen/sections/tweet.html.j2' as b %}{% endfor %}": (
        "its loops have too many turns"
    ),
    "{{ 10 ** (10 ** 9) }}": "a number grows too large",
    "{% set x = 'x' * 10 ** 6 %}{{ range(99999) | join(x) }}": "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}{{ ([x] * 99999) | join }}": "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}{{ x | replace('x', x) }}": "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}" + "{% set x = x ~ x %}" * 40: "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}" + "{% set x = x + x %}" * 40: "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40: "its text grows too long",
    "{% set x = 'x' * 10 ** 6 %}{% for a in range(9999) %}{{ x }}{% endfor %}": "its text grows too long",
}


@pytest.mark.parametrize("template", ENDLESS)
def test_a_template_that_does_too_much_stops(tmp_path: Path, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "Budget", lambda: Budget(turns=300_000, characters=30_000_000))
    place, said = refusal(tmp_path, template).split(": ", 1)
    assert place in {"page.html.j2", "page.html.j2:1"}
    assert said == f"the template does too much: {ENDLESS[template]}"


def test_a_page_may_do_what_the_docs_say() -> None:
    assert (TURNS, CHARACTERS) == (10_000_000, 500_000_000)


@pytest.mark.parametrize(
    "template",
    [
        "{% include 'page.html.j2' %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% import 'page.html.j2' as other %}",
    ],
)
def test_a_template_that_calls_itself_stops(tmp_path: Path, template: str) -> None:
    said = "page.html.j2:1: templates or macros here call each other without an end"
    assert refusal(tmp_path, template) == said


@pytest.mark.parametrize(
    "template",
    [
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "[" * 300 + "1" + "]" * 300 + " }}",
        "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
        "{{ 1" + "+1" * 20_000 + " }}",
    ],
)
def test_what_is_nested_too_deeply_is_refused(tmp_path: Path, template: str) -> None:
    (tmp_path / "page.html.j2").write_text(template)
    said = "page.html.j2:1: this is nested too deeply"
    assert list(page_faults(Project(tmp_path), "page.html.j2")) == [said]
    assert refusal(tmp_path, template) == said
