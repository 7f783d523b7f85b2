"""A report as the bytes of its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.render.look import Look
from reportgen.report.model import Report
from reportgen.spec.model import Format


def render_files(report: Report, formats: Sequence[Format], look: Look) -> Iterator[tuple[Format, bytes]]:
    """The content of each format's file, in the order asked for. The page is made once for HTML and PDF.

    Raises TemplateError.
    """
    from reportgen.render.html import render_html
    from reportgen.render.pdf import render_pdf
    from reportgen.render.results import render_json
    from reportgen.render.tidy import render_csv, render_parquet
    from reportgen.render.workbook import render_xlsx

    html = render_html(report, look, formats) if {"html", "pdf"}.intersection(formats) else ""
    for name in formats:
        match name:
            case "html":
                yield name, html.encode()
            case "pdf":
                yield name, render_pdf(html, look.project)
            case "json":
                yield name, render_json(report).encode()
            case "csv":
                yield name, render_csv(report).encode()
            case "xlsx":
                yield name, render_xlsx(report)
            case "parquet":
                yield name, render_parquet(report)
