"""The call that looks posts up by their ids."""

from __future__ import annotations

from typing import Final

from reportgen.simulator.timeline import Tweet
from reportgen.simulator.x.objects import posts_body, wanted_of
from reportgen.simulator.x.problems import not_authorized, not_found
from reportgen.simulator.x.query import Query
from reportgen.simulator.x.view import View
from reportgen.snowflake import LARGEST_ID

FIELDS: Final = ("post.fields", "expansions", "user.fields", "media.fields", "poll.fields", "place.fields")
"""The parameters of calls on posts that choose what is told."""
PARAMETERS: Final = ("ids", *FIELDS)


def posts(_path: str, query: Query, view: View) -> dict[str, object]:
    """GET /2/tweets: up to 100 posts, and a problem for each that is not there or is protected."""
    ids, wanted = query.ids("ids"), wanted_of(query)
    found: list[Tweet] = []
    problems: list[dict[str, object]] = []
    for tweet_id in ids:
        tweet = _tweet(tweet_id, view)
        if tweet is None:
            problems.append(not_found("tweet", "ids", tweet_id))
        elif view.is_hidden(view.world.account(tweet.handle)) or view.is_kept_back(tweet):
            problems.append(not_authorized("tweet", "ids", tweet_id))
        else:
            found.append(tweet)
    return posts_body(found, wanted, view) | ({"errors": problems} if problems else {})


def _tweet(tweet_id: str, view: View) -> Tweet | None:
    """The post, if it can be found at all: one that is deleted, or whose author is suspended, can't."""
    tweet = view.world.tweet(tweet_id) if int(tweet_id) <= LARGEST_ID else None
    return tweet if tweet and view.is_there(tweet) else None
