"""A limit of 120 calls a minute, for minutes: how much of it is used, and whether anybody is told 429.

By one process, by two that share a store, and by two that know nothing of each other. Takes seven minutes.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from random import random
from tempfile import TemporaryDirectory

from unwatched import Unwatched

from reportgen.api.answers import read_reply
from reportgen.api.engagement import EngagementClient
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Verdict
from reportgen.catalog import TOTALS
from reportgen.fetch.calls import Calls
from reportgen.fetch.fetch import fetch
from reportgen.fetch.line import Threads
from reportgen.fetch.pace import Pace
from reportgen.fetch.patience import Patience
from reportgen.fetch.record import Unrecorded
from reportgen.request import Grain, Request, Signer
from reportgen.settings import load_settings
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World
from reportgen.store.open import open_store
from reportgen.store.slots import StoreSlots

LIMIT = 120
CALLS = 250
AT_ONCE = 16


def make_calls(environment: dict[str, str], store: str, tweet_ids: list[str]) -> None:
    """Ask for the tweets one by one, in a process of its own. Raises AssertionError where a call brought nothing."""
    now = datetime.now(UTC)

    def read(request: Request, reply: Reply) -> Verdict:
        return read_reply(request, reply, now)

    settings, credentials = load_settings(Path("nowhere"), environment)
    client = EngagementClient(settings, credentials)
    requests = [Request(TOTALS, Signer(None), (tweet_id,), ("favorites",), Grain.TOTAL) for tweet_id in tweet_ids]
    with open_store(store) as opened, Threads(client.send, AT_ONCE, time.time) as line:
        pace = Pace(LIMIT, StoreSlots(opened, credentials.app), random)
        calls = Calls(requests, read, pace, AT_ONCE, random, Patience(tries=10), Unrecorded())
        fetch(calls, line, Unwatched())
    answers = [answer for parts in calls.answers.values() for answer in parts]
    if any(answer.failed for answer in answers):
        raise AssertionError("a call failed")


def measure(title: str, stores: list[str]) -> None:
    """As many processes as stores, each with its part of the calls."""
    world = World(DEFAULT_SEED, datetime(2026, 11, 16, 12, tzinfo=UTC))
    tweet_ids = [tweet.id for tweet in world.tweets][-CALLS:]
    parts = [tweet_ids[n :: len(stores)] for n in range(len(stores))]
    context = get_context("spawn")
    with serve(world, faults=Faults(calls_per_minute=LIMIT)) as simulator:
        processes = [
            context.Process(target=make_calls, args=(simulator.environment(), store, part))
            for store, part in zip(stores, parts, strict=True)
        ]
        for process in processes:
            process.start()
        while not simulator.calls:
            time.sleep(0.01)
        before = time.perf_counter()
        for process in processes:
            process.join()
        minutes = (time.perf_counter() - before) / 60
        statuses = Counter(call.status for call in simulator.calls)
    failed = sum(process.exitcode != 0 for process in processes)
    share = (statuses[200] - 1) / minutes / LIMIT
    print(f"{title}: {share:.1%} of the limit used, {statuses[429]} times 429, {failed} failed", flush=True)


def main() -> None:
    with TemporaryDirectory() as name:
        one, other = (f"sqlite:///{name}/{which}.db" for which in ("one", "other"))
        measure("one process", [one])
        measure("two processes on one store", [one, one])
        measure("two processes on two stores", [one, other])


if __name__ == "__main__":
    main()
