"""The slots of all processes that share a store lie apart."""

from __future__ import annotations

import multiprocessing
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from reportgen.slots import Slots
from reportgen.store.open import Store, open_store
from reportgen.store.slots import StoreSlots


def test_slots_lie_apart_and_never_before_now(store: Store) -> None:
    slots: Slots = StoreSlots(store, "app")
    assert [slots.reserve(now, 0.5) for now in (1000.0, 1000.0, 1000.1, 1007.25)] == [1000.0, 1000.5, 1001.0, 1007.25]


def test_each_app_has_its_own(store: Store) -> None:
    assert [StoreSlots(store, app).reserve(1000.0, 0.5) for app in ("a", "b", "a")] == [1000.0, 1000.0, 1000.5]


def test_a_clock_that_was_set_back_is_believed(store: Store) -> None:
    slots = StoreSlots(store, "app")
    assert [slots.reserve(now, 0.5) for now in (10_000.0, 1000.0, 1000.0)] == [10_000.0, 1000.0, 1000.5]


def test_where_the_store_fails_in_the_middle_of_a_run_the_pace_is_kept_alone_and_it_is_said(
    address: str, impatient: None
) -> None:
    with open_store(address) as store, open_store(address) as other:
        slots = StoreSlots(store, "app")
        assert slots.reserve(1000.0, 0.5) == 1000.0
        with other.writing():
            assert [slots.reserve(1000.0, 0.5) for _ in range(2)] == [1000.5, 1001.0]
        assert "has been in use by another process" in str(slots.trouble)


def reserve_slots(address: str, start: Barrier, reserved: Queue[list[float]]) -> None:
    """Open the store at the same moment as the other process, and take half of the slots."""
    start.wait()
    with open_store(address) as store:
        slots = StoreSlots(store, "app")
        reserved.put([slots.reserve(1000.0, 0.5) for _ in range(100)])


def test_two_processes_that_make_the_store_together_take_no_slot_twice(address: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, reserved = spawn.Barrier(2), spawn.Queue()
    processes = [spawn.Process(target=reserve_slots, args=(address, start, reserved)) for _ in range(2)]
    for process in processes:
        process.start()
    taken = sorted(slot for _ in processes for slot in reserved.get(timeout=60))
    for process in processes:
        process.join()
    reserved.close()
    assert taken == [1000 + 0.5 * n for n in range(200)]
    assert [process.exitcode for process in processes] == [0, 0]
