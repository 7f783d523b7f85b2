"""The parts of an answer of the X API v2, each of the type that the contract gives it; NoReplyError for another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from reportgen.api.bodies import Body
from reportgen.api.reply import NoReplyError
from reportgen.instants import parse_instant
from reportgen.printable import printable_text
from reportgen.snowflake import LARGEST_ID

_ID: Final = re.compile(r"[1-9][0-9]{0,18}")
_HANDLE: Final = re.compile(r"\w{1,50}", re.ASCII)
_ENTITIES: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ESCAPED: Final = re.compile("|".join(_ENTITIES))


def objects_at(part: Body, key: str) -> Sequence[Body]:
    """A list of objects; an empty one where the key is not there."""
    value = part.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise damaged(key, "a list of objects")
    return value


def object_at(part: Body, key: str) -> Body:
    """An object; an empty one where the key is not there."""
    value = part.get(key, {})
    if not isinstance(value, dict):
        raise damaged(key, "an object")
    return value


def id_at(part: Body, key: str) -> str:
    """An id. It has to be text: whoever writes it as a number may have rounded it."""
    value = part.get(key)
    if not isinstance(value, str) or not _ID.fullmatch(value) or int(value) > LARGEST_ID:
        raise damaged(key, "an id")
    return value


def handle_at(part: Body, key: str) -> str:
    """A handle, with @."""
    value = part.get(key)
    if not isinstance(value, str) or not _HANDLE.fullmatch(value):
        raise damaged(key, "a handle")
    return f"@{value}"


def flag_at(part: Body, key: str) -> bool:
    """True or false; false where the key is not there."""
    value = part.get(key, False)
    if not isinstance(value, bool):
        raise damaged(key, "true or false")
    return value


def count_at(part: Body, key: str) -> int | None:
    """A whole number, 0 or more; None where the key is not there."""
    value = part.get(key)
    if value is not None and (type(value) is not int or value < 0):
        raise damaged(key, "a count")
    return value


def instant_at(part: Body, key: str) -> datetime | None:
    """An instant (UTC); None where the key is not there."""
    if (value := part.get(key)) is None:
        return None
    try:
        return parse_instant(value)
    except (TypeError, ValueError) as error:
        raise damaged(key, "an instant") from error


def text_at(part: Body, key: str) -> str:
    """A text as people read it; empty where the key is not there.

    The vendor writes &, < and > as HTML has them. A control character stands in no tweet, and no database and no page
    takes it.
    """
    value = part.get(key, "")
    if not isinstance(value, str):
        raise damaged(key, "text")
    return printable_text(_ESCAPED.sub(lambda match: _ENTITIES[match[0]], value))


def token_at(part: Body, key: str) -> str | None:
    """What the next page is asked for with; None where the key is not there."""
    value = part.get(key)
    if value is None or (isinstance(value, str) and value):
        return value
    raise damaged(key, "text")


def damaged(key: str, wanted: str) -> NoReplyError:
    """What to raise where something else stands under a key."""
    return NoReplyError(f"the X API's answer is damaged: {key} is not {wanted}")
