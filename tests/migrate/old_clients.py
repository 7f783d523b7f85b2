"""What the two old clients send and make of the answers: the numbers that a migrated report must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import requests
from requests_oauthlib import OAuth1

from reportgen.simulator.server import Simulator

Cells = Counter[tuple[str, ...]]


def cells_of(
    simulator: Simulator,
    endpoint: str,
    ids: Sequence[str],
    metrics: Sequence[str],
    groupings: Mapping[str, Sequence[str]],
    **dates: str,
) -> dict[str, Cells]:
    """The counts of each grouping by its keys, over calls of 25 tweets, signed as @acme."""
    cells = {name: Cells() for name in groupings}
    for start in range(0, len(ids), 25):
        body = {
            "tweet_ids": ids[start : start + 25],
            "engagement_types": metrics,
            "groupings": {name: {"group_by": keys} for name, keys in groupings.items()},
            **dates,
        }
        answer = post(simulator, endpoint, body)
        for name in groupings:
            cells[name].update(dict(_leaves(answer[name])))
    return cells


def post(simulator: Simulator, endpoint: str, body: Mapping[str, object]) -> Any:
    keys = simulator.environment()
    signed = OAuth1(
        keys["REPORTGEN_CONSUMER_KEY"],
        keys["REPORTGEN_CONSUMER_SECRET"],
        keys["REPORTGEN_ACME_ACCESS_TOKEN"],
        keys["REPORTGEN_ACME_ACCESS_TOKEN_SECRET"],
    )
    url = f"{keys['REPORTGEN_ENGAGEMENT_URL']}/{endpoint}"
    reply = requests.post(url, json=body, auth=signed, timeout=20)
    assert reply.status_code == 200, reply.text
    return reply.json()


def _leaves(nested: Mapping[str, Any], *keys: str) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, below in nested.items():
        if isinstance(below, Mapping):
            yield from _leaves(below, *keys, key)
        else:
            yield (*keys, key), int(below)
