"""The same two tweets in every kind of file: of @acme with a text, and of @acme_help without one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from reportgen.snowflake import posted_at
from reportgen.spec.model import Tweet

Json = dict[str, Any]


def name(tweet: Tweet) -> str:
    return (tweet.handle or "").removeprefix("@")


def entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def v1(tweet: Tweet) -> Json:
    return {
        "created_at": f"{posted_at(tweet.id):%a %b %d %H:%M:%S +0000 %Y}",
        "id": float(tweet.id),
        "id_str": tweet.id,
        "full_text": entities(tweet.text or ""),
        "user": {"id": 12, "id_str": "12", "screen_name": name(tweet)},
        "retweeted_status": {"id": 1, "id_str": "1", "full_text": "x", "user": {"screen_name": "globex"}},
    }


def v2(tweet: Tweet) -> Json:
    return {
        "id": tweet.id,
        "text": entities(tweet.text or ""),
        "author_id": _user_id(tweet),
        "created_at": f"{posted_at(tweet.id):%Y-%m-%dT%H:%M:%S}.000Z",
        "edit_history_tweet_ids": [tweet.id],
    }


def activity(tweet: Tweet) -> Json:
    return {
        "id": f"tag:search.twitter.com,2005:{tweet.id}",
        "objectType": "activity",
        "verb": "post",
        "actor": {"objectType": "person", "id": "id:twitter.com:12", "preferredUsername": name(tweet)},
        "postedTime": f"{posted_at(tweet.id):%Y-%m-%dT%H:%M:%S}.000Z",
        "body": entities(tweet.text or ""),
    }


def answer(key: str, tweets: Sequence[Json], users: Sequence[Tweet] = ()) -> Json:
    included = {"users": [{"id": _user_id(tweet), "name": "A", "username": name(tweet)} for tweet in users]}
    return {key: tweets, "meta": {"result_count": len(tweets)}, "includes": included}


def _user_id(tweet: Tweet) -> str:
    return str(sum(map(ord, name(tweet))))


def lines(values: Sequence[Json]) -> str:
    return "".join(f"{json.dumps(value)}\n" for value in values)


def _table(tweets: Sequence[Tweet], between: str) -> str:
    rows = [["tweet_id", "handle", "text"], *([tweet.id, name(tweet), tweet.text or ""] for tweet in tweets)]
    quoted = [['"{}"'.format(cell.replace('"', '""')) for cell in row] for row in rows]
    return "".join(f"{between.join(row)}\r\n" for row in quoted)


def _links(tweets: Sequence[Tweet]) -> str:
    return "# ours\n\n" + "".join(f"https://x.com/{name(tweet)}/status/{tweet.id}?s=20\n" for tweet in tweets)


WITH_TEXTS: dict[str, Callable[[Sequence[Tweet]], str]] = {
    "CSV": lambda tweets: _table(tweets, ","),
    "TSV": lambda tweets: _table(tweets, "\t"),
    "v1.1, a list": lambda tweets: json.dumps([v1(tweet) for tweet in tweets], indent=2),
    "v1.1, a list in a line": lambda tweets: json.dumps([v1(tweet) for tweet in tweets]),
    "v1.1, lines": lambda tweets: lines([v1(tweet) for tweet in tweets]),
    "v1.1, statuses": lambda tweets: json.dumps(answer("statuses", [v1(tweet) for tweet in tweets]), indent=1),
    "v1.1, results": lambda tweets: json.dumps(answer("results", [v1(tweet) for tweet in tweets])),
    "v2, an answer": lambda tweets: json.dumps(answer("data", [v2(tweet) for tweet in tweets], tweets), indent=1),
    "v2, an answer in a line": lambda tweets: json.dumps(answer("data", [v2(tweet) for tweet in tweets], tweets)),
    "v2, a page a line": lambda tweets: lines([answer("data", [v2(tweet)], [tweet]) for tweet in tweets]),
    "v2, a stream": lambda tweets: lines([answer("data", [], [tweet]) | {"data": v2(tweet)} for tweet in tweets]),
    "v2, a list of answers": lambda tweets: json.dumps([answer("data", [v2(tweet)], [tweet]) for tweet in tweets]),
    "v2, answers one behind another": lambda tweets: "\n".join(
        json.dumps(answer("data", [v2(tweet)], [tweet]), indent=1) for tweet in tweets
    ),
    "activities, a list": lambda tweets: json.dumps([activity(tweet) for tweet in tweets]),
    "activities, lines": lambda tweets: lines([activity(tweet) for tweet in tweets]),
    "activities, results": lambda tweets: json.dumps(answer("results", [activity(tweet) for tweet in tweets])),
}
"""By kind, what writes a file with ids, handles and texts."""
OTHERS: dict[str, Callable[[Sequence[Tweet]], str]] = {
    "links, lines": _links,
    "links, CSV": lambda tweets: (
        "when,where\n" + "".join(f"Mon,https://mobile.twitter.com/{name(one)}/status/{one.id}\n" for one in tweets)
    ),
}
"""By kind, what writes a file with ids and handles."""
