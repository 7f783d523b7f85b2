"""Whether what a report leaves by is set up, seen without asking anybody and without making anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.delivery.mail import mail_faults
from reportgen.delivery.webhook import no_address
from reportgen.printable import printable_line

if TYPE_CHECKING:
    from reportgen.settings import Settings
    from reportgen.spec.model import ReportSpec


@dataclass(frozen=True, slots=True)
class Readiness:
    """What there is to say of a way out."""

    way: str
    said: str
    is_ready: bool = False


def readiness(spec: ReportSpec, settings: Settings) -> Iterator[Readiness]:
    """Each way by which the report leaves, as it is set up, or what is missing. Tells no secret."""
    if spec.email is not None:
        yield from _of_mail(settings)
    for name in spec.webhooks:
        is_set = name in settings.webhooks
        yield Readiness("webhook", f"{name}: its address is set" if is_set else no_address(name), is_set)
    if spec.publish is not None:
        yield _of_directory(spec.publish.directory)


def _of_mail(settings: Settings) -> Iterator[Readiness]:
    smtp, faults = settings.smtp, mail_faults(settings)
    yield from (Readiness("mail", fault) for fault in faults)
    if not faults:
        login = f"logged in as {smtp.username}" if smtp.username else "without a login"
        server = f"{smtp.host}:{smtp.port} ({smtp.security}), {login}, from {settings.mail_from}"
        yield Readiness("mail", f"{server}; reportgen mail FILE --to ADDRESS tries it", is_ready=True)


def _of_directory(folder: Path) -> Readiness:
    there = next((path for path in (folder, *folder.parents) if os.path.lexists(path)), folder)
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        return _directory(folder, f"{printable_line(str(there))} is no folder that can be written into")
    said = "it can be written into" if there == folder else "not there yet; it can be made"
    return _directory(folder, said, is_ready=True)


def _directory(folder: Path, said: str, *, is_ready: bool = False) -> Readiness:
    return Readiness("directory", f"{printable_line(str(folder))}: {said}", is_ready)
