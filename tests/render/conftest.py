"""Pages and PDFs that several tests read; each is made once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from tests.render import made_up

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def weekly_html() -> str:
    return render_html(made_up.WEEKLY, Look())


@pytest.fixture(scope="session")
def long_html() -> str:
    return render_html(made_up.LONG, Look(page="Letter"))


@pytest.fixture(scope="session")
def totals_html() -> str:
    return render_html(made_up.TOTALS, Look())


@pytest.fixture(scope="session")
def gallery_html() -> str:
    return render_html(made_up.GALLERY, Look())


@pytest.fixture(scope="session")
def weekly_pdf(weekly_html: str) -> bytes:
    return render_pdf(weekly_html)


@pytest.fixture(scope="session")
def weekly_paper(weekly_pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(weekly_pdf))


@pytest.fixture(scope="session")
def long_pdf(long_html: str) -> bytes:
    return render_pdf(long_html)


@pytest.fixture(scope="session")
def long_paper(long_pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(long_pdf))
