"""A handle counts once a month, however often it is asked about, and no more count than the contract allows."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest

from reportgen.errors import InputError, StoreError
from reportgen.quota import ContractMonth, HandleCount, HandlesWanted
from reportgen.store.handles import admit_handles, handles_asked
from reportgen.store.open import Store, open_store

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def admit(
    store: Store, *handles: str, limit: int | None = None, month: date = NOVEMBER, over_limit: bool = False
) -> HandleCount:
    wanted = HandlesWanted(frozenset(handles))
    return admit_handles(store, wanted, ContractMonth(month, limit), over_limit=over_limit)


def test_nothing_was_asked_at_first(store: Store) -> None:
    assert handles_asked(store, NOVEMBER) == frozenset()


def test_a_handle_counts_once_a_month(store: Store) -> None:
    admit(store, "@acme", "@acme_help")
    admit(store, "@acme", "@globex")
    admit(store, "@globex")
    admit(store)
    assert handles_asked(store, NOVEMBER) == {"@acme", "@acme_help", "@globex"}


def test_each_month_begins_anew(store: Store) -> None:
    admit(store, "@acme", month=OCTOBER, limit=1)
    admit(store, "@globex", month=NOVEMBER, limit=1)
    assert handles_asked(store, OCTOBER) == {"@acme"}
    assert handles_asked(store, NOVEMBER) == {"@globex"}


def test_what_a_run_adds_is_told(store: Store) -> None:
    admit(store, "@acme")
    count = admit(store, "@acme", "@globex", limit=50)
    assert count == HandleCount(
        ContractMonth(NOVEMBER, 50), frozenset({"@acme"}), HandlesWanted(frozenset({"@acme", "@globex"}))
    )


def test_a_run_over_the_limit_is_refused_and_none_of_its_handles_counts(store: Store) -> None:
    admit(store, "@acme", limit=2)
    with pytest.raises(InputError) as raised:
        admit(store, "@acme", "@globex", "@initech", limit=2)
    assert str(raised.value) == (
        "this run would ask about 2 new handles (@globex and @initech), and that makes 3 handles asked about "
        "since 1 November 2026; the contract has 2 (handles_per_month): 1 over; "
        "ask about fewer, or go on with --over-handle-limit"
    )
    assert handles_asked(store, NOVEMBER) == {"@acme"}


def test_a_run_that_may_go_over_the_limit_is_counted(store: Store) -> None:
    admit(store, "@acme", limit=1)
    assert admit(store, "@globex", limit=1, over_limit=True).after == 2
    assert handles_asked(store, NOVEMBER) == {"@acme", "@globex"}


def test_handles_are_not_checked_while_another_process_counts_its_own(address: str, impatient: None) -> None:
    with open_store(address) as store, open_store(address) as other:
        admit(store, "@acme")
        with other.writing(), pytest.raises(StoreError, match="has been in use by another process"):
            admit(store, "@globex", limit=1)


def test_of_runs_that_begin_together_no_more_pass_than_the_contract_allows(address: str) -> None:
    open_store(address).close()
    start = Barrier(6)
    refused: list[str] = []

    def begin(handle: str) -> None:
        with open_store(address) as store:
            start.wait()
            try:
                admit(store, handle, limit=2)
            except InputError:
                refused.append(handle)

    threads = [Thread(target=begin, args=(f"@acme{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(address) as store:
        asked = handles_asked(store, NOVEMBER)
    assert (len(asked), len(refused)) == (2, 4)
    assert asked.isdisjoint(refused)
