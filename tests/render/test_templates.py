"""Templates of one's own: they extend and include the built-in ones, and say where they are wrong."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.html import page_faults, render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from tests.render.made_up import WEEKLY


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "my").mkdir()
    return Project(tmp_path)


def write(project: Project, text: str, name: str = "my/page.html.j2") -> None:
    (project.folder / name).write_text(text)


def page(project: Project) -> str:
    """The page, without the policy that stands on top of one that does not extend ours."""
    html = render_html(WEEKLY, Look(template="my/page.html.j2", project=project))
    return re.sub(r'\A<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)


def failure(project: Project) -> str:
    with pytest.raises(TemplateError) as caught:
        page(project)
    return str(caught.value)


def faults(project: Project) -> list[str]:
    return list(page_faults(project, "my/page.html.j2"))


def test_a_block_of_the_built_in_page_is_replaced_and_the_rest_stays(project: Project) -> None:
    write(
        project,
        '{% extends "reportgen/report.html.j2" %}{% block colophon %}<p>Acme {{ period }}</p>{% endblock %}',
    )
    built_in = render_html(WEEKLY, Look())
    old = built_in[built_in.index('<footer class="colophon">') : built_in.index("</footer>")]
    assert page(project) == built_in.replace(old, '<footer class="colophon">\n<p>Acme 9–15 November 2026</p>')


def test_a_block_can_be_added_to(project: Project) -> None:
    write(project, '{% extends "reportgen/report.html.j2" %}{% block masthead %}{{ super() }}<p>More</p>{% endblock %}')
    assert "<p>More</p>" in page(project)
    assert '<p class="period">9–15 November 2026</p>' in page(project)


def test_sections_are_put_where_one_likes(project: Project) -> None:
    text = """{% for section in report.sections[1:] %}{% with id = "s" ~ loop.index, level = 2 %}
        {%- include section | partial %}{% endwith %}{% endfor %}"""
    write(project, text)
    assert page(project).count("<section") == len(WEEKLY.sections) - 1


def test_a_template_includes_another_one_and_a_style_sheet(project: Project) -> None:
    write(project, '<style>{% include "my/more.css" %}</style>{% from "my/parts.j2" import hello %}{{ hello("<") }}')
    write(project, "p > a { color: red }", "my/more.css")
    write(project, "{% macro hello(name) %}Hello {{ name }}{% endmacro %}", "my/parts.j2")
    assert page(project) == "<style>p > a { color: red }</style>Hello &lt;"


def test_a_folder_called_reportgen_hides_no_built_in_template(project: Project) -> None:
    (project.folder / "reportgen").mkdir()
    write(project, "mine", "reportgen/report.html.j2")
    write(project, '{% extends "reportgen/report.html.j2" %}')
    assert page(project) == render_html(WEEKLY, Look())


def test_a_picture_is_embedded_in_the_page_and_so_in_the_pdf(project: Project) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4), (200, 30, 40)).save(project.folder / "my/logo.png")
    write(project, '<img alt="Acme" src="{{ embed("my/logo.png") }}">')
    content = b64encode((project.folder / "my/logo.png").read_bytes()).decode()
    assert page(project) == f'<img alt="Acme" src="data:image/png;base64,{content}">'
    (image,) = PdfReader(io.BytesIO(render_pdf(page(project), project))).pages[0].images
    assert image.image
    assert image.image.getpixel((0, 0)) == (200, 30, 40)


@pytest.mark.parametrize("name", ["../logo.png", "/etc/passwd", ".env", "my/page.html.j2", "reportgen.yaml"])
def test_what_is_no_picture_of_the_project_is_not_embedded(name: str, project: Project) -> None:
    (project.folder / ".env").write_text("SECRET=1")
    write(project, "\n{{ embed('" + name + "') }}")
    assert failure(project).startswith(f"my/page.html.j2:2: '{name}' ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ report.titel }}", "a Report has no 'titel'; did you mean 'title'?"),
        ("{{ reprot.title }}", "there is no 'reprot'"),
        ("{{ report['name of'] }}", "a Report has no 'name of'; did you mean 'name'?"),
        ("{{ report.handles[7] }}", "a tuple has no 7"),
        ("{{ report.tweets + 'a' }}", "unsupported operand type(s) for +: 'int' and 'str'"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% include report.name ~ '.j2' %}", "'acme-weekly.j2' is not there"),
        ("{% include '../../etc/passwd.txt' ~ '' %}", "'../../etc/passwd.txt' leads out of the project; "),
        ("{{ 5 | posted(report.last_day) }}", "'int' object has no attribute 'posted_at'"),
    ],
)
def test_what_fails_while_it_renders_is_told_with_its_line(text: str, said: str, project: Project) -> None:
    write(project, f"\n\n{text}\n")
    assert failure(project).startswith(f"my/page.html.j2:3: {said}")


EXTENDS = '{% extends "reportgen/report.html.j2" %}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ embedd('my/logo.png') }}", "there is no 'embedd'; did you mean 'embed'?"),
        ("{{ embed('my/logo.png') }}", "'my/logo.png' is not there"),
        ("{{ reprot.title }}", "there is no 'reprot'; did you mean 'report'?"),
        ("{{ report.titel }}", "report has no 'titel'; did you mean 'title'?"),
        ("{{ look.palette.accent ~ look.colour }}", "look has no 'colour'"),
        ("{{ as_off }}", "there is no 'as_off'; did you mean 'as_of'?"),
        ("{% if report.titel is defined and xyz %}{% endif %}", "there is no 'xyz'"),
    ],
)
def test_names_that_lead_nowhere_are_told_before_it_is_rendered(text: str, said: str, project: Project) -> None:
    write(project, f"{EXTENDS}\n{{% block colophon %}}\n{text}\n{{% endblock %}}")
    assert faults(project) == [f"my/page.html.j2:3: {said}"]


def test_a_block_that_replaces_none_is_told_before_it_is_left_out(project: Project) -> None:
    write(project, EXTENDS + "\n{% block note %}<p>Hello</p>{% endblock %}\n{% block colophon %}{% endblock %}")
    assert faults(project) == [
        "my/page.html.j2:2: what this template extends has no block 'note'; did you mean 'notes'?"
    ]


def test_a_block_may_be_of_a_template_between_and_inside_of_another(project: Project) -> None:
    write(project, EXTENDS + "{% block colophon %}{% block address %}{% endblock %}{% endblock %}", "my/base.j2")
    write(project, "{% extends 'my/base.j2' %}{% block address %}Acme{% endblock %}")
    assert faults(project) == []


def test_names_of_templates_themselves_are_known(project: Project) -> None:
    write(project, "{% macro hello(name) %}Hello {{ name }}, {{ caller() }}{% endmacro %}", "my/parts.j2")
    write(project, "{{ item }} {{ said }}", "my/item.txt")
    write(
        project,
        EXTENDS
        + """{% import "my/parts.j2" as parts %}{% from "my/parts.j2" import hello as hi %}{% set said = "so" %}
        {% block colophon %}{{ super() }}{{ parts.hello("a") }}{% call hi("b") %}{{ period }}{% endcall %}
        {% for item in report.handles %}{{ loop.index }}{% include "my/item.txt" %}{{ said }}{% endfor %}
        {{ self.title() }}{{ nothing | default("none") }}{% if whole_files.data %}{{ zone }}{% endif %}
        {% endblock %}""",
    )
    assert faults(project) == []


def test_names_are_not_judged_below_a_template_that_is_found_while_rendering(project: Project) -> None:
    write(project, "{% extends 'my/' ~ report.name ~ '.j2' %}{% block note %}{{ anything }}{% endblock %}")
    assert faults(project) == []


def test_a_page_that_leads_elsewhere_is_refused(project: Project) -> None:
    write(project, '<meta http-equiv="refresh" content="0; url=https://a.example/">')
    said = "my/page.html.j2: the page has a <meta> that refreshes it, by which it leads elsewhere; leave it out"
    assert failure(project) == said


def test_a_text_that_is_like_a_place_for_the_policy_takes_it_not_away(project: Project) -> None:
    write(project, "<!doctype html><html><head><!-- {{ report.title }} --></head>")
    report = replace(WEEKLY, title='content="[content security policy]"')
    html = render_html(report, Look(template="my/page.html.j2", project=project))
    assert re.match(r'<!doctype html><html><head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Sec', html)


def test_what_fails_in_a_built_in_template_is_told_at_the_line_that_takes_it(project: Project) -> None:
    write(project, '\n{% include "reportgen/sections/heading.html.j2" %}')
    assert failure(project) == "my/page.html.j2:2: there is no 'section' (in reportgen/sections/heading.html.j2:1)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ report.title }", "my/page.html.j2:2: unexpected '}'"),
        ("{% if report %}", "my/page.html.j2:2: Unexpected end of template. Jinja was looking for"),
        ("{{ 1 | nosuch }}", "my/page.html.j2:2: No filter named 'nosuch'."),
        ("{% extends 'my/none.html' %}", "my/page.html.j2:2: 'my/none.html' is not there"),
        ("{% extends 'reportgen/no.j2' %}", "my/page.html.j2:2: 'reportgen/no.j2' is not a built-in template"),
        ("{% include '../up.j2' %}", "my/page.html.j2:2: '../up.j2' leads out of the project; name it from the "),
        ("{% include '.env' %}", "my/page.html.j2:2: '.env' is hidden, or in a hidden folder; such files are not read"),
        (
            "{% import 'data.csv' as d %}",
            "my/page.html.j2:2: 'data.csv' is of another kind; it has to end in .j2",
        ),
        ("{% include 'my/part.j2' %}", "my/part.j2:3: tag name expected"),
    ],
)
def test_what_is_wrong_is_told_before_it_is_rendered(text: str, said: str, project: Project) -> None:
    write(project, "\n\n{% %}", "my/part.j2")
    write(project, f"\n{text}")
    (fault,) = faults(project)
    assert fault.startswith(said)
    assert failure(project).startswith(said)


def test_a_good_template_has_no_faults_whatever_it_includes(project: Project) -> None:
    write(project, '{% extends "reportgen/report.html.j2" %}{% block notes %}{% include "my/a.css" %}{% endblock %}')
    write(project, "{% include 'my/page.html.j2' %}", "my/a.css")
    assert faults(project) == []


def test_an_include_may_be_missing_where_the_template_says_so(project: Project) -> None:
    write(project, "{% include 'my/none.j2' ignore missing %}Here")
    assert faults(project) == []
    assert page(project) == "Here"


def test_a_template_that_is_missing_is_told(project: Project) -> None:
    assert faults(project) == ["'my/page.html.j2' is not there"]


def test_each_built_in_template_is_without_faults(project: Project) -> None:
    assert list(page_faults(project, "reportgen/report.html.j2")) == []


def test_a_failure_of_our_own_is_no_fault_of_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.render.charts.figure", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render_html(WEEKLY, Look())
