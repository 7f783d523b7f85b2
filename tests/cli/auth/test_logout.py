"""`reportgen auth logout`: what is kept is removed, and what is set elsewhere is told."""

from __future__ import annotations

import keyring
import pytest

from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import NOTHING, Kept, KeptApp, KeptToken
from reportgen.safe.keyring_safe import KeyringSafe
from tests.conftest import Command
from tests.leaks.known import made_up
from tests.safe.keyrings import InMemory

APP = KeptApp(made_up("a-consumer-key"), made_up("a-consumer-secret"), made_up("a-bearer-token"))
TOKEN = KeptToken(made_up("1-some-token"), made_up("some-token-secret"), APP.name)
KEPT = Kept(APP, {"ACME": TOKEN, "ACME_HELP": TOKEN})


def test_of_a_handle_its_token_is_removed(reportgen: Command, safe: FileSafe) -> None:
    safe.write(KEPT)
    ended = reportgen("auth", "logout", "@Acme")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"Removed from the file {safe.path}: the access token of @Acme.\n"
    assert safe.read() == Kept(APP, {"ACME_HELP": TOKEN})


def test_of_all_nothing_is_left(reportgen: Command, safe: FileSafe) -> None:
    safe.write(KEPT)
    assert reportgen("auth", "logout", "--all").out == f"Removed from the file {safe.path}: everything.\n"
    assert not safe.path.exists()


def test_it_is_removed_from_the_keyring_and_from_the_file_beside_it(
    reportgen: Command, safe: FileSafe, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = InMemory()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    in_keyring = KeyringSafe(backend, safe.addresses)
    for one in (safe, in_keyring):
        one.write(KEPT)
    assert reportgen("auth", "logout", "--all").out.splitlines() == [
        "Removed from the keyring (keyrings InMemory): everything.",
        f"Removed from the file {safe.path}: everything.",
    ]
    assert (safe.read(), in_keyring.read()) == (NOTHING, NOTHING)


def test_of_all_nothing_is_left_where_a_kill_left_a_part_of_a_file_alone(reportgen: Command, safe: FileSafe) -> None:
    safe.path.parent.mkdir(parents=True, mode=0o700)
    left = safe.path.with_name(f".{safe.path.name}.abc123.part")
    left.write_text("what was to be kept")
    assert reportgen("auth", "logout", "--all").code == 0
    assert not left.exists()


def test_where_nothing_is_kept_it_says_so(reportgen: Command) -> None:
    assert reportgen("auth", "logout", "@acme").out == "Nothing is kept of @acme.\n"
    assert reportgen("auth", "logout", "--all").out == "Nothing is kept.\n"


def test_what_is_still_set_is_told_by_its_name(
    reportgen: Command, safe: FileSafe, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe.path.parent.parent.parent.joinpath(".env").write_text(
        "REPORTGEN_ACME_ACCESS_TOKEN=1-other-token\nREPORTGEN_ACME_ACCESS_TOKEN_SECRET=other-secret\n"
    )
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", made_up("other-bearer-token"))
    of_acme = (
        "REPORTGEN_ACME_ACCESS_TOKEN and REPORTGEN_ACME_ACCESS_TOKEN_SECRET are still set in .env, which wins over "
        "what is kept."
    )
    assert reportgen("auth", "logout", "@acme").err.splitlines() == [of_acme]
    assert reportgen("auth", "logout", "@acme_help").err == ""
    assert reportgen("auth", "logout", "--all").err.splitlines() == [
        of_acme,
        "REPORTGEN_BEARER_TOKEN is still set in the environment, which wins over what is kept.",
    ]


@pytest.mark.parametrize("arguments", [(), ("@acme", "--all")])
def test_whom_to_sign_out_has_to_be_said(arguments: tuple[str, ...], reportgen: Command) -> None:
    ended = reportgen("auth", "logout", *arguments)
    told = "say whom to sign out: a handle, as in reportgen auth logout @acme, or --all\n"
    assert (ended.code, ended.err) == (2, told)
