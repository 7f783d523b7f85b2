"""A table of 1,000 tweets × 6 metrics in a PDF: WeasyPrint as it is, what the product does, and other ways.

Each way prints in a process of its own; the seconds are by the clock, imports aside, so the machine should have nothing
else to do. A way of another engine is measured where its package is installed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from re import DOTALL, findall, sub
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from zoneinfo import ZoneInfo

from reportgen.catalog import METRICS
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.report.model import Label, Report, TweetLabel, Value
from reportgen.report.tables import MOST_ON_PAPER, Column, TableSection

RUNS = 3
MEASURES = [METRICS[name] for name in ("impressions", "engagements", "favorites", "retweets", "replies", "url_clicks")]
_ROW = r'<tr[^>]*>\n<th scope="row".*?</tr>\n'
_TWO_LINES = """<style>@media print{.long{table-layout:auto!important} .long th,.long td{padding-top:.5625rem!important;
padding-bottom:.5625rem!important} .long .id,.long .id span{display:block!important}}</style></head>"""


def page(on_paper: int | None) -> str:
    moment = datetime(2026, 11, 9, 9, 5, tzinfo=ZoneInfo("UTC"))
    rows: tuple[tuple[Label | Value, ...], ...] = tuple(
        (
            TweetLabel(str(2117632892728246273 + number * 104_857_601), "@acme", moment),
            *(Value(91_234 // (number + place + 1)) for place in range(6)),
        )
        for number in range(1_000)
    )
    columns = (Column("Tweet", "tweet.id"), *(Column(one.label, None, one) for one in MEASURES))
    table = TableSection("Tweets", None, columns, rows, 1_000, "Impressions", descending=True, on_paper=on_paper)
    as_of, zone = datetime(2026, 11, 16, tzinfo=UTC), ZoneInfo("UTC")
    words = ("acme", "Acme", zone, as_of, None, date(2026, 11, 15), ("@acme",), 1_000)
    report = Report(*words, (table,), (), (), (), (), complete=True, shortfall=None)
    return render_html(report, Look(), ("html", "pdf", "xlsx"))


def plain(html: str) -> int:
    """As WeasyPrint prints it: tagged, two lines a row, columns as wide as their words."""
    from weasyprint import HTML

    pdf = HTML(string=html.replace("</head>", _TWO_LINES)).write_pdf(
        pdf_identifier=sha256(html.encode()).digest()[:16], pdf_variant="pdf/ua-1"
    )
    return len(pdf)


def uncollected(html: str) -> int:
    import gc

    gc.disable()
    return plain(html)


def in_parts(html: str) -> int:
    """Twenty tables of fifty rows instead of one."""
    rows = findall(_ROW, html, DOTALL)
    head = html[html.index("<thead>") : html.index("<tbody>")]
    tables = "".join(
        f'<table class=" long">{head}<tbody>{"".join(rows[at : at + 50])}</tbody></table>' for at in range(0, 1000, 50)
    )
    return uncollected(html[: html.index("<table")] + tables + html[html.index("</table>") + 8 :])


def hidden(html: str) -> int:
    """100 rows, the others laid out by the style sheet as nothing."""
    return len(render_pdf(sub(' data-on-paper="[0-9]+"', "", html)))


def product(html: str) -> int:
    return len(render_pdf(html))


def halves(html: str) -> int:
    """The two halves of the rows, each by a process that is warm, and joined: pages count from 1 twice."""
    from pypdf import PdfWriter

    rows = findall(_ROW, html, DOTALL)
    start, end = html.index(rows[0]), html.index(rows[-1]) + len(rows[-1])
    parts = [html[:start] + "".join(some) + html[end:] for some in (rows[:500], rows[500:])]
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        writer = PdfWriter()
        for pdf in pool.map(render_pdf, parts):
            writer.append(BytesIO(pdf))
        joined = BytesIO()
        writer.write(joined)
    return len(joined.getvalue())


def typst(html: str) -> int:
    """The same cells in another engine, tagged too; with a template of its own."""
    engine = import_module("typst")
    rows = findall(_ROW, html, DOTALL)
    cells = [[sub("<[^>]*>", "", cell).strip() for cell in findall(r"<t[hd].*?</t[hd]>", row, DOTALL)] for row in rows]
    lines = ",\n".join(",".join(f"[{cell.replace('@', chr(92) + '@')}]" for cell in row) for row in cells)
    heads = ",".join(f"[{label}]" for label in ("Tweet", *(one.label for one in MEASURES)))
    source = Path("table.typ")
    source.write_text(
        '#set document(title: "Acme")\n#set text(lang: "en", size: 8pt)\n'
        f"#table(columns: 7, stroke: (bottom: 0.5pt), table.header({heads}),\n{lines})",
        encoding="utf-8",
    )
    return len(engine.compile(str(source), pdf_standards=["ua-1"]))


WAYS: dict[str, tuple[Callable[[str], int], int | None]] = {
    "WeasyPrint as it is": (plain, None),
    "without looking for garbage": (uncollected, None),
    "the same, in 20 tables": (in_parts, None),
    "the product, with a limit of 1,000": (product, None),
    "the same, two halves in two processes": (halves, None),
    "the product without a limit: 100 rows": (product, MOST_ON_PAPER),
    "100 rows, 900 hidden by the style sheet": (hidden, MOST_ON_PAPER),
    "Typst, in a process that has its fonts": (typst, None),
}


def measure(name: str) -> None:
    import logging

    import weasyprint

    logging.getLogger(weasyprint.__name__).setLevel(logging.ERROR)
    way, on_paper = WAYS[name]
    html = page(on_paper)
    if way is typst:
        way(html)
    before = perf_counter()
    size = way(html)
    print(perf_counter() - before, size)


def main() -> None:
    taken: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        for _ in range(RUNS):
            for name in WAYS:
                if name.startswith("Typst") and find_spec("typst") is None:
                    continue
                command = (sys.executable, __file__, name)
                printed = subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True).stdout
                taken.setdefault(name, []).append(float(printed.split()[0]))
    whole = median(taken["WeasyPrint as it is"])
    for name, seconds in taken.items():
        print(f"{name}: {median(seconds):.2f} s, {median(seconds) / whole:.2f} times")


if __name__ == "__main__":
    measure(sys.argv[1]) if sys.argv[1:] else main()
