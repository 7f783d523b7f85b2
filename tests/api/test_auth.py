"""Who signs, and what is missing for it."""

from __future__ import annotations

import pytest

from reportgen.api.auth import missing_variables, sign_as
from reportgen.credentials import Credentials
from reportgen.request import Signer

ACME = ("REPORTGEN_ACME_ACCESS_TOKEN", "REPORTGEN_ACME_ACCESS_TOKEN_SECRET")
CONSUMER = ("REPORTGEN_CONSUMER_KEY", "REPORTGEN_CONSUMER_SECRET")
TOKENS = {"ACME": ("token", "token-secret")}


@pytest.mark.parametrize(
    ("handle", "credentials", "missing"),
    [
        ("@acme", Credentials("key", "secret", None, TOKENS), ()),
        ("@acme", Credentials("key", "secret", "bearer"), ACME),
        ("@acme", Credentials(tokens=TOKENS), CONSUMER),
        ("@acme", Credentials(), (*CONSUMER, *ACME)),
        (None, Credentials(bearer_token="bearer"), ()),
        (None, Credentials("key", "secret", None, TOKENS), ("REPORTGEN_BEARER_TOKEN",)),
    ],
)
def test_what_is_missing_is_named_as_the_settings_are(
    handle: str | None, credentials: Credentials, missing: tuple[str, ...]
) -> None:
    assert missing_variables(Signer(handle), credentials) == missing


def test_a_signer_without_credentials_cannot_sign() -> None:
    with pytest.raises(LookupError, match="REPORTGEN_BEARER_TOKEN"):
        sign_as(Signer(None), Credentials())
