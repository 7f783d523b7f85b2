"""The style sheet of a page: what all of it shares, what each kind of section has of its own, and a design."""

from __future__ import annotations

from markupsafe import Markup

from reportgen.resources import resource
from reportgen.spec.model import Design


def style(design: Design) -> Markup:
    """The rules, in an order that is always the same; those of the design come last."""
    templates = resource("templates")
    files = [templates / "report.css", *sorted((templates / "sections").glob("*.css"))]
    files += [] if design == "editorial" else [templates / "designs" / f"{design}.css"]
    return Markup("\n".join(file.read_text("utf-8") for file in files))  # noqa: S704 - our own files
