"""Whose a tweet is, from what files say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from reportgen.handles import handle_name, is_handle
from reportgen.spec.tweet_files.faults import RowError
from reportgen.spec.words import closest, quoted

_AUTHOR: Final = re.compile(r"[A-Za-z0-9_]{1,20}")
"""The oldest accounts have longer names than new ones may have."""


@dataclass(frozen=True, slots=True)
class Owners:
    """The report's handles as `@name`, in the order of its file."""

    handles: tuple[str, ...]
    _listed: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By what rows write, the handle that they mean."""
    _authors: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By name, as it is written and in small letters, the handle in its first spelling."""

    def of(self, written: str) -> str | None:
        """The handle that a row means. Raises RowError.

        None in a report without handles, whose tweets are public, and where a row does not say which of several.
        """
        try:
            return self._listed[written]
        except KeyError:
            return self._listed.setdefault(written, self._find(written))

    def of_author(self, name: str | None) -> str | None:
        """The handle of a tweet that bears the name of its author, be it among the report's or not. Raises RowError.

        None in a report without handles. Without a name it is as in a row without a handle.
        """
        if not name:
            return self.of("")
        known = self._authors.get(name)
        if known is None and self.handles:
            known = self._authors.setdefault(name, self._author(name))
        return known

    def _author(self, name: str) -> str:
        if not _AUTHOR.fullmatch(name):
            message = f"{quoted(name)} is no name of an account, which has letters, digits and underscores"
            raise RowError("author", message)
        small = name.lower()
        ours = next((handle for handle in self.handles if handle.lower() == f"@{small}"), f"@{name}")
        return self._authors.setdefault(small, ours)

    def _find(self, written: str) -> str | None:
        if not self.handles:
            return None
        if not written:
            return self.handles[0] if len(self.handles) == 1 else None
        if not is_handle(written):
            message = f"{quoted(written)} is no handle, which has up to 15 letters, digits and underscores"
            raise RowError("handle", message)
        name = handle_name(written)
        found = next((handle for handle in self.handles if handle.lower() == name.lower()), None)
        if found is None:
            near = closest(name, self.handles)
            hint = f"did you mean {quoted(near)}?" if near else "add it there"
            raise RowError(name.lower(), f"{quoted(name)} is not among the report's handles; {hint}")
        return found
