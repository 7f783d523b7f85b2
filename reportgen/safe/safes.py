"""The safes of a machine, and what the credentials of a run take from them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal, Protocol

from reportgen.api.auth import missing_variables
from reportgen.credentials import Credentials
from reportgen.errors import SafeError
from reportgen.request import Signer
from reportgen.safe.addresses import addresses_of
from reportgen.safe.file_safe import FILE, FileSafe
from reportgen.safe.kept import Kept
from reportgen.settings import Settings
from reportgen.signable import signers_of
from reportgen.spec.model import ReportSpec


class Safe(Protocol):
    """A place that keeps the credentials for a pair of addresses. All of it raises SafeError."""

    @property
    def kind(self) -> Literal["keyring", "file"]:
        """What it is."""

    @property
    def shown(self) -> str:
        """What messages call it."""

    def read(self) -> Kept:
        """What is kept."""

    def others(self) -> Sequence[str]:
        """Other X APIs that it keeps credentials of, as far as it can tell: origins."""

    def elsewhere(self) -> tuple[str, ...]:
        """The other Engagement APIs that something is kept for, with the same X API: origins."""

    def write(self, kept: Kept) -> None:
        """Keep this, and nothing else."""


def safes_of(settings: Settings, environ: Mapping[str, str]) -> Iterator[Safe]:
    """The safes for the addresses of the settings: the keyring, where there is one, and the file.

    New credentials go into the first. The file counts beside a keyring too: it may be from a session without one. Opens
    each when it is asked for. Raises SafeError.
    """
    from reportgen.safe.keyring_safe import KeyringSafe, working_keyring

    addresses = addresses_of(settings)
    if backend := working_keyring():
        yield KeyringSafe(backend, addresses)
    yield FileSafe(config_folder(environ) / FILE, addresses)


def completed(
    credentials: Credentials, specs: Iterable[ReportSpec], settings: Settings, environ: Mapping[str, str]
) -> Credentials:
    """The credentials, with what the reports need and they lack from the safes, which are not asked otherwise.

    Where the bearer token is enough, owners of timelines are still looked for: their tokens read protected ones too.
    Raises SafeError, unless it is only for these.
    """
    wanted = list(specs)
    if _lacks(wanted, credentials):
        return _filled(credentials, wanted, settings, environ)
    if not _lacks_owners(wanted, credentials):
        return credentials
    with suppress(SafeError):
        for safe in safes_of(settings, environ):
            credentials = safe.read().fill(credentials)
    return credentials


def _filled(
    credentials: Credentials, wanted: Sequence[ReportSpec], settings: Settings, environ: Mapping[str, str]
) -> Credentials:
    elsewhere: list[str] = []
    for safe in safes_of(settings, environ):
        credentials = safe.read().fill(credentials)
        if not _lacks(wanted, credentials):
            return credentials
        elsewhere += safe.elsewhere()
    return replace(credentials, elsewhere=tuple(dict.fromkeys(elsewhere)))


def config_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The user's folder for what programs are told. Raises SafeError where the user has no home."""
    told = environ.get("XDG_CONFIG_HOME", "")
    try:
        home = Path.home()
    except RuntimeError:
        home = Path()
    # The XDG specification has relative ones ignored.
    folder = Path(told) if Path(told).is_absolute() else home / ".config"
    if platform == "darwin":
        folder = home / "Library" / "Application Support"
    if not folder.is_absolute():
        # Below the working directory they would lie in a project.
        variable = "HOME" if platform == "darwin" else "XDG_CONFIG_HOME"
        raise SafeError(f"there is no home folder to keep credentials in: set {variable} to a folder, from / on")
    return folder


def _lacks(specs: Iterable[ReportSpec], credentials: Credentials) -> bool:
    signers = chain.from_iterable(signers_of(spec, credentials) for spec in specs)
    return any(missing_variables(signer, credentials) for signer in signers)


def _lacks_owners(specs: Iterable[ReportSpec], credentials: Credentials) -> bool:
    owners = (Signer(handle) for spec in specs if spec.posted for handle in spec.handles)
    return any(missing_variables(owner, credentials) for owner in owners)
