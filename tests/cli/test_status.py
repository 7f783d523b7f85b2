"""`reportgen status`: what was run and asked so far, from the store alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.api.verdicts import TooMany
from reportgen.cli import options
from reportgen.errors import Exit
from reportgen.instants import parse_instant
from reportgen.ledger import CallEntry, Outcome, XCallEntry
from reportgen.outbox import State
from reportgen.plan import Plan
from reportgen.quota import ContractMonth, HandlesWanted
from reportgen.request import Request, Signer
from reportgen.simulator.server import Simulator
from reportgen.store.handles import admit_handles
from reportgen.store.open import open_store
from reportgen.store.record import recorded_run
from reportgen.store.x_calls import add_x_call
from tests.conftest import ROOT, Command
from tests.fetch.virtual import TWEETS, totals
from tests.runs import PRESENT
from tests.store.using import planned_run

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
STORE = "sqlite:///.reportgen/store.db"
NOTHING_DUE = {
    "schedules": [],
    "outbox": {"states": {state.value: 0 for state in State}, "troubled": [], "waiting": []},
    "problems": [],
}
LONG = ("acme-weekly", "acme-and-globex-and-initech-side-by-side", "trailbrew-launch")


@pytest.fixture(autouse=True)
def folder(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory in the month of the present."""
    monkeypatch.setattr(options, "now", lambda: parse_instant(PRESENT))
    return empty_folder


def run(
    exit_code: Exit | None, seconds: float, *calls: tuple[Request, Outcome], reports: tuple[str, ...] = ("acme-weekly",)
) -> None:
    """Leave a run in the store; without an exit code it does not end."""
    times = iter([0.0, seconds])
    planned = planned_run(dict.fromkeys(reports, calls[0][0] if calls else totals(TWEETS[0])), parse_instant(PRESENT))
    planned = replace(planned, plan=Plan(tuple(dict.fromkeys(request for request, _ in calls))))
    with (
        open_store(STORE) as store,
        recorded_run(store, lambda: MONDAY.timestamp() + next(times), planned) as record,
    ):
        for request, outcome in calls:
            record.received(CallEntry(request, (request,), MONDAY.timestamp(), 0.2, outcome, None, None), TooMany())
        if exit_code is not None:
            record.end(exit_code, made=len(calls), retried=0)


def ask_about(*handles: str) -> None:
    with open_store(STORE) as store:
        month = ContractMonth(datetime(2026, 11, 1, tzinfo=UTC).date(), None)
        admit_handles(store, HandlesWanted(frozenset(handles)), month, over_limit=False)


@pytest.fixture
def history(folder: Path) -> None:
    """Runs of each kind, and 50 handles in the contract, of which two were asked about."""
    acme, public = totals(TWEETS[0], signer=Signer("@Acme")), totals(TWEETS[0], signer=Signer(None))
    run(Exit.DONE, 0.4, (acme, Outcome.ANSWERED), reports=LONG)
    run(Exit.CALLS_FAILED, 65, (acme, Outcome.FAILED), (acme, Outcome.REJECTED), (public, Outcome.TOO_MANY))
    run(Exit.INPUT, 1)
    run(None, 0, (public, Outcome.ANSWERED), (acme, Outcome.UNAUTHORIZED), (acme, Outcome.REFUSED))
    ask_about("@globex", "@acme")
    (folder / "reportgen.yaml").write_text("handles_per_month: 50\n")


def megabytes(folder: Path) -> str:
    return f"{(folder / '.reportgen' / 'store.db').stat().st_size / 1e6:.2f} MB"


def test_without_a_store_it_says_so_and_makes_none(folder: Path, reportgen: Command) -> None:
    ended = reportgen("status")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"There is no store at {STORE} yet, so nothing is known of earlier runs.\n"
    assert json.loads(reportgen("status", "--json").out) == {
        **NOTHING_DUE,
        "runs": [],
        "calls": [],
        "x_api": {"calls": {}, "posts": 0},
        "handles": {"month": "2026-11-01", "limit": None, "asked": 0, "names": []},
        "store": {"address": STORE, "bytes": None},
    }
    assert list(folder.iterdir()) == []


