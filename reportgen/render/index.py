"""The page of a directory: all reports that were put there, as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from reportgen.editions import Edition
from reportgen.render.environment import environment
from reportgen.render.look import Look
from reportgen.render.policy import with_policy
from reportgen.render.shelves import shelves_of
from reportgen.render.templates import BUILT_IN
from reportgen.resources import resource

_TEMPLATE: Final = f"{BUILT_IN}index.html.j2"
MARK: Final = b'<meta name="generator" content="reportgen index">'
"""By which such a page is known."""


def render_index(editions: Iterable[Edition], look: Look) -> bytes:
    """The page. The same editions and look give the same bytes."""
    template = environment(look).get_template(_TEMPLATE)
    style = Markup(resource("templates/index.css").read_text("utf-8"))  # noqa: S704 - our own file
    page = template.render(shelves=shelves_of(editions), look=look, index_style=style)
    return with_policy(page).encode()
