"""What a template may write. What it may read, `readable` tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from types import NoneType
from typing import Any, Final

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

_WRITABLE: Final = (str, int, float, NoneType, date, timedelta, range, Undefined)


def shown(value: object) -> object:
    """What a template writes: text, numbers and times, also in lists.

    Raises SecurityError for anything else, of which Python would write what is not for pages.
    """
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    if isinstance(parts, list | tuple | set | frozenset):
        for part in parts:
            shown(part)
    elif not (hasattr(value, "__html__") or isinstance(value, _WRITABLE)):
        raise SecurityError(f"{a_kind(value)} cannot be written as text; write one of its fields")
    return value


def of_writable(text_filter: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, given only what may be written: it would make text of anything."""
    own = 1 if hasattr(text_filter, "jinja_pass_arg") else 0  # what Jinja itself puts before the value

    @wraps(text_filter)
    def checked(*args: Any, **named: Any) -> Any:  # noqa: ANN401
        for value in (*args[own:], *named.values()):
            shown(value)
        return text_filter(*args, **named)

    return checked


def a_kind(obj: object) -> str:
    """What it is, with its article: `a Report`."""
    name = type(obj).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
