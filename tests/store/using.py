"""What tests do with a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from reportgen.coverage import Known, Sight
from reportgen.errors import Exit, StoreError
from reportgen.instants import floor_day, floor_hour
from reportgen.needs import Needs
from reportgen.plan import Plan
from reportgen.planned import PlannedReport, PlannedRun
from reportgen.request import Grain, Request
from reportgen.snowflake import posted_at
from reportgen.spans import EVER, Span
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.store.open import Store, open_store
from reportgen.store.schema import SLOTS

ANOTHER = "set another one with REPORTGEN_STORE, or with store in reportgen.yaml"


def planned_run(reports: Mapping[str, Request], as_of: datetime) -> PlannedRun:
    """A run of reports, by their names, that need one call each."""
    planned = tuple(
        PlannedReport(_spec(name, request), None, needs_of_request(request, as_of)) for name, request in reports.items()
    )
    requests = tuple(dict.fromkeys(reports.values()))
    sight = Sight(as_of, as_of - timedelta(minutes=15))
    return PlannedRun(planned, Plan(requests), Known(), sight, as_of - timedelta(hours=24))


def needs_of_request(request: Request, as_of: datetime) -> Needs:
    """What a call at the present `as_of` (UTC) is to answer."""
    whole = request.span(as_of) or Span(EVER, as_of)
    begin = floor_day if request.grain is Grain.DAY else floor_hour
    spans = {
        tweet_id: Span(max(whole.start, begin(posted_at(tweet_id))), whole.end) if request.span(as_of) else whole
        for tweet_id in request.tweet_ids
    }
    return Needs(request.endpoint, request.grain, request.metrics, spans, dict.fromkeys(spans))


def _spec(name: str, request: Request) -> ReportSpec:
    tweets = tuple(Tweet(tweet_id, request.signer.handle) for tweet_id in request.tweet_ids)
    return ReportSpec(f"{name}.yaml", name, name, ZoneInfo("UTC"), request.endpoint, (), tweets, request.metrics)


def refusal(address: str) -> str:
    with pytest.raises(StoreError) as raised:
        open_store(address)
    assert raised.value.exit_code == Exit.INPUT
    return str(raised.value)


def apps(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(SLOTS.c.app).order_by(SLOTS.c.app)).scalars())


def add_app(store: Store, app: str) -> None:
    with store.writing() as connection:
        connection.execute(insert(SLOTS).values(app=app, last_slot=1.0))
