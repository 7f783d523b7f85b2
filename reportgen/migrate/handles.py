"""Whose tweets they are: the old clients only know an access token, and reportgen wants its handle."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from reportgen.catalog import ENDPOINTS, is_public
from reportgen.migrate.model import Asked, Part, Remark

PLACEHOLDER: Final = "@your_account"
"""Stands where a handle has to, and none is known."""
_UNKNOWN: Final = (
    "The old client has one access token and no handle. Put the handle of its owner here, in quotes, and sign it in: "
    "reportgen auth app, reportgen auth login @handle. Or migrate with --credentials, which asks X whose token it is."
)
_PUBLIC: Final = (
    "No handles: these are public counts, asked for with the bearer token, which reportgen auth app gets. To sign with "
    'the owner\'s token as the old client did, add handles: ["@name"].'
)


def handle_of(asked: Asked, owner: Part[str | None], endpoint: str, metrics: Collection[str]) -> Part[str | None]:
    """The handle whose token signs the calls; None where the report is one of public tweets."""
    if asked.handle:
        sign_in = f"sign it in: reportgen auth app, reportgen auth login {asked.handle}"
        return Part(asked.handle, (*owner.remarks, Remark(sign_in)))
    if owner.value:
        return owner
    if is_public(ENDPOINTS[endpoint], metrics):
        return Part(None, (*owner.remarks, Remark(_PUBLIC)))
    return Part(PLACEHOLDER, (*owner.remarks, Remark(_UNKNOWN)))
