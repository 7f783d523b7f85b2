"""Makes docs/gallery.md, its pictures and its PDFs from the sample reports, on simulated data.

`.venv/bin/python scripts/gallery.py [FOLDER]`, where FOLDER is `docs` unless it is named. Needs Poppler's pdftoppm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image

ROOT: Final = Path(__file__).parent.parent
_DPI: Final = 90
_GAP: Final = 24
_GROUND: Final = "#e9ecef"


class Exhibit(NamedTuple):
    """A report of the gallery, what the page says of it, and how many of its pages are in the picture."""

    name: str
    title: str
    words: str
    pages: int = 2


EXHIBITS: Final = (
    Exhibit("weekly", "A brand's week", "What a week reached, beside the week before, and the tweets that did it."),
    Exhibit(
        "monday", "Every Monday", "Whatever two accounts posted in four weeks: the report finds its tweets by itself."
    ),
    Exhibit(
        "competitors", "Beside a competitor", "The public counts of two accounts, for which the bearer token will do."
    ),
    Exhibit("launch-day", "A launch, hour by hour", "The last 28 hours of the seven tweets that carried it."),
    Exhibit("campaigns", "Campaigns", "Labels on the tweets, and measures of one's own."),
    Exhibit("monthly", "A month on a page", "The design `executive`, for people who have a minute.", 1),
    Exhibit("ledger", "Every number", "The design `ledger`, for people who print."),
)
_HEAD: Final = """\
# Gallery

Seven reports as they come out of the printer, each with its file. They run as they are, on simulated data:
`reportgen demo reports/weekly.yaml`. `scripts/gallery.py` makes this page; the tests draw each page of it anew.
"""
_EXHIBIT: Final = """
## {title}

{words}

[![{title}: the first pages of the PDF](gallery/{name}.png)](gallery/{name}.pdf)

<details><summary><code>reports/{name}.yaml</code></summary>

```yaml
{text}```

</details>
"""


def make(folder: Path) -> None:
    """The page, its pictures and PDFs, in `folder`."""
    gallery = folder / "gallery"
    gallery.mkdir(parents=True, exist_ok=True)
    for exhibit in EXHIBITS:
        with tempfile.TemporaryDirectory() as scratch:
            pdf = shutil.copy(_printed(exhibit, Path(scratch)), gallery / f"{exhibit.name}.pdf")
            pages = _drawn(pdf, exhibit.pages, Path(scratch))
            _side_by_side(pages).save(gallery / f"{exhibit.name}.png", optimize=True)
    (folder / "gallery.md").write_text(page(), encoding="utf-8")


def page() -> str:
    """docs/gallery.md."""
    return _HEAD + "".join(
        _EXHIBIT.format(text=_report(exhibit).read_text("utf-8"), **exhibit._asdict()) for exhibit in EXHIBITS
    )


def _report(exhibit: Exhibit) -> Path:
    return ROOT / "reports" / f"{exhibit.name}.yaml"


def _printed(exhibit: Exhibit, scratch: Path) -> Path:
    """The PDF of a sample report."""
    command = [sys.executable, "-m", "reportgen", "demo", str(_report(exhibit))]
    done = subprocess.run(command, cwd=scratch, stdout=subprocess.PIPE, text=True, check=True)
    return scratch / next(line for line in done.stdout.splitlines() if line.endswith(".pdf"))


def _drawn(pdf: Path, pages: int, scratch: Path) -> list[Image.Image]:
    """The first pages of the PDF as pictures."""
    command = ["pdftoppm", "-r", str(_DPI), "-l", str(pages), "-png", str(pdf), str(scratch / "page")]
    subprocess.run(command, check=True)
    return [Image.open(file).convert("RGB") for file in sorted(scratch.glob("page-*.png"))]


def _side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    """The pages beside each other, on a grey ground."""
    width = sum(page.width for page in pages) + _GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages) + 2 * _GAP), _GROUND)
    left = _GAP
    for one in pages:
        sheet.paste(one, (left, _GAP))
        left += one.width + _GAP
    return sheet


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
