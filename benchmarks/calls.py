"""400 calls of 100 ms each, 16 at once, over HTTP, each answer kept in a file: how long, against 400 × 0.1 s / 16."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process, SimpleQueue
from random import random
from tempfile import TemporaryDirectory
from time import perf_counter
from zoneinfo import ZoneInfo

from unwatched import Unwatched

from reportgen.api.answers import read_reply
from reportgen.api.engagement import EngagementClient
from reportgen.api.reply import GROUPING, Reply
from reportgen.api.verdicts import Verdict
from reportgen.catalog import TOTALS
from reportgen.credentials import Credentials
from reportgen.fetch.calls import Calls
from reportgen.fetch.fetch import fetch
from reportgen.fetch.line import Threads
from reportgen.fetch.pace import Pace
from reportgen.fetch.patience import Patience
from reportgen.plan import Plan
from reportgen.planned import PlannedRun, plan_run
from reportgen.request import Grain, Request, Signer
from reportgen.settings import Settings
from reportgen.slots import OwnSlots
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.store.known import look_into
from reportgen.store.open import Store, open_store
from reportgen.store.record import recorded_run

CALLS = 400
SECONDS = 0.1
AT_ONCE = 16


class Slow(BaseHTTPRequestHandler):
    """Answers each call with one count, after a while."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together; apart, the second would wait 40 ms for an acknowledgement

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(SECONDS)
        answer = json.dumps({GROUPING: {i: {"favorites": "1"} for i in body["tweet_ids"]}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def serve(port: SimpleQueue[int]) -> None:
    """Serve in a process of its own, as the API does."""
    with Server(("127.0.0.1", 0), Slow) as server:
        port.put(server.server_port)
        server.serve_forever()


def read(request: Request, reply: Reply) -> Verdict:
    return read_reply(request, reply, datetime.now(UTC))


def planned(settings: Settings, credentials: Credentials, store: Store) -> PlannedRun:
    """A run that asks for one tweet a call."""
    ids = [str(n) for n in range(1, CALLS + 1)]
    tweets = tuple(Tweet(tweet_id, None) for tweet_id in ids)
    spec = ReportSpec("many.yaml", "many", "Many", ZoneInfo("UTC"), TOTALS, (), tweets, ("favorites",))
    requests = tuple(Request(TOTALS, Signer(None), (tweet_id,), ("favorites",), Grain.TOTAL) for tweet_id in ids)
    return replace(plan_run([spec], settings, credentials, datetime.now(UTC), look_into(store)), plan=Plan(requests))


def main() -> None:
    port: SimpleQueue[int] = SimpleQueue()
    server = Process(target=serve, args=(port,), daemon=True)
    server.start()
    settings = Settings(engagement_url=f"http://127.0.0.1:{port.get()}", calls_at_once=AT_ONCE)
    credentials = Credentials(bearer_token="bearer")  # noqa: S106
    client = EngagementClient(settings, credentials)
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.db") as store:
        run = planned(settings, credentials, store)
        with recorded_run(store, time.time, run) as record:
            pace = Pace(None, OwnSlots(), random)
            calls = Calls(run.requests, read, pace, AT_ONCE, random, Patience(tries=10), record)
            before = perf_counter()
            with Threads(client.send, AT_ONCE, time.time) as line:
                fetch(calls, line, Unwatched())
            took = perf_counter() - before
        if record.trouble:
            raise record.trouble
    server.terminate()
    best = CALLS * SECONDS / AT_ONCE
    print(f"{calls.made} calls took {took:.2f} s, {took / best:.2f} times the {best:.2f} s that are possible")


if __name__ == "__main__":
    main()
