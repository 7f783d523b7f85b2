"""`reportgen store forget`: what is forgotten, what was not known, and what is no tweet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reportgen.outbox import Copy, Occasion, Parcel, Way
from reportgen.store.open import Store
from reportgen.store.outbox import add, claim
from reportgen.store.schema import FACTS
from tests.conftest import Command, Ended
from tests.store.filled import ACME, AS_OF, GLOBEX, count, miss, rows, take

AGAIN = "A report that names a forgotten tweet asks for it again: take it out of the report files too.\n"


@pytest.fixture(autouse=True)
def full(kept: Store) -> None:
    for tweet in (ACME, GLOBEX):
        count(kept, "2026-11-09T22:00", 1, 2, 3, 4, tweet=tweet)
    take(kept, "2026-11-09", 7, tweet=ACME)
    miss(kept, "2026-11-09", tweet=GLOBEX)


def test_it_tells_what_is_forgotten_and_what_was_not_known(kept: Store, reportgen: Command) -> None:
    ended = reportgen("store", "forget", "--tweet", "5", "--handle", "ACME", "--handle", "@nobody")
    assert ended == Ended(
        0,
        f"Forgotten: 1 tweet, with 4 counts, 1 snapshot and 0 lasting gaps.\n{AGAIN}"
        "Nothing was known of tweet 5.\nNo tweet of @nobody was known.\n",
        "",
    )
    assert {tweet for (tweet,) in rows(kept, FACTS, "tweet_id")} == {GLOBEX}


def test_several_tweets_go_at_once(kept: Store, reportgen: Command) -> None:
    ended = reportgen("store", "forget", "--tweet", str(ACME), "--tweet", str(GLOBEX))
    assert ended.out == f"Forgotten: 2 tweets, with 8 counts, 1 snapshot and 1 lasting gap.\n{AGAIN}"
    assert rows(kept, FACTS, "tweet_id") == []


def test_it_tells_what_does_not_leave_any_more_and_what_may_yet(kept: Store, reportgen: Command) -> None:
    copies = tuple(Copy(f"{name}@example.com", f"<{name}>") for name in ("ann", "bob", "cleo"))
    with kept.writing() as connection:
        parcel = Parcel(Way.MAIL, "Acme", b"Hello", copies, frozenset({ACME}))
        add(connection, Occasion("weekly", None), [parcel], AS_OF)
        claim(connection, ["weekly"], AS_OF, "one", timedelta(minutes=5))
    assert reportgen("store", "forget", "--tweet", str(ACME)).out == (
        f"Forgotten: 1 tweet, with 4 counts, 1 snapshot and 0 lasting gaps.\n{AGAIN}"
        "Not sent, since it tells of them, and canceled: 2 and 3 of the outbox.\n"
        "Being sent, so not canceled: 1 of the outbox. Call again in a few minutes.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "say what to forget, with --tweet ID or --handle NAME"),
        (["--tweet", "12a"], "--tweet: '12a' is no id of a tweet; write it like 2117270504862646273"),
        (["--tweet", "0"], "--tweet: '0' is no id of a tweet; write it like 2117270504862646273"),
        (["--tweet", str(2**63)], f"--tweet: '{2**63}' is no id of a tweet; write it like 2117270504862646273"),
        (
            ["--tweet", str(ACME), "--handle", "not-one"],
            "--handle: 'not-one' is no handle; it has up to 15 letters, digits and underscores",
        ),
    ],
)
def test_what_is_no_tweet_and_no_handle_is_one_line(
    arguments: list[str], problem: str, kept: Store, reportgen: Command
) -> None:
    assert reportgen("store", "forget", *arguments) == Ended(2, "", f"{problem}\n")
    assert len(rows(kept, FACTS, "tweet_id")) == 4
