"""Users and posts as the X API writes them, with the fields that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from reportgen.simulator.accounts import Account
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.x.names import (
    MEDIA_FIELDS,
    PLACE_FIELDS,
    POLL_FIELDS,
    POST_EXPANSIONS,
    POST_FIELDS,
    USER_FIELDS,
)
from reportgen.simulator.x.query import Query
from reportgen.simulator.x.view import View

_NOBODY_FOLLOWS: Final = {"followers_count": 0, "following_count": 0, "listed_count": 0}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call wants to be told of posts and their authors."""

    post_fields: frozenset[str]
    user_fields: frozenset[str]
    expansions: frozenset[str]


def wanted_of(query: Query) -> Wanted:
    """The fields that a call on posts asks for. Raises ProblemError (400) for names that are not known."""
    for parameter, known in (
        ("media.fields", MEDIA_FIELDS),
        ("poll.fields", POLL_FIELDS),
        ("place.fields", PLACE_FIELDS),
    ):
        query.names(parameter, known)
    return Wanted(
        query.names("post.fields", POST_FIELDS),
        query.names("user.fields", USER_FIELDS),
        query.names("expansions", POST_EXPANSIONS),
    )


def user_object(account: Account, fields: frozenset[str], view: View) -> dict[str, object]:
    """A user: id, name and username, and the other fields of the world that are asked for."""
    more = {
        "protected": view.is_protected(account),
        "created_at": _written(account.created_at),
        "public_metrics": _NOBODY_FOLLOWS | {"post_count": view.post_count(account)},
    }
    user: dict[str, object] = {"id": account.user_id, "name": account.name, "username": view.username(account)}
    return user | {name: value for name, value in more.items() if name in fields}


def posts_body(tweets: Iterable[Tweet], wanted: Wanted, view: View) -> dict[str, object]:
    """`data` and `includes` of an answer; neither is there where nothing would be in it."""
    found = list(tweets)
    body: dict[str, object] = {"data": [_post(tweet, wanted, view) for tweet in found]} if found else {}
    if found and "author_id" in wanted.expansions:
        handles = dict.fromkeys(tweet.handle for tweet in found)
        users = [user_object(view.world.account(handle), wanted.user_fields, view) for handle in handles]
        body["includes"] = {"users": users}
    return body


def _post(tweet: Tweet, wanted: Wanted, view: View) -> dict[str, object]:
    # The vendor writes &, < and > of a text as in HTML, and quotes as they are.
    post: dict[str, object] = {
        "id": tweet.id,
        "text": escape(tweet.text, quote=False),
        "edit_history_post_ids": [tweet.id],
    }
    if "created_at" in wanted.post_fields:
        post["created_at"] = _written(tweet.posted_at)
    if "author_id" in wanted.expansions:
        post["author_id"] = view.world.account(tweet.handle).user_id
    return post


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
