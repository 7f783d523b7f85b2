"""The JSON of a reply, and the vendor's words in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

Body = Mapping[str, Any]

UNAVAILABLE_KEY: Final = "unavailable_tweet_ids"

_LONGEST_LINE: Final = 300
# What was cut off at the end of a text is part of the list, too.
_IDS: Final = re.compile(r"[0-9]{9,}(?:[,\s]+(?:[0-9]{9,}|[0-9]+$))*")
_TEXT_KEYS: Final = ("errors", "error", "detail", "title")


def parse_body(text: str) -> Body | None:
    """The JSON object; None where the text is none, has a name twice, or is nested beyond reading."""
    try:
        body = json.loads(text, object_pairs_hook=_no_name_twice)
        if "\\u" in text:
            # Half of a surrogate pair, which JSON can spell, is no character and could be written nowhere.
            body = json.loads(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a name is there twice")
    return named


def error_texts(body: Body) -> tuple[str, ...]:
    """The vendor's own words, as long as they are, one text an error."""
    for key in _TEXT_KEYS:
        errors = body.get(key)
        # A mapping is somebody's grouping, whatever its name.
        listed = errors if isinstance(errors, list) else [errors] if isinstance(errors, str) else []
        messages = (error.get("message") if isinstance(error, dict) else error for error in listed)
        if texts := tuple(message for message in messages if isinstance(message, str) and message.strip()):
            return texts
    return ()


def named_ids(body: Body, key: str) -> frozenset[str]:
    """The ids in the list under a key, as text."""
    value = body.get(key)
    listed = value if isinstance(value, list) else []
    return frozenset(str(item) for item in listed if type(item) in {str, int})


def error_line(body: Body | None, otherwise: str) -> str:
    """The vendor's own words in one printable line of at most 300 characters, or, where there are none, others."""
    return one_line(" ".join(error_texts(body or {}))) or otherwise


def one_line(text: str) -> str:
    """The text in one line of at most 300 characters, without what a terminal could take for an order."""
    # Whatever stands in the first characters decides: the text of a refusal may name thousands of ids.
    head = text[: 10 * _LONGEST_LINE]
    return " ".join("".join(char if char.isprintable() else " " for char in head).split())[:_LONGEST_LINE]


def without_ids(text: str) -> str:
    """The text with dots in place of the ids in it, so that two calls with the same trouble say the same."""
    return _IDS.sub("…", text)
