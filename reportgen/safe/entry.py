"""What a safe has of one X API: a document for each Engagement API that somebody signed in for. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from reportgen.safe.kept import NOTHING, Kept, kept_from

Entry = Mapping[str, object]
"""Documents, by the origin of the Engagement API."""

_ORIGIN: Final = re.compile(r"https?://[!-~]+")


def entry_from(document: object) -> Entry:
    """The entry. Raises ValueError, which repeats nothing of it."""
    if not isinstance(document, dict) or not all(map(_ORIGIN.fullmatch, document)):
        raise ValueError("it is not what reportgen keeps")
    return document


def kept_for(engagement: str, entry: Entry) -> Kept:
    """What is kept for this Engagement API. Raises ValueError, which repeats nothing of it."""
    return kept_from(entry[engagement]) if engagement in entry else NOTHING


def with_kept(engagement: str, entry: Entry, kept: Kept) -> Entry:
    """The entry with this, and nothing else, for this Engagement API."""
    others = {origin: document for origin, document in entry.items() if origin != engagement}
    return others if kept == NOTHING else {**others, engagement: kept.as_json()}


def others_than(engagement: str, entry: Entry) -> tuple[str, ...]:
    """The other Engagement APIs that something is kept for."""
    return tuple(origin for origin in entry if origin != engagement)
