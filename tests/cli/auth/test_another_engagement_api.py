"""A project whose settings name another Engagement API than the one that the user signed in for: nothing goes there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import NOTHING, Kept
from reportgen.settings import ENGAGEMENT_URL
from reportgen.simulator.server import Simulator
from reportgen.simulator.world import World
from tests.api.scripted import Scripted, respond, scripted
from tests.conftest import Command
from tests.runs import PRESENT
from tests.safe.simulated import app_of, token_of

Typed = Callable[..., None]
OF_OTHERS = 'endpoint: totals\ntweet_ids: ["2117632892728246273"]\nmetrics: [favorites]\n'
OF_ACME = f"handles: ['@acme']\n{OF_OTHERS.replace('favorites', 'impressions')}"
STAYS = (
    "what is kept was signed in for https://data-api.twitter.com, which is not this project's engagement_url: "
    "for this one, sign in again or set the variables"
)


@pytest.fixture
def stranger(folder: Path) -> Iterator[Scripted]:
    """A server that takes what it gets; the project has its address."""
    with scripted(respond(200, b"{}")) as server:
        (folder / "reportgen.yaml").write_text(f"engagement_url: {server.url}\n")
        yield server


@pytest.fixture(autouse=True)
def kept(safe: FileSafe, world: World) -> Kept:
    """What was signed in for the vendor's Engagement API."""
    kept = Kept(app_of(world), {"ACME": token_of(world, "@acme")})
    safe.write(kept)
    return kept


def run(reportgen: Command, report: str) -> tuple[int, list[str]]:
    Path("a.yaml").write_text(f"version: 1\nname: a\n{report}outputs: {{formats: [json]}}\n")
    ended = reportgen("run", "a.yaml", "--as-of", PRESENT)
    return ended.code, ended.err.splitlines()


def test_the_bearer_token_does_not_go_there(reportgen: Command, stranger: Scripted) -> None:
    code, told = run(reportgen, OF_OTHERS)
    assert stranger.came == []
    assert (code, told) == (
        4,
        [
            (
                "there is no credential: run reportgen auth app, or set REPORTGEN_BEARER_TOKEN in the environment "
                "or in .env"
            ),
            STAYS,
        ],
    )


def test_nor_does_a_call_that_an_accounts_token_signs(
    reportgen: Command, stranger: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", "a-bearer-token-of-the-projects")
    code, told = run(reportgen, OF_ACME)
    assert stranger.came == []
    assert (code, len(told), told[-1]) == (2, 2, STAYS)
    assert told[0].startswith("a.yaml:3:11: handles[0]: no access token for @acme: run ")


def test_a_plan_says_so(reportgen: Command, stranger: Scripted) -> None:
    Path("a.yaml").write_text(f"version: 1\nname: a\n{OF_OTHERS}")
    ended = reportgen("plan", "a.yaml", "--as-of", PRESENT)
    assert ended.out.splitlines()[-1] == f"A run would be refused: {STAYS}."
    assert stranger.came == []


@pytest.mark.usefixtures("stranger")
def test_auth_status_says_so(reportgen: Command) -> None:
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out.splitlines()[-1]) == (4, STAYS)
    shown = json.loads(reportgen("auth", "status", "--json").out)
    assert shown["kept_elsewhere"] == ["https://data-api.twitter.com"]


@pytest.mark.usefixtures("stranger")
def test_a_sign_in_there_is_one_of_its_own_and_leaves_the_other(
    reportgen: Command, typed: Typed, safe: FileSafe, kept: Kept, simulator: Simulator, folder: Path
) -> None:
    app = simulator.gate.app
    typed(app.consumer_key, app.consumer_secret)
    assert reportgen("auth", "app").code == 0
    assert reportgen("auth", "status").code == 0
    assert safe.read() == kept
    ended = reportgen("auth", "logout", "--all")
    assert ended.out.splitlines() == [
        f"Removed from the file {safe.path}: everything.",
        ("What was signed in for https://data-api.twitter.com stays: sign out in a project with that engagement_url."),
    ]
    assert safe.read() == kept


@pytest.mark.usefixtures("stranger")
def test_a_login_there_does_not_take_the_key_that_is_kept_for_the_other(reportgen: Command) -> None:
    ended = reportgen("auth", "login", "@acme")
    told = ["there is no key of an app to sign in with: run reportgen auth app first", STAYS]
    assert (ended.code, ended.err.splitlines()) == (4, told)


def test_another_path_of_the_same_server_is_no_other(
    reportgen: Command, safe: FileSafe, kept: Kept, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe.write(NOTHING)
    monkeypatch.setenv(ENGAGEMENT_URL, f"{simulator.origin}/elsewhere")
    replace(safe, addresses=replace(safe.addresses, engagement=simulator.origin)).write(kept)
    assert reportgen("auth", "status").code == 0
