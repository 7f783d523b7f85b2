"""What signs calls: the app's key and bearer token, and a token for each handle. As they are set in variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from typing import Final

CONSUMER: Final = ("REPORTGEN_CONSUMER_KEY", "REPORTGEN_CONSUMER_SECRET")
BEARER: Final = "REPORTGEN_BEARER_TOKEN"
_OF_HANDLE: Final = re.compile(r"REPORTGEN_([A-Z0-9_]{1,15})_ACCESS_TOKEN(?:_SECRET)?")
_PRINTABLE: Final = re.compile(r"[!-~]+")
STRAY: Final = "has a space, a line break or another character that no key has; copy it again"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What signs calls. None of it is ever printed."""

    consumer_key: str | None = None
    consumer_secret: str | None = None
    bearer_token: str | None = None
    tokens: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Access token and secret by handle, in capitals and without @."""
    elsewhere: tuple[str, ...] = ()
    """Other Engagement APIs that something is kept for, which is not sent to the one of the project: origins."""

    def token(self, handle: str) -> tuple[str, str] | None:
        """The handle's access token and its secret."""
        return self.tokens.get(handle_key(handle))

    @property
    def app(self) -> str:
        """A name for the app that the calls count for, by its consumer key or else its bearer token; tells neither."""
        return app_name(self.consumer_key or self.bearer_token or "")

    def secrets(self) -> tuple[str, ...]:
        """All that must not be shown; what is shorter than eight characters could be any word of a text."""
        parts = (self.consumer_key, self.consumer_secret, self.bearer_token, *chain(*self.tokens.values()))
        return tuple(part for part in parts if part and len(part) >= 8)

    def __repr__(self) -> str:
        there = [
            *(["consumer key"] if self.consumer_key else []),
            *(["bearer token"] if self.bearer_token else []),
            *(f"token of @{handle.lower()}" for handle in self.tokens),
        ]
        return f"Credentials({', '.join(there)})"


def app_name(key: str) -> str:
    """A name for the app of a consumer key that does not tell the key."""
    return sha256(key.encode()).hexdigest()[:12]


def handle_key(handle: str) -> str:
    """The handle as credentials are found by it: in capitals and without @."""
    return handle.removeprefix("@").upper()


def token_variables(handle: str) -> tuple[str, str]:
    """The variables that hold the handle's access token and its secret."""
    name = f"REPORTGEN_{handle_key(handle)}_ACCESS_TOKEN"
    return name, f"{name}_SECRET"


def is_credential(variable: str) -> bool:
    """Whether the variable of this name holds a credential."""
    return variable in {*CONSUMER, BEARER} or _OF_HANDLE.fullmatch(variable) is not None


def is_well_formed(credential: str) -> bool:
    """Whether the text can be a key, a secret or a token."""
    return _PRINTABLE.fullmatch(credential) is not None


def credentials_of(variables: Mapping[str, str]) -> Credentials:
    """The credentials that the variables hold; of a pair that is not whole, nothing."""
    whole = {name: pair for name, pair in _pairs(variables).items() if all(map(variables.get, pair))}
    values = {name: (variables[key], variables[secret]) for name, (key, secret) in whole.items()}
    key, secret = values.pop("", (None, None))
    return Credentials(key, secret, variables.get(BEARER) or None, values)


def credential_problems(variables: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the credentials in the variables, none of which is empty. Repeats no value."""
    pairs = _pairs(variables).values()
    for name, other in (*pairs, *((secret, key) for key, secret in pairs)):
        if name in variables and other not in variables:
            yield f"{other} is missing; {name} is of no use without it"
    for name in (BEARER, *(name for pair in pairs for name in pair)):
        if name in variables and not is_well_formed(variables[name]):
            yield f"{name} {STRAY}"


def half_problems(environ: Mapping[str, str], in_file: Mapping[str, str]) -> Iterator[str]:
    """The pairs of which `environ` has one half while `.env` has a pair of its own: the two may not belong together."""
    for key, secret in _pairs(environ).values():
        for name, other in ((key, secret), (secret, key)):
            if environ.get(name) and not environ.get(other) and in_file.get(name) and in_file.get(other):
                yield f"{other} is missing in the environment; {name} there is not of .env's pair"


def _pairs(variables: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The names of the variables that come in twos, by handle; under the empty name the consumer's."""
    pairs = {match[1]: token_variables(match[1]) for match in map(_OF_HANDLE.fullmatch, variables) if match}
    return {"": CONSUMER, **pairs}