def test_a_new_store_has_nothing_to_tell(folder: Path, reportgen: Command) -> None:
    open_store(STORE).close()
    assert reportgen("status").out.splitlines() == [
        "No run so far",
        "",
        "No call since 1 November 2026",
        "",
        "Handles asked about since 1 November 2026: 0",
        f"Store: {STORE}, {megabytes(folder)}",
    ]


def test_it_shows_runs_calls_handles_and_the_store(history: None, folder: Path, reportgen: Command) -> None:
    assert reportgen("status").out.splitlines() == [
        "Last runs (UTC)",
        "  began                  took  calls  outcome              reports",
        "  2026-11-16 08:00          –      3  not ended            acme-weekly",
        "  2026-11-16 08:00        1 s      0  wrong input or file  acme-weekly",
        "  2026-11-16 08:00  1 min 5 s      3  incomplete           acme-weekly",
        f"  2026-11-16 08:00        0 s      1  complete             {', '.join(LONG)}",
        "not ended: still under way, or killed",
        "",
        "Calls since 1 November 2026",
        "  handle        calls  answered  refused  too many  failed",
        "  @acme             5         1        3         0       1",
        "  bearer token      2         1        0         1       0",
        "",
        "Handles asked about since 1 November 2026: 2 of 50 (@acme, @globex)",
        f"Store: {STORE}, {megabytes(folder)}",
    ]


