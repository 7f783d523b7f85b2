"""The style sheet of a page: what all of it shares, and then what each kind of section has of its own."""

from __future__ import annotations

from markupsafe import Markup

from reportgen.resources import resource


def style() -> Markup:
    """The rules, in an order that is always the same."""
    templates = resource("templates")
    files = [templates / "report.css", *sorted((templates / "sections").glob("*.css"))]
    return Markup("\n".join(file.read_text("utf-8") for file in files))  # noqa: S704 - our own files
