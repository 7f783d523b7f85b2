"""Whatever the senders do, in whatever order, and however their clocks are set: nothing is lost, sent behind somebody's
back, or left to nobody; and what was sent is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from reportgen.errors import InputError
from reportgen.outbox import Copy, Delivery, Later, Occasion, Parcel, Refused, Sent, State, Verdict, Way
from reportgen.store.delivery_faults import faults_of_deliveries
from reportgen.store.open import Store, open_store
from reportgen.store.outbox import Claimed, add, cancel, claim, has_lease, listing, retry, settle, take_back
from reportgen.store.schema_of_delivery import OUTBOX, PARCELS
from tests.conftest import new_address
from tests.store.filled import at

START: Final = at("2026-11-16T08:00")
LEASE: Final = timedelta(minutes=5)
RETRY_FOR: Final = timedelta(hours=3)
CLOCKS: Final = {"one": timedelta(), "two": timedelta(minutes=3), "three": -timedelta(minutes=4)}
"""The holders, and how far each clock is off."""
NAMES: Final = ("ann", "bob")
REPORTS: Final = ("weekly", "daily")
VERDICTS: Final = st.one_of(
    st.just(Sent("250 OK")),
    st.just(Refused("550 No")),
    st.just(Later("450 Busy")),
    st.integers(-10, 400).map(lambda minutes: Later("429 Slowly", START + timedelta(minutes=minutes))),
)
HOLDERS: Final = st.sampled_from(sorted(CLOCKS))


@dataclass
class Expected:
    """What a delivery is to look like, in the simplest words."""

    report: str
    parcel: int
    since: datetime
    state: State = State.WAITING
    attempts: int = 0
    free_at: datetime | None = None
    """When somebody may take it."""
    holder: str | None = None


class Outbox(RuleBasedStateMachine):
    """Senders, and people, at one outbox; beside it, a model."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.expected: dict[str, Expected] = {}
        self.claims: list[tuple[str, Claimed]] = []
        self.settled: set[tuple[int, int]] = set()
        self.parcels = 0

    @initialize()
    def empty(self) -> None:
        with self.store.writing() as connection:
            connection.execute(delete(OUTBOX))
            connection.execute(delete(PARCELS))

    @rule(seconds=st.sampled_from([1, 60, 299, 300, 301, 3600, 4 * 3600]))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: len(self.expected) < len(NAMES) * len(REPORTS))
    @rule(
        report=st.sampled_from(REPORTS),
        names=st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
        state=st.sampled_from([State.WAITING, State.WAITING, State.HELD]),
        holder=HOLDERS,
    )
    def put_in(self, report: str, names: list[str], state: State, holder: str) -> None:
        now = self.now + CLOCKS[holder]
        copies = tuple(Copy(name, f"<{report}-{name}>") for name in names)
        self.parcels += 1
        with self.store.writing() as connection:
            parcel = Parcel(Way.MAIL, report, str(self.parcels).encode(), copies, frozenset())
            new = add(connection, Occasion(report, START), [parcel], now, state)
        assert new == tuple(copy for copy in copies if copy.message_id not in self.expected)
        for copy in new:
            free_at = now if state is State.WAITING else None
            self.expected[copy.message_id] = Expected(report, self.parcels, now, state, free_at=free_at)

    @rule(holder=HOLDERS, reports=st.sampled_from([REPORTS, REPORTS[:1]]), chance=st.floats(0, 1))
    def somebody_takes_one(self, holder: str, reports: Sequence[str], chance: float) -> None:
        now = self.now + CLOCKS[holder]
        with self.store.writing() as connection:
            lost = take_back(connection, reports, now, LEASE, RETRY_FOR, lambda: chance)
            claimed = claim(connection, reports, now, holder, LEASE)
        theirs = {key: one for key, one in self.expected.items() if one.report in reports}
        self._expect_lost(theirs, {one.message_id: one for one in lost}, now)
        free = {key: one for key, one in theirs.items() if one.free_at is not None and one.free_at <= now}
        if claimed is None:
            assert not free
            return
        one = free[claimed.delivery.message_id]
        assert one.free_at == min(other.free_at for other in free.values() if other.free_at)
        assert claimed.content == str(one.parcel).encode()
        one.state, one.attempts, one.holder, one.free_at = State.SENDING, one.attempts + 1, holder, now + LEASE
        assert claimed.delivery.attempts == one.attempts
        self.claims.append((holder, claimed))

    def _expect_lost(self, theirs: Mapping[str, Expected], lost: Mapping[str, Delivery], now: datetime) -> None:
        for key, one in theirs.items():
            if one.state is not State.SENDING or one.free_at is None or now < one.free_at:
                assert key not in lost
            elif one.free_at >= one.since + RETRY_FOR:
                one.state, one.holder, one.free_at = State.FAILED, None, None
            else:
                again = lost[key].next_attempt
                assert again
                assert min(now + (one.attempts > 1) * 0.75 * LEASE, one.since + RETRY_FOR) <= again
                assert again <= now + timedelta(hours=1)
                one.state, one.holder, one.free_at = State.WAITING, None, again

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), verdict=VERDICTS, chance=st.floats(0, 1))
    def somebody_settles_one(self, data: st.DataObject, verdict: Verdict, chance: float) -> None:
        # The newest claims more often than others; those that were settled or lost long ago as well.
        holder, claimed = self.claims[-data.draw(st.integers(1, len(self.claims)))]
        now = self.now + CLOCKS[holder]
        one = self.expected[claimed.delivery.message_id]
        has_it = (one.state, one.holder, one.attempts) == (State.SENDING, holder, claimed.delivery.attempts)
        counts = one.state is not State.SENT if isinstance(verdict, Sent) else has_it
        with self.store.writing() as connection:
            may_go = has_lease(connection, claimed, holder, now)
            delivery = settle(connection, claimed, holder, verdict, now, RETRY_FOR, chance)
        assert may_go == (has_it and one.free_at is not None and now < one.free_at)
        assert (delivery is not None) == counts
        if delivery is None:
            return
        attempt = (delivery.id, claimed.delivery.attempts)
        assert attempt not in self.settled or isinstance(verdict, Sent)
        self.settled.add(attempt)
        self._expect(one, delivery, verdict, now)

    def _expect(self, one: Expected, delivery: Delivery, verdict: Verdict, now: datetime) -> None:
        until = one.since + RETRY_FOR
        one.holder, one.free_at, one.state = None, None, State.SENT if isinstance(verdict, Sent) else State.FAILED
        if isinstance(verdict, Later) and now < until and (verdict.not_before or now) <= until:
            one.state, one.free_at = State.WAITING, delivery.next_attempt
            assert delivery.next_attempt
            assert now < delivery.next_attempt <= until
            assert verdict.not_before is None or verdict.not_before <= delivery.next_attempt
        assert delivery.state is one.state

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), send=st.booleans(), holder=HOLDERS)
    def somebody_takes_matters_into_their_hands(self, data: st.DataObject, send: bool, holder: str) -> None:
        now = self.now + CLOCKS[holder]
        chosen = data.draw(st.lists(st.sampled_from(sorted(self.expected)), min_size=1, max_size=3, unique=True))
        ones = [self.expected[key] for key in chosen]
        can = all(
            one.state in (State.WAITING, State.FAILED, State.HELD)
            or (one.state is State.SENDING and one.free_at is not None and one.free_at <= now)
            for one in ones
        )
        numbers = self._numbers()
        try:
            with self.store.writing() as connection:
                (retry if send else cancel)(connection, [numbers[key] for key in chosen], now)
        except InputError:
            assert not can
            return
        assert can
        for one in ones:
            one.state, one.holder = State.WAITING if send else State.CANCELED, None
            one.free_at = now if send else None
            one.since = now if send else one.since

    @invariant()
    def all_is_as_expected(self) -> None:
        with self.store.reading() as connection:
            found = {one.message_id: (one.state, one.attempts) for one in listing(connection)}
            contents = {
                int(content) for (content,) in connection.execute(PARCELS.select().with_only_columns(PARCELS.c.content))
            }
            assert list(faults_of_deliveries(connection)) == []
        assert found == {key: (one.state, one.attempts) for key, one in self.expected.items()}
        needed = {one.parcel for one in self.expected.values() if one.state not in (State.SENT, State.CANCELED)}
        assert contents == needed

    def teardown(self) -> None:
        """Long after the last of them was killed, one sender sends all that waits, and all that was left before its
        time was over; what was left at its last attempt has failed, and people hear of it.
        """
        now = self.now + timedelta(days=1)
        waiting = {key for key, one in self.expected.items() if one.state is State.WAITING}
        with self.store.writing() as connection:
            lost = take_back(connection, REPORTS, now, LEASE, RETRY_FOR, lambda: 0)
            left = {key: one for key, one in self.expected.items() if one.state is State.SENDING and one.free_at}
            in_time = {key for key, one in left.items() if one.free_at and one.free_at < one.since + RETRY_FOR}
            assert {(one.message_id, one.state) for one in lost} == {
                (key, State.WAITING if key in in_time else State.FAILED) for key in left
            }
            waiting |= in_time
            while claimed := claim(connection, REPORTS, now, "last", LEASE):
                assert settle(connection, claimed, "last", Sent("250 OK"), now, RETRY_FOR, 0)
                waiting.remove(claimed.delivery.message_id)
        assert waiting == set()

    def _numbers(self) -> dict[str, int]:
        with self.store.reading() as connection:
            return {one.message_id: one.id for one in listing(connection)}


@pytest.mark.parametrize(("kind", "examples", "steps"), [("memory", 50, 40), ("postgresql", 10, 20)])
def test_no_interleaving_loses_a_delivery_or_settles_an_attempt_twice(
    kind: str, examples: int, steps: int, request: pytest.FixtureRequest
) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    with open_store(new_address(kind, request)) as opened:

        class OnStore(Outbox):
            store = opened

        run_state_machine_as_test(
            OnStore, settings=settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=quiet)
        )
