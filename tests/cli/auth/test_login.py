"""`reportgen auth login`: a link, a page, a PIN, and the account's token is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.credentials import token_variables
from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import Kept, KeptApp
from reportgen.settings import X_API_URL
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.signin.pins import LASTS
from reportgen.simulator.world import World
from tests.cli.auth.conftest import Browser
from tests.conftest import Command
from tests.leaks.known import made_up
from tests.safe.simulated import app_of, token_of

Typed = Callable[..., None]
WRONG = "This PIN is refused."
AGAIN = "run reportgen auth login @acme for a new link; its PIN is good for some minutes"


@pytest.fixture
def app(world: World, safe: FileSafe) -> KeptApp:
    """The app, which is kept already."""
    kept = app_of(world)
    safe.write(Kept(kept))
    return kept


def test_the_token_is_kept_for_the_app_it_was_issued_for(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser, world: World
) -> None:
    typed(lambda: f" {browser.pin[:3]} {browser.pin[3:]}")
    ended = reportgen("auth", "login", "acme")
    kept = f"Signed in as @acme.\nKept in the file {safe.path}: the access token of @acme.\n"
    assert (ended.code, ended.out) == (0, kept)
    (link,) = browser.links
    assert ended.err == f"As @acme, open this page on X and allow the app; it shows a PIN:\n{link}\n"
    assert safe.read() == Kept(app, {"ACME": token_of(world, "@acme")})


def test_with_an_app_that_is_set_the_token_is_kept_beside_another_app_and_counts_where_it_is_set(
    reportgen: Command, typed: Typed, safe: FileSafe, browser: Browser, world: World, folder: Path
) -> None:
    other = KeptApp(made_up("other-consumer-key"), made_up("other-consumer-secret"), made_up("other-bearer-token"))
    safe.write(Kept(other))
    app = app_of(world)
    (folder / ".env").write_text(
        f"REPORTGEN_CONSUMER_KEY={app.consumer_key}\nREPORTGEN_CONSUMER_SECRET={app.consumer_secret}\n"
        f"REPORTGEN_BEARER_TOKEN={app.bearer_token}\n"
    )
    typed(lambda: browser.pin)
    assert reportgen("auth", "login", "@acme").code == 0
    assert safe.read() == Kept(other, {"ACME": token_of(world, "@acme")})
    assert reportgen("auth", "status", "--check").out.splitlines()[1:4] == [
        "consumer key      .env         works",
        "bearer token      .env         works",
        "@acme             file         works",
    ]


def test_letters_of_the_handle_may_be_large_or_small(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser
) -> None:
    typed(lambda: browser.pin)
    assert reportgen("auth", "login", "@ACME").code == 0
    assert list(safe.read().tokens) == ["ACME"]


def test_a_second_account_comes_beside_the_first(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser, world: World
) -> None:
    for handle in ("@acme", "@acme_help"):
        browser.handle = handle
        typed(lambda: browser.pin)
        assert reportgen("auth", "login", handle).code == 0
    assert safe.read().tokens == {
        "ACME": token_of(world, "@acme"),
        "ACME_HELP": token_of(world, "@acme_help"),
    }


def test_a_wrong_pin_is_told_and_may_be_typed_again(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser
) -> None:
    typed(browser.wrong_pin, lambda: browser.pin)
    ended = reportgen("auth", "login", "@acme")
    assert (ended.code, ended.err.splitlines()[2:]) == (0, [f"{WRONG} 2 tries are left."])
    assert list(safe.read().tokens) == ["ACME"]


def test_three_wrong_pins_end_it(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser
) -> None:
    typed(browser.wrong_pin, browser.wrong_pin, browser.wrong_pin)
    ended = reportgen("auth", "login", "@acme")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.splitlines()[2:] == [
        f"{WRONG} 2 tries are left.",
        f"{WRONG} 1 try is left.",
        WRONG,
        f"no PIN was right; nothing is kept: {AGAIN}",
    ]
    assert safe.read() == Kept(app)


@pytest.mark.parametrize("slip", ["", "12", "abcdefg", "12345678", "１２３４５６７"])
def test_what_can_be_no_pin_is_asked_for_again_and_costs_no_try(
    slip: str, reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser, simulator: Simulator
) -> None:
    typed(*[slip] * 4, lambda: browser.pin)
    ended = reportgen("auth", "login", "@acme")
    assert (ended.code, ended.err.splitlines()[2:]) == (0, ["A PIN has seven digits."] * 4)
    assert list(safe.read().tokens) == ["ACME"]


def test_a_pin_that_came_too_late_ends_it_at_once(
    reportgen: Command, typed: Typed, world: World, browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = [1_794_830_400.0]
    with serve(world, clock=lambda: times[-1]) as simulator:
        monkeypatch.setenv(X_API_URL, simulator.origin)
        monkeypatch.setenv("REPORTGEN_CONSUMER_KEY", simulator.gate.app.consumer_key)
        monkeypatch.setenv("REPORTGEN_CONSUMER_SECRET", simulator.gate.app.consumer_secret)

        def late() -> str:
            times.append(times[0] + LASTS)
            return browser.pin

        typed(late)
        ended = reportgen("auth", "login", "@acme")
    assert ended.code == 4
    assert ended.err.splitlines()[-1] == (
        f"this took too long (the X API answered with status 401: Invalid or expired token.); nothing is kept: {AGAIN}"
    )
    assert not (folder / "config").exists()


def test_another_account_is_told_by_its_name_and_nothing_is_kept(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser
) -> None:
    browser.handle = "@acme_help"
    typed(lambda: browser.pin)
    ended = reportgen("auth", "login", "@acme")
    assert ended.code == 4
    assert ended.err.splitlines()[-1] == (
        "@acme_help signed in, and not @acme; nothing is kept: sign in to X as @acme first, in a private window, "
        "say; or run reportgen auth login @acme_help"
    )
    assert safe.read() == Kept(app)


def test_the_key_of_an_app_is_needed_first(reportgen: Command) -> None:
    ended = reportgen("auth", "login", "@acme")
    assert (ended.code, ended.err) == (
        4,
        "there is no key of an app to sign in with: run reportgen auth app first\n",
    )


def test_a_wrong_key_is_told_before_a_pin_is_asked_for(
    reportgen: Command, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_CONSUMER_KEY", made_up("another-consumer-key"))
    monkeypatch.setenv("REPORTGEN_CONSUMER_SECRET", made_up("another-consumer-secret"))
    typed(AssertionError("nothing is to be asked"))
    ended = reportgen("auth", "login", "@acme")
    assert (ended.code, ended.err) == (
        4,
        (
            "no sign-in can begin (the X API answered with status 401: Could not authenticate you.): run reportgen "
            "auth app with the right key, and see that the app may sign users in (OAuth 1.0a)\n"
        ),
    )


def test_without_a_network_nothing_is_kept(
    reportgen: Command, typed: Typed, browser: Browser, app: KeptApp, safe: FileSafe, simulator: Simulator
) -> None:
    def cut() -> str:
        simulator.server_close()
        simulator.shutdown()
        return browser.pin

    typed(cut)
    ended = reportgen("auth", "login", "@acme")
    told = f"the connection to the X API ({simulator.origin}) failed; nothing is kept"
    assert (ended.code, ended.err.splitlines()[-1]) == (4, f"{told}: check the network, a proxy, or x_api_url")
    assert safe.read() == Kept(app)


def test_ctrl_c_at_the_prompt_ends_with_130_and_keeps_nothing(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser
) -> None:
    typed(KeyboardInterrupt())
    ended = reportgen("auth", "login", "@acme")
    assert (ended.code, ended.out, ended.err.splitlines()[-1]) == (130, "", "stopped")
    assert safe.read() == Kept(app)


def test_a_token_that_is_set_and_wins_is_told_by_its_name(
    reportgen: Command, typed: Typed, app: KeptApp, browser: Browser, folder: Path
) -> None:
    (folder / ".env").write_text(
        "REPORTGEN_ACME_ACCESS_TOKEN=1-older-token\nREPORTGEN_ACME_ACCESS_TOKEN_SECRET=older-secret\n"
    )
    typed(lambda: browser.pin)
    assert reportgen("auth", "login", "@acme").err.splitlines()[2:] == [
        f"{' and '.join(token_variables('@acme'))} are still set in .env, which wins over what is kept."
    ]


def test_no_browser_is_opened_where_none_is_wanted(
    reportgen: Command, typed: Typed, app: KeptApp, browser: Browser
) -> None:
    typed()
    ended = reportgen("auth", "login", "@acme", "--no-browser")
    assert (ended.code, ended.err.splitlines()[-1]) == (
        2,
        "standard input ended before the PIN came; nothing is kept",
    )
    assert browser.links == []


def test_what_is_no_handle_is_refused(reportgen: Command) -> None:
    ended = reportgen("auth", "login", "acme.com")
    assert ended.code == 2
    assert "'acme.com' is no handle; it has up to 15 letters, digits and underscores" in ended.err


def test_a_browser_that_does_not_start_is_no_matter(
    reportgen: Command, typed: Typed, safe: FileSafe, app: KeptApp, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = browser.open

    def refused(link: str) -> bool:
        opened(link)
        raise OSError(7, "Argument list too long")

    monkeypatch.setattr(browser, "open", refused)
    typed(lambda: browser.pin)
    assert reportgen("auth", "login", "@acme").code == 0
    assert list(safe.read().tokens) == ["ACME"]
