"""The calls to the X API v2 as they go over the wire: paths and queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.api.x.model import AT_ONCE, TimelineAsk
from reportgen.instants import format_instant
from reportgen.ledger import XCallKind

_USERS: Final = (("user.fields", "protected,public_metrics,username"),)
# The contract has no `author_id` among the fields of a post: it comes with the expansion.
_POSTS: Final = (("post.fields", "created_at,text"), ("expansions", "author_id"), *_USERS)


@dataclass(frozen=True, slots=True)
class XCall:
    """A GET: its path and its query, neither encoded yet."""

    path: str
    query: tuple[tuple[str, str], ...]
    limit: str
    """Names the vendor's limit of 15 minutes that it counts for: the path, without ids."""
    kind: XCallKind
    """What the ledger calls it."""


def users_call(handles: Sequence[str]) -> XCall:
    """GET /2/users/by. ValueError for more handles than a call may have, or none."""
    names = _counted([handle.removeprefix("@") for handle in handles])
    return _call("users", "/2/users/by", ("usernames", ",".join(names)), *_USERS)


def me_call() -> XCall:
    """GET /2/users/me."""
    return _call("me", "/2/users/me", *_USERS)


def timeline_call(ask: TimelineAsk) -> XCall:
    """GET /2/users/{id}/tweets."""
    query = [("max_results", str(ask.most)), *_POSTS]
    if ask.start:
        query.append(("start_time", format_instant(ask.start)))
    if ask.end:
        query.append(("end_time", format_instant(ask.end)))
    if ask.exclude:
        query.append(("exclude", ",".join(ask.exclude)))
    if ask.page_token:
        query.append(("pagination_token", ask.page_token))
    return XCall(f"/2/users/{ask.user_id}/tweets", tuple(query), "/2/users/{id}/tweets", "timeline")


def posts_call(ids: Sequence[str]) -> XCall:
    """GET /2/tweets. ValueError for more ids than a call may have, or none."""
    return _call("posts", "/2/tweets", ("ids", ",".join(_counted(ids))), *_POSTS)


def _call(kind: XCallKind, path: str, *query: tuple[str, str]) -> XCall:
    return XCall(path, query, path, kind)


def _counted(names: Sequence[str]) -> Sequence[str]:
    if not 1 <= len(names) <= AT_ONCE:
        raise ValueError(f"{len(names)} in a call; it takes 1 to {AT_ONCE}")
    return names
