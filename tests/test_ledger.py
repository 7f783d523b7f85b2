"""Whole runs over HTTP leave in the ledger what happened, and nothing that is secret."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
import yaml
from sqlalchemy import select

from reportgen import run as conductor
from reportgen.errors import Exit, InputError
from reportgen.fetch.patience import Patience
from reportgen.instants import parse_instant
from reportgen.planned import plan_run
from reportgen.run import Run, Surroundings
from reportgen.settings import ENGAGEMENT_URL, load_settings
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from reportgen.spec.check import load_reports
from reportgen.store.history import last_runs
from reportgen.store.known import look_into
from reportgen.store.open import open_store
from reportgen.store.schema import CALLS
from tests.runs import PRESENT, Unwatched

AS_OF = parse_instant(PRESENT)
OURS, OTHERS = "2117600084332904449", "2117632892728246273"
SPEC = {
    "version": 1,
    "name": "small",
    "endpoint": "historical",
    "handles": [{"handle": "@acme", "tweet_ids": [OURS]}],
    "date_range": {"start": "2026-11-09", "end": "2026-11-15"},
    "metrics": ["impressions", "favorites"],
}


def clock_from_as_of() -> Callable[[], float]:
    """A clock that goes on from AS_OF."""
    ahead = AS_OF.timestamp() - time.monotonic()
    return lambda: time.monotonic() + ahead


def run_with(
    environment: dict[str, str],
    folder: Path,
    *specs: dict[str, object],
    max_calls: int | None = None,
    watch: conductor.Watch | None = None,
) -> Run:
    """Run these reports, on the store of the folder."""
    paths = [folder / f"{spec['name']}.yaml" for spec in specs]
    for path, spec in zip(paths, specs, strict=True):
        path.write_text(yaml.safe_dump(spec))
    settings, credentials = load_settings(folder, environment)
    settings = replace(settings, max_calls=max_calls)
    with open_store(f"sqlite:///{folder}/store.db") as store:
        planned = plan_run(load_reports([str(path) for path in paths]), settings, credentials, AS_OF, look_into(store))
        patience = Patience(tries=3, first_wait=0, busy_seconds=0)
        around = Surroundings(
            settings, credentials, store, AS_OF, clock_from_as_of(), time.sleep, lambda: 0.0, patience
        )
        return conductor.run(planned, around, watch or Unwatched(), ("json",), folder)


def rows_of(folder: Path) -> list[tuple[str | None, int, str, int | None, str | None]]:
    """The calls: handle, tweets, outcome, status, cause."""
    columns = (CALLS.c.handle, CALLS.c.tweets, CALLS.c.outcome, CALLS.c.status, CALLS.c.cause)
    with open_store(f"sqlite:///{folder}/store.db") as store, store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(CALLS.c.id))]


UNAUTHORIZED = "Your account could not be authenticated. Reason: Access token not found"
NOT_FOUND = "the API answered with status 404, not found: check engagement_url in the settings"
UNAVAILABLE = "the API answered with status 503: Service Unavailable. Please try again later."
ANSWERED = ("@acme", 1, "answered", 200, None)


def once(kind: str, status: int = 503) -> Faults:
    """The first call ends in trouble, and the second one does not."""
    return Faults(trouble=1, trouble_kinds=(kind,), trouble_statuses=(status,), troubles_in_a_row=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("faults", "tweets", "rows"),
    [
        (Faults(), [OURS], [ANSWERED]),
        (Faults(), [OURS, OTHERS], [("@acme", 2, "refused", 403, "Forbidden to access tweets: …"), ANSWERED]),
        (Faults(refused_credentials=("@acme",)), [OURS], [("@acme", 1, "unauthorized", 401, UNAUTHORIZED)]),
        (Faults(not_found=("historical",)), [OURS], [("@acme", 1, "rejected", 404, NOT_FOUND)]),
        (once("status", 429), [OURS], [("@acme", 1, "too many", 429, None)]),
        (once("status"), [OURS], [("@acme", 1, "failed", 503, UNAVAILABLE), ANSWERED]),
        (once("reset"), [OURS], [("@acme", 1, "failed", None, "the connection to the API failed"), ANSWERED]),
    ],
)
def test_each_call_of_a_run_leaves_one_row(
    world: World, tmp_path: Path, faults: Faults, tweets: list[str], rows: list[tuple[object, ...]]
) -> None:
    with serve(world, faults=faults) as simulator:
        spec = {**SPEC, "handles": [{"handle": "@acme", "tweet_ids": tweets}]}
        done = run_with(simulator.environment(), tmp_path, spec)
        assert len(simulator.calls) == len(rows)
    assert rows_of(tmp_path) == rows
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        (run,) = last_runs(store, 10)
    assert (run.reports, run.exit_code, run.as_of) == (("small",), done.exit_code, AS_OF)
    assert (run.planned, run.made, run.retried) == (1, len(rows), done.calls.retried)
    assert run.ended is not None
    assert AS_OF < run.started <= run.ended


def test_a_call_that_two_reports_share_names_both(simulator: Simulator, tmp_path: Path) -> None:
    run_with(simulator.environment(), tmp_path, SPEC, {**SPEC, "name": "other"})
    with open_store(f"sqlite:///{tmp_path}/store.db") as store, store.reading() as connection:
        assert connection.execute(select(CALLS.c.reports, CALLS.c.metrics)).all() == [(["small", "other"], 2)]


def test_a_run_that_is_refused_before_its_first_call_is_kept_too(simulator: Simulator, tmp_path: Path) -> None:
    two_windows = {**SPEC, "date_range": {"start": "2026-09-01", "end": "2026-11-15"}}
    with pytest.raises(InputError):
        run_with(simulator.environment(), tmp_path, two_windows, max_calls=0)
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        assert [(run.exit_code, run.made) for run in last_runs(store, 10)] == [(Exit.INPUT, 0)]


def test_a_store_that_fails_in_the_middle_leaves_the_run_as_it_is_and_a_warning(
    simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hog(Unwatched):
        """Writes into the store while the calls are made."""

        def calls(self, finished: int, unfinished: int) -> None:
            if not other.in_transaction:
                other.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr("reportgen.store.sqlite.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
        done = run_with(simulator.environment(), tmp_path, SPEC, watch=Hog())
    assert (done.exit_code, done.calls.made) == (Exit.DONE, 1)
    assert done.warnings == (
        (
            f"the store sqlite:///{tmp_path}/store.db has been in use by another process for 30 seconds; "
            "try again when that one is done; what it lacks of this run will be asked for again"
        ),
    )
    assert rows_of(tmp_path) == []


class Echo(BaseHTTPRequestHandler):
    """Refuses each call with a text in which its own credential stands."""

    status = 403

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        header = self.headers["Authorization"]
        said = re.findall(r'oauth_(?:token|consumer_key)="([^"]+)"', header) or [header]
        body = json.dumps({"errors": [f"no: {' '.join(said)}"]})
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def echo(status: int) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), type("EchoOf", (Echo,), {"status": status})) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_no_secret_is_in_the_database_not_even_where_the_api_says_it(
    simulator: Simulator, tmp_path: Path, status: int
) -> None:
    environment = simulator.environment()
    secrets = [value for name, value in environment.items() if name != ENGAGEMENT_URL]
    public = {
        "version": 1,
        "name": "public",
        "endpoint": "totals",
        "tweet_ids": [OURS],
        "metrics": ["favorites"],
    }
    with echo(status) as url:
        run_with(environment | {ENGAGEMENT_URL: url}, tmp_path, SPEC, public)
    assert {handle for handle, *_ in rows_of(tmp_path)} == {"@acme", None}
    assert all("[secret]" in str(cause) for *_, cause in rows_of(tmp_path))
    content = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))
    assert len(secrets) >= 7
    for secret in secrets:
        for form in (secret, quote(secret, safe="")):
            assert form.encode() not in content
