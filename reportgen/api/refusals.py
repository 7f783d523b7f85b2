"""Refused calls: the tweets and metrics that the API names, in each of its wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reportgen.api.bodies import UNAVAILABLE_KEY, Body, error_line, error_texts, named_ids
from reportgen.api.outcomes import tweet_forbidden, tweet_unavailable
from reportgen.api.verdicts import Refusal, Rejected
from reportgen.catalog import RENAMED_METRICS
from reportgen.gaps import Reason
from reportgen.request import Request

# An id that a colon follows is an author's, and one that dots follow is cut off.
_ID: Final = r"[0-9]++(?!\w|\s*:|…|\.\.)"
_LIST: Final = r"\s*:[\s\[]*({item}(?:\s*,\s*{item})*)"
_FORBIDDEN: Final = re.compile(r"Forbidden to access tweets", re.IGNORECASE)
_TWEETS: Final = re.compile(
    r"(?:access tweets|for author id\s*[0-9]++)" + _LIST.format(item=_ID), re.ASCII | re.IGNORECASE
)
_METRICS: Final = re.compile(r"Forbidden to access metrics" + _LIST.format(item=r"\w++"), re.ASCII | re.IGNORECASE)
_UNAVAILABLE: Final = re.compile(r"Tweet ID\(s\) are unavailable", re.IGNORECASE)


def read_refusal(request: Request, status: int, body: Body) -> Refusal | Rejected:
    """What status 400 or 403 refuses. Status 403 is always for the sake of a part, named or not."""
    texts = error_texts(body)
    forbidden = forbidden_tweets(request, body)
    unavailable = frozenset(request.tweet_ids) & named_ids(body, UNAVAILABLE_KEY)
    metrics = frozenset(request.metrics).intersection(_forbidden_metrics(texts))
    line = error_line(body, f"status {status}")
    is_for_a_part = forbidden or unavailable or metrics or any(map(_UNAVAILABLE.search, texts))
    if status == 400 and not is_for_a_part:
        return Rejected(f"the API refused the call: {line}")
    tweets = {
        **{tweet_id: tweet_forbidden(tweet_id) for tweet_id in sorted(forbidden)},
        **{tweet_id: tweet_unavailable(tweet_id) for tweet_id in sorted(unavailable)},
    }
    return Refusal(line, tweets, metrics, Reason.UNAVAILABLE if status == 400 else Reason.FORBIDDEN)


def forbidden_tweets(request: Request, body: Body) -> frozenset[str]:
    """The tweets of the request that the errors call forbidden, in either wording."""
    return frozenset(request.tweet_ids).intersection(_forbidden_ids(error_texts(body)))


def _forbidden_ids(texts: tuple[str, ...]) -> Iterator[str]:
    for text in filter(_FORBIDDEN.search, texts):
        for match in _TWEETS.finditer(text):
            yield from re.findall(r"[0-9]+", match[1])


def _forbidden_metrics(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        for match in _METRICS.finditer(text):
            yield from (RENAMED_METRICS.get(name, name) for name in re.findall(r"\w+", match[1]))
