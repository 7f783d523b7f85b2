"""Keyrings for the tests, through the interface of the library `keyring`. Processes take one by its name."""

from __future__ import annotations

from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class InMemory(KeyringBackend):
    """A keyring that works, for as long as the test."""

    priority: Any = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.entries:
            raise PasswordDeleteError("not there")
        del self.entries[service, username]


class Locked(InMemory):
    """A keyring whose owner does not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")


class Broken(InMemory):
    """A keyring below which something fails, with a text that nobody vouches for."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("org.freedesktop.DBus.Error.NoReply: what was sent: hush-hush-hush")


class Nameless(InMemory):
    """A keyring that does not tell its name."""

    @property
    def name(self) -> str:
        raise RuntimeError("hush-hush-hush")


class Odd(InMemory):
    """A keyring that gives what is no text."""

    def get_password(self, service: str, username: str) -> Any:
        return b"hush-hush-hush"


class Ending(InMemory):
    """A keyring that would end the program."""

    def get_password(self, service: str, username: str) -> str | None:
        raise SystemExit("hush-hush-hush")


class Painted(InMemory):
    """A keyring whose name has an order for the terminal in it."""

    name = "red \x1b[31m"


class Forbidden(InMemory):
    """A keyring that is not to be asked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("the keyring was asked")
