"""The call that reads a user's posts, page by page."""

from __future__ import annotations

from base64 import b32hexdecode, b32hexencode
from typing import Final

from reportgen.simulator.timeline import Tweet
from reportgen.simulator.x.names import EXCLUDE
from reportgen.simulator.x.objects import posts_body, wanted_of
from reportgen.simulator.x.posts import FIELDS
from reportgen.simulator.x.problems import invalid, not_authorized, not_found, suspended
from reportgen.simulator.x.query import Query, check_id
from reportgen.simulator.x.view import View

REACH: Final = 3_200
"""How many posts of a user can be read, the newest ones, whatever the call leaves out of them."""
REACH_WITHOUT_REPLIES: Final = 800
"""How many can be read where replies are left out: so says the vendor's reference of `exclude`."""
PAGE: Final = 10
"""How many posts a page has where the call does not say."""
PARAMETERS: Final = (
    *("max_results", "pagination_token", "start_time", "end_time", "since_id", "until_id", "exclude"),
    *FIELDS,
)


def timeline(user_id: str, query: Query, view: View) -> dict[str, object]:
    """GET /2/users/{id}/tweets: one page of a user's posts, the newest first, or a problem."""
    check_id("id", user_id)
    size = query.number("max_results", 5, 100) or PAGE
    wanted, after = wanted_of(query), _page_after(query, user_id)
    account = view.numbered(user_id)
    if account is None:
        return {"errors": [not_found("user", "id", user_id)]}
    if view.is_suspended(account):
        return {"errors": [suspended("id", user_id)]}
    matching = _matching(_within_reach(view.posts_of(account), query), query, view)
    if view.is_hidden(account):
        return {"errors": [not_authorized("user", "id", user_id)]}
    left = [tweet for tweet in matching if after is None or int(tweet.id) < after]
    page = left[:size]
    return {**posts_body(page, wanted, view), "meta": _meta(page, user_id, more=len(left) > size)}


def is_reply(tweet: Tweet) -> bool:
    return tweet.text.startswith("@")


def is_retweet(tweet: Tweet) -> bool:
    return tweet.text.startswith("RT @")


def _within_reach(tweets: list[Tweet], query: Query) -> list[Tweet]:
    exclude = query.names("exclude", EXCLUDE)
    if "replies" in exclude:
        reached = [tweet for tweet in tweets if not is_reply(tweet)][:REACH_WITHOUT_REPLIES]
    else:
        reached = tweets[:REACH]
    return [tweet for tweet in reached if not ("retweets" in exclude and is_retweet(tweet))]


def _matching(tweets: list[Tweet], query: Query, view: View) -> list[Tweet]:
    start, end = query.span(view.latest)
    since, until = query.id("since_id"), query.id("until_id")
    return [
        tweet
        for tweet in tweets
        if (start is None or tweet.posted_at >= start)
        and (end is None or tweet.posted_at < end)
        and (since is None or int(tweet.id) > since)
        and (until is None or int(tweet.id) < until)
    ]


def _meta(page: list[Tweet], user_id: str, *, more: bool) -> dict[str, object]:
    if not page:
        return {"result_count": 0}
    ends: dict[str, object] = {"newest_id": page[0].id, "oldest_id": page[-1].id, "result_count": len(page)}
    return ends | ({"next_token": _token(user_id, page[-1].id)} if more else {})


def _token(user_id: str, oldest_id: str) -> str:
    return b32hexencode(f"{user_id}.{oldest_id}".encode()).decode().rstrip("=").lower()


def _page_after(query: Query, user_id: str) -> int | None:
    """The oldest id of the page before; None for the first page."""
    token = query.values.get("pagination_token")
    if token is None:
        return None
    try:
        owner, _, oldest = b32hexdecode(token.upper() + "=" * (-len(token) % 8)).decode().partition(".")
    except ValueError:
        owner, oldest = "", ""
    if owner != user_id or not oldest.isdecimal():
        message = f"The `pagination_token` query parameter value [{token}] is not valid"
        raise invalid(message, pagination_token=token)
    return int(oldest)
