"""The outbox: each copy is put in once, taken by one sender at a time, and settled by the one that has it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from reportgen.outbox import LOST, Copy, Delivery, Later, Occasion, Parcel, Refused, Sent, State, Way
from reportgen.store.open import Store
from reportgen.store.outbox import Claimed, add, claim, deliveries, has_lease, listing, next_due, settle, take_back
from reportgen.store.schema_of_delivery import OUTBOX, PARCELS
from tests.store.filled import at, rows

NOW = at("2026-11-16T08:00")
LEASE = timedelta(minutes=5)
RETRY_FOR = timedelta(hours=24)
OCCASION = Occasion("acme-weekly", NOW)
REPORTS = ("acme-daily", "acme-weekly")


def copies(*names: str) -> tuple[Copy, ...]:
    return tuple(Copy(f"{name}@example.com", f"<{name}@acme.example>") for name in names)


def mail(*names: str, content: bytes = b"Hello", tweets: frozenset[int] | None = frozenset()) -> Parcel:
    return Parcel(Way.MAIL, "Acme on X, weekly", content, copies(*names), tweets)


def put(store: Store, *parcels: Parcel, now: datetime = NOW, state: State = State.WAITING) -> tuple[Copy, ...]:
    with store.writing() as connection:
        return add(connection, OCCASION, parcels, now, state)


def take(store: Store, holder: str = "one", now: datetime = NOW) -> Claimed | None:
    with store.writing() as connection:
        take_back(connection, REPORTS, now, LEASE, RETRY_FOR, lambda: 0)
        return claim(connection, REPORTS, now, holder, LEASE)


def took(store: Store, holder: str = "one", now: datetime = NOW) -> Claimed:
    claimed = take(store, holder, now)
    assert claimed
    return claimed


def end(
    store: Store,
    claimed: Claimed,
    verdict: Sent | Later | Refused,
    holder: str = "one",
    now: datetime = NOW,
    chance: float = 0,
) -> Delivery | None:
    with store.writing() as connection:
        return settle(connection, claimed, holder, verdict, now, RETRY_FOR, chance)


def listed(store: Store) -> tuple[Delivery, ...]:
    with store.reading() as connection:
        return listing(connection)


def contents(store: Store) -> list[bytes]:
    return [content for (content,) in rows(store, PARCELS, "content")]


def test_copies_are_put_in_once_and_share_their_content(store: Store) -> None:
    assert put(store, mail("ann", "bob")) == copies("ann", "bob")
    assert put(store, mail("bob", "cleo")) == copies("cleo")
    assert put(store, mail("ann", "bob")) == ()
    assert rows(store, OUTBOX, "id", "recipient", "parcel", "state") == [
        (1, "ann@example.com", 1, "waiting"),
        (2, "bob@example.com", 1, "waiting"),
        (3, "cleo@example.com", 2, "waiting"),
    ]
    assert contents(store) == [b"Hello", b"Hello"]


def test_what_is_taken_is_whole_and_nobody_else_gets_it(store: Store) -> None:
    put(store, mail("ann", content=b"Dear Ann\x00\xff"))
    claimed = took(store)
    assert claimed == Claimed(
        Delivery(
            id=1,
            occasion=OCCASION,
            way=Way.MAIL,
            recipient="ann@example.com",
            message_id="<ann@acme.example>",
            about="Acme on X, weekly",
            state=State.SENDING,
            attempts=1,
            created=NOW,
            next_attempt=None,
            lease_until=NOW + LEASE,
            ended=None,
            said=None,
        ),
        b"Dear Ann\x00\xff",
    )
    assert take(store, "two") is None
    with store.reading() as connection:
        assert deliveries(connection, [1, 7]) == (claimed.delivery,)


def test_what_waits_longest_is_taken_first(store: Store) -> None:
    put(store, mail("late"), now=NOW + timedelta(minutes=2))
    put(store, mail("early"), now=NOW + timedelta(minutes=1))
    assert take(store) is None
    order = [took(store, now=NOW + timedelta(minutes=2)).delivery.recipient for _ in range(2)]
    assert order == ["early@example.com", "late@example.com"]


def test_of_reports_that_the_taker_does_not_have_nothing_is_taken(store: Store) -> None:
    put(store, mail("ann"))
    others = ["acme-daily", "globex"]
    with store.writing() as connection:
        assert claim(connection, others, NOW, "one", LEASE) is None
        assert claim(connection, [], NOW, "one", LEASE) is None
        assert next_due(connection, others) is None
    claimed = took(store)
    with store.writing() as connection:
        assert take_back(connection, others, NOW + LEASE, LEASE, RETRY_FOR, lambda: 0) == ()
    assert listed(store) == (claimed.delivery,)


def test_a_lease_that_expired_is_taken_by_somebody_else_and_the_first_holder_can_put_off_nothing(store: Store) -> None:
    put(store, mail("ann"))
    first, later = took(store), NOW + LEASE
    assert take(store, "two", later - timedelta(seconds=1)) is None
    second = took(store, "two", later)
    assert second.delivery.attempts == 2
    assert end(store, first, Later("450 Greylisted"), now=later) is None
    assert end(store, first, Refused("550 No"), now=later) is None
    assert listed(store) == (second.delivery,)
    sent = end(store, second, Sent("250 OK"), "two", later)
    assert sent
    assert (sent.state, sent.said, sent.ended) == (State.SENT, "250 OK", later)
    assert end(store, second, Refused("550 No"), "two", later) is None


@pytest.mark.parametrize("verdict", [Sent("250 OK, again"), Later("450 Greylisted"), Refused("550 No")])
def test_what_was_sent_is_sent_whoever_has_it_by_now(store: Store, verdict: Sent | Later | Refused) -> None:
    put(store, mail("ann"))
    first, later = took(store), NOW + LEASE
    second = took(store, "two", later)
    sent = end(store, first, Sent("250 OK"), now=later)
    assert sent
    assert (sent.state, sent.said, sent.attempts, sent.lease_until) == (State.SENT, "250 OK", 2, None)
    with store.reading() as connection:
        assert not has_lease(connection, second, "two", later)
    assert end(store, second, verdict, "two", later) is None
    assert listed(store) == (sent,)
    assert contents(store) == []


def test_what_was_sent_is_sent_though_it_counted_as_failed_by_then(store: Store) -> None:
    put(store, mail("ann"))
    first = took(store)
    end(store, took(store, "two", NOW + LEASE), Refused("550 No"), "two", NOW + LEASE)
    sent = end(store, first, Sent("250 OK"), now=NOW + 2 * LEASE)
    assert sent
    assert (sent.state, sent.ended) == (State.SENT, NOW + 2 * LEASE)


def test_a_lease_that_expired_again_is_taken_later_and_later_and_fails_in_the_end(store: Store) -> None:
    put(store, mail("ann"))
    took(store)
    second = took(store, now=NOW + LEASE).delivery
    lost = [taken_back(store, NOW + LEASE), taken_back(store, NOW + 2 * LEASE)]
    assert lost[0] == ()
    ((again,),) = lost[1:]
    assert (again.state, again.attempts, again.said) == (State.WAITING, second.attempts, LOST)
    assert again.next_attempt == NOW + 3 * LEASE
    assert take(store, now=NOW + 2 * LEASE) is None
    took(store, now=again.next_attempt)
    over = NOW + RETRY_FOR
    (left,) = taken_back(store, over)
    assert (left.state, left.next_attempt) == (State.WAITING, over)
    took(store, now=over)
    (failed,) = taken_back(store, over + LEASE)
    assert (failed.state, failed.said, failed.ended) == (State.FAILED, LOST, over + LEASE)
    assert contents(store) == [b"Hello"]


def taken_back(store: Store, now: datetime) -> tuple[Delivery, ...]:
    with store.writing() as connection:
        return take_back(connection, REPORTS, now, LEASE, RETRY_FOR, lambda: 0)


def test_a_holder_that_took_it_again_settles_its_last_attempt_only(store: Store) -> None:
    put(store, mail("ann"))
    first = took(store)
    second = took(store, now=NOW + LEASE)
    assert end(store, first, Refused("550 No"), now=NOW + LEASE) is None
    assert end(store, second, Sent("250 OK"), now=NOW + LEASE)


def test_a_lease_that_expired_can_be_settled_as_long_as_nobody_took_it(store: Store) -> None:
    put(store, mail("ann"))
    claimed = took(store)
    sent = end(store, claimed, Sent("250 OK"), now=NOW + 2 * LEASE)
    assert sent
    assert sent.state is State.SENT


def test_the_lease_is_the_holders_until_it_expires(store: Store) -> None:
    put(store, mail("ann"))
    claimed = took(store)
    with store.reading() as connection:
        assert has_lease(connection, claimed, "one", NOW + LEASE - timedelta(seconds=1))
        assert not has_lease(connection, claimed, "one", NOW + LEASE)
        assert not has_lease(connection, claimed, "two", NOW)


def test_what_is_put_off_is_taken_at_its_next_attempt(store: Store) -> None:
    put(store, mail("ann"))
    waiting = end(store, took(store), Later("450 Try later"))
    assert waiting
    assert (waiting.state, waiting.next_attempt) == (State.WAITING, NOW + timedelta(minutes=1))
    with store.reading() as connection:
        assert next_due(connection, REPORTS) == NOW + timedelta(minutes=1)
    assert take(store, now=NOW + timedelta(seconds=59)) is None
    assert took(store, now=NOW + timedelta(minutes=1)).delivery.attempts == 2


def test_what_was_refused_stays_with_its_content(store: Store) -> None:
    put(store, mail("ann"))
    failed = end(store, took(store), Refused("550 No such user"))
    assert failed
    assert (failed.state, failed.said, failed.ended) == (State.FAILED, "550 No such user", NOW)
    assert contents(store) == [b"Hello"]
    with store.reading() as connection:
        assert next_due(connection, REPORTS) is None


def test_the_content_goes_with_the_last_of_its_copies(store: Store) -> None:
    put(store, mail("ann", "bob"))
    end(store, took(store), Sent("250 OK"))
    assert contents(store) == [b"Hello"]
    end(store, took(store), Sent("250 OK"))
    assert contents(store) == []
    assert rows(store, OUTBOX, "parcel", "state") == [(None, "sent"), (None, "sent")]


def test_what_is_held_is_taken_by_nobody(store: Store) -> None:
    put(store, mail("ann"), state=State.HELD)
    assert take(store, now=NOW + timedelta(days=1)) is None


def test_the_time_for_attempts_counts_from_when_it_was_put_in(store: Store) -> None:
    put(store, mail("ann"))
    over = NOW + RETRY_FOR
    failed = end(store, took(store, now=over), Later("450 Try later"), now=over)
    assert failed
    assert (failed.state, failed.said) == (State.FAILED, "450 Try later")


def test_what_was_sent_or_canceled_long_ago_is_listed_only_when_asked_for(store: Store) -> None:
    put(store, mail("ann"))
    end(store, took(store), Sent("250 OK"))
    put(store, mail("bob"), now=NOW + timedelta(hours=1))
    with store.reading() as connection:
        assert [one.id for one in listing(connection)] == [2, 1]
        assert [one.id for one in listing(connection, NOW)] == [2, 1]
        assert [one.id for one in listing(connection, NOW + timedelta(seconds=1))] == [2]
        assert [one.id for one in listing(connection, states=[State.SENT])] == [1]


@pytest.mark.parametrize("fails", [False, True])
def test_it_joins_the_transaction_of_its_caller(store: Store, fails: bool) -> None:
    def work() -> None:
        with store.writing() as connection:
            add(connection, OCCASION, [mail("ann")], NOW)
            if fails:
                raise RuntimeError

    if fails:
        with pytest.raises(RuntimeError):
            work()
    else:
        work()
    assert len(rows(store, OUTBOX, "id")) == len(contents(store)) == (0 if fails else 1)
