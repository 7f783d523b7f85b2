"""The HTML page as a PDF."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Final

_SAME_EVERYWHERE: Final = {"PANGO_LANGUAGE": "en", "SOURCE_DATE_EPOCH": "0"}
"""What would differ from run to run: Pango draws characters that languages share in the manner of the user's own, which
it looks up once, at the first need; and fontTools dates the fonts that it changes, as it does with those of emoji."""


def render_pdf(html: str) -> bytes:
    """The page, printed. Reads nothing but what stands in the page itself; the same page gives the same bytes, with the
    same versions of WeasyPrint, of the libraries below it and of the system's fonts. One at a time in a process.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of style rules that are meant for screens
    with _environment(_SAME_EVERYWHERE):
        document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
        pdf: bytes = document.write_pdf(pdf_identifier=sha256(html.encode()).digest()[:16])
    return pdf


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
