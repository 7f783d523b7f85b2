"""A handle counts once a month, however often it is asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from reportgen.store.handles import count_handles, handles_asked
from reportgen.store.open import Store
from reportgen.store.schema import HANDLES_ASKED

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MONDAY, TUESDAY = datetime(2026, 11, 16, 12, tzinfo=UTC), datetime(2026, 11, 17, 12, tzinfo=UTC)


def test_nothing_was_asked_at_first(store: Store) -> None:
    assert handles_asked(store, NOVEMBER) == frozenset()


def test_a_handle_counts_once_a_month_whatever_its_capitals(store: Store) -> None:
    count_handles(store, ["@acme", "@Acme_Help"], NOVEMBER, MONDAY)
    count_handles(store, ["@ACME", "@globex"], NOVEMBER, TUESDAY)
    count_handles(store, ["@globex"], NOVEMBER, TUESDAY)
    with store.reading() as connection:
        assert sorted(connection.execute(select(HANDLES_ASKED)).all()) == [
            (NOVEMBER, "@acme", MONDAY),
            (NOVEMBER, "@acme_help", MONDAY),
            (NOVEMBER, "@globex", TUESDAY),
        ]


def test_each_month_begins_anew(store: Store) -> None:
    count_handles(store, ["@acme"], OCTOBER, MONDAY)
    count_handles(store, ["@globex"], NOVEMBER, MONDAY)
    assert handles_asked(store, OCTOBER) == {"@acme"}
    assert handles_asked(store, NOVEMBER) == {"@globex"}


def test_to_count_none_is_nothing(store: Store) -> None:
    count_handles(store, [], NOVEMBER, MONDAY)
    assert handles_asked(store, NOVEMBER) == frozenset()
