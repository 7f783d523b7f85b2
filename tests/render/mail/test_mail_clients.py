"""The HTML of a mail keeps to what mail clients know, in every design."""

from __future__ import annotations

import re

import pytest

from reportgen.spec.model import Design
from tests.render.mail.letters import REPORTS, letter_of
from tests.render.page import read
from tests.render.test_designs import DESIGNS

_STYLE_LIMIT = 8192
"""Characters of a style sheet, beyond which Gmail drops it."""


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(
    "rule", ["flex", "grid", "var(", "position", "@font-face", "@import", "url(", "calc(", "float"]
)
def test_no_rule_is_one_that_mail_clients_do_not_know(design: Design, rule: str) -> None:
    html = letter_of("all", design).html
    styles = "".join([*re.findall(r'style="([^"]*)"', html), *re.findall(r"<style.*?</style>", html, re.DOTALL)])
    assert rule not in styles


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    page = read(letter_of(name).html)
    assert {element.tag for element in page.elements} & {"script", "svg", "link", "iframe", "object", "form"} == set()
    assert {str(image.attributes["src"]).partition(":")[0] for image in page.all("img")} <= {"cid"}


@pytest.mark.parametrize("design", DESIGNS)
def test_tables_are_for_layout_unless_they_have_headings(design: Design) -> None:
    html = letter_of("all", design).html
    tables = read(html).all("table")
    of_numbers = [table for table in tables if table.attributes.get("role") != "presentation"]
    assert [str(table.attributes["class"]).split()[0] for table in of_numbers] == ["rows", "heat"]
    assert all(
        "cellpadding" in table.attributes and "width" in table.attributes
        for table in tables
        if table not in of_numbers and table.attributes.get("class") != "counts"
    )
    scopes = {heading.attributes.get("scope") for heading in read(html).all("th")}
    assert scopes <= {"col", "row", None}


def test_pictures_have_words_and_widths() -> None:
    for image in read(letter_of("all").html).all("img"):
        assert image.attributes["alt"]
        assert int(image.attributes["width"] or 0) > 0


@pytest.mark.parametrize("design", DESIGNS)
def test_rules_for_phones_and_for_the_night_stay_in_the_head(design: Design) -> None:
    html = letter_of("weekly", design).html
    kept = re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)
    assert any("@media (max-width: 480px)" in style for style in kept)
    assert any("@media (prefers-color-scheme: dark)" in style for style in kept)
    assert all(len(style) < _STYLE_LIMIT for style in kept)
    named = {str(meta.attributes.get("name")): meta.attributes.get("content") for meta in read(html).all("meta")}
    assert named["color-scheme"] == named["supported-color-schemes"] == "light dark"


def test_the_line_behind_the_subject_is_first_and_is_not_shown() -> None:
    body = letter_of("weekly").html.partition("<body")[2]
    first = re.search(r'<div class="preheader"[^>]*style="([^"]*)"[^>]*>([^<]*)', body)
    assert first
    assert "display:none" in first[1]
    assert first[2].startswith("Impressions 1,284,937*; Engagements 44,314*; Engagement rate 3.62%; Likes 5,085*.")
    assert body.index("preheader") < body.index("<table")
