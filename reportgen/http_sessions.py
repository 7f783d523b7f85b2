"""HTTP as reportgen speaks it, whoever the other side is: under its own name, and nowhere else than it was sent to."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests
import urllib3

from reportgen import __version__
from reportgen.web_addresses import is_loopback


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere. The library would read the whole body of what redirects, before it is told not to follow."""


def new_session(url: str) -> requests.Session:
    """A session for calls to this address."""
    session = _Session()
    session.headers["User-Agent"] = f"reportgen/{__version__}"
    # A proxy of the network's is for the outside; a server on this machine is not behind it.
    session.trust_env = not is_loopback(urlsplit(url).hostname or "")
    return session


def is_unreached(error: Exception) -> bool:
    """Whether no connection came about, to the other side or to a proxy: as the library wraps it up."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(getattr(reason, "original_error", reason), urllib3.exceptions.NewConnectionError)
