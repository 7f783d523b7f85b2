"""Keeps a lease while its holder works, for as long as that takes: a run may wait for hours at the API's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def heartbeat(renew: Callable[[], bool], every: float) -> Iterator[None]:
    """Call `renew`, in a thread, every so many seconds until the block ends, or until `renew` says that it was lost.

    Whatever fails, it is tried again at the next beat: who holds the lease then is asked when the work is done.
    """
    over = Event()

    def beat() -> None:
        while not over.wait(every):
            try:
                if not renew():
                    return
            except Exception:  # noqa: BLE001, S112  a lease that nobody renews any more would let others begin too
                continue

    thread = Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
