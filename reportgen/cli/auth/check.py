"""Whether credentials work: a call each to the X API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.api.auth import missing_variables
from reportgen.api.reply import NoReplyError
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.credentials import Credentials, handle_key
from reportgen.request import Signer
from reportgen.safe.standing import BEARER, KEY, Standing

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


_WORKS: Final = Verdict(works=True, text="works")


def checked(found: Iterable[Standing], settings: Settings, credentials: Credentials) -> Mapping[str, Verdict]:
    """By credential, whether it works, of those that are there. The consumer key signs with a token that works."""
    from reportgen.api.x.client import XClient

    standings = list(found)
    client = XClient(settings, credentials)
    handles = [signer.handle for standing in standings if (signer := standing.signer) and signer.handle]
    verdicts = {
        standing.credential: _verdict(client, signer, standing.mend, (handles or [_ANYBODY])[0])
        for standing in standings
        if standing.place and (signer := standing.signer) and not missing_variables(signer, credentials)
    }
    has_signed = any(verdict.works for credential, verdict in verdicts.items() if credential != BEARER)
    return {KEY: _WORKS, **verdicts} if has_signed else verdicts


def _verdict(client: XClient, signer: Signer, mend: str, anybody: str) -> Verdict:
    try:
        if signer.handle is None:
            client.users([anybody], signer)
            return _WORKS
        owner = client.me(signer).handle
    except (XUnauthorizedError, XRefusedError) as error:
        return Verdict(works=False, text=f"does not work: {error}; run {mend}")
    except (XBusyError, NoReplyError) as error:
        return Verdict(works=None, text=f"could not be checked: {error}")
    if handle_key(owner) != handle_key(signer.handle):
        return Verdict(works=False, text=f"is a token of {owner}: run {mend}")
    return _WORKS
