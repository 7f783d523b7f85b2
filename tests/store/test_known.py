"""What the store knows of what reports need."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from reportgen.api.answers import read_reply
from reportgen.api.engagement import Reply
from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL
from reportgen.coverage import Sight
from reportgen.needs import needs_of_request
from reportgen.request import Grain, Request, Signer
from reportgen.snowflake import posted_at
from reportgen.store.facts import keep_facts
from reportgen.store.known import read_facts, read_known
from reportgen.store.open import Store

DAY = timedelta(days=1)
AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)


def test_the_hours_since_the_post_make_its_day(store: Store) -> None:
    """Some answers leave out the hours before a tweet was there, and nobody asks for those."""
    tweet = str(int((datetime(2026, 11, 9, 21, 40, tzinfo=UTC) - posted_at("0")).total_seconds() * 1000) << 22)
    midnight = datetime(2026, 11, 9, tzinfo=UTC)
    hourly = Request(
        HISTORICAL,
        Signer("@acme"),
        (tweet,),
        ("favorites",),
        Grain.HOUR,
        midnight + timedelta(hours=21),
        midnight + DAY,
    )
    days = {"2026-11-09": {"21": "3", "22": "5", "23": "7"}}
    answer = read_reply(hourly, Reply(200, json.dumps({"facts": {tweet: {"favorites": days}}})), AS_OF)
    assert isinstance(answer, Answer)
    daily = Request(HISTORICAL, Signer("@acme"), (tweet,), ("favorites",), Grain.DAY, midnight, midnight + DAY)
    needs, sight = needs_of_request(daily, AS_OF), Sight(AS_OF, AS_OF)
    with store.writing() as connection:
        keep_facts(connection, hourly, answer.facts, AS_OF, AS_OF - DAY)
        coverage = read_known(connection, [needs], sight).coverage
        facts = read_facts(connection, needs, coverage, sight)
    assert coverage.missing(needs, tweet, "favorites") == ()
    assert facts.select("start", "value").rows() == [(midnight, 15)]
