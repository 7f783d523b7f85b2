"""A report as one HTML file that needs nothing beside it: no network, no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.environment import environment
from reportgen.render.look import Look
from reportgen.render.policy import leads_elsewhere, with_policy
from reportgen.render.readable import readable
from reportgen.render.template_errors import template_error, template_faults
from reportgen.render.templates import PAGE
from reportgen.render.whole_files import whole_files
from reportgen.report.model import Report
from reportgen.spec.model import Format


def render_html(report: Report, look: Look, formats: Sequence[Format] = ("html",)) -> str:
    """The page. The same report, look and templates give the same text, byte for byte.

    `formats` are those of all files that are made of the report: where a table is cut, the page names one that is not.
    Raises TemplateError where a template of the project's own fails.
    """
    try:
        files = whole_files(report, formats)
        template = environment(look).get_template(look.template or PAGE)
        page = template.render(report=report, look=look, whole_files=files)
    except Exception as error:
        if look.template is None:
            raise
        raise template_error(error, look.template) from error
    if look.template is not None and (what := leads_elsewhere(page)):
        raise TemplateError(f"{look.template}: the page has {what}; leave it out")
    return with_policy(page)


def page_faults(project: Project, template: str) -> Iterator[str]:
    """What is wrong with a template of the project, as far as can be told without a report: a sentence each."""
    fields = readable()
    context = {"report": fields[Report], "look": fields[Look], "whole_files": ("data", "page")}
    return template_faults(environment(Look(project=project)), template, context, project)
