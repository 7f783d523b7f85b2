"""What is wrong with the texts of a report file beyond their form."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding, Place
from reportgen.spec.section_places import asked_for, sections_of
from reportgen.spec.texts import faults


def texts(draft: Draft) -> Iterator[Finding]:
    """Mistakes in Jinja, names that there are not, and pictures."""
    for section in sections_of(draft, "text"):
        yield from text_findings(draft, (*section, "markdown"))


def text_findings(draft: Draft, place: Place) -> Iterator[Finding]:
    """What is wrong with the text there, if there is one."""
    if (text := draft.get(*place)) is not None:
        from reportgen.render.text_sandbox import text_sandbox  # what it knows, a text may use

        metrics = draft.get("metrics")
        measures = None if metrics is None else (*asked_for(metrics), *draft.keys_of("measures"))
        for fault in faults(text, text_sandbox(), measures):
            yield Finding(place, fault.message, within=fault.index)
