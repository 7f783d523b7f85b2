"""Whatever comes back from the X API v2, it is read into what was asked for, or it is no answer."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from datetime import UTC
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportgen.api.bodies import parse_body
from reportgen.api.reply import NoReplyError
from reportgen.api.x.answers import read_me, read_posts, read_timeline, read_users
from reportgen.api.x.model import Posts

IDS = ["2117270504862646273", "2117270504862646274", "12"]
HANDLES = ["@acme", "@Globex", "@gone"]
USER = "2244994945"

_NOT_FOUND = {
    "type": "https://api.x.com/2/problems/resource-not-found",
    "title": "Not Found Error",
    "detail": "Could not find tweet with ids: [12].",
    "value": "12",
    "resource_id": "12",
}
_POSTS = [
    {"id": tweet_id, "author_id": USER, "text": "a &amp; b", "created_at": "2026-11-02T12:26:33.000Z"}
    for tweet_id in IDS[:2]
]
_USERS = [{"id": USER, "username": "Acme", "protected": False}, {"id": "7", "username": "globex"}]
WHOLE: dict[str, Any] = {
    "data": _POSTS,
    "errors": [_NOT_FOUND],
    "includes": {"users": _USERS},
    "meta": {"result_count": 2, "next_token": "7140"},
}

_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from([*IDS, "acme"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _places(part: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [place, *(found for key, value in inner for found in _places(value, (*place, key)))]


def _with(whole: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    changed = deepcopy(whole)
    part = changed
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    return changed


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """An answer in which something else stands in one to three places."""
    answer: Any = deepcopy(WHOLE | {"data": draw(st.sampled_from([_POSTS, _USERS, _USERS[0]]))})
    for _ in range(draw(st.integers(1, 3))):
        answer = _with(answer, draw(st.sampled_from(_places(answer))), draw(_json))
    body = parse_body(json.dumps(answer))
    return dict(body or {})


def _hold(posts: Posts) -> None:
    for post in posts.posts:
        assert isinstance(post.id, str)
        assert post.id.isdecimal()
        assert post.posted_at.tzinfo is UTC
        assert "\x00" not in post.text
    assert all(user.handle.startswith("@") for user in posts.users)


@given(damaged())
def test_each_id_is_among_the_tweets_or_has_its_problem_once(body: dict[str, Any]) -> None:
    with suppress(NoReplyError):
        read = read_posts(body, IDS)
        _hold(read)
        told = [problem.about for problem in read.problems if problem.about in IDS]
        assert sorted([*(post.id for post in read.posts), *told]) == sorted(IDS)


@given(damaged())
def test_each_handle_is_among_the_users_or_has_its_problem_once(body: dict[str, Any]) -> None:
    with suppress(NoReplyError):
        read = read_users(body, HANDLES)
        found = [user.handle.lower() for user in read.users]
        told = [problem.about.lower() for problem in read.problems if problem.about in HANDLES]
        assert sorted([*found, *told]) == sorted(handle.lower() for handle in HANDLES)


@given(damaged())
def test_a_timeline_has_the_accounts_tweets_only_and_is_empty_for_a_reason(body: dict[str, Any]) -> None:
    with suppress(NoReplyError):
        read = read_timeline(body, USER)
        _hold(read)
        assert {post.author_id for post in read.posts} <= {USER}
        assert read.posts or read.problems or body["meta"]["result_count"] == 0


@given(damaged())
def test_a_token_is_somebodys(body: dict[str, Any]) -> None:
    with suppress(NoReplyError):
        assert read_me(body).id.isdecimal()


@given(st.text())
def test_no_text_is_read_into_a_body_that_is_no_object(text: str) -> None:
    assert parse_body(text) is None or isinstance(json.loads(text), dict)
