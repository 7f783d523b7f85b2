"""`reportgen auth status`: which credentials are there, from where, and whether they work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import Kept
from reportgen.safe.keyring_safe import KeyringSafe
from reportgen.settings import X_API_URL
from reportgen.simulator.world import World
from tests.conftest import Command
from tests.leaks.known import made_up
from tests.safe.keyrings import InMemory, Locked
from tests.safe.simulated import app_of, token_of

NOTE = "What works here may still lack the Engagement API: X opens that to an app by contract, and the first run tells."


@pytest.fixture
def head(safe: FileSafe) -> str:
    """The first line."""
    return f"Credentials for {safe.addresses.x_api}"


@pytest.fixture
def reports(folder: Path) -> None:
    """A report of two handles, in the folder where reports are looked for."""
    (folder / "reports").mkdir()
    lines = ["version: 1", "name: weekly", "endpoint: historical", "handles:"]
    for handle, tweet_id in (("@acme", "2117632892728246273"), ("@acme_help", "2117270504862646273")):
        lines += [f'  - handle: "{handle}"', f'    tweet_ids: ["{tweet_id}"]']
    lines += ["date_range: last_week", "metrics: [impressions]"]
    (folder / "reports" / "weekly.yaml").write_text("\n".join(lines))


@pytest.fixture
def kept(world: World) -> Kept:
    """What somebody has who is signed in to both accounts."""
    return Kept(app_of(world), {"ACME": token_of(world, "@acme"), "ACME_HELP": token_of(world, "@acme_help")})


def test_with_nothing_it_says_for_which_x_and_how_to_begin(reportgen: Command, head: str) -> None:
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out.splitlines()) == (
        4,
        [
            head,
            "consumer key      missing      run reportgen auth app",
            "bearer token      missing      run reportgen auth app",
        ],
    )


def test_what_is_kept_for_another_address_is_told_where_nothing_is_for_this(
    reportgen: Command, safe: FileSafe, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe.write(kept)
    monkeypatch.setenv(X_API_URL, "https://api.x.com")
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out.splitlines()[:2]) == (
        4,
        [
            "Credentials for https://api.x.com",
            (
                f"None are kept for it, but some for {safe.addresses.x_api}: REPORTGEN_X_API_URL, or x_api_url in "
                "reportgen.yaml, says which counts."
            ),
        ],
    )
    replace(safe, addresses=replace(safe.addresses, x_api="https://api.x.com")).write(kept)
    assert reportgen("auth", "status").out.splitlines()[1] == "consumer key      file"


@pytest.mark.usefixtures("reports")
def test_a_draft_among_the_reports_is_left_out_with_a_line(
    reportgen: Command, safe: FileSafe, kept: Kept, folder: Path, head: str
) -> None:
    (folder / "reports" / "draft.yaml").write_text("version: 2\nnaem: a\n")
    safe.write(kept.without("@acme_help"))
    ended = reportgen("auth", "status")
    told = "reports/draft.yaml is left out: run reportgen validate reports/draft.yaml to see what is wrong\n"
    assert (ended.code, ended.err) == (4, told)
    assert ended.out.splitlines() == [
        head,
        "consumer key      file",
        "bearer token      file",
        "@acme             file",
        "@acme_help        missing      run reportgen auth login @acme_help",
    ]
    in_json = reportgen("auth", "status", "--json")
    assert (in_json.err, json.loads(in_json.out)["left_out"]) == (told, ["reports/draft.yaml"])


@pytest.mark.usefixtures("reports")
def test_each_handle_of_the_reports_has_a_line(reportgen: Command, safe: FileSafe, kept: Kept, head: str) -> None:
    safe.write(kept.without("@acme_help"))
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out.splitlines()) == (
        4,
        [
            head,
            "consumer key      file",
            "bearer token      file",
            "@acme             file",
            "@acme_help        missing      run reportgen auth login @acme_help",
        ],
    )
    safe.write(kept)
    assert reportgen("auth", "status").code == 0


@pytest.mark.usefixtures("reports")
def test_each_comes_from_the_place_that_wins(
    reportgen: Command, safe: FileSafe, kept: Kept, folder: Path, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    backend = InMemory()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    KeyringSafe(backend, safe.addresses).write(kept.without("@acme_help"))
    safe.write(kept)
    (folder / ".env").write_text(
        "REPORTGEN_ACME_ACCESS_TOKEN=1-other-token\nREPORTGEN_ACME_ACCESS_TOKEN_SECRET=other-secret\n"
    )
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", made_up("other-bearer-token"))
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out.splitlines()) == (
        0,
        [
            head,
            "consumer key      keyring",
            "bearer token      environment",
            "@acme             .env",
            "@acme_help        file",
        ],
    )


@pytest.mark.usefixtures("reports")
def test_tokens_of_another_app_are_of_no_use(
    reportgen: Command, safe: FileSafe, kept: Kept, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    safe.write(kept.without("@acme_help"))
    monkeypatch.setenv("REPORTGEN_CONSUMER_KEY", made_up("other-consumer-key"))
    monkeypatch.setenv("REPORTGEN_CONSUMER_SECRET", made_up("other-consumer-secret"))
    assert reportgen("auth", "status").out.splitlines() == [
        head,
        "consumer key      environment",
        "bearer token      none         no report here needs it",
        "@acme             missing      it was issued for another app: run reportgen auth login @acme",
        "@acme_help        missing      run reportgen auth login @acme_help",
    ]


@pytest.mark.usefixtures("reports")
def test_tokens_of_another_app_whose_accounts_are_in_no_report_here_are_not_missing(
    reportgen: Command, safe: FileSafe, kept: Kept, world: World, head: str
) -> None:
    of_another = replace(token_of(world, "@globex"), app="another app")
    safe.write(kept.with_token("@globex", of_another))
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out.splitlines()) == (
        0,
        [
            head,
            "consumer key      file",
            "bearer token      file",
            "@acme             file",
            "@acme_help        file",
            "@globex           none         it was issued for another app: run reportgen auth login @globex",
        ],
    )


def test_the_bearer_token_alone_does_for_the_public_metrics_of_others(
    reportgen: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    (folder / "others.yaml").write_text(
        'version: 1\nname: a\nendpoint: totals\nhandles: ["@globex"]\ntweet_ids: ["2117632892728246273"]\n'
        "metrics: [favorites]\n"
    )
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", made_up("other-bearer-token"))
    ended = reportgen("auth", "status", "others.yaml")
    assert (ended.code, ended.out.splitlines()) == (
        0,
        [
            head,
            "consumer key      none         no report here needs it",
            "bearer token      environment",
            "@globex           none         no report here needs it",
        ],
    )


def test_a_report_file_that_is_wrong_is_told(reportgen: Command, folder: Path) -> None:
    (folder / "a.yaml").write_text("version: 2\n")
    ended = reportgen("auth", "status", "a.yaml")
    assert (ended.code, ended.err.splitlines()[0]) == (
        2,
        "a.yaml:1:1: endpoint: this key is missing; it is totals, 28hr or historical",
    )


@pytest.mark.usefixtures("reports")
class TestCheck:
    def test_all_that_works_is_told_with_what_that_leaves_open(
        self, reportgen: Command, safe: FileSafe, kept: Kept, head: str
    ) -> None:
        safe.write(kept)
        ended = reportgen("auth", "status", "--check")
        assert (ended.code, ended.out.splitlines()) == (
            0,
            [
                head,
                "consumer key      file         works",
                "bearer token      file         works",
                "@acme             file         works",
                "@acme_help        file         works",
                NOTE,
            ],
        )

    def test_what_does_not_work_is_told_with_what_to_do(
        self, reportgen: Command, safe: FileSafe, kept: Kept, monkeypatch: pytest.MonkeyPatch, head: str
    ) -> None:
        swapped = {
            "ACME": kept.tokens["ACME_HELP"],
            "ACME_HELP": replace(kept.tokens["ACME"], secret=made_up("wrong-secret")),
        }
        safe.write(replace(kept, tokens=swapped))
        monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", made_up("other-bearer-token"))
        ended = reportgen("auth", "status", "--check")
        assert (ended.code, ended.out.splitlines()) == (
            4,
            [
                head,
                "consumer key      file",
                (
                    "bearer token      environment  does not work: the X API answered with status 401: Unauthorized; "
                    "run reportgen auth app"
                ),
                "@acme             file         is a token of @acme_help: run reportgen auth login @acme",
                (
                    "@acme_help        file         does not work: the X API answered with status 401: Unauthorized; "
                    "run reportgen auth login @acme_help"
                ),
                NOTE,
            ],
        )

    def test_what_cannot_be_checked_is_told(
        self, reportgen: Command, safe: FileSafe, kept: Kept, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(X_API_URL, "http://127.0.0.1:9")
        replace(safe, addresses=replace(safe.addresses, x_api="http://127.0.0.1:9")).write(kept)
        ended = reportgen("auth", "status", "--check")
        assert (ended.code, ended.out.splitlines()[2:4]) == (
            4,
            [
                "bearer token      file         could not be checked: the connection to the X API failed",
                "@acme             file         could not be checked: the connection to the X API failed",
            ],
        )

    def test_as_json(self, reportgen: Command, safe: FileSafe, kept: Kept) -> None:
        safe.write(kept.without("@acme_help"))
        ended = reportgen("auth", "status", "--check", "--json")
        shown = json.loads(ended.out)
        assert (ended.code, ended.err, shown["ready"]) == (4, "", False)
        assert (shown["x_api"], shown["left_out"]) == (safe.addresses.x_api, [])
        assert shown["credentials"] == [
            {"credential": "consumer key", "place": "file", "needed": True, "works": True, "detail": "works"},
            {"credential": "bearer token", "place": "file", "needed": False, "works": True, "detail": "works"},
            {"credential": "@acme", "place": "file", "needed": True, "works": True, "detail": "works"},
            {
                "credential": "@acme_help",
                "place": None,
                "needed": True,
                "works": None,
                "detail": "run reportgen auth login @acme_help",
            },
        ]


def test_a_locked_keyring_is_one_line(reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Locked)
    ended = reportgen("auth", "status")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith("the keyring (keyrings Locked) is locked: unlock it and try again; ")
