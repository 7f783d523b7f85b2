"""`reportgen serve` as a process: signals, changed files, a store and a network that go away."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from subprocess import TimeoutExpired
from threading import Event
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from reportgen.errors import Exit
from reportgen.jobs import JobState
from reportgen.outbox import State
from reportgen.settings import ENGAGEMENT_URL
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import serve
from reportgen.simulator.world import World
from reportgen.store.address import STORE
from reportgen.store.jobs import jobs_listing
from reportgen.store.open import open_store
from reportgen.store.outbox import listing
from tests.delivery.mail_server import MailServer
from tests.delivery.mail_server import serving as mail_serving
from tests.scheduled.scheduling import SENDER, report, write_project
from tests.serve.serving import each_minute, let_be_due, serving


class Gate:
    """Holds the answers of a simulator."""

    def __init__(self) -> None:
        self.came, self.go = Event(), Event()

    def sleep(self, _seconds: float) -> None:
        """What the simulator does before each answer."""
        self.came.set()
        self.go.wait(60)


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_serving(tmp_path, "none") as server:
        yield server


@contextmanager
def simulated(world: World, gate: Gate | None = None) -> Iterator[dict[str, str]]:
    """The settings of a simulator that lives now, and whose answers the gate holds."""
    faults = Faults(delay=(1, 1)) if gate else Faults()
    with serve(world, now=lambda: datetime.now(UTC), faults=faults, sleep=gate.sleep if gate else None) as simulator:
        yield simulator.environment()


def environment(folder: Path, mail_server: MailServer) -> dict[str, str]:
    return {**mail_server.environment(), STORE: f"sqlite:///{folder}/store.db", SENDER: "r@acme.example"}


def test_sigterm_in_the_middle_of_a_report_lets_it_end(world: World, tmp_path: Path, mail_server: MailServer) -> None:
    own, gate = environment(tmp_path, mail_server), Gate()
    write_project(tmp_path, {}, each_minute())
    let_be_due(own[STORE])
    with simulated(world, gate) as variables, serving(tmp_path, {**own, **variables}) as running:
        due = running.until("report_started")["due"]
        assert gate.came.wait(60)
        running.process.send_signal(signal.SIGTERM)
        gate.go.set()
        ended = running.until("report_ended")
        assert (ended["due"], ended["outcome"], ended["state"], ended["outbox"]) == (due, "complete", "done", 1)
        assert running.process.wait(timeout=60) == Exit.DONE
        assert running.told()[-1] == "stopped"
    # What the report has made leaves with the next scheduler.
    assert mail_server.mails == []
    with open_store(own[STORE]) as store, store.reading() as connection:
        assert [one.state for one in listing(connection)] == [State.WAITING]
    # Or else it would make one of its own, in the next minute, and send that too.
    write_project(tmp_path, {}, {**each_minute(), "schedule": {"cron": "0 9 29 2 *", "timezone": "UTC"}})
    with serving(tmp_path, own) as running:
        assert running.until("delivered")["state"] == "sent"
        assert running.stop() == Exit.DONE
    assert len(mail_server.mails) == 1


def test_a_second_signal_ends_it_at_once_and_the_report_is_due_again(
    world: World, tmp_path: Path, mail_server: MailServer
) -> None:
    own, gate = environment(tmp_path, mail_server), Gate()
    write_project(tmp_path, {}, each_minute())
    let_be_due(own[STORE])
    with simulated(world, gate) as variables, serving(tmp_path, {**own, **variables}) as running:
        running.until("report_started")
        assert gate.came.wait(60)
        running.process.send_signal(signal.SIGTERM)
        # Of two in the same moment, the system may hand one to a thread that does not wake the one that waits.
        while running.process.poll() is None:
            running.process.send_signal(signal.SIGINT)
            with suppress(TimeoutExpired):
                running.process.wait(timeout=5)
        assert running.process.returncode == Exit.STOPPED
        gate.go.set()
    with open_store(own[STORE]) as store, store.reading() as connection:
        job = max(jobs_listing(connection), key=lambda job: job.due)
    assert (job.state, job.attempts, job.outcome) == (JobState.DUE, 1, None)
    assert job.next_attempt
    assert job.next_attempt <= datetime.now(UTC)


def test_changed_files_are_taken_up_and_broken_ones_go_on_as_they_were(tmp_path: Path, mail_server: MailServer) -> None:
    write_project(tmp_path, {}, report("weekly", title="One"))
    with serving(tmp_path, environment(tmp_path, mail_server)) as running:
        first = running.until("file_loaded")
        assert (first["file"], first["report"]) == ("reports/weekly.yaml", "weekly")
        write_project(tmp_path, {}, report("weekly", title="Two", metrics=["clicks"]))
        broken = running.until("file_broken")
        assert broken["file"] == "reports/weekly.yaml"
        assert "clicks" in broken["problems"][0]
        write_project(tmp_path, {}, report("weekly", title="Three"), report("daily"))
        assert {running.until("file_loaded")["report"] for _ in range(2)} == {"weekly", "daily"}
        (tmp_path / "reports" / "daily.yaml").unlink()
        assert running.until("file_gone")["report"] == "daily"
        (tmp_path / "reportgen.yaml").write_text("tries: many\n")
        assert "tries" in running.until("settings_broken")["problems"][0]
        (tmp_path / "reportgen.yaml").write_text("tries: 3\n")
        running.until("settings_loaded")
        assert running.stop() == Exit.DONE
        # Once for each change, however often it looked.
        assert running.told().count("file_broken") == 1


def test_a_store_that_goes_away_and_comes_back_is_outlived(
    world: World, tmp_path: Path, mail_server: MailServer
) -> None:
    own = environment(tmp_path, mail_server)
    write_project(tmp_path, {}, each_minute())
    store, away = tmp_path / "store.db", tmp_path / "away.db"
    let_be_due(own[STORE])
    store.rename(away)
    store.mkdir()
    with simulated(world) as variables, serving(tmp_path, {**own, **variables}) as running:
        assert "store.db" in running.until("store_lost")["said"]
        store.rmdir()
        away.rename(store)
        running.until("store_back")
        assert running.until("report_ended")["outcome"] == "complete"
        assert running.until("delivered")["state"] == "sent"
        assert running.stop() == Exit.DONE
        assert running.told().count("store_lost") == 1


def test_a_store_that_is_moved_away_is_waited_for_and_no_other_one_is_made(
    tmp_path: Path, mail_server: MailServer
) -> None:
    write_project(tmp_path, {}, report("weekly"))
    store, away = tmp_path / "store.db", tmp_path / "away"
    away.mkdir()
    with serving(tmp_path, environment(tmp_path, mail_server), "--listen", "127.0.0.1:0") as running:
        port = running.until("started")["port"]
        running.until("file_loaded")
        until_well(port)
        for file in tmp_path.glob("store.db*"):
            file.rename(away / file.name)
        assert "is not there any more" in running.until("store_lost")["said"]
        status, body = asked(port, "healthz")
        assert (status, json.loads(body)["problems"]) == (503, ["the store cannot be read"])
        assert "reportgen_store_up 0.0" in asked(port, "metrics")[1]
        assert not store.exists()
        for file in away.iterdir():
            file.rename(tmp_path / file.name)
        running.until("store_back")
        assert running.stop() == Exit.DONE


def until_well(port: int) -> str:
    """What it answers when it has come round for the first time."""
    while True:
        status, body = asked(port, "healthz")
        if status == HTTPStatus.OK:
            return body


def asked(port: int, page: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{port}/{page}") as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_a_network_that_is_away_puts_off_what_needs_it(world: World, tmp_path: Path, mail_server: MailServer) -> None:
    own = environment(tmp_path, mail_server)
    write_project(tmp_path, {"tries": 1}, each_minute(email={"to": ["a@acme.example"], "when_incomplete": "send"}))
    let_be_due(own[STORE])
    with simulated(world) as variables:
        pass
    nowhere = {**own, **variables, "REPORTGEN_SMTP_PORT": variables[ENGAGEMENT_URL].split(":")[2].split("/")[0]}
    with serving(tmp_path, nowhere) as running:
        ended = running.until("report_ended")
        assert (ended["outcome"], ended["state"]) == ("incomplete", "done")
        assert running.until("delivered")["state"] == "waiting"
        assert running.stop() == Exit.DONE


def test_monitors_are_answered_on_a_port(tmp_path: Path, mail_server: MailServer) -> None:
    write_project(tmp_path, {}, report("weekly"))
    with serving(tmp_path, environment(tmp_path, mail_server), "--listen", "127.0.0.1:0") as running:
        port = running.until("started")["port"]
        running.until("file_loaded")
        assert json.loads(until_well(port))["status"] == "ok"
        assert running.stop() == Exit.DONE
