"""A text as a mail shows it: all of it, or its beginning where the mail would be cut off. Pure."""

from __future__ import annotations

from reportgen.render.look import Look
from reportgen.render.markdown import markdown_html
from reportgen.render.prose import Prose, markdown, small_print_of
from reportgen.report.model import Report
from reportgen.report.texts import TextSection


def text_in_mail(
    section: TextSection, level: int, file: str | None, report: Report, look: Look, letters: int | None
) -> Prose:
    """The text with its headings from `level` on, and what its marks mean; cut between words after that many `letters`.

    `file` is the attached one that has all of it, if one has. Raises TemplateError where its Jinja fails.
    """
    whole = markdown(section, report, look)
    if letters is None or len(whole) <= letters:
        return Prose(markdown_html(whole, level), small_print_of(section))
    begun = whole[:letters]
    shown = begun[: max(begun.rfind(" "), begun.rfind("\n"))] if " " in begun or "\n" in begun else begun
    rest = f"The rest of this text is in {file}." if file else "The rest of this text is too long for a mail."
    return Prose(markdown_html(f"{shown.rstrip()} …", level), " ".join(filter(None, (small_print_of(section), rest))))
