"""The system's keyring: GNOME's or KDE's, macOS's keychain, or what else the library `keyring` finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from reportgen.api.bodies import one_line
from reportgen.errors import SafeError
from reportgen.safe.addresses import Addresses
from reportgen.safe.entry import Entry, entry_from, kept_for, others_than, with_kept
from reportgen.safe.kept import Kept, json_of

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "reportgen"
"""The name of the service under which the keyring has it; the user name is the origin of the X API."""
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
    """What the keyring keeps for a pair of addresses."""

    backend: KeyringBackend
    addresses: Addresses
    kind: ClassVar[Literal["keyring"]] = "keyring"

    @property
    def shown(self) -> str:
        """What messages call it."""
        with _told("the keyring"):
            return f"the keyring ({one_line(self.backend.name)})"

    def read(self) -> Kept:
        """What is kept. Raises SafeError."""
        try:
            return kept_for(self.addresses.engagement, self._entry())
        except ValueError as error:
            raise self._damaged(error) from error

    def elsewhere(self) -> tuple[str, ...]:
        """As `Safe.elsewhere`. Raises SafeError."""
        return others_than(self.addresses.engagement, self._entry())

    def others(self) -> Sequence[str]:
        """None: a keyring does not tell what it has."""
        return ()

    def write(self, kept: Kept) -> None:
        """Keep this, and nothing else, for the pair. Raises SafeError."""
        before = self._entry()
        entry = with_kept(self.addresses.engagement, before, kept)
        with _told(self.shown):
            if entry:
                self.backend.set_password(SERVICE, self.addresses.x_api, json.dumps(entry))
            elif before:
                self.backend.delete_password(SERVICE, self.addresses.x_api)

    def _entry(self) -> Entry:
        with _told(self.shown):
            text: object = self.backend.get_password(SERVICE, self.addresses.x_api)
        try:
            return {} if text is None else entry_from(json_of(_text(text)))
        except ValueError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: ValueError) -> SafeError:
        mend = f"remove its entry {SERVICE}, {self.addresses.x_api}, and sign in again"
        return SafeError(f"{self.shown} has an entry that cannot be read: {error}; {mend}")


def _text(password: object) -> str:
    # What a keyring of somebody else's gives is not ours to know.
    if not isinstance(password, str):
        raise ValueError("it is not text")  # noqa: TRY004 - as for all that is wrong with an entry
    return password


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Raise SafeError for whatever goes wrong. The text of the error stays out: what is in it is not ours to know."""
    from keyring.errors import KeyringLocked

    try:
        yield
    except KeyringLocked as error:
        raise SafeError(f"{shown} is locked: unlock it and try again; or {_INSTEAD}") from error
    except (Exception, SystemExit) as error:
        raise SafeError(f"{shown} cannot be used ({type(error).__name__}): mend it; or {_INSTEAD}") from error
