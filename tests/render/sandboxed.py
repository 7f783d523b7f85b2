"""Templates of a project, rendered in the sandbox for the tests."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.html import render_html
from reportgen.render.look import Look
from tests.render.made_up import WEEKLY
from tests.render.made_up_data import grouping

REPORT = replace(
    WEEKLY, sections=(), groupings=(grouping("by-tweet", "tweet.id", ("2117600084332904449", "impressions", 7.0, 0)),)
)


def rendered(folder: Path, template: str) -> str:
    """The page that the template makes, without its policy."""
    (folder / "page.html.j2").write_text(template)
    page = render_html(REPORT, Look(template="page.html.j2", project=Project(folder)))
    return re.sub(r"\A<meta[^>]*>\n<meta[^>]*>", "", page)  # the policy that stands on top


def refusal(folder: Path, template: str) -> str:
    """Why the template makes no page."""
    with pytest.raises(TemplateError) as caught:
        rendered(folder, template)
    return str(caught.value)
