"""The `errors` of an answer of the X API v2: what is not in it, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reportgen.api.bodies import Body, error_line
from reportgen.api.x.model import ProblemKind, XProblem

_KINDS: Final[Mapping[str, ProblemKind]] = {
    "resource-not-found": "not_found",
    "not-authorized-for-resource": "protected",
    "disallowed-resource": "forbidden",
    "client-forbidden": "forbidden",
}
_SUSPENDED: Final = re.compile(r"\bsuspended\b", re.IGNORECASE)
_NAMED: Final = re.compile(r"\[@?(\w+)\]", re.ASCII)


def kind_of_type(uri: object) -> str:
    """The last part of a problem's type, which is the same below api.x.com and api.twitter.com."""
    return uri.rstrip("/").rpartition("/")[2] if isinstance(uri, str) else ""


def read_problems(errors: Sequence[Body], asked: Mapping[str, str]) -> Iterator[XProblem]:
    """The problems, each about one of what was asked for, or about something else in the vendor's words.

    `asked` has the vendor's name of each thing, in small letters, with what it was asked for as.
    """
    for error in errors:
        detail = error_line(error, "the X API gives no reason")
        names = [name for name in _names_of(error, detail) if name]
        known = [asked[name.lower()] for name in names if name.lower() in asked]
        yield XProblem(_kind(error, detail), (known or names or [""])[0], detail)


def _kind(error: Body, detail: str) -> ProblemKind:
    # The vendor has no type of its own for a suspended account.
    if _SUSPENDED.search(detail):
        return "suspended"
    return _KINDS.get(kind_of_type(error.get("type")), "other")


def _names_of(error: Body, detail: str) -> Iterator[str]:
    for value in (error.get("value"), error.get("resource_id"), *_NAMED.findall(detail)):
        if isinstance(value, str):
            yield value.removeprefix("@")
