"""`reportgen simulate`: prints a `.env`, serves, and ends cleanly."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from reportgen.cli.simulate import simulate
from reportgen.errors import Exit, InputError
from reportgen.store.address import DEFAULT_STORE


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between us and the loopback interface
        yield session


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """The command, and the settings that it printed."""
    command = [sys.executable, "-m", "reportgen", "simulate", "--port", "0", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": ""}
    ) as process:
        try:
            assert process.stderr
            ready = process.stderr.readline()
            assert ready.startswith("Serving http://127.0.0.1:")
            assert process.stdout
            lines = [process.stdout.readline().rstrip("\n") for _ in range(14)]
            yield process, dict(line.split("=", 1) for line in lines)
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_settings_that_work_and_ends_when_it_is_told_to(
    number: signal.Signals, session: requests.Session
) -> None:
    with running("--now", "2026-11-16T12:00:00Z") as (process, settings):
        body = {
            "tweet_ids": ["2120562194641846273"],
            "engagement_types": ["favorites"],
            "groupings": {"g": {"group_by": ["tweet.id"]}},
        }
        headers = {"Authorization": f"Bearer {settings['REPORTGEN_BEARER_TOKEN']}"}
        url = f"{settings['REPORTGEN_ENGAGEMENT_URL']}/totals"
        answer = session.post(url, json=body, headers=headers, timeout=30)
        assert answer.json() == {"g": {"2120562194641846273": "12654"}}
        process.send_signal(number)
        assert process.wait(timeout=30) == Exit.DONE
        assert process.stderr
        assert process.stderr.read() == ""


def test_its_settings_keep_what_is_played_out_of_the_real_store() -> None:
    with running() as (_, settings):
        assert settings["REPORTGEN_STORE"] == "sqlite:///.reportgen/simulator.db"
        assert settings["REPORTGEN_STORE"] != DEFAULT_STORE


def test_without_credentials_it_prints_where_to_sign_in_and_nothing_to_sign_with() -> None:
    command = [sys.executable, "-m", "reportgen", "simulate", "--port", "0", "--no-credentials"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        ready = process.stderr.readline()
        process.terminate()
        assert process.stdout
        settings = process.stdout.read()
        said = process.stderr.read()
    origin = ready.removeprefix("Serving ").partition("/insights/engagement")[0]
    assert ready == (
        f"Serving {origin}/insights/engagement; how to sign in, and the tweets, are at {origin}/. Ctrl-C ends it.\n"
    )
    assert said == ""
    assert settings.splitlines() == [
        f"REPORTGEN_ENGAGEMENT_URL={origin}/insights/engagement",
        f"REPORTGEN_X_API_URL={origin}",
        "REPORTGEN_STORE=sqlite:///.reportgen/simulator.db",
    ]


def test_without_now_the_world_has_the_present_of_the_real_clock(session: requests.Session) -> None:
    with running("--seed", "7") as (_, settings):
        origin = settings["REPORTGEN_ENGAGEMENT_URL"].removesuffix("/insights/engagement")
        first, second = (session.get(f"{origin}/world.json", timeout=30) for _ in range(2))
        assert first.json()["seed"] == 7
        assert first.json()["now"] <= second.json()["now"]


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(simulate, ["--port", str(port)])
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == (
        f"cannot serve on port {port}: Address already in use; choose another one with --port; "
        "the file that was to take the settings is empty now"
    )
    assert result.exception.exit_code == Exit.INPUT


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--now", "tomorrow"], "'tomorrow' is no ISO 8601 date or date-time"),
        (["--now", "0001-01-01"], "0001-01-01 is not between 2006, when the first tweet was posted, and 2100"),
        (["--port", "70000"], "70000 is not in the range 0<=x<=65535"),
        (["--calls-per-minute", "-1"], "-1 is not in the range x>=0"),
    ],
)
def test_a_wrong_option_is_said_and_exits_with_2(arguments: list[str], error: str) -> None:
    result = CliRunner().invoke(simulate, arguments)
    assert result.exit_code == Exit.INPUT
    assert error in result.output


def test_faults_are_switched_on_by_a_file_and_said_and_the_flag_wins(session: requests.Session, tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("numbers: bare\ndelay: [0, 0.01]\nforbidden_wording: plain\ncalls_per_minute: 600\n")
    arguments = ("--now", "2026-11-16T12:00:00Z", "--faults", str(faults), "--calls-per-minute", "1")
    body = {
        "tweet_ids": ["2120562194641846273"],
        "engagement_types": ["favorites"],
        "groupings": {"g": {"group_by": ["tweet.id"]}},
    }
    with running(*arguments) as (process, settings):
        assert process.stderr
        assert process.stderr.readline() == (
            'Faults: delay [0, 0.01], calls_per_minute 1, forbidden_wording "plain", numbers "bare".\n'
        )
        headers = {"Authorization": f"Bearer {settings['REPORTGEN_BEARER_TOKEN']}"}
        url = f"{settings['REPORTGEN_ENGAGEMENT_URL']}/totals"
        # The minute may turn once between them, so one of three is over the limit at least.
        answers = [session.post(url, json=body, headers=headers, timeout=30) for _ in range(3)]
        assert answers[0].headers["x-per-minute-limit"] == "1"
        assert answers[0].json() == {"g": {"2120562194641846273": 12654}}
        assert 429 in {answer.status_code for answer in answers}


def test_the_limit_alone_may_be_set_with_a_flag() -> None:
    with running("--calls-per-minute", "120") as (process, _):
        assert process.stderr
        assert process.stderr.readline() == "Faults: calls_per_minute 120.\n"


def test_a_wrong_faults_file_is_told_in_a_line_a_problem_and_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "faults.yaml").write_text("troubel: 0.2\ndamaged: 2\n")
    command = [sys.executable, "-m", "reportgen", "simulate", "--faults", "faults.yaml"]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environ)
    assert (ended.returncode, ended.stdout) == (Exit.INPUT, "")
    assert ended.stderr.splitlines() == [
        "faults.yaml:1:1: troubel: this key is not known; did you mean 'trouble'?",
        "faults.yaml:2:10: damaged: 2 is above 1",
    ]
