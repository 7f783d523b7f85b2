"""Which account a handle means is kept by the handle, whatever its capitals, and what accounts are called by now."""

from __future__ import annotations

from datetime import timedelta

from reportgen.api.x.model import XUser
from reportgen.owners import Account
from reportgen.store.open import Store
from reportgen.store.users import Meant, doubt_user, keep_names, keep_users, read_accounts, read_users
from tests.store.filled import AS_OF

LATER = AS_OF + timedelta(days=1)
ACME, HELP = XUser("12", "@Acme"), XUser("34", "@acme_help")


def test_a_handle_is_found_whatever_its_capitals(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME], AS_OF)
        assert read_users(connection, ["@ACME", "@other"]) == {"@acme": Meant("12")}


def test_a_handle_that_was_looked_up_by_name_means_the_account_that_has_it_and_the_one_before_is_remembered(
    store: Store,
) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME], AS_OF)
        keep_users(connection, [XUser("34", "@ACME")], LATER)
        assert read_users(connection, ["@acme"]) == {"@acme": Meant("34", before="12")}
        keep_users(connection, [XUser("34", "@ACME")], LATER)
        assert read_users(connection, ["@acme"]) == {"@acme": Meant("34", before="12")}
        assert read_accounts(connection, ["12"]) == {"12": Account("@Acme", ())}


def test_a_name_that_is_told_in_passing_changes_no_handle_that_means_another_account(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME, HELP], AS_OF)
        keep_names(connection, [XUser("12", "@acme_us"), XUser("34", "@acme")], LATER)
        assert read_users(connection, ["@acme", "@acme_help", "@acme_us"]) == {
            "@acme": Meant("12"),
            "@acme_help": Meant("34"),
            "@acme_us": Meant("12"),
        }
        assert read_accounts(connection, ["12", "34"]) == {
            "12": Account("@acme_us", ("@acme_us", "@acme")),
            "34": Account("@acme", ("@acme_help",)),
        }


def test_an_account_is_called_what_was_told_last_and_that_handle_is_the_first(store: Store) -> None:
    with store.writing() as connection:
        for name in ("@zacme", "@acme", "@Zacme"):
            keep_names(connection, [XUser("12", name)], AS_OF)
        assert read_accounts(connection, ["12"]) == {"12": Account("@Zacme", ("@zacme", "@acme"))}


def test_more_handles_are_kept_than_a_statement_can_name(store: Store) -> None:
    users = [XUser(str(n), f"@name{n}") for n in range(1_201)]
    with store.writing() as connection:
        keep_users(connection, users, AS_OF)
        keep_names(connection, users, AS_OF)
        assert read_users(connection, [user.handle for user in users]) == {
            user.handle: Meant(user.id) for user in users
        }
        assert len(read_accounts(connection, [user.id for user in users])) == 1_201


def test_a_handle_whose_account_is_gone_is_doubted_until_it_is_looked_up_again(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME, HELP], AS_OF)
        doubt_user(connection, "@Acme")
        assert read_users(connection, ["@acme"]) == {"@acme": Meant("12", is_doubted=True)}
        keep_names(connection, [XUser("56", "@acme")], LATER)
        assert read_users(connection, ["@acme"]) == {"@acme": Meant("12", is_doubted=True)}
        keep_users(connection, [XUser("56", "@acme")], LATER)
        assert read_users(connection, ["@acme"]) == {"@acme": Meant("56", before="12")}
