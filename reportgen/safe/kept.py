"""What a safe keeps for a pair of addresses, as one JSON document: the app and a token for each handle."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from reportgen.credentials import Credentials, app_name, handle_key

VERSION: Final = 1
_HANDLE: Final = re.compile(r"@\w{1,50}", re.ASCII)
"""As the X API spells one at most: an account's own may be longer than a report file's."""


@dataclass(frozen=True, slots=True, repr=False)
class KeptApp:
    """The app that calls are made as."""

    consumer_key: str
    consumer_secret: str
    bearer_token: str

    @property
    def name(self) -> str:
        """As `Credentials.app`."""
        return app_name(self.consumer_key)


@dataclass(frozen=True, slots=True, repr=False)
class KeptToken:
    """A handle's access token. `app` is the name of the app that it was issued for, and good for no other."""

    token: str
    secret: str
    app: str


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """All that is kept for a pair of addresses."""

    app: KeptApp | None = None
    tokens: Mapping[str, KeptToken] = field(default_factory=dict)
    """By handle, in capitals and without @."""

    def with_token(self, handle: str, token: KeptToken) -> Kept:
        """The same, with this token for the handle."""
        return replace(self, tokens={**self.tokens, handle_key(handle): token})

    def without(self, handle: str) -> Kept:
        """The same, without a token for the handle."""
        return replace(self, tokens={key: token for key, token in self.tokens.items() if key != handle_key(handle)})

    def fill(self, credentials: Credentials) -> Credentials:
        """The credentials, and what they lack from here. What was issued for another app than theirs stays out."""
        key, secret = credentials.consumer_key, credentials.consumer_secret
        if self.app and not key:
            key, secret = self.app.consumer_key, self.app.consumer_secret
        app = app_name(key or "")
        bearer = self.app.bearer_token if self.app and self.app.name == app else None
        tokens = {handle: (kept.token, kept.secret) for handle, kept in self.tokens.items() if kept.app == app}
        return replace(
            credentials,
            consumer_key=key,
            consumer_secret=secret,
            bearer_token=credentials.bearer_token or bearer,
            tokens={**tokens, **credentials.tokens},
        )

    def as_json(self) -> dict[str, object]:
        """The document."""
        app = self.app
        keys = ("consumer_key", "consumer_secret", "bearer_token")
        return {
            "version": VERSION,
            "app": {key: getattr(app, key) for key in keys} if app else None,
            "tokens": {
                f"@{handle.lower()}": {
                    "access_token": kept.token,
                    "access_token_secret": kept.secret,
                    "app": kept.app,
                }
                for handle, kept in self.tokens.items()
            },
        }


NOTHING: Final = Kept()


def kept_from(document: object) -> Kept:
    """What the document holds. Raises ValueError, which repeats nothing of it."""
    # A key that is missing, or a value of another type, is all the same: nobody but reportgen writes this.
    try:
        return _read(document)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("it is not what reportgen keeps") from None


def json_of(text: str | bytes) -> object:
    """The value of a JSON text. Raises ValueError, which repeats nothing of it and holds no reference to it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON") from None


def _read(document: Any) -> Kept:  # noqa: ANN401 - what it is shows as it is read
    if document["version"] != VERSION:
        raise ValueError("another version of reportgen wrote it")
    app = document["app"]
    if not all(map(_HANDLE.fullmatch, document["tokens"])):
        raise KeyError
    tokens = {
        handle_key(handle): KeptToken(_text(of["access_token"]), _text(of["access_token_secret"]), _text(of["app"]))
        for handle, of in document["tokens"].items()
    }
    if app is None:
        return Kept(None, tokens)
    parts = (_text(app[key]) for key in ("consumer_key", "consumer_secret", "bearer_token"))
    return Kept(KeptApp(*parts), tokens)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value
