"""The keyring: one entry an X API, and a plain sentence when it does not work."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from reportgen.errors import SafeError
from reportgen.safe.addresses import Addresses
from reportgen.safe.kept import NOTHING
from reportgen.safe.keyring_safe import KeyringSafe, working_keyring
from tests.safe.keyrings import Broken, Ending, InMemory, Locked, Nameless, Odd, Painted
from tests.safe.test_kept import KEPT

ORIGIN = "https://api.x.com"
VENDOR = "https://data-api.twitter.com"
ADDRESSES = Addresses(ORIGIN, VENDOR)
INSTEAD = (
    "or set the variables in the environment or in .env, or keep a file, with "
    "PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring"
)


def test_it_has_one_entry_an_x_api() -> None:
    keyring = InMemory()
    safe = KeyringSafe(keyring, ADDRESSES)
    assert safe.read() == NOTHING
    safe.write(KEPT)
    assert {key: json.loads(text) for key, text in keyring.entries.items()} == {
        ("reportgen", ORIGIN): {VENDOR: KEPT.as_json()}
    }
    assert safe.read() == KEPT
    assert KeyringSafe(keyring, Addresses("http://127.0.0.1:8400", VENDOR)).read() == NOTHING


def test_each_engagement_api_has_its_own_in_the_entry() -> None:
    keyring = InMemory()
    safe, other = (KeyringSafe(keyring, Addresses(ORIGIN, engagement)) for engagement in (VENDOR, "https://e.example"))
    safe.write(KEPT)
    assert (other.read(), other.elsewhere(), safe.elsewhere()) == (NOTHING, (VENDOR,), ())
    other.write(KEPT.without("@acme"))
    safe.write(NOTHING)
    assert (safe.read(), safe.elsewhere(), other.read()) == (NOTHING, ("https://e.example",), KEPT.without("@acme"))


def test_of_nothing_no_entry_is_left() -> None:
    keyring = InMemory()
    safe = KeyringSafe(keyring, ADDRESSES)
    safe.write(KEPT)
    safe.write(NOTHING)
    safe.write(NOTHING)
    assert keyring.entries == {}


@pytest.mark.parametrize(
    ("keyring", "why"),
    [
        (Locked(), f"the keyring (keyrings Locked) is locked: unlock it and try again; {INSTEAD}"),
        (Broken(), f"the keyring (keyrings Broken) cannot be used (RuntimeError): mend it; {INSTEAD}"),
        (Ending(), f"the keyring (keyrings Ending) cannot be used (SystemExit): mend it; {INSTEAD}"),
        (Nameless(), f"the keyring cannot be used (RuntimeError): mend it; {INSTEAD}"),
        (
            Odd(),
            (
                "the keyring (keyrings Odd) has an entry that cannot be read: it is not text; remove its entry "
                "reportgen, https://api.x.com, and sign in again"
            ),
        ),
    ],
)
def test_one_that_does_not_work_is_told_in_plain_words(keyring: InMemory, why: str) -> None:
    for ask in (KeyringSafe(keyring, ADDRESSES).read, lambda: KeyringSafe(keyring, ADDRESSES).write(NOTHING)):
        with pytest.raises(SafeError) as raised:
            ask()
        assert str(raised.value) == why


def test_its_name_is_shown_without_orders_for_the_terminal() -> None:
    assert KeyringSafe(Painted(), ADDRESSES).shown == "the keyring (red [31m)"


def test_a_damaged_entry_is_told_and_not_repeated() -> None:
    keyring = InMemory()
    keyring.set_password("reportgen", ORIGIN, "hush-hush-hush")
    with pytest.raises(SafeError) as raised:
        KeyringSafe(keyring, ADDRESSES).read()
    assert str(raised.value) == (
        "the keyring (keyrings InMemory) has an entry that cannot be read: it is not JSON; remove its entry "
        "reportgen, https://api.x.com, and sign in again"
    )


def test_a_keyring_that_works_is_taken(use_keyring: Callable[[KeyringBackend], None]) -> None:
    keyring = InMemory()
    use_keyring(keyring)
    assert working_keyring() is keyring


@pytest.mark.parametrize("keyring", [fail.Keyring, null.Keyring, chainer.ChainerBackend])
def test_one_that_keeps_nothing_is_none(
    keyring: Callable[[], KeyringBackend],
    use_keyring: Callable[[KeyringBackend], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What the tests define would be in the chain.
    monkeypatch.setattr(chainer.ChainerBackend, "backends", ())
    use_keyring(keyring())
    assert working_keyring() is None


def test_one_that_is_set_and_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.nowhere.Keyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    with pytest.raises(SafeError, match=r"^the keyring cannot be used \(ModuleNotFoundError\): mend it; "):
        working_keyring()
