"""Whose tweets they are is looked up once, and so is that there is no such tweet."""

from __future__ import annotations

from datetime import UTC, datetime

from reportgen.api.x.model import Posts, XUser
from reportgen.owners import NO_SUCH_TWEET, Account
from reportgen.store.open import Store
from reportgen.store.owners import keep_looked_up, read_owners
from reportgen.store.posts import keep_posts
from reportgen.store.schema import POSTS
from reportgen.store.users import keep_users
from tests.store.filled import rows
from tests.store.timelines import post

AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
ACME, GLOBEX = XUser("12", "@Acme"), XUser("13", "@globex")


def test_owners_are_known_by_what_they_are_called_and_by_the_handles_that_mean_them(store: Store) -> None:
    with store.writing() as connection:
        posts = (post(7, "2026-11-10", author="12"), post(8, "2026-11-10", author="13"))
        keep_looked_up(connection, Posts(posts, (ACME, GLOBEX)), [], AS_OF)
        assert read_owners(connection, ["7", "8", "9"]) == {
            "7": Account("@Acme", ("@acme",)),
            "8": Account("@globex", ("@globex",)),
        }


def test_a_tweet_that_x_does_not_know_is_kept_as_such(store: Store) -> None:
    with store.writing() as connection:
        keep_looked_up(connection, Posts(()), ["2117270504862646273"], AS_OF)
        assert read_owners(connection, ["2117270504862646273"]) == {"2117270504862646273": NO_SUCH_TWEET}


def test_a_tweet_that_comes_after_all_has_its_owner(store: Store) -> None:
    with store.writing() as connection:
        keep_looked_up(connection, Posts(()), ["7"], AS_OF)
        keep_looked_up(connection, Posts((post(7, "2026-11-10", author="12"),), (ACME,)), [], AS_OF)
        assert read_owners(connection, ["7"]) == {"7": Account("@Acme", ("@acme",))}


def test_texts_are_not_kept_since_nobody_would_notice_when_the_tweet_is_deleted(store: Store) -> None:
    with store.writing() as connection:
        keep_looked_up(connection, Posts((post(7, "2026-11-10", "Hello", "12"),), (ACME,)), [], AS_OF)
    assert rows(store, POSTS, "tweet_id", "text") == [(7, "")]


def test_a_tweet_that_is_gone_keeps_its_owner_and_loses_its_text(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME], AS_OF)
        keep_posts(connection, [post(7, "2026-11-10", "Hello", "12")])
        keep_looked_up(connection, Posts(()), ["7"], AS_OF)
        assert read_owners(connection, ["7"]) == {"7": Account("@Acme", ("@acme",))}
    assert rows(store, POSTS, "tweet_id", "text", "gone") == [(7, None, int(AS_OF.timestamp()))]


def test_a_renamed_account_is_known_by_the_name_that_it_had_too(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [XUser("12", "@acme_old")], datetime(2026, 11, 9, tzinfo=UTC))
        keep_looked_up(connection, Posts((post(7, "2026-11-10", author="12"),), (ACME,)), [], AS_OF)
        assert read_owners(connection, ["7"]) == {"7": Account("@Acme", ("@acme", "@acme_old"))}


def test_a_tweet_of_a_timeline_needs_no_look_up(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME], AS_OF)
        keep_posts(connection, [post(7, "2026-11-10", author="12")])
        assert read_owners(connection, ["7"]) == {"7": Account("@Acme", ("@acme",))}


def test_an_owner_who_took_a_handle_that_means_another_account_is_not_meant_by_it(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [ACME], AS_OF)
        posts = (post(8, "2026-11-10", author="13"),)
        keep_looked_up(connection, Posts(posts, (XUser("13", "@ACME"),)), [], AS_OF)
        assert read_owners(connection, ["8"]) == {"8": Account("@ACME", ())}
