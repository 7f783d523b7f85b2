"""Whose tweet it is, for `find/` and the store. Pure."""

from __future__ import annotations

from typing import Final, TypeAlias

from reportgen.gaps import Reason
from reportgen.spec.model import Obstacle

Owner: TypeAlias = tuple[str, ...] | Obstacle
"""The handles of an account (`@name`), the latest first; or why the owner of its tweet is not known."""

NO_SUCH_TWEET: Final = Obstacle(Reason.UNAVAILABLE, "X knows no tweet of this id")
