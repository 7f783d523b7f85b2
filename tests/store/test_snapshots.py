"""Snapshots: what totals counted at an instant stays beside what they counted at others."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from reportgen.facts import SCHEMA
from reportgen.request import Request
from reportgen.store.facts import keep_facts
from reportgen.store.open import Store
from reportgen.store.schema import SNAPSHOTS
from tests.fetch.virtual import TWEETS, totals

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
ONE, OTHER = TWEETS[:2]


def keep(store: Store, request: Request, counts: dict[tuple[str, str], int], taken: datetime = NOON) -> None:
    rows = [(int(tweet_id), metric, None, count) for (tweet_id, metric), count in counts.items()]
    with store.writing() as connection:
        keep_facts(connection, request, pl.DataFrame(rows, schema=SCHEMA, orient="row"), taken, taken)


def kept(store: Store) -> dict[tuple[str, str, int], str]:
    with store.reading() as connection:
        rows = connection.execute(SNAPSHOTS.select()).mappings()
        return {(str(r["tweet_id"]), r["metric"], r["taken"] - int(NOON.timestamp())): r["counts"] for r in rows}


def test_each_time_has_its_own(store: Store) -> None:
    for hour, count in ((12, 5), (13, 8)):
        keep(store, totals(ONE), {(ONE, "favorites"): count}, NOON.replace(hour=hour))
    assert kept(store) == {(ONE, "favorites", 0): "5", (ONE, "favorites", 3600): "8"}


def test_at_the_same_time_the_last_one_counts_and_what_it_lacks_stays(store: Store) -> None:
    keep(store, totals(ONE, metrics=("replies",)), {(ONE, "replies"): 7})
    both = totals(ONE, OTHER, metrics=("favorites", "replies"))
    keep(store, both, {(ONE, "favorites"): 1, (OTHER, "favorites"): 2, (OTHER, "replies"): 3})
    keep(store, totals(OTHER), {(OTHER, "favorites"): 4})
    assert kept(store) == {
        (ONE, "replies", 0): "7",
        (ONE, "favorites", 0): "1",
        (OTHER, "favorites", 0): "4",
        (OTHER, "replies", 0): "3",
    }
