"""The system's keyring: GNOME's or KDE's, macOS's keychain, or what else the library `keyring` finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from reportgen.errors import SafeError
from reportgen.safe.kept import NOTHING, Kept, kept_from_text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "reportgen"
"""The name of the service under which the keyring has it; the user name is the origin."""
_INSTEAD: Final = (
    "set the variables in the environment or in .env, or keep a file, with "
    "PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring"
)


def working_keyring() -> KeyringBackend | None:
    """The keyring of this session; None where there is none. Raises SafeError where one is set that cannot be used."""
    with _told("the keyring"):
        import keyring

        backend = keyring.get_keyring()
        # What keeps nothing (fail, null, a chain of nothing) has a priority of 0 or less.
        return backend if backend.priority > 0 else None


@dataclass(frozen=True, slots=True)
class KeyringSafe:
    """What the keyring keeps for one origin."""

    backend: KeyringBackend
    origin: str
    kind: ClassVar[Literal["keyring"]] = "keyring"

    @property
    def shown(self) -> str:
        """What messages call it."""
        return f"the keyring ({self.backend.name})"

    def read(self) -> Kept:
        """What is kept. Raises SafeError."""
        with _told(self.shown):
            text = self.backend.get_password(SERVICE, self.origin)
        if text is None:
            return NOTHING
        try:
            return kept_from_text(text)
        except ValueError as error:
            mend = f"remove its entry {SERVICE}, {self.origin}, and sign in again"
            raise SafeError(f"{self.shown} has an entry that cannot be read: {error}; {mend}") from error

    def others(self) -> Sequence[str]:
        """None: a keyring does not tell what it has."""
        return ()

    def write(self, kept: Kept) -> None:
        """Keep this, and nothing else, for the origin. Raises SafeError."""
        with _told(self.shown):
            if kept != NOTHING:
                self.backend.set_password(SERVICE, self.origin, json.dumps(kept.as_json()))
            elif self.backend.get_password(SERVICE, self.origin) is not None:
                self.backend.delete_password(SERVICE, self.origin)


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Raise SafeError for whatever goes wrong. The text of the error stays out: what is in it is not ours to know."""
    from keyring.errors import KeyringLocked

    try:
        yield
    except KeyringLocked as error:
        raise SafeError(f"{shown} is locked: unlock it and try again; or {_INSTEAD}") from error
    except Exception as error:
        raise SafeError(f"{shown} cannot be used ({type(error).__name__}): mend it; or {_INSTEAD}") from error
