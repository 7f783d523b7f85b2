"""Text as people see it, so that what looks the same is the same."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_UNSEEN: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_IDLE_JOINERS: Final = re.compile("(?<![^\u0000-\u02ff])[\u200c\u200d]+|[\u200c\u200d]+(?![^\u0000-\u02ff])")
"""Joiners make one picture of emoji, and shape the letters of some scripts; next to Latin letters they do nothing."""


def visible(text: str) -> str:
    """The text without characters that nobody sees, in Unicode's form NFC, with one space for all white space."""
    seen = _once(text)
    # What is taken out may bring together what then is one character, next to which a joiner does nothing.
    return seen if seen == text else visible(seen)


def _once(text: str) -> str:
    seen = _IDLE_JOINERS.sub("", _UNSEEN.sub("", " ".join(normalize("NFC", text).split())))
    return normalize("NFC", " ".join(seen.split()))
