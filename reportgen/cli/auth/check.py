"""Whether credentials work: a call each to the X API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.api.auth import missing_variables
from reportgen.api.reply import NoReplyError
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.credentials import Credentials, handle_key
from reportgen.request import Signer
from reportgen.safe.standing import BEARER, KEY, Standing
from reportgen.signable import APP, LOGIN

if TYPE_CHECKING:
    from reportgen.api.x.client import XClient
    from reportgen.settings import Settings

_ANYBODY: Final = "@XDevelopers"
"""Who is looked up where no handle is known: an account of the vendor's own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check. `works` is None where X could not be asked."""

    works: bool | None
    text: str


def checked(found: Iterable[Standing], settings: Settings, credentials: Credentials) -> Mapping[str, Verdict]:
    """By credential, whether it works, of those that are there. The consumer key signs with a token that works."""
    from reportgen.api.x.client import XClient

    standings = list(found)
    client = XClient(settings, credentials)
    handles = [signer.handle for standing in standings if (signer := standing.signer) and signer.handle]
    verdicts = {
        standing.credential: _verdict(client, signer, (handles or [_ANYBODY])[0])
        for standing, signer in _to_check(standings)
        if not missing_variables(signer, credentials)
    }
    has_signed = any(verdict.works for credential, verdict in verdicts.items() if credential != BEARER)
    return {KEY: _WORKS, **verdicts} if has_signed else verdicts


def _to_check(standings: Iterable[Standing]) -> Iterator[tuple[Standing, Signer]]:
    for standing in standings:
        if standing.place and (signer := standing.signer):
            yield standing, signer


def _verdict(client: XClient, signer: Signer, anybody: str) -> Verdict:
    try:
        if signer.handle is None:
            client.users([anybody], signer)
            return _WORKS
        owner = client.me(signer).handle
    except (XUnauthorizedError, XRefusedError) as error:
        return Verdict(works=False, text=f"does not work: {error}; run {_mend(signer)}")
    except (XBusyError, NoReplyError) as error:
        return Verdict(works=None, text=f"could not be checked: {error}")
    if handle_key(owner) != handle_key(signer.handle):
        return Verdict(works=False, text=f"is a token of {owner}: run {_mend(signer)}")
    return _WORKS


_WORKS: Final = Verdict(works=True, text="works")


def _mend(signer: Signer) -> str:
    return f"{LOGIN} {signer.handle}" if signer.handle else APP
