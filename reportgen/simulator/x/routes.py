"""Which call of the X API a path is, and its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from reportgen.simulator.x import posts, timelines, users
from reportgen.simulator.x.query import Query
from reportgen.simulator.x.view import View


@dataclass(frozen=True, slots=True)
class Route:
    """A call: its path as the contract writes it, its query parameters, and what answers it.

    `answer` takes the part of the path that differs from call to call, '' where none does, and raises ProblemError.
    """

    template: str
    parameters: Sequence[str]
    answer: Callable[[str, Query, View], dict[str, object]]
    gives_posts: bool = False


# The first that fits: no user is called `by` or `me`.
ROUTES: Final = (
    Route("/2/tweets", posts.PARAMETERS, posts.posts, gives_posts=True),
    Route("/2/users/by", ("usernames", *users.PARAMETERS), users.users_by),
    Route("/2/users/by/username/{username}", users.PARAMETERS, users.user_by),
    Route("/2/users/me", users.PARAMETERS, users.me),
    Route("/2/users/{id}/tweets", timelines.PARAMETERS, timelines.timeline, gives_posts=True),
)


def route_of(path: str) -> tuple[Route, str] | None:
    """The call of a path and the part of it that differs; None where there is no such call."""
    for route in ROUTES:
        match = re.fullmatch(re.sub(r"\{\w+\}", "([^/]+)", route.template), path)
        if match:
            return route, unquote(match[1]) if match.groups() else ""
    return None
