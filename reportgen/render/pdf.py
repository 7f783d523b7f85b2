"""The HTML page as a PDF."""

from __future__ import annotations

import logging
from hashlib import sha256


def render_pdf(html: str) -> bytes:
    """The page, printed. Reads nothing but what stands in the page itself; the same page gives the same bytes."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of style rules that are meant for screens
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    pdf: bytes = document.write_pdf(pdf_identifier=sha256(html.encode()).digest()[:16])
    return pdf
