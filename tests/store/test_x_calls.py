"""The calls to the X API are counted by their kind, with the posts that they read."""

from __future__ import annotations

from datetime import date

from reportgen.ledger import Outcome, XCallCounts, XCallEntry, XCallKind
from reportgen.store.open import Store
from reportgen.store.schema import X_CALLS
from reportgen.store.x_calls import add_x_call, x_calls_since
from tests.store.filled import at, rows


def call(store: Store, when: str, kind: XCallKind, posts: int = 0, outcome: Outcome = Outcome.ANSWERED) -> None:
    with store.writing() as connection:
        add_x_call(connection, XCallEntry(at(when).timestamp(), kind, "@Acme", posts, outcome))


def test_the_calls_since_a_day_are_counted_a_row_a_kind(store: Store) -> None:
    call(store, "2026-10-31T23:59:59", "timeline", 100)
    call(store, "2026-11-01", "users")
    call(store, "2026-11-02", "timeline", 100)
    call(store, "2026-11-03", "timeline", 37)
    call(store, "2026-11-03", "timeline", 0, Outcome.TOO_MANY)
    assert x_calls_since(store, date(2026, 11, 1)) == (
        XCallCounts("timeline", calls=3, failed=1, posts=137),
        XCallCounts("users", calls=1, failed=0, posts=0),
    )


def test_no_call_is_no_row(store: Store) -> None:
    assert x_calls_since(store, date(2026, 11, 1)) == ()


def test_the_handle_that_signed_is_kept_in_small_letters(store: Store) -> None:
    call(store, "2026-11-01", "users")
    assert rows(store, X_CALLS, "handle") == [("@acme",)]
