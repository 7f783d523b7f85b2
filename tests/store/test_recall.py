"""What is to leave and tells of a tweet that is forgotten is canceled, and its content deleted."""

from __future__ import annotations

from pathlib import Path

from reportgen.outbox import Copy, Delivery, Occasion, Parcel, Refused, Sent, State, Way
from reportgen.store.forget import forget
from reportgen.store.open import Store, open_store
from reportgen.store.outbox import add
from reportgen.store.recall import Recalled
from tests.store.filled import ACME, AS_OF, GLOBEX, count
from tests.store.test_outbox import LEASE, NOW, contents, end, listed, mail, put, took

ONE, OTHER, BOTH = frozenset({ACME}), frozenset({GLOBEX}), frozenset({ACME, GLOBEX})


def states(store: Store) -> dict[str, tuple[State, str | None]]:
    return {one.recipient.removesuffix("@example.com"): (one.state, one.said) for one in listed(store)}


def forgetting(store: Store, *tweets: int, handles: tuple[str, ...] = ()) -> Recalled:
    return forget(store, tweets, handles, NOW).recalled


def test_what_tells_of_a_forgotten_tweet_is_canceled_and_nothing_else(store: Store) -> None:
    put(store, mail("failed", tweets=BOTH))
    end(store, took(store), Refused("550 No"))
    put(store, mail("sent", "waiting", content=b"shared", tweets=ONE))
    end(store, took(store), Sent("250 OK"))
    put(store, mail("held", tweets=ONE), state=State.HELD)
    put(store, mail("other", content=b"other", tweets=OTHER))
    assert forgetting(store, ACME) == Recalled((1, 3, 4), ())
    told = "it told of a tweet that was forgotten"
    assert states(store) == {
        "failed": (State.CANCELED, told),
        "sent": (State.SENT, "250 OK"),
        "waiting": (State.CANCELED, told),
        "held": (State.CANCELED, told),
        "other": (State.WAITING, None),
    }
    assert contents(store) == [b"other"]


def test_the_tweets_of_a_forgotten_handle_count_too(store: Store) -> None:
    count(store, "2026-11-09", 1)
    put(store, mail("ann", tweets=BOTH))
    assert forgetting(store, handles=("@acme",)) == Recalled((1,), ())


def test_of_what_nobody_knows_what_it_tells_it_may_be_the_tweet(store: Store) -> None:
    put(store, mail("ann", tweets=None))
    assert forgetting(store, handles=("@nobody",)) == Recalled((), ())
    assert forgetting(store, ACME) == Recalled((1,), ())


def test_an_alert_tells_of_no_tweet(store: Store) -> None:
    alert = Parcel(Way.ALERT, "It failed", b"Hello", (Copy("ann@example.com", "<1>"),))
    with store.writing() as connection:
        add(connection, Occasion("acme-weekly", NOW), [alert], NOW)
    assert forgetting(store, ACME) == Recalled((), ())


def test_what_is_being_sent_is_left_to_its_sender_as_long_as_it_has_it(store: Store) -> None:
    put(store, mail("ann", tweets=ONE))
    claimed = took(store)
    assert forgetting(store, ACME) == Recalled((), (1,))
    assert forget(store, [ACME], [], NOW + LEASE).recalled == Recalled((1,), ())
    delivery: Delivery | None = end(store, claimed, Sent("250 OK"), now=NOW + LEASE)
    # It has left: to say that it was canceled would be wrong.
    assert delivery
    assert (delivery.state, delivery.said) == (State.SENT, "250 OK")


def test_on_sqlite_nothing_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with open_store(f"sqlite:///{file}") as store:
        put(store, mail("ann", content=b"The text of a tweet", tweets=ONE))
        assert any(b"The text of a tweet" in path.read_bytes() for path in tmp_path.iterdir())
        forget(store, [ACME], [], AS_OF)
        store.tidy()
        assert not any(b"The text of a tweet" in path.read_bytes() for path in tmp_path.iterdir())
