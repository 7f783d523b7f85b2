"""Answers of the X API v2, read into users, tweets and problems.

What is no answer to what was asked raises NoReplyError: a damaged answer is asked for again, and never guessed at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from reportgen.api.bodies import Body
from reportgen.api.x.model import Posts, Users, XPost, XProblem, XUser
from reportgen.api.x.parts import (
    count_at,
    damaged,
    flag_at,
    handle_at,
    id_at,
    instant_at,
    object_at,
    objects_at,
    text_at,
    token_at,
)
from reportgen.api.x.problems import read_problems
from reportgen.snowflake import posted_at

_UNSAID: Final = "the X API's answer says nothing of it"


def read_users(body: Body, handles: Sequence[str]) -> Users:
    """The accounts of handles, in their order. One that nobody asked for is left out."""
    asked = {handle.removeprefix("@").lower(): handle for handle in handles}
    found = {user.handle.removeprefix("@").lower(): user for user in map(_user, objects_at(body, "data"))}
    users = {name: found[name] for name in asked if name in found}
    return Users(tuple(users.values()), tuple(_problems(body, asked, users)))


def read_me(body: Body) -> XUser:
    """Whose access token it is."""
    return _user(object_at(body, "data"))


def read_posts(body: Body, ids: Sequence[str]) -> Posts:
    """The tweets of ids, in their order, and their owners. A tweet that nobody asked for is left out."""
    asked = {tweet_id: tweet_id for tweet_id in ids}
    found = {post.id: post for post in map(_post, objects_at(body, "data"))}
    posts = {tweet_id: found[tweet_id] for tweet_id in asked if tweet_id in found}
    return Posts(tuple(posts.values()), _owners(body), tuple(_problems(body, asked, posts)))


def read_timeline(body: Body, user_id: str) -> Posts:
    """A page of the account's timeline.

    Without tweets it has to say that there are none, or why: nobody else's silence may pass for an empty timeline.
    """
    posts = {post.id: post for post in map(_post, objects_at(body, "data"))}
    problems = tuple(read_problems(objects_at(body, "errors"), {user_id: user_id}))
    meta = object_at(body, "meta")
    if any(post.author_id != user_id for post in posts.values()):
        raise damaged("author_id", "the account's")
    if not posts and not problems and meta.get("result_count") != 0:
        raise damaged("data", "there")
    return Posts(tuple(posts.values()), _owners(body), problems, token_at(meta, "next_token"))


def count_posts(body: Body) -> int:
    """How many tweets are in an answer, whatever else is the matter with it."""
    posts = body.get("data")
    return len(posts) if isinstance(posts, list) else 0


def _user(part: Body) -> XUser:
    posts = count_at(object_at(part, "public_metrics"), "post_count")
    return XUser(id_at(part, "id"), handle_at(part, "username"), flag_at(part, "protected"), posts)


def _post(part: Body) -> XPost:
    tweet_id = id_at(part, "id")
    created = instant_at(part, "created_at") or posted_at(tweet_id)
    return XPost(tweet_id, id_at(part, "author_id"), created, text_at(part, "text"))


def _owners(body: Body) -> tuple[XUser, ...]:
    return tuple(map(_user, objects_at(object_at(body, "includes"), "users")))


def _problems(body: Body, asked: Mapping[str, str], found: Collection[str]) -> Iterator[XProblem]:
    """One problem for each that was asked for and not found, and those about something else."""
    told = {problem.about: problem for problem in read_problems(objects_at(body, "errors"), asked)}
    for name, about in asked.items():
        problem = told.pop(about, XProblem("other", about, _UNSAID))
        if name not in found:
            yield problem
    yield from told.values()
