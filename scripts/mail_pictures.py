"""Makes the pictures of a mail in docs/gallery: what `reportgen mail --preview` writes of a sample report, on simulated
data, read back as a mail program does and shown by Chromium.

`.venv/bin/python scripts/mail_pictures.py [FOLDER]`, where FOLDER is `docs/gallery` unless it is named.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from reportgen.cli.demo import PRESENT
from reportgen.instants import parse_instant
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World

ROOT: Final = Path(__file__).parent.parent
REPORT: Final = ROOT / "reports" / "monday.yaml"
_CHROMIUM: Final = Path("/usr/bin/chromium")


class View(NamedTuple):
    """A window that the mail is shown in."""

    name: str
    width: int
    scheme: Literal["light", "dark"] = "light"


_GROUND: Final = "#8f9794"
_EDGE: Final = 36
_HIGHEST: Final = 2_000
"""Pixels of the picture that has all three, as far as it shows them."""
VIEWS: Final = (View("mail-light", 720), View("mail-dark", 720, "dark"), View("mail-phone", 390))


def make(folder: Path) -> None:
    """The pictures, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    html = shown(message_from_bytes(mailed(), policy=default))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        pictures = [Image.open(BytesIO(pictured(browser, html, view))).convert("RGB") for view in VIEWS]
        browser.close()
    for view, picture in zip(VIEWS, pictures, strict=True):
        save(picture, folder / f"{view.name}.png")
    save(beside(pictures), folder / "mail.png")


def beside(pictures: Sequence[Image.Image]) -> Image.Image:
    """The beginnings of all, beside each other."""
    width = sum(picture.width + _EDGE for picture in pictures) + _EDGE
    sheet = Image.new("RGB", (width, _HIGHEST), _GROUND)
    left = _EDGE
    for picture in pictures:
        sheet.paste(picture, (left, _EDGE))
        left += picture.width + _EDGE
    return sheet


def save(picture: Image.Image, path: Path) -> None:
    """The picture in 256 colours."""
    picture.quantize(256).save(path, optimize=True)


def mailed() -> bytes:
    """The mail of the sample report."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(World(DEFAULT_SEED, parse_instant(PRESENT)), port=0) as simulator,
    ):
        command = [sys.executable, "-m", "reportgen", "mail", str(REPORT), "--as-of", PRESENT, "--preview"]
        paths = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": scratch}
        done = subprocess.run(
            command, cwd=scratch, env=paths | simulator.environment(), stdout=subprocess.PIPE, text=True, check=True
        )
        return (Path(scratch) / next(line for line in done.stdout.splitlines() if line.endswith(".eml"))).read_bytes()


def shown(mail: EmailMessage) -> str:
    """The HTML of the mail, with the pictures that it names."""
    pictures = {
        part["Content-ID"].strip("<>"): b64encode(part.get_content()).decode()
        for part in mail.walk()
        if part.get_content_type() == "image/png"
    }
    body = mail.get_body(("html",))
    if body is None:
        raise ValueError("the mail has no HTML")
    return re.sub(r"cid:([^\"]+)", lambda found: f"data:image/png;base64,{pictures[found[1]]}", body.get_content())


def pictured(browser: Browser, html: str, view: View) -> bytes:
    """All of the mail in that window."""
    page = browser.new_page(
        viewport={"width": view.width, "height": 900}, color_scheme=view.scheme, device_scale_factor=1.5
    )
    page.set_content(html)
    picture: bytes = page.screenshot(full_page=True)
    page.close()
    return picture


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "gallery")
