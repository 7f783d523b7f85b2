"""A store in an SQLite file is made where there is none, and says in one line why it can't be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, text

from reportgen.errors import StoreError
from reportgen.store.migrations import stored_version
from reportgen.store.open import Store, open_store, open_store_there
from reportgen.store.schema import SCHEMA_VERSION
from tests.store.using import ANOTHER, add_app, apps, refusal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_transaction_that_is_to_last_waits_for_the_disk_and_others_do_not(tmp_path: Path) -> None:
    def synchronous(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        for _ in range(2):
            with store.writing() as connection:
                assert synchronous(connection) == 1
            with store.lasting() as connection:
                assert synchronous(connection) == 2


def setting(store: Store, name: str) -> object:
    with store.reading() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar_one()


@pytest.fixture
def writer(folder: Path) -> Iterator[sqlite3.Connection]:
    """Another process's connection, in the midst of writing into a store that has no write-ahead log yet."""
    with open_store("sqlite:///store.db") as store:
        add_app(store, "old")
    with closing(sqlite3.connect("store.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_an_open_store_whose_file_was_moved_away_makes_no_other_one(folder: Path) -> None:
    open_store("sqlite:///my store#%3F.db").close()
    with open_store_there("sqlite:///my store#%3F.db") as store, store.reading():
        for file in folder.iterdir():
            file.rename(folder / f"away-{file.name}")
        with pytest.raises(StoreError, match="cannot be opened"):
            add_app(store, "new")
    assert all(file.name.startswith("away-") for file in folder.iterdir())


class TestANewStore:
    def test_is_made_with_its_folder_which_stays_out_of_version_control(self, folder: Path) -> None:
        with open_store("sqlite:///.reportgen/store.db") as store, store.reading() as connection:
            assert stored_version(connection) == SCHEMA_VERSION
        assert (folder / ".reportgen" / ".gitignore").read_text() == "*\n"
        assert sorted(path.name for path in (folder / ".reportgen").iterdir()) == [".gitignore", "store.db"]

    def test_hides_no_other_folder_from_version_control(self, folder: Path) -> None:
        open_store("sqlite:///kept/here/store.db").close()
        assert [path.name for path in (folder / "kept" / "here").iterdir()] == ["store.db"]

    def test_is_ready_for_several_processes(self, folder: Path) -> None:
        with open_store("sqlite:///store.db") as store:
            assert setting(store, "journal_mode") == "wal"
            assert setting(store, "busy_timeout") == 1_000
            assert setting(store, "synchronous") == 1

    def test_may_be_in_memory_which_threads_share(self) -> None:
        with open_store("sqlite://") as store:
            thread = Thread(target=add_app, args=(store, "of a thread"))
            thread.start()
            thread.join()
            add_app(store, "own")
            assert apps(store) == ["of a thread", "own"]


class TestAStore:
    def test_does_without_the_log_while_another_keeps_it_from_changing(self, writer: sqlite3.Connection) -> None:
        with open_store("sqlite:///store.db") as store:
            assert setting(store, "journal_mode") == "delete"
            assert apps(store) == ["old"]
        writer.execute("COMMIT")
        with open_store("sqlite:///store.db") as store:
            assert setting(store, "journal_mode") == "wal"


class TestRefused:
    def test_is_a_file_of_another_kind(self, folder: Path) -> None:
        (folder / "notes.txt").write_text("Dear diary, " * 100)
        sentence = f"the store sqlite:///notes.txt is a file of another kind, not a store; {ANOTHER}"
        assert refusal("sqlite:///notes.txt") == sentence
        assert (folder / "notes.txt").read_text() == "Dear diary, " * 100

    def test_is_a_folder_that_cannot_be_made(self, folder: Path) -> None:
        (folder / "file").touch()
        assert refusal("sqlite:///file/store.db") == (
            f"the store sqlite:///file/store.db cannot be made in the folder file: File exists; {ANOTHER}"
        )

    def test_is_a_file_that_cannot_be_opened(self, folder: Path) -> None:
        (folder / "here").mkdir()
        assert refusal("sqlite:///here") == (
            f"the store sqlite:///here cannot be opened for writing; allow it, or {ANOTHER}"
        )

    def test_is_a_file_that_may_only_be_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        open_store("sqlite:///store.db").close()
        with closing(sqlite3.connect("store.db")) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        # The tests may run as root, whom no permission of a file keeps from writing.
        connect = sqlite3.connect
        read_only = partial(connect, "file:store.db?mode=ro", uri=True)
        monkeypatch.setattr("sqlite3.dbapi2.connect", lambda _path, **given: read_only(**given))
        assert refusal("sqlite:///store.db") == (
            f"the store sqlite:///store.db cannot be opened for writing; allow it, or {ANOTHER}"
        )

    def test_is_what_would_be_written_while_another_writes_for_long(
        self, writer: sqlite3.Connection, impatient: None
    ) -> None:
        with open_store("sqlite:///store.db") as store, pytest.raises(StoreError) as raised:
            add_app(store, "late")
        assert str(raised.value) == (
            "the store sqlite:///store.db has been in use by another process for 30 seconds; "
            "try again when that one is done"
        )

    def test_is_none_where_the_other_is_done_in_time(
        self, writer: sqlite3.Connection, impatient: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def seconds() -> float:
            return 0 if writer.in_transaction else 1

        def other_is_done_meanwhile() -> float:
            now = seconds()
            if looks.pop():
                writer.rollback()
            return now

        looks = [True, False]
        with open_store("sqlite:///store.db") as store:
            monkeypatch.setattr("reportgen.store.sqlite.BUSY_SECONDS", 0.5)
            monkeypatch.setattr("reportgen.store.sqlite.monotonic", other_is_done_meanwhile)
            add_app(store, "late")

    def test_is_what_a_full_disk_has_no_room_for_and_the_rest_stays_readable(self, folder: Path) -> None:
        with open_store("sqlite:///store.db") as store:
            add_app(store, "old")
            with store.reading() as connection:
                connection.execute(text("PRAGMA max_page_count = 1"))
            with pytest.raises(StoreError) as raised:
                add_app(store, "x" * 100_000)
            assert str(raised.value) == (
                f"the store sqlite:///store.db cannot grow, since the disk is full; make room, or {ANOTHER}"
            )
            assert apps(store) == ["old"]

    def test_is_a_damaged_file(self, folder: Path) -> None:
        with open_store("sqlite:///store.db") as store:
            add_app(store, "old")
        content = bytearray((folder / "store.db").read_bytes())
        content[100:] = b"\xff" * (len(content) - 100)
        (folder / "store.db").write_bytes(content)
        assert refusal("sqlite:///store.db") == (
            f"the store sqlite:///store.db is damaged; put a copy of it in its place, or {ANOTHER}"
        )
