"""What it costs to write a call into the ledger, each in a transaction of its own, on SQLite."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from reportgen.api.verdicts import TooMany
from reportgen.catalog import TOTALS
from reportgen.credentials import Credentials
from reportgen.errors import Exit
from reportgen.ledger import CallEntry, Outcome
from reportgen.planned import plan_run
from reportgen.request import Grain, Request, Signer
from reportgen.settings import Settings
from reportgen.store.known import look_into
from reportgen.store.open import open_store
from reportgen.store.record import recorded_run

CALLS = 5000


def main() -> None:
    request = Request(TOTALS, Signer("@acme"), tuple(map(str, range(1, 251))), ("favorites",), Grain.TOTAL)
    entry = CallEntry(request, (), time.time(), 0.1, Outcome.REFUSED, 403, "Forbidden to access tweets: …")
    took: list[float] = []
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.db") as store:
        now = datetime.now(UTC)
        planned = plan_run([], Settings(), Credentials(), now, look_into(store))
        with recorded_run(store, time.time, planned) as record:
            for _ in range(CALLS):
                before = perf_counter()
                record.received(entry, TooMany())
                took.append(1000 * (perf_counter() - before))
            record.end(Exit.DONE)
        if record.trouble:
            raise record.trouble
    print(
        f"{CALLS:,} calls: {median(took):.2f} ms each in the middle, {quantiles(took, n=100)[-1]:.2f} ms for 99 of 100"
    )


if __name__ == "__main__":
    main()
