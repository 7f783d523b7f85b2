"""The export has each count that is known once, in an order of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import update

from reportgen.errors import OutputError, StoreError
from reportgen.request import Grain
from reportgen.store.export import COLUMNS, export
from reportgen.store.open import Store, open_store
from reportgen.store.schema import COVERAGE, FACTS
from tests.store.filled import ACME, GLOBEX, at, count, places, put, rows, seconds, take
from tests.store.full_disk import no_file_over

ACMES, GLOBEXS = str(ACME), str(GLOBEX)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.parquet"


def exported(store: Store, path: Path, *columns: str) -> list[tuple[Any, ...]]:
    number = export(store, path)
    table = pl.read_parquet(path)
    assert (table.schema, table.height) == (COLUMNS, number)
    return table.select(columns).rows()


def test_counts_of_hours_and_days_stand_by_tweet_and_time(store: Store, path: Path) -> None:
    count(store, "2026-11-15T11:00", 3, 4, tweet=GLOBEX)
    count(store, "2026-11-15T11:00", 0, 2)
    count(store, "2026-10-31", 7, 8, grain=Grain.DAY)
    columns = ("tweet_id", "handle", "metric", "endpoint", "grain", "start", "end", "taken", "final", "value")

    def row(tweet: str, grain: str, start: str, step: timedelta, final: bool, value: int) -> tuple[object, ...]:
        handle = "@acme" if tweet == ACMES else None
        return (tweet, handle, "impressions", "historical", grain, at(start), at(start) + step, None, final, value)

    hour, day = timedelta(hours=1), timedelta(days=1)
    assert exported(store, path, *columns) == [
        row(ACMES, "hour", "2026-11-15T11:00", hour, True, 0),
        row(ACMES, "hour", "2026-11-15T12:00", hour, False, 2),
        row(GLOBEXS, "hour", "2026-11-15T11:00", hour, True, 3),
        row(GLOBEXS, "hour", "2026-11-15T12:00", hour, False, 4),
        row(ACMES, "day", "2026-10-31", day, True, 7),
        row(ACMES, "day", "2026-11-01", day, True, 8),
    ]


def test_snapshots_stand_by_tweet_and_when_they_were_taken(store: Store, path: Path) -> None:
    for day in (10, 9):
        take(store, f"2026-11-{day:02}T12:30:15", day)
    take(store, "2026-11-09T12:30:15", *range(29))
    found = exported(store, path, "endpoint", "grain", "metric", "start", "end", "taken", "final", "value")
    first, taken = at("2026-11-08T08:00"), at("2026-11-09T12:30:15")
    hour = timedelta(hours=1)
    assert found == [
        *(("28hr", "hour", "favorites", first + n * hour, first + (n + 1) * hour, taken, False, n) for n in range(29)),
        ("totals", "total", "favorites", None, taken, taken, False, 9),
        ("totals", "total", "favorites", None, taken + timedelta(days=1), taken + timedelta(days=1), False, 10),
    ]


def test_counts_outside_of_the_coverage_are_left_out(store: Store, path: Path) -> None:
    count(store, "2026-11-09", 1, 2, 3)
    with store.writing() as connection:
        connection.execute(update(COVERAGE).values(end=seconds("2026-11-09T02:00")))
    put(store, FACTS, grain="hour", tweet_id=5, metric="replies", start=0, counts=places([1, *[None] * 23]))
    assert exported(store, path, "tweet_id", "value") == [(ACMES, 1), (ACMES, 2)]


def test_an_empty_store_makes_an_empty_table(store: Store, path: Path) -> None:
    assert exported(store, path, *COLUMNS) == []


def test_stretches_of_tweets_are_put_together(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.store.stretches._ROWS", 2)
    for tweet in (3, 1, 2):
        for day in range(tweet):
            count(store, f"2026-11-0{1 + day}", tweet, tweet=tweet)
            take(store, f"2026-11-0{1 + day}", tweet, tweet=tweet)
    values = [value for _, value in exported(store, path, "endpoint", "value")]
    assert values == [1, 2, 2, 3, 3, 3] * 2


def test_the_same_store_makes_the_same_bytes_on_either_database(address: str, tmp_path: Path) -> None:
    written = []
    for number, place in enumerate((address, f"sqlite:///{tmp_path}/other.db")):
        with open_store(place) as store:
            count(store, "2026-11-09", 1, 2, 3)
            take(store, "2026-11-09", 7)
            export(store, tmp_path / f"{number}.parquet")
            written.append((tmp_path / f"{number}.parquet").read_bytes())
    assert written[0] == written[1]


class TestAFileThatCannotBeWritten:
    def test_is_named_and_the_old_one_stays(self, store: Store, path: Path) -> None:
        count(store, "2026-11-09", 1, 2, 3)
        path.write_text("old")
        with no_file_over(100), pytest.raises(OutputError) as raised:
            export(store, path)
        assert str(raised.value) == f"cannot write {path}: File too large"
        assert path.read_text() == "old"
        assert list(path.parent.glob("*parquet*")) == [path]

    def test_in_a_folder_that_is_not_there_is_named_before_anything_is_read(self, store: Store, path: Path) -> None:
        missing = path.parent / "missing" / path.name
        with pytest.raises(OutputError) as raised:
            export(store, missing)
        assert str(raised.value) == f"cannot write {missing}: No such file or directory"


def test_counts_that_are_no_numbers_are_named_as_damage_and_nothing_is_written(store: Store, path: Path) -> None:
    count(store, "2026-11-09", 1)
    with store.writing() as connection:
        connection.execute(update(FACTS).values(counts=f"many{',' * 23}"))
    with pytest.raises(StoreError, match="is damaged; put a copy of it in its place"):
        export(store, path)
    assert list(path.parent.glob("*parquet*")) == []


def test_times_are_utc(store: Store, path: Path) -> None:
    count(store, "2026-11-09T05:00", 1)
    (start,) = exported(store, path, "start")[0]
    assert isinstance(start, datetime)
    assert start.isoformat() == "2026-11-09T05:00:00+00:00"
    assert rows(store, COVERAGE, "start") == [(int(start.timestamp()),)]