def test_in_a_terminal_it_fits_80_columns(history: None, reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    ask_about(*(f"@a_rather_long_{n}" for n in range(9)))
    lines = [line.rstrip() for line in reportgen("status").out.splitlines()]
    assert max(map(len, lines)) <= 80
    assert lines[1:9] == [
        "began                  took  calls  outcome              reports",
        "2026-11-16 08:00          –      3  not ended            acme-weekly",
        "2026-11-16 08:00        1 s      0  wrong input or file  acme-weekly",
        "2026-11-16 08:00  1 min 5 s      3  incomplete           acme-weekly",
        "2026-11-16 08:00        0 s      1  complete             acme-weekly,",
        "                                                         acme-and-globex-and-ini",
        "                                                         tech-side-by-side,",
        "                                                         trailbrew-launch",
    ]


def test_as_json_it_is_one_object_with_all_of_it(history: None, folder: Path, reportgen: Command) -> None:
    started, as_of = "2026-11-16T08:00:00Z", PRESENT
    shown = json.loads(reportgen("status", "--json").out)
    assert [(run["ended"], run["outcome"], run["exit_code"], run["calls"]) for run in shown["runs"]] == [
        (None, "not ended", None, {"planned": 2, "made": 3, "retried": None}),
        ("2026-11-16T08:00:01Z", "wrong input or file", 2, {"planned": 0, "made": 0, "retried": 0}),
        ("2026-11-16T08:01:05Z", "incomplete", 3, {"planned": 2, "made": 3, "retried": 0}),
        ("2026-11-16T08:00:00Z", "complete", 0, {"planned": 1, "made": 1, "retried": 0}),
    ]
    assert {(run["started"], run["as_of"]) for run in shown["runs"]} == {(started, as_of)}
    assert [run["reports"] for run in shown["runs"]] == [["acme-weekly"]] * 3 + [list(LONG)]
    acme = {"answered": 1, "refused": 1, "unauthorized": 1, "rejected": 1, "too_many": 0, "failed": 1}
    public = {"answered": 1, "refused": 0, "unauthorized": 0, "rejected": 0, "too_many": 1, "failed": 0}
    assert {key: value for key, value in shown.items() if key != "runs"} == {
        **NOTHING_DUE,
        "calls": [{"handle": "@acme", "made": 5, **acme}, {"handle": None, "made": 2, **public}],
        "x_api": {"calls": {}, "posts": 0},
        "handles": {"month": "2026-11-01", "limit": 50, "asked": 2, "names": ["@acme", "@globex"]},
        "store": {"address": STORE, "bytes": (folder / ".reportgen" / "store.db").stat().st_size},
    }


def test_calls_to_the_x_api_of_the_month_are_shown_with_the_posts_that_they_read(
    history: None, reportgen: Command
) -> None:
    calls = [
        XCallEntry(MONDAY.timestamp(), "users", None, 0, Outcome.ANSWERED),
        XCallEntry(MONDAY.timestamp(), "timeline", "@acme", 100, Outcome.ANSWERED),
        XCallEntry(MONDAY.timestamp(), "timeline", "@acme", 37, Outcome.ANSWERED),
        XCallEntry(MONDAY.timestamp(), "posts", None, 1_000, Outcome.ANSWERED),
        XCallEntry(MONDAY.timestamp(), "timeline", "@acme", 0, Outcome.TOO_MANY),
        XCallEntry(MONDAY.timestamp() - 31 * 86_400, "timeline", "@acme", 9, Outcome.ANSWERED),
    ]
    with open_store(STORE) as store, store.writing() as connection:
        for call in calls:
            add_x_call(connection, call)
    line = (
        "X API since 1 November 2026: 1 call for owners of tweets, 3 calls for timelines and 1 call for accounts "
        "(1 failed), 1,137 posts read"
    )
    assert line in reportgen("status").out.splitlines()
    assert json.loads(reportgen("status", "--json").out)["x_api"] == {
        "calls": {
            "posts": {"made": 1, "failed": 0},
            "timeline": {"made": 3, "failed": 1},
            "users": {"made": 1, "failed": 0},
        },
        "posts": 1_137,
    }


def test_the_month_is_the_contracts(history: None, folder: Path, reportgen: Command) -> None:
    (folder / "reportgen.yaml").write_text("billing_day: 16\n")
    shown = json.loads(reportgen("status", "--json").out)
    assert shown["handles"] == {"month": "2026-11-16", "limit": None, "asked": 0, "names": []}
    assert [calls["made"] for calls in shown["calls"]] == [5, 2]
    (folder / "reportgen.yaml").write_text("billing_day: 17\n")
    assert json.loads(reportgen("status", "--json").out)["handles"]["month"] == "2026-10-17"


def test_it_changes_nothing_in_the_store(history: None, folder: Path, reportgen: Command) -> None:
    before = (folder / ".reportgen" / "store.db").read_bytes()
    assert reportgen("status").code == 0
    assert (folder / ".reportgen" / "store.db").read_bytes() == before


def test_only_the_last_ten_runs_are_shown(reportgen: Command) -> None:
    for _ in range(11):
        run(Exit.DONE, 1)
    assert len(json.loads(reportgen("status", "--json").out)["runs"]) == 10


def test_every_end_has_its_words(reportgen: Command) -> None:
    for exit_code in Exit:
        run(exit_code, 1)
    shown = json.loads(reportgen("status", "--json").out)
    assert {run["exit_code"]: run["outcome"] for run in shown["runs"]} == {
        0: "complete",
        1: "failed unexpectedly",
        2: "wrong input or file",
        3: "incomplete",
        4: "no credential works",
        5: "not delivered",
        130: "stopped by Ctrl-C",
    }


KILLED = """
import os, signal
from reportgen.__main__ import main
from reportgen.cli.progress import RunProgress

def kill(self, finished, unfinished):
    if finished == 2:
        os.kill(os.getpid(), signal.SIGKILL)

RunProgress.calls = kill
main()
"""


def test_a_run_that_was_killed_leaves_its_calls_and_shows_as_not_ended(
    project: Path, simulator: Simulator, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = [sys.executable, "-c", KILLED, "run", str(ROOT / "reports" / "weekly.yaml"), "--as-of", PRESENT]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    monkeypatch.setattr(options, "now", lambda: datetime.now(UTC))
    shown = json.loads(reportgen("status", "--json").out)
    assert [(run["outcome"], run["ended"], run["reports"], run["calls"]) for run in shown["runs"]] == [
        ("not ended", None, ["acme-weekly"], {"planned": 3, "made": 2, "retried": None})
    ]
    assert sum(calls["made"] for calls in shown["calls"]) == 2
