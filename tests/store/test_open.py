"""What holds for the store in a file and on a server alike."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from reportgen.errors import StoreError
from reportgen.store.address import file_of, is_on_server, is_there
from reportgen.store.migrations import stored_version
from reportgen.store.open import Reopened, Store, open_store, open_store_there
from reportgen.store.schema import METADATA, SCHEMA_VERSION, SLOTS, STORE_VERSION
from tests.store.using import ANOTHER, add_app, apps, refusal


class TestAStore:
    def test_is_made_where_there_is_none(self, store: Store) -> None:
        with store.reading() as connection:
            assert stored_version(connection) == SCHEMA_VERSION

    def test_keeps_what_was_written(self, address: str) -> None:
        for app in "ab":
            with open_store(address) as store:
                add_app(store, app)
                assert apps(store) == [*"ab"[: "ab".index(app) + 1]]

    def test_keeps_nothing_of_what_failed_halfway(self, store: Store) -> None:
        def write_half() -> None:
            with store.writing() as connection:
                connection.execute(insert(SLOTS).values(app="half", last_slot=1.0))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_half()
        assert apps(store) == []

    def test_is_read_as_it_was_while_another_writes(self, address: str) -> None:
        with open_store(address) as store, open_store(address) as other:
            with store.writing() as connection:
                connection.execute(insert(SLOTS).values(app="new", last_slot=1.0))
                assert apps(other) == []
            assert apps(other) == ["new"]

    def test_is_read_as_of_one_moment(self, address: str) -> None:
        with open_store(address) as store, open_store(address) as other:
            with store.reading() as connection:
                before = connection.execute(select(SLOTS.c.app)).all()
                add_app(other, "new")
                assert connection.execute(select(SLOTS.c.app)).all() == before == []
            assert apps(store) == ["new"]

    def test_is_opened_while_another_writes(self, address: str, impatient: None) -> None:
        with open_store(address) as store, store.writing():
            open_store(address).close()

    def test_is_written_by_one_at_a_time(self, address: str, impatient: None) -> None:
        with open_store(address) as store, open_store(address) as other:
            with store.writing(), pytest.raises(StoreError) as raised:
                add_app(other, "late")
            assert str(raised.value) == (
                f"the store {store.shown} has been in use by another process for 30 seconds; "
                "try again when that one is done"
            )
            add_app(other, "in time")
            assert apps(store) == ["in time"]

    def test_shows_a_mistake_of_ours_as_what_it_is(self, store: Store) -> None:
        add_app(store, "twice")
        with pytest.raises(DBAPIError, match=r"(?i)unique"):
            add_app(store, "twice")

    @pytest.mark.parametrize(
        ("broken", "said"),
        [
            ("DROP TABLE slots", r"no such table: slots|relation \"slots\" does not exist"),
            (
                "ALTER TABLE slots RENAME COLUMN app TO song",
                r"(table slots has )?no (such )?column( named)?:? (slots\.)?app|column slots\.app does not exist",
            ),
        ],
    )
    def test_says_where_it_was_changed_by_others(self, store: Store, broken: str, said: str) -> None:
        with store.writing() as connection:
            connection.execute(text(broken))
        with pytest.raises(StoreError) as raised:
            apps(store)
        sentence = f"is not as reportgen made it \\(({said})\\); put a copy of it in its place, or {ANOTHER}"
        assert re.fullmatch(f"the store {re.escape(store.shown)} {sentence}", str(raised.value))


class TestAStoreThatWasThere:
    def test_is_opened_again_as_it_was(self, address: str) -> None:
        stores = Reopened()
        for app in "ab":
            with stores.open(address) as store:
                add_app(store, app)
                assert apps(store) == [*"ab"[: "ab".index(app) + 1]]

    def test_is_not_made_again_where_it_is_gone(self, address: str) -> None:
        stores = Reopened()
        with stores.open(address) as store:
            take_away(address, store)
        for _ in range(2):
            with pytest.raises(StoreError) as raised:
                stores.open(address)
            assert str(raised.value) == (
                f"the store {store.shown} is not there any more; put it back, or start again, which makes a new one "
                "that knows of nothing"
            )
        with open_store(address) as new:
            assert apps(new) == []

    def test_is_not_made_by_who_only_looks_at_it(self, address: str) -> None:
        with pytest.raises(StoreError, match=r" is not there any more; "):
            open_store_there(address)
        assert is_there(address) == is_on_server(address)


def take_away(address: str, store: Store) -> None:
    file = file_of(address)
    if file is None:
        with store.writing() as connection:
            METADATA.drop_all(connection)
    else:
        for one in file.parent.glob(f"{file.name}*"):
            one.rename(file.parent / f"away-{one.name}")


class TestRefused:
    def test_is_a_newer_version(self, address: str) -> None:
        with open_store(address) as store, store.writing() as connection:
            connection.execute(update(STORE_VERSION).values(version=SCHEMA_VERSION + 1))
        assert refusal(address) == (
            f"the store {store.shown} has version {SCHEMA_VERSION + 1}, and this reportgen knows version "
            f"{SCHEMA_VERSION}; update reportgen, or {ANOTHER}"
        )

    def test_is_a_database_of_another_program(self, address: str) -> None:
        with open_store(address) as store, store.writing() as connection:
            METADATA.drop_all(connection)
            connection.execute(text("CREATE TABLE songs (name TEXT)"))
        assert refusal(address) == f"the store {store.shown} is a database of another program; {ANOTHER}"


def test_a_store_tells_how_many_bytes_it_takes(store: Store) -> None:
    before = store.size()
    with store.writing() as connection:
        connection.execute(insert(SLOTS), [{"app": f"{n:0500}", "last_slot": 0.0} for n in range(1000)])
    assert store.size() - before > 500_000
