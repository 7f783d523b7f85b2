"""The calls that tell who is who."""

from __future__ import annotations

from typing import Final

from reportgen.simulator.accounts import Account
from reportgen.simulator.x.names import POST_FIELDS, USER_EXPANSIONS, USER_FIELDS
from reportgen.simulator.x.objects import user_object
from reportgen.simulator.x.problems import for_users_only, not_found, suspended
from reportgen.simulator.x.query import Query, check_username
from reportgen.simulator.x.view import View

PARAMETERS: Final = ("user.fields", "expansions", "post.fields")


def users_by(_path: str, query: Query, view: View) -> dict[str, object]:
    """GET /2/users/by: the users of up to 100 names, and a problem for each name that has none."""
    usernames, fields = query.usernames("usernames"), _fields(query)
    found: list[dict[str, object]] = []
    problems: list[dict[str, object]] = []
    for username in usernames:
        account = view.named(username)
        problem = _problem(account, "usernames", username, view)
        if problem:
            problems.append(problem)
        elif account:
            found.append(user_object(account, fields, view))
    body: dict[str, object] = {"data": found} if found else {}
    return body | ({"errors": problems} if problems else {})


def user_by(username: str, query: Query, view: View) -> dict[str, object]:
    """GET /2/users/by/username/{username}: one user, or a problem."""
    check_username("username", username)
    fields = _fields(query)
    account = view.named(username)
    problem = _problem(account, "username", username, view)
    if problem or account is None:
        return {"errors": [problem]}
    return {"data": user_object(account, fields, view)}


def me(_path: str, query: Query, view: View) -> dict[str, object]:
    """GET /2/users/me: the user whose token signs."""
    fields = _fields(query)
    if view.caller is None:
        raise for_users_only()
    return {"data": user_object(view.caller, fields, view)}


def _fields(query: Query) -> frozenset[str]:
    query.names("expansions", USER_EXPANSIONS)
    query.names("post.fields", POST_FIELDS)
    return query.names("user.fields", USER_FIELDS)


def _problem(account: Account | None, parameter: str, value: str, view: View) -> dict[str, object] | None:
    if account is None:
        return not_found("user", parameter, value)
    return suspended(parameter, value) if view.is_suspended(account) else None
