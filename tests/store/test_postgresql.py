"""A store on a PostgreSQL server is shared by processes, and says in one line why it can't be used."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread
from traceback import format_exception
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, text

from reportgen.errors import StoreError
from reportgen.store.open import Store, open_store
from reportgen.store.postgresql import LOCK
from reportgen.store.schema import SLOTS
from tests.store.server import Server
from tests.store.using import add_app, apps, refusal

BACKENDS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reportgen'"


@pytest.fixture
def address(server: Server) -> str:
    """Where no store is yet."""
    return server.new_database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def role(server: Server) -> Iterator[str]:
    """A user of the server, with the password `hush`, who owns nothing there."""
    postgres = server.address("postgres")
    server.execute(postgres, "CREATE ROLE me LOGIN PASSWORD 'hush'")
    yield "me"
    server.execute(postgres, "DROP ROLE me")


def setting(store: Store, name: str) -> object:
    with store.reading() as connection:
        return connection.execute(text(f"SHOW {name}")).scalar_one()


def write_and_then(store: Store, *statements: str) -> None:
    with store.writing() as connection:
        connection.execute(insert(SLOTS).values(app="half", last_slot=1.0))
        for statement in statements:
            connection.execute(text(statement))


class TestAStore:
    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_may_be_named_in_three_ways(self, scheme: str, address: str) -> None:
        with open_store(address.replace("postgresql", scheme, 1)) as store:
            assert store.shown == address.partition("?")[0]

    def test_may_be_in_a_schema_of_its_own_beside_others(self, server: Server, address: str) -> None:
        server.execute(address, "CREATE SCHEMA acme", "CREATE SCHEMA globex")
        for schema in ("acme", "globex"):
            with open_store(f"{address}&options=-csearch_path={schema}") as store:
                add_app(store, schema)
                assert apps(store) == [schema]

    def test_is_not_kept_from_others_by_a_writer_that_has_gone_silent(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reportgen.store.postgresql._SILENT", timedelta(milliseconds=50))

        def write_with_a_pause() -> None:
            with store.writing() as silent:
                silent.execute(insert(SLOTS).values(app="silent", last_slot=1.0))
                add_app(store, "other")
                silent.execute(text("SELECT 1"))

        with pytest.raises(StoreError, match="has lost the connection"):
            write_with_a_pause()
        assert apps(store) == ["other"]

    def test_is_made_once_by_those_that_open_it_together(self, address: str) -> None:
        start = Barrier(6)

        def make(app: str) -> None:
            start.wait()
            with open_store(address) as store:
                add_app(store, app)

        threads = [Thread(target=make, args=(app,)) for app in "abcdef"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with open_store(address) as store:
            assert apps(store) == [*"abcdef"]

    def test_takes_what_the_address_says_of_the_connection_before_what_we_would(self, address: str) -> None:
        with open_store(f"{address}&application_name=weekly") as store:
            assert setting(store, "application_name") == "weekly"

    def test_uses_no_connection_that_has_died_meanwhile(self, server: Server, address: str, store: Store) -> None:
        assert apps(store) == []
        server.execute(address, f"{BACKENDS} AND datname = current_database()")
        add_app(store, "after")
        assert apps(store) == ["after"]

    def test_cannot_be_written_by_what_only_reads(self, store: Store) -> None:
        with pytest.raises(StoreError, match="can only be read"), store.reading() as connection:
            connection.execute(insert(SLOTS).values(app="a", last_slot=1.0))


class TestRefused:
    def test_is_a_wrong_password_which_is_not_shown(self, server: Server, role: str) -> None:
        address = server.address("postgres", f"{role}:guess")
        with pytest.raises(StoreError) as raised:
            open_store(address)
        assert str(raised.value) == (
            "the store postgresql://me:***@/postgres refuses the user or the password; "
            "set the right ones with REPORTGEN_STORE, in the environment or in .env"
        )
        assert "guess" not in "".join(format_exception(raised.value))

    def test_shows_no_password_of_the_options_either(self, server: Server, role: str) -> None:
        address = f"{server.address('postgres', role)}&password=guess"
        with pytest.raises(StoreError) as raised:
            open_store(address)
        assert str(raised.value).startswith("the store postgresql://me@/postgres refuses the user or the password")
        assert "guess" not in "".join(format_exception(raised.value))

    def test_is_a_missing_password(self, server: Server, role: str) -> None:
        assert "refuses the user or the password" in refusal(server.address("postgres", role))

    def test_is_a_user_who_may_make_no_tables(self, server: Server, role: str, address: str) -> None:
        server.execute(address, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        assert "does not allow this user to make, read or change its tables" in refusal(
            address.replace("postgres@", f"{role}:hush@")
        )

    @pytest.mark.parametrize(
        ("end", "sentence"),
        [
            ("/missing?host={folder}", "names a database that the server does not have"),
            ("/postgres?host={folder}&options=-csearch_path=missing", "names a schema that the database does not have"),
            ("/postgres?host={folder}&colour=red", "has an option in its address, after the ?, that PostgreSQL"),
            ("/postgres?host={folder}&sslmode=maybe", "has an option in its address, after the ?, that PostgreSQL"),
            ("/postgres?host={folder}/nowhere", "cannot be reached; check host and port"),
            ("127.0.0.1:1/postgres", "cannot be reached; check host and port"),
        ],
    )
    def test_is_an_address_that_leads_nowhere(self, end: str, sentence: str, server: Server) -> None:
        assert sentence in refusal(f"postgresql://postgres@{end.format(folder=server.folder)}")

    def test_is_a_server_that_refuses_in_words_that_we_do_not_know(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_: object) -> None:
            raise psycopg.OperationalError("connexion échouée")

        monkeypatch.setattr(psycopg, "connect", refuse)
        monkeypatch.setattr(psycopg.Connection, "connect", refuse)
        assert "refuses the connection; check user, password and database" in refusal(address)

    def test_is_a_server_without_its_driver(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        assert refusal("postgresql://me:hush@db.example/kept") == (
            "the store postgresql://me:***@db.example/kept needs psycopg, the driver for PostgreSQL, "
            "which is not installed: python -m pip install 'psycopg[binary]'"
        )


class TestInTheMiddle:
    def test_a_connection_that_is_lost_leaves_nothing_half_written(self, store: Store) -> None:
        with pytest.raises(StoreError, match="has lost the connection, and what was being written with it"):
            write_and_then(store, "SELECT pg_terminate_backend(pg_backend_pid())")
        assert apps(store) == []

    def test_a_way_to_the_server_that_breaks_leaves_nothing_half_written(self, store: Store) -> None:
        def write_while_the_way_breaks() -> None:
            with store.writing() as connection:
                connection.execute(insert(SLOTS).values(app="half", last_slot=1.0))
                driver: Any = connection.connection.driver_connection
                with socket.socket(fileno=os.dup(driver.fileno())) as way:
                    way.shutdown(socket.SHUT_RDWR)

        with pytest.raises(StoreError, match="has lost the connection"):
            write_while_the_way_breaks()
        assert apps(store) == []

    def test_a_connection_that_is_lost_before_the_end_leaves_nothing_either(
        self, server: Server, address: str, store: Store
    ) -> None:
        def write_while_the_server_goes() -> None:
            with store.writing() as connection:
                connection.execute(insert(SLOTS).values(app="half", last_slot=1.0))
                server.execute(address, f"{BACKENDS} AND datname = current_database()")

        with pytest.raises(StoreError, match="has lost the connection"):
            write_while_the_server_goes()
        assert apps(store) == []

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            ("53100", "cannot grow, since the disk is full"),
            ("58030", "cannot be read or written, since the disk reports an error"),
            ("XX001", "is damaged"),
            ("57014", "was told by its server to stop"),
        ],
    )
    def test_an_error_of_the_server_is_told_and_leaves_nothing(self, state: str, sentence: str, store: Store) -> None:
        with pytest.raises(StoreError, match=sentence):
            write_and_then(store, f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")
        assert apps(store) == []

    def test_a_lock_that_another_process_keeps_is_not_waited_for_without_end(
        self, address: str, store: Store, impatient: None
    ) -> None:
        with psycopg.connect(address) as other:
            other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            with pytest.raises(StoreError, match="has been in use by another process for 30 seconds"):
                add_app(store, "late")
        add_app(store, "in time")
        assert apps(store) == ["in time"]
