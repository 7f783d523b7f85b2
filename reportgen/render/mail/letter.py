"""A report as the letter that is mailed. Pure: the same report, look and files give the same letter, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.render.look import Look
from reportgen.render.mail.enclosures import enclosed
from reportgen.render.mail.html import ROWS, mail_html
from reportgen.render.mail.logo import logo_picture
from reportgen.render.mail.model import Letter, Picture, Shot
from reportgen.render.mail.parts import Part, parts
from reportgen.render.mail.subject import subject_of
from reportgen.render.mail.text import mail_text
from reportgen.report.model import Report
from reportgen.spec.model import Format


def letter(report: Report, look: Look, attached: Mapping[Format, int], left_out: Mapping[Format, int]) -> Letter:
    """The mail with the report. `attached` are the files that go with it, and `left_out` those that are too large for
    that, each with its size in bytes.

    Raises TemplateError where subject, introduction, a text or a chart of the user's own fails on the numbers.
    """
    files = enclosed(report, attached, left_out, look.voice)
    shown = parts(report, look)
    logo = logo_picture(look.logo, look) if look.logo else None
    html = mail_html(report, look, shown, logo, files)
    return Letter(
        subject=subject_of(report, look),
        text=mail_text(report, look, shown, ROWS, files),
        html=html,
        pictures=tuple(_named(html, shown, logo)),
    )


def _named(html: str, shown: Sequence[Part], logo: Shot | None) -> Iterator[Picture]:
    """The pictures that the page names, each once."""
    pictures = (*((logo.picture,) if logo else ()), *(picture for part in shown for picture in part.pictures))
    yield from (picture for picture in dict.fromkeys(pictures) if f"cid:{picture.cid}" in html)
