"""What is wrong with a template of the project's own, as far as it shows before a page is made."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.project import Project
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding


def template_findings(draft: Draft, project: Project) -> Iterator[Finding]:
    """Everything that is wrong with the file's template, and with those that it names."""
    if name := draft.get("template"):
        from reportgen.render.html import page_faults

        yield from (Finding(("template",), fault) for fault in page_faults(project, name))
