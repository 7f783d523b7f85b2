"""`reportgen store check`: one line for a sound store, and one for each kind of damage."""

from __future__ import annotations

from sqlalchemy import delete, update

from reportgen.outbox import Copy, Occasion, Parcel, Way
from reportgen.store.open import Store
from reportgen.store.outbox import add
from reportgen.store.schema import COVERAGE, LASTING_GAPS, RUNS, SCHEMA_VERSION
from reportgen.store.schema_of_delivery import OUTBOX
from tests.cli.conftest import ADDRESS
from tests.conftest import Command, Ended
from tests.store.filled import ACME, AS_OF, count, miss, run, take


def test_a_sound_store_says_what_it_holds(kept: Store, reportgen: Command) -> None:
    empty = (
        f"The store {ADDRESS} is sound: version {SCHEMA_VERSION}, 0 tweets, 0 counts, 0 snapshots and 0 lasting gaps.\n"
    )
    assert reportgen("store", "check") == Ended(0, empty, "")
    count(kept, "2026-11-09T22:00", 1, 2, 3, 4)
    take(kept, "2026-11-09", 7, tweet=5)
    miss(kept, "2026-11-09")
    full = (
        f"The store {ADDRESS} is sound: version {SCHEMA_VERSION}, 2 tweets, "
        "4 counts from 9 November 2026, 22:00 to 10 November 2026, 02:00 UTC, 1 snapshot and 1 lasting gap.\n"
    )
    assert reportgen("store", "check") == Ended(0, full, "")


def test_damage_is_a_line_a_kind_with_what_to_do(kept: Store, reportgen: Command) -> None:
    count(kept, "2026-11-09", 1, 2, 3)
    miss(kept, "2026-11-09")
    with kept.writing() as connection:
        connection.execute(delete(COVERAGE))
        connection.execute(update(LASTING_GAPS).values(reason="bored"))
    ended = reportgen("store", "check")
    cure = f"put a copy of it in its place, or reportgen store forget --tweet {ACME} and run again"
    assert ended == Ended(
        2,
        "",
        f"the store {ADDRESS} has lasting gaps with a reason that this reportgen does not know (1), such as "
        f"tweet {ACME}, all metrics, 9 November 2026, 00:00 UTC; {cure}\n"
        f"the store {ADDRESS} has counts outside of the coverage (3), such as "
        f"tweet {ACME}, impressions, 9 November 2026, 00:00 UTC; {cure}\n",
    )
    reportgen("store", "forget", "--tweet", str(ACME))
    assert reportgen("store", "check").code == 0


def test_damage_of_a_delivery_is_told_with_its_cure(kept: Store, reportgen: Command) -> None:
    with kept.writing() as connection:
        parcel = Parcel(Way.MAIL, "Acme", b"Hello", (Copy("ann@example.com", "<1>"),))
        add(connection, Occasion("weekly", None), [parcel], AS_OF)
        connection.execute(update(OUTBOX).values(next_attempt=None))
    found = (
        f"the store {ADDRESS} has deliveries that wait and that nobody would send (1), such as number 1 of the outbox; "
        "reportgen outbox cancel 1\n"
    )
    assert reportgen("store", "check") == Ended(2, "", found)
    assert reportgen("outbox", "cancel", "1").code == 0
    assert reportgen("store", "check").code == 0


def test_what_the_database_finds_broken_is_one_line(kept: Store, reportgen: Command) -> None:
    run(kept, "2026-11-09T12:00", "2026-11-09T12:00")
    with kept.writing() as connection:
        connection.execute(delete(RUNS))
    found = f"the store {ADDRESS} has broken places (1), such as row 1 of calls belongs to none of runs"
    assert reportgen("store", "check") == Ended(2, "", f"{found}; put a copy of it in its place\n")
