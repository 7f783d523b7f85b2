"""A store of an older version is brought to the one of today, step by step."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from reportgen.store.migrations import MIGRATIONS, bring_up_to_date, stored_version
from reportgen.store.open import Store, open_store
from reportgen.store.schema import SCHEMA_VERSION

VERSION_1 = """
CREATE TABLE store_version (version INTEGER NOT NULL);
CREATE TABLE slots (app TEXT NOT NULL, last_slot DOUBLE NOT NULL, PRIMARY KEY (app));
CREATE TABLE handles_asked (month DATE NOT NULL, handle TEXT NOT NULL, PRIMARY KEY (month, handle));
INSERT INTO store_version VALUES (1);
INSERT INTO slots VALUES ('app', 1.5);
INSERT INTO handles_asked VALUES ('2026-11-01', '@acme');
"""


VERSION_3 = """
CREATE TABLE store_version (version INTEGER NOT NULL);
CREATE TABLE slots (app TEXT NOT NULL, last_slot DOUBLE NOT NULL, PRIMARY KEY (app));
CREATE TABLE handles_asked (month DATE NOT NULL, handle TEXT NOT NULL, PRIMARY KEY (month, handle));
CREATE TABLE runs (
  id INTEGER NOT NULL, started DATETIME NOT NULL, ended DATETIME, as_of DATETIME NOT NULL, reports JSON NOT NULL,
  exit_code INTEGER, calls_planned INTEGER NOT NULL, calls_made INTEGER, calls_retried INTEGER, PRIMARY KEY (id));
CREATE TABLE calls (
  id INTEGER NOT NULL, run INTEGER NOT NULL, left_at DATETIME NOT NULL, seconds DOUBLE NOT NULL,
  endpoint TEXT NOT NULL, handle TEXT, tweets INTEGER NOT NULL, metrics INTEGER NOT NULL, reports JSON NOT NULL,
  outcome TEXT NOT NULL, status INTEGER, cause TEXT, PRIMARY KEY (id), FOREIGN KEY(run) REFERENCES runs (id));
CREATE INDEX ix_calls_run ON calls (run);
CREATE INDEX ix_calls_left_at ON calls (left_at);
CREATE TABLE facts (
  grain TEXT NOT NULL, tweet_id BIGINT NOT NULL, metric TEXT NOT NULL, start BIGINT NOT NULL, counts TEXT NOT NULL,
  PRIMARY KEY (grain, tweet_id, metric, start)) WITHOUT ROWID;
CREATE TABLE coverage (
  grain TEXT NOT NULL, tweet_id BIGINT NOT NULL, metric TEXT NOT NULL, start BIGINT NOT NULL, "end" BIGINT NOT NULL,
  asked BIGINT NOT NULL, PRIMARY KEY (grain, tweet_id, metric, start)) WITHOUT ROWID;
CREATE TABLE snapshots (
  endpoint TEXT NOT NULL, tweet_id BIGINT NOT NULL, metric TEXT NOT NULL, taken BIGINT NOT NULL, counts TEXT NOT NULL,
  PRIMARY KEY (endpoint, tweet_id, metric, taken)) WITHOUT ROWID;
CREATE TABLE lasting_gaps (
  endpoint TEXT NOT NULL, handle TEXT NOT NULL, tweet_id BIGINT NOT NULL, metric TEXT NOT NULL, reason TEXT NOT NULL,
  detail TEXT NOT NULL, found BIGINT NOT NULL, PRIMARY KEY (endpoint, handle, tweet_id, metric));
