"""`reportgen auth app`: the key and the secret of the app, and its bearer token."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import NOTHING, Kept, KeptApp, KeptToken
from reportgen.settings import X_API_URL
from reportgen.simulator.server import Simulator
from reportgen.simulator.world import World
from tests.conftest import Command
from tests.leaks.known import made_up
from tests.safe.simulated import app_of

Typed = Callable[..., None]


@pytest.fixture
def app(world: World) -> KeptApp:
    return app_of(world)


def test_key_secret_and_bearer_token_are_kept(reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp) -> None:
    typed(app.consumer_key, f"  {app.consumer_secret} ")
    ended = reportgen("auth", "app")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"Kept in the file {safe.path}: the app's key and secret, and its bearer token.\n"
    assert safe.read() == Kept(app)


def test_the_mark_that_some_editors_put_before_a_text_is_no_part_of_the_key(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp
) -> None:
    typed(f"\ufeff{app.consumer_key}", app.consumer_secret)
    assert reportgen("auth", "app").code == 0
    assert safe.read() == Kept(app)


def test_a_wrong_secret_is_one_line_and_nothing_is_kept(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp
) -> None:
    typed(app.consumer_key, made_up("another-secret"))
    ended = reportgen("auth", "app")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err == (
        "the key or the secret is wrong (the X API answered with status 403: Unable to verify your credentials); "
        "nothing is kept: copy both again from the app's page of keys and tokens\n"
    )
    assert safe.read() == NOTHING


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((), "standard input ended before the consumer key came; nothing is kept\n"),
        (("a-key",), "standard input ended before the consumer secret came; nothing is kept\n"),
        (("",), "no consumer key was given; nothing is kept\n"),
        (
            ("a key",),
            (
                "the consumer key has a space, a line break or another character that no key has; copy it again; "
                "nothing is kept\n"
            ),
        ),
    ],
)
def test_what_can_be_no_key_is_told(
    lines: tuple[str, ...], told: str, reportgen: Command, typed: Typed, safe: FileSafe
) -> None:
    typed(*lines)
    ended = reportgen("auth", "app")
    assert (ended.code, ended.err) == (2, told)
    assert safe.read() == NOTHING


def test_without_a_network_nothing_is_kept(
    reportgen: Command, typed: Typed, safe: FileSafe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(X_API_URL, "http://127.0.0.1:9")
    typed(made_up("some-consumer-key"), made_up("some-consumer-secret"))
    ended = reportgen("auth", "app")
    told = "the connection to the X API (http://127.0.0.1:9) failed; nothing is kept"
    assert (ended.code, ended.err) == (4, f"{told}: check the network, a proxy, or x_api_url\n")
    assert safe.read() == NOTHING


def test_an_address_that_is_another_servers_is_told(
    reportgen: Command, typed: Typed, safe: FileSafe, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(X_API_URL, f"{simulator.origin}/elsewhere")
    typed(made_up("some-consumer-key"), made_up("some-consumer-secret"))
    ended = reportgen("auth", "app")
    told = "the X API answered with status 404: There is no /elsewhere/oauth2/token here.; nothing is kept\n"
    assert (ended.code, ended.err) == (4, told)


def test_ctrl_c_at_the_prompt_ends_with_130_and_keeps_nothing(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp
) -> None:
    typed(app.consumer_key, KeyboardInterrupt())
    ended = reportgen("auth", "app")
    assert (ended.code, ended.out, ended.err) == (130, "", "stopped\n")
    assert safe.read() == NOTHING


def test_handles_of_another_app_have_to_sign_in_again(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp
) -> None:
    safe.write(Kept(None, {"ACME": KeptToken("1-acme-token", "acme-secret", "another app")}))
    typed(app.consumer_key, app.consumer_secret)
    assert reportgen("auth", "app").out.splitlines()[1:] == [
        "@acme was signed in with another app: run reportgen auth login @acme"
    ]
    assert list(safe.read().tokens) == ["ACME"]


def test_what_is_set_and_wins_is_told_by_its_name(
    reportgen: Command, typed: Typed, app: KeptApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", made_up("another-bearer-token"))
    typed(app.consumer_key, app.consumer_secret)
    assert reportgen("auth", "app").err == (
        "REPORTGEN_BEARER_TOKEN is still set in the environment, which wins over what is kept.\n"
    )


def test_a_file_that_others_may_read_is_told_before_anything_is_asked(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp
) -> None:
    safe.write(Kept(app))
    safe.path.chmod(0o644)
    typed(AssertionError("nothing is to be asked"))
    ended = reportgen("auth", "app")
    told = f"others may read your credentials, which are not used until you run chmod 600 {safe.path}\n"
    assert (ended.code, ended.err) == (4, told)
