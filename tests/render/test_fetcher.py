"""A page is printed from what stands in it, from images, fonts and style sheets of the project, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image
from pypdf import PdfReader

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.pdf import render_pdf

RED = (200, 30, 40)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a picture, and beside it, outside, a folder with another one and a style sheet."""
    for folder in ("acme/my", "acme/.hidden", "outside"):
        (tmp_path / folder).mkdir(parents=True)
        Image.new("RGB", (4, 4), RED).save(tmp_path / folder / "logo.png")
        (tmp_path / folder / "look.css").write_text("p::after { content: ' styled' }")
    return Project(tmp_path / "acme")


def text_of(html: str, project: Project) -> str:
    return PdfReader(io.BytesIO(render_pdf(html, project))).pages[0].extract_text().strip()


def refusal(html: str, project: Project) -> str:
    with pytest.raises(TemplateError) as caught:
        render_pdf(html, project)
    return str(caught.value)


def test_pictures_and_style_sheets_of_the_project_are_in_the_pdf(project: Project) -> None:
    page = """<link rel="stylesheet" href="my/more.css"><p>Plain</p><img src="./my/logo.png?1">"""
    (project.folder / "my/more.css").write_text("@import 'look.css'; p { background: url(logo.png) }")
    paper = PdfReader(io.BytesIO(render_pdf(page, project))).pages[0]
    assert paper.extract_text().strip() == "Plain styled"
    assert {image.image.getpixel((0, 0)) for image in paper.images if image.image} == {RED}


def test_the_same_page_and_files_in_another_folder_are_the_same_pdf(project: Project, tmp_path: Path) -> None:
    page = '<p><a href="my/page.html">Page</a></p><img src="my/logo.png">'
    first = render_pdf(page, project)
    project.folder.rename(tmp_path / "elsewhere")
    assert render_pdf(page, Project(tmp_path / "elsewhere")) == first


@contextmanager
def local_server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the requests that it got."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


WAYS = {
    "a picture": '<img src="{url}">',
    "a style sheet": '<link rel="stylesheet" href="{url}">',
    "an import": "<style>@import '{url}'</style>",
    "a background": "<p style=\"background: url('{url}')\">",
    "a font": "<style>@font-face {{ font-family: X; src: url('{url}') }} p {{ font-family: X }}</style><p>x",
    "the mark of a list": "<ul style=\"list-style-image: url('{url}')\"><li>x",
    "content": "<style>p::before {{ content: url('{url}') }}</style><p>x",
    "an object": '<object data="{url}"></object>',
    "an embedded file": '<embed src="{url}">',
    "an image in SVG": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "an image in an SVG in the page": (
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        "<image href='{url}' width='9' height='9'/></svg>\">"
    ),
    "another base": '<base href="{url}"><img src="logo.png">',
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_asked_of_the_network(way: str, project: Project) -> None:
    with local_server() as (host, requests):
        for url in (f"http://{host}/x.png", f"HTTP://{host}/x.css", f"//{host}/x.png"):
            said = refusal(WAYS[way].format(url=url), project)
            assert "which is not in the project" in said
        assert requests == []


def test_what_weasyprint_does_not_know_asks_for_nothing_either(project: Project) -> None:
    with local_server() as (host, requests):
        page = f"""<p>Plain</p><svg width="9" height="9"><use href="http://{host}/x.svg#a"/></svg>
            <svg width="9" height="9"><style>@import "http://{host}/x.css";</style></svg>
            <iframe src="http://{host}/"></iframe><video src="http://{host}/" poster="http://{host}/"></video>
            <script src="http://{host}/x.js"></script><form action="http://{host}/"><input type="image" src="http://{host}/">
            <xi:include href="http://{host}/"/><meta http-equiv="refresh" content="0; url=http://{host}/">"""
        assert text_of(page, project) == "Plain"
        assert requests == []


@pytest.mark.parametrize("way", WAYS)
def test_no_file_outside_the_project_is_read(way: str, project: Project) -> None:
    outside = project.folder.parent / "outside"
    for url in (
        "../outside/logo.png",
        (outside / "logo.png").as_uri(),
        f"file://localhost{outside}/look.css",
        "file://localhost/project/my/logo.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "file:///project/../outside/logo.png",
        "my/%2e%2e/%2e%2e/outside/logo.png",
        ".hidden/logo.png",
        "%2ehidden/logo.png",
        "ftp://127.0.0.1/logo.png",
    ):
        assert refusal(WAYS[way].format(url=url), project).startswith("the page asks for ")


def test_a_link_that_leads_out_of_the_project_is_not_followed(project: Project) -> None:
    (project.folder / "logo.png").symlink_to(project.folder.parent / "outside/logo.png")
    said = "the page asks for a file that it can't have: 'logo.png' leads out of the project, through a link"
    assert refusal('<img src="logo.png">', project) == said


def test_a_file_that_is_missing_is_told(project: Project) -> None:
    said = "the page asks for a file that it can't have: 'my/lgo.png' is not there"
    assert refusal('<img src="my/lgo.png">', project) == said


def test_an_attachment_is_refused(project: Project) -> None:
    for tag in ('<link rel="attachment" href="my/logo.png">', '<a rel="nofollow Attachment" href="my/logo.png">x</a>'):
        assert refusal(tag, project) == "the page has an attachment (rel=attachment), and a report takes none"


def test_an_entity_of_an_svg_reads_no_file(project: Project) -> None:
    svg = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    (project.folder / "bad.svg").write_text(svg)
    assert text_of('<p>Plain</p><img src="bad.svg">', project) == "Plain"


def test_a_font_of_the_system_is_passed_over(project: Project) -> None:
    page = "<style>@font-face { font-family: X; src: local('DejaVu Sans') }</style><p style='font-family: X'>Plain"
    assert text_of(page, project) == "Plain"
