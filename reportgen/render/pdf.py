"""The HTML page as a PDF that can also be heard: tagged, PDF/UA-1."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.errors import TemplateError
from reportgen.project import HERE, Project
from reportgen.render.shaping import whole_words

_SAME_EVERYWHERE: Final = {"PANGO_LANGUAGE": "en", "SOURCE_DATE_EPOCH": "0"}
"""What would differ from run to run: Pango draws characters that languages share in the manner of the user's own, which
it looks up once, at the first need; and fontTools dates the fonts that it changes, as it does with those of emoji."""
_SVG: Final = "{http://www.w3.org/2000/svg}"


def render_pdf(html: str, project: Project = HERE) -> bytes:
    """The page, printed, with the images, fonts and style sheets of the project that it names.

    Reads nothing else, and raises TemplateError where the page names anything else. The same page and files give the
    same bytes, with the same versions of WeasyPrint, of the libraries below it and of the system's fonts. One at a time
    in a process.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from reportgen.render.fetcher import BASE, ProjectFetcher
    from reportgen.render.structure import mend

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of style rules that are meant for screens
    fetcher = ProjectFetcher(project)
    with _environment(_SAME_EVERYWHERE), whole_words(), _uncollected(), suppress(FatalURLFetchingError):
        document = HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        _refuse_attachments(document.etree_element)
        _leave_out_what_is_for_screens(document.etree_element)
        _describe_pictures(document.etree_element)
        _leave_out_rows(document.etree_element)
        identifier = sha256(html.encode()).digest()[:16]
        pdf: bytes = document.write_pdf(pdf_identifier=identifier, pdf_variant="pdf/ua-1", finisher=mend)
    if fetcher.refused:
        raise TemplateError(fetcher.refused[0])
    return pdf


def _refuse_attachments(page: ET.Element) -> None:
    """WeasyPrint would date them by the clock."""
    if any("attachment" in element.get("rel", "").lower().split() for element in page.iter()):
        raise TemplateError("the page has an attachment (rel=attachment), and a report takes none")


def _leave_out_what_is_for_screens(page: ET.Element) -> None:
    """Long tables that paper does not show, whose every cell WeasyPrint would look up the style of."""
    for parent in list(page.iter("figure")):
        for details in parent.findall("details"):
            parent.remove(details)


def _describe_pictures(page: ET.Element) -> None:
    """Give drawings the `title` that WeasyPrint takes descriptions from; browsers would show it as a tool-tip."""
    for picture in page.iter(f"{_SVG}svg"):
        if "aria-label" in picture.attrib:
            ET.SubElement(picture, f"{_SVG}title").text = picture.attrib["aria-label"]


def _leave_out_rows(page: ET.Element) -> None:
    """Take the rows away that the style sheet hides on paper. Hidden, each would still take a tenth of the time."""
    for table in page.iter("table"):
        on_paper = table.get("data-on-paper", "")
        for body in table.iter("tbody") if on_paper.isdigit() else ():
            del body[int(on_paper) :]


@contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage: a page makes objects by the hundred thousand, and next to none of them is."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
