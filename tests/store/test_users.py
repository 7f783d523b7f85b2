"""Whose handle it is, is kept by the handle, whatever its capitals."""

from __future__ import annotations

from datetime import timedelta

from reportgen.store.open import Store
from reportgen.store.users import doubt_user, keep_users, read_doubted, read_handles, read_users
from tests.store.filled import AS_OF

LATER = AS_OF + timedelta(days=1)


def test_a_handle_is_found_whatever_its_capitals(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, {"@Acme": "12"}, AS_OF)
        assert read_users(connection, ["@ACME", "@other"]) == {"@acme": "12"}


def test_a_handle_belongs_to_the_account_that_had_it_last(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, {"@acme": "12"}, AS_OF)
        keep_users(connection, {"@ACME": "34"}, LATER)
        assert read_users(connection, ["@acme"]) == {"@acme": "34"}
        assert read_handles(connection, ["12"]) == {}


def test_an_account_that_was_renamed_is_found_by_both_handles_the_latest_first(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, {"@acme": "12", "@acme_help": "34"}, AS_OF)
        keep_users(connection, {"@acme_inc": "12"}, LATER)
        assert read_users(connection, ["@acme", "@acme_inc"]) == {"@acme": "12", "@acme_inc": "12"}
        assert read_handles(connection, ["12", "34"]) == {"12": ("@acme_inc", "@acme"), "34": ("@acme_help",)}


def test_of_two_handles_looked_up_at_the_same_present_the_one_kept_last_is_the_latest(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, {"@zacme": "12"}, AS_OF)
        keep_users(connection, {"@acme": "12"}, AS_OF)
        keep_users(connection, {"@zacme": "12"}, AS_OF)
        assert read_handles(connection, ["12"]) == {"12": ("@zacme", "@acme")}


def test_more_handles_are_kept_than_a_statement_can_name(store: Store) -> None:
    users = {f"@name{n}": str(n) for n in range(1_201)}
    with store.writing() as connection:
        keep_users(connection, users, AS_OF)
        keep_users(connection, users, AS_OF)
        assert read_users(connection, [*users]) == users
        assert len(read_handles(connection, [*users.values()])) == 1_201


def test_a_handle_whose_account_is_gone_is_doubted_until_it_is_looked_up_again(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, {"@acme": "12", "@acme_help": "34"}, AS_OF)
        doubt_user(connection, "@Acme")
        assert read_users(connection, ["@acme", "@acme_help"]) == {"@acme_help": "34"}
        assert read_doubted(connection, ["@acme", "@acme_help"]) == {"@acme": "12"}
        keep_users(connection, {"@acme": "56"}, LATER)
        assert (read_users(connection, ["@acme"]), read_doubted(connection, ["@acme"])) == ({"@acme": "56"}, {})
