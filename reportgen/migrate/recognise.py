"""Which client a file is of, by what is in it."""

from __future__ import annotations

from typing import Final, Literal

from reportgen.migrate import python, ruby
from reportgen.spec.document import Document
from reportgen.spec.problems import Finding
from reportgen.spec.words import listed

Kind = Literal["ruby", "python"]

_WANTED: Final = (
    "wanted is the Ruby sample client's app_settings.yaml (engagement_settings, engagement_types, "
    "engagement_groupings), or the Python sample client's config.yaml (engagement, with groupings and engagement_types)"
)


def kind_of(document: Document) -> Kind | Finding:
    """The client, or what the file is instead. No value of the file is repeated: it may be one of keys."""
    entries = document.root.entries
    if {ruby.SETTINGS, ruby.TYPES, ruby.GROUPINGS}.intersection(entries):
        return "ruby"
    engagement = entries[python.ENGAGEMENT].value.entries if python.ENGAGEMENT in entries else {}
    if {python.TYPES, python.GROUPINGS}.intersection(engagement):
        return "python"
    if "engagement_api" in entries or "consumer_key" in engagement:
        return Finding((), f"this is a file of credentials: give it as --accounts FILE; {_WANTED}")
    if "version" in entries and "endpoint" in entries:
        return Finding((), f"this is a report file already; {_WANTED}")
    if not isinstance(document.root.data, dict):
        return Finding((), f"there are no keys in this file; {_WANTED}")
    return Finding((), f"this is the file of neither client: {_keys(list(entries))}; {_WANTED}")


def _keys(names: list[str]) -> str:
    few = [repr(name[:40]) for name in names[:5]]
    return f"its keys are {listed(few, 'and')}" if few else "it has no keys"
