"""A keyring for the time of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null


@pytest.fixture
def use_keyring() -> Iterator[Callable[[KeyringBackend], None]]:
    """Makes a keyring the session's."""
    yield keyring.set_keyring
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]