CREATE TABLE tweets (tweet_id BIGINT NOT NULL, handle TEXT NOT NULL, PRIMARY KEY (tweet_id));
CREATE INDEX ix_tweets_handle ON tweets (handle);
INSERT INTO store_version VALUES (3);
INSERT INTO tweets VALUES (2117270504862646273, '@acme');
"""


def add_a_note(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE slots ADD COLUMN note TEXT"))


def write_the_note(connection: Connection) -> None:
    connection.execute(text("UPDATE slots SET note = 'older than notes'"))


def insert_a_slot(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("INSERT INTO slots (app, last_slot) VALUES ('app', 1.5)"))


def test_there_is_a_step_to_each_version_after_the_first() -> None:
    assert list(MIGRATIONS) == list(range(2, SCHEMA_VERSION + 1))


def tables_of(path: Path) -> set[tuple[str, str]]:
    """Each table and each index by its name, with the statement that makes it, without spaces."""
    statements = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(path)) as connection:
        return {(name, "".join(sql.split())) for name, sql in connection.execute(statements)}


def test_a_store_of_version_1_becomes_what_a_new_one_is_and_keeps_what_it_has(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(VERSION_1)
    open_store(f"sqlite:///{new}").close()
    with open_store(f"sqlite:///{old}") as store, store.reading() as connection:
        assert stored_version(connection) == SCHEMA_VERSION
        assert connection.execute(text("SELECT * FROM slots")).all() == [("app", 1.5)]
        assert connection.execute(text("SELECT * FROM handles_asked")).all() == [("2026-11-01", "@acme")]
    assert tables_of(old) == tables_of(new)


def test_a_store_of_version_3_gets_the_tables_of_timelines_and_keeps_what_it_has(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(VERSION_3)
    open_store(f"sqlite:///{new}").close()
    with open_store(f"sqlite:///{old}") as store, store.reading() as connection:
        assert stored_version(connection) == SCHEMA_VERSION
        assert connection.execute(text("SELECT * FROM tweets")).all() == [(2117270504862646273, "@acme")]
    assert tables_of(old) == tables_of(new)


def shape_of(store: Store) -> object:
    """The columns, keys and indexes of each table."""
    with store.reading() as connection:
        found = inspect(connection)
        return {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)],
                found.get_pk_constraint(name)["constrained_columns"],
                found.get_foreign_keys(name),
                sorted(found.get_indexes(name), key=str),
                found.get_unique_constraints(name),
            )
            for name in found.get_table_names()
        }


def test_a_store_of_version_4_gets_the_outbox_and_keeps_what_it_has(address: str) -> None:
    with open_store(address) as store:
        new = shape_of(store)
        insert_a_slot(store)
        with store.writing() as connection:
            for table in ("outbox", "parcels", "jobs", "schedules"):
                connection.execute(text(f"DROP TABLE {table}"))
            connection.execute(text("UPDATE store_version SET version = 4"))
    with open_store(address) as store:
        assert shape_of(store) == new
        with store.reading() as connection:
            assert stored_version(connection) == SCHEMA_VERSION == 5
            assert connection.execute(text("SELECT * FROM slots")).all() == [("app", 1.5)]


def test_each_missing_step_is_taken_in_order_and_what_was_there_stays(store: Store) -> None:
    insert_a_slot(store)
    later = SCHEMA_VERSION + 2
    with store.writing() as connection:
        bring_up_to_date(connection, later, {later: write_the_note, later - 1: add_a_note})
    with store.reading() as connection:
        assert stored_version(connection) == later
        assert connection.execute(text("SELECT * FROM slots")).all() == [("app", 1.5, "older than notes")]


def test_no_step_is_taken_twice(store: Store) -> None:
    later = SCHEMA_VERSION + 1
    for _ in range(2):
        with store.writing() as connection:
            bring_up_to_date(connection, later, {later: add_a_note})
            assert stored_version(connection) == later


def test_a_step_that_fails_changes_nothing(store: Store) -> None:
    def fail(_: Connection) -> None:
        raise RuntimeError

    later = SCHEMA_VERSION + 2
    with pytest.raises(RuntimeError), store.writing() as connection:
        bring_up_to_date(connection, later, {later - 1: add_a_note, later: fail})
    insert_a_slot(store)
    with store.reading() as connection:
        assert stored_version(connection) == SCHEMA_VERSION
        assert connection.execute(text("SELECT * FROM slots")).all() == [("app", 1.5)]
