"""Four schedulers on one store, 50 reports due at the same minute, and 100 kills at random moments."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

import pytest
from sqlalchemy import func, select

from reportgen.instants import parse_instant
from reportgen.jobs import JobState
from reportgen.outbox import State
from reportgen.store.jobs import jobs_listing
from reportgen.store.open import Store
from reportgen.store.outbox import listing
from reportgen.store.schema_of_delivery import PARCELS
from tests.conftest import ROOT
from tests.delivery.mail_server import MailServer, Received
from tests.scheduled.scheduling import Office, report, write_project

REPORTS: Final = 50
KILLS: Final = 100
AT_ONCE: Final = 4
TO: Final = ("team@acme.example", "lead@acme.example", "client@globex.example", "agency@hooli.example")
DUE: Final = parse_instant("2026-11-16T07:30:00Z")
LONGEST: Final = 300
"""Seconds in which all has to be sent and all kills made."""


class Zygote:
    """Starts schedulers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self) -> int:
        """The process of one more scheduler."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def zygote(office: Office) -> Iterator[Zygote]:
    ahead = (DUE - datetime.now(UTC)).total_seconds()
    of_machine = {name: value for name, value in os.environ.items() if not name.startswith("REPORTGEN_")}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.scheduled.zygote", office.folder, str(ahead)],
        env={**of_machine, **office.environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Zygote(process)


def is_over(store: Store) -> bool:
    """Whether all jobs are done, and all that they put into the outbox is sent."""
    with store.reading() as connection:
        jobs = [job.state for job in jobs_listing(connection)]
        outbox = [delivery.state for delivery in listing(connection)]
    return jobs == [JobState.DONE] * REPORTS and outbox == [State.SENT] * REPORTS * len(TO)


def wait_for_a_moment(random: Random, mails: list[Received]) -> None:
    """Wait for a moment of any, or for one about when the mail server has taken a mail over."""
    if random.random() < 0.4:
        time.sleep(random.expovariate(1 / 0.2))
        return
    before, until = len(mails), time.monotonic() + 2
    while len(mails) == before and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.01))


def kill_at_random(zygote: Zygote, store: Store, random: Random, mails: list[Received]) -> int:
    """Kill and start schedulers until all is over; gives how many were killed."""
    running = [zygote.start() for _ in range(AT_ONCE)]
    kills, until = 0, time.monotonic() + LONGEST
    try:
        while time.monotonic() < until:
            if kills < KILLS:
                wait_for_a_moment(random, mails)
                at = random.randrange(AT_ONCE)
                os.kill(running[at], signal.SIGKILL)
                running[at] = zygote.start()
                kills += 1
            elif is_over(store):
                break
            else:
                time.sleep(0.2)
    finally:
        for process in running:
            os.kill(process, signal.SIGKILL)
    return kills


@pytest.mark.parametrize("seed", [7])
def test_each_recipient_gets_each_report_once_whoever_is_killed(
    office: Office, mail_server: MailServer, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(office.folder, {}, *(report(f"report-{n:02}", email={"to": list(TO)}) for n in range(REPORTS)))
    office.clock.now = DUE - timedelta(minutes=1)
    office.run_due()
    office.clock.now = DUE + timedelta(minutes=10)
    began = time.monotonic()
    with office.open() as store, zygote(office) as schedulers:
        kills = kill_at_random(schedulers, store, Random(seed), mail_server.mails)
        took = time.monotonic() - began
        with store.reading() as connection:
            jobs, outbox = jobs_listing(connection), listing(connection)
            parcels = connection.execute(select(func.count()).select_from(PARCELS)).scalar_one()
    mails = Counter((mail.recipients, mail.message_id) for mail in mail_server.mails)
    twice = sum(count - 1 for count in mails.values())
    with capsys.disabled():
        attempts = sum(job.attempts for job in jobs), sum(one.attempts for one in outbox)
        print(f"\nseed {seed}: {kills} kills, {attempts} attempts, {twice} duplicates, {took:.0f} s")  # noqa: T201
    assert kills == KILLS
    assert Counter(job.state for job in jobs) == {JobState.DONE: REPORTS}
    assert Counter(one.state for one in outbox) == {State.SENT: REPORTS * len(TO)}
    assert parcels == 0
    # A message of the outbox is what one recipient gets of one report.
    assert {(one.occasion.report, one.recipient) for one in outbox} == {
        (f"report-{n:02}", to) for n in range(REPORTS) for to in TO
    }
    assert set(mails) == {((one.recipient,), one.message_id) for one in outbox}
    assert len(mails) == REPORTS * len(TO)
