"""Whatever the texts of a report are, they do nothing: on the page, in the PDF, in CSV and in Excel."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser
from pypdf import PdfReader

from reportgen.catalog import GROUP_BY
from reportgen.gaps import Gap, Reason
from reportgen.project import Project
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.render.tidy import render_csv
from reportgen.render.workbook import render_xlsx
from reportgen.report.model import GapLine, GapNote, Report, TweetLabel, Value
from reportgen.report.tables import Column, TableSection
from tests.render import made_up
from tests.render.conftest import CHROMIUM
from tests.render.made_up_data import grouping
from tests.render.test_fetcher import local_server

needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
TEXTS = {
    "a script": "<script>window.done = 1; fetch('{url}')</script>",
    "an end of a title and a script": "</title></style></svg></h1>\"'><script>window.done = 1</script>",
    "a picture": "<img src='{url}' onerror='window.done = 1'>",
    "a style": "</style><style>@import '{url}'; body {{ background: url({url}) }}</style>",
    "a style sheet": "<link rel='stylesheet' href='{url}'>",
    "a frame": "<iframe src='{url}'></iframe><meta http-equiv='refresh' content='0; url={url}'>",
    "a drawing": "<svg onload='window.done = 1'><image href='{url}'/></svg>",
    "a template": "{{{{ ''.__class__ }}}}{{% include '.env' %}}",
    "Markdown": "![x]({url}) [x](javascript:window.done=1)",
    "an address": "{url}",
    "metadata of a machine": "http://169.254.169.254/latest/meta-data/",
    "a formula": '=HYPERLINK("{url}")',
    "another formula": "+WEBSERVICE(\"{url}\")",
    "the place of the policy": 'content="[content security policy]"',
}  # fmt: skip


def report_of(text: str) -> Report:
    """A report that has the text wherever a text can be."""
    tweet = TweetLabel("2117600084332904449", text, datetime(2026, 11, 9, tzinfo=made_up.NEW_YORK), text, {"x": text})
    columns = (Column(text, "label.campaign"), Column(GROUP_BY["tweet.id"].label, "tweet.id"))
    rows: tuple[tuple[TweetLabel | str | Value, ...], ...] = ((text, tweet, Value(3, 1)),)
    measure = Column("Impressions", None, made_up.IMPRESSIONS)
    return replace(
        made_up.WEEKLY,
        title=text,
        handles=("@acme", text),
        sections=(
            made_up.kpis("impressions", title=text),
            replace(made_up.chart(text, "handle", "bar", made_up.panel("impressions", ("@acme", text))), note=text),
            made_up.chart("B", "engagement.day", "line", made_up.panel("impressions", made_up.days(3), ("@a", text))),
            TableSection(text, text, (*columns, measure), rows, 1, text),
        ),
        groupings=(grouping("by-campaign", "label.campaign", (text, "impressions", 3.0, 0)),),
        gaps=(Gap("2117600084332904449", None, Reason.CALL_FAILED, text),),
        gap_notes=(GapNote(text, (GapLine((text,), text, (tweet,)),)),),
        remarks=(text,),
        complete=False,
        shortfall=text,
    )


@pytest.fixture(params=TEXTS)
def text(request: pytest.FixtureRequest, network: tuple[str, list[str]]) -> str:
    return TEXTS[request.param].format(url=f"http://{network[0]}/x")


@pytest.fixture(scope="module")
def harmless() -> str:
    return render_html(report_of("Plain"), Look())


@pytest.fixture(scope="module")
def network() -> Iterator[tuple[str, list[str]]]:
    """A server in the local network, and what it was asked for."""
    with local_server() as server:
        yield server


@needs_chromium
def test_in_a_browser_the_page_asks_for_nothing_and_runs_nothing(
    text: str, network: tuple[str, list[str]], browser: Browser, harmless: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_html(report_of(text), Look()), "utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri(), wait_until="load")
    assert [address for address in asked if not address.startswith("data:")] == [file.as_uri()]
    assert page.evaluate("window.done") is None
    assert page.locator("h1").inner_text() == " ".join(text.split())
    assert {*re.findall(r"<([a-z]+)", page.content())} == {*re.findall(r"<([a-z]+)", harmless)}
    assert network[1] == []
    page.close()


def test_the_pdf_asks_for_nothing_and_has_the_text_as_it_is(text: str, network: tuple[str, list[str]]) -> None:
    paper = PdfReader(io.BytesIO(render_pdf(render_html(report_of(text), Look()))))
    assert network[1] == []
    assert paper.metadata
    assert paper.metadata.title == f"{text} · 9–15 November 2026"
    targets = {str(note.get_object()["/A"]["/URI"]) for page in paper.pages for note in page.get("/Annots", ())}
    assert all(target.startswith("https://x.com/") for target in targets)
    assert not {"/JavaScript", "/EmbeddedFiles"} & paper.root_object.get("/Names", {}).keys()
    assert "/OpenAction" not in paper.root_object


def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    rows = [*csv.reader(io.StringIO(render_csv(report_of(text)), newline=""))]
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert rows[1][2].removeprefix("'") == text


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(text: str) -> None:
    book = load_workbook(io.BytesIO(render_xlsx(report_of(text))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert text in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []


@needs_chromium
@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE html>", "\n<!doctype html>\n"])
def test_a_template_that_leaves_the_policy_out_is_under_it_all_the_same(
    doctype: str, network: tuple[str, list[str]], browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "page.html.j2").write_text(f"""{doctype}<html lang="en"><head><title>Ä</title>
        <style>p {{ color: rgb(1, 2, 3) }}</style><link rel="stylesheet" href="http://{network[0]}/x.css">
        <script>window.done = 1</script><script src="http://{network[0]}/x.js"></script></head>
        <body><p onclick="window.done = 1">Here</p><img src="http://{network[0]}/x.png"></body></html>""")
    file = tmp_path / "page.html"
    look = Look(template="page.html.j2", project=Project(tmp_path))
    file.write_text(render_html(made_up.WEEKLY, look), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri(), wait_until="load")
    page.click("p")
    assert page.evaluate("window.done") is None
    assert network[1] == []
    assert page.title() == "Ä"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    page.close()
