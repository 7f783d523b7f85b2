"""What the commands of `reportgen auth` begin with, and how their calls fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from reportgen.api.reply import NoReplyError, UnreachedError
from reportgen.credentials import Credentials
from reportgen.env_file import read_env
from reportgen.errors import CredentialError
from reportgen.safe.kept import Kept
from reportgen.safe.lock import LOCK, locked
from reportgen.safe.safes import Safe, config_folder, safes_of
from reportgen.settings import ENV_FILE, Settings, load_settings
from reportgen.spec.words import listed


@dataclass(frozen=True, slots=True)
class Place:
    """The settings of the project, what is set there, and the safes: the first is the one to keep things in."""

    settings: Settings
    credentials: Credentials
    in_file: Mapping[str, str]
    """What .env has."""
    safes: tuple[Safe, ...]

    def keep(self, change: Callable[[Kept], Kept]) -> Safe:
        """Change what the first safe keeps; which one. Raises SafeError."""
        safe = self.safes[0]
        with self.alone():
            safe.write(change(safe.read()))
        return safe

    def alone(self) -> AbstractContextManager[None]:
        """As long as nobody else changes what is kept. Raises SafeError."""
        return locked(config_folder(os.environ) / LOCK)

    def elsewhere(self) -> tuple[str, ...]:
        """Other Engagement APIs that something is kept for: origins."""
        return tuple(dict.fromkeys(origin for safe in self.safes for origin in safe.elsewhere()))

    def warn(self, names: Iterable[str]) -> None:
        """Tell which of the variables are set, and win over all that is kept."""
        places: dict[str, list[str]] = {".env": [], "the environment": []}
        for name in names:
            if os.environ.get(name):
                places["the environment"].append(name)
            elif self.in_file.get(name):
                places[".env"].append(name)
        for place, found in places.items():
            if found:
                verb = "is" if len(found) == 1 else "are"
                click.echo(
                    f"{listed(found, 'and')} {verb} still set in {place}, which wins over what is kept.", err=True
                )


def this_place() -> Place:
    """The project of the working directory. Raises InputError and SafeError."""
    settings, credentials = load_settings(Path(), os.environ)
    in_file, _ = read_env(Path(ENV_FILE))
    return Place(settings, credentials, in_file, tuple(safes_of(settings, os.environ)))


@contextmanager
def reached() -> Iterator[None]:
    """Raise CredentialError where no answer comes."""
    try:
        yield
    except UnreachedError as error:
        look_at = "check the network, a proxy, or x_api_url"
        raise CredentialError(
            f"the connection to {error.api} ({error.url}) failed; nothing is kept: {look_at}"
        ) from error
    except NoReplyError as error:
        raise CredentialError(f"{error}; nothing is kept") from error
