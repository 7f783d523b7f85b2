"""What a run keeps while it goes on, where the store fails on the way too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from random import Random

import polars as pl
import pytest
from sqlalchemy import Connection

from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL
from reportgen.errors import StoreError
from reportgen.facts import SCHEMA
from reportgen.ledger import CallEntry, Outcome
from reportgen.request import Grain, Request, Signer
from reportgen.store.open import Store
from reportgen.store.record import recorded_run
from tests.fetch.virtual import TWEETS
from tests.store.using import needs_of_request, planned_run

HOUR = timedelta(hours=1)
START = datetime(2026, 11, 10, tzinfo=UTC)
AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
WHOLE = Request(HISTORICAL, Signer("@acme"), TWEETS[:1], ("favorites",), Grain.HOUR, START, START + 48 * HOUR)
PLANNED = planned_run({"weekly": WHOLE}, AS_OF)


def answer(first: int, end: int, count: int) -> Answer:
    """The same count for each hour from `first` to `end`, counted from the start."""
    rows = [(int(TWEETS[0]), "favorites", START + n * HOUR, count) for n in range(first, end)]
    return Answer(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


ENTRY = CallEntry(WHOLE, (WHOLE,), AS_OF.timestamp(), 0.2, Outcome.ANSWERED, 200, None)


@contextmanager
def full(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store can be read, and not written."""

    def writing() -> AbstractContextManager[Connection]:
        raise StoreError(store.shown, "the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", writing)
        yield


@pytest.mark.parametrize("seed", range(4))
def test_what_came_before_the_store_failed_and_after_is_all_there(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    expected: dict[datetime, int] = {}
    with recorded_run(store, AS_OF.timestamp, PLANNED) as record:

        def receive(count: int) -> None:
            first, end = sorted(random.sample(range(49), 2))
            record.received(ENTRY, answer(first, end, count))
            expected.update({START + n * HOUR: count for n in range(first, end)})

        receive(1)
        receive(2)
        with full(store, monkeypatch):
            receive(3)
            receive(4)
        coverage, facts = record.known(needs_of_request(WHOLE, AS_OF))
        assert dict(facts.select("start", "value").iter_rows()) == expected
        missing = coverage.missing(needs_of_request(WHOLE, AS_OF), TWEETS[0], "favorites")
        lost = {START + n * HOUR for n in range(48) for span in missing if span.start <= START + n * HOUR < span.end}
        assert lost == {START + n * HOUR for n in range(48)} - expected.keys()
        assert str(record.trouble).endswith("the disk is full")


def test_hours_that_are_kept_apart_make_no_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    by_day = Request(HISTORICAL, Signer("@acme"), TWEETS[:1], ("favorites",), Grain.DAY, WHOLE.start, WHOLE.end)
    with recorded_run(store, AS_OF.timestamp, PLANNED) as record:
        record.received(ENTRY, answer(0, 36, 1))
        with full(store, monkeypatch):
            record.received(ENTRY, answer(36, 48, 1))
        coverage, facts = record.known(needs := needs_of_request(by_day, AS_OF))
    assert facts.select("start", "value").rows() == [(START, 24)]
    assert [tuple(span) for span in coverage.missing(needs, TWEETS[0], "favorites")] == [
        (START + 24 * HOUR, START + 48 * HOUR)
    ]
