"""A template of the project's own, from the report file to the files that are made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_run import REPORT, files_in
from tests.conftest import Command
from tests.runs import PRESENT

HTML = REPORT.replace("[json]", "[html, json]")
PAGE = '{% extends "reportgen/report.html.j2" %}{% block colophon %}<p>By Bright and Early</p>{% endblock %}'


@pytest.fixture
def small(project: Path) -> Path:
    path = project / "small.yaml"
    path.write_text(HTML + "template: my/page.html.j2\n")
    (project / "my").mkdir()
    (project / "my/page.html.j2").write_text(PAGE)
    return path


def test_the_page_is_made_from_the_reports_template(project: Path, small: Path, reportgen: Command) -> None:
    assert reportgen("run", small, "--as-of", PRESENT).code == 0
    assert "<p>By Bright and Early</p>" in (project / "out/small-2026-11-15.html").read_text()


def test_the_settings_name_one_for_reports_that_name_none(project: Path, small: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text("template: my/all.html.j2\n")
    (project / "my/all.html.j2").write_text(PAGE.replace("By", "All by"))
    (project / "other.yaml").write_text(HTML.replace("small", "other"))
    assert reportgen("run", small, project / "other.yaml", "--as-of", PRESENT).code == 0
    assert "<p>By Bright and Early</p>" in (project / "out/small-2026-11-15.html").read_text()
    assert "<p>All by Bright and Early</p>" in (project / "out/other-2026-11-15.html").read_text()


def test_what_is_wrong_with_it_is_told_with_the_report_file(project: Path, small: Path, reportgen: Command) -> None:
    (project / "my/page.html.j2").write_text("\n{{ report.title }")
    ended = reportgen("validate", "small.yaml")
    assert ended.code == 2
    assert ended.out == "small.yaml:12:11: template: my/page.html.j2:2: unexpected '}'\n"


def test_one_outside_the_project_is_refused(project: Path, small: Path, reportgen: Command) -> None:
    small.write_text(HTML + "template: ../page.html.j2\n")
    ended = reportgen("validate", "small.yaml")
    said = "'../page.html.j2' leads out of the project; name it from the project's folder"
    assert (ended.code, ended.out) == (2, f"small.yaml:12:11: template: {said}\n")


def test_one_of_the_settings_that_is_wrong_is_told_at_its_place(project: Path, small: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text("page: A4\ntemplate: my/none.html.j2\n")
    ended = reportgen("run", small, "--as-of", PRESENT)
    assert ended.code == 2
    assert ended.err.endswith("reportgen.yaml:2:11: template: 'my/none.html.j2' is not there\n")


def test_a_report_whose_template_fails_has_no_files_and_the_others_are_made(
    project: Path, small: Path, reportgen: Command
) -> None:
    (project / "my/page.html.j2").write_text("{{ report.sections[0].titel }}")
    (project / "other.yaml").write_text(HTML.replace("small", "other"))
    ended = reportgen("run", small, project / "other.yaml", "--as-of", PRESENT)
    assert ended.code == 2
    assert ended.err == "small: my/page.html.j2:1: a KpiSection has no 'titel'; did you mean 'title'?\n"
    assert [name for name in files_in(project) if name.startswith("out")] == [
        "out/other-2026-11-15.html",
        "out/other-2026-11-15.json",
    ]


def test_a_page_that_asks_for_what_is_not_in_the_project_is_no_pdf(
    project: Path, small: Path, reportgen: Command
) -> None:
    (project / "my/page.html.j2").write_text('<img src="http://127.0.0.1:9/pixel.png">')
    ended = reportgen("run", small, "--as-of", PRESENT, "--format", "pdf")
    assert ended.code == 2
    assert ended.err == "small: the page asks for 'http://127.0.0.1:9/pixel.png', which is not in the project\n"
    assert not (project / "out/small-2026-11-15.pdf").exists()
