"""Which credentials there are, and where each comes from. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reportgen.credentials import Credentials, credentials_of, handle_key
from reportgen.env_file import variables_of
from reportgen.request import Signer
from reportgen.safe.kept import Kept
from reportgen.signable import APP, LOGIN, signers_of
from reportgen.spec.model import ReportSpec

Place = Literal["environment", ".env", "keyring", "file"]

KEY: Final = "consumer key"
BEARER: Final = "bearer token"


@dataclass(frozen=True, slots=True)
class Layer:
    """What is there when a place is looked into, after those before it."""

    place: Place
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether one credential is there. `mend` is the command that gets it, where it is not."""

    credential: str
    """`consumer key`, `bearer token`, or the handle whose token it is."""
    place: Place | None
    is_needed: bool
    mend: str
    is_of_another_app: bool = False
    """Whether it is kept, and of no use: it was issued for another app."""

    @property
    def signer(self) -> Signer | None:
        """Whom it lets sign; None for the key, which signs nothing alone."""
        return None if self.credential == KEY else Signer(None if self.credential == BEARER else self.credential)


def layers_of(
    environ: Mapping[str, str], in_file: Mapping[str, str], kept: Iterable[tuple[Place, Kept]]
) -> tuple[Layer, ...]:
    """All places, in the order in which they win. `in_file` is what .env has; what is set to nothing is not set."""
    of_project = credentials_of(variables_of(environ, in_file))
    layers = [Layer("environment", credentials_of(environ)), Layer(".env", of_project)]
    for place, held in kept:
        layers.append(Layer(place, held.fill(layers[-1].credentials)))
    return tuple(layers)


def standings(specs: Sequence[ReportSpec], layers: Sequence[Layer], kept: Sequence[Kept]) -> tuple[Standing, ...]:
    """How the app stands, each handle of the reports, and each other one that there is a token of."""
    credentials = layers[-1].credentials
    held = {key for one in kept for key in one.tokens}
    spelled = {handle_key(handle): handle for spec in specs for handle in spec.handles}
    handles = [spelled.get(key, f"@{key.lower()}") for key in dict.fromkeys([*spelled, *credentials.tokens, *held])]
    needed = {signer for spec in specs for signer in signers_of(spec, credentials)}
    # With two apps on one machine, the accounts of the other one are no trouble here.
    expected = spelled.keys() if specs else held
    as_users = any(signer.handle for signer in needed) or not specs
    return (
        Standing(KEY, _place(layers, lambda there: there.consumer_key), as_users, APP),
        Standing(BEARER, _place(layers, lambda there: there.bearer_token), Signer(None) in needed or not specs, APP),
        *(_of_handle(handle, layers, held, expected, needed) for handle in handles),
    )


def _of_handle(
    handle: str, layers: Sequence[Layer], held: Collection[str], expected: Collection[str], needed: Collection[Signer]
) -> Standing:
    place = _place(layers, lambda there: there.token(handle))
    key = handle_key(handle)
    is_stale = key in held and place is None
    is_needed = Signer(handle) in needed or (is_stale and key in expected)
    return Standing(handle, place, is_needed, f"{LOGIN} {handle}", is_stale)


def _place(layers: Sequence[Layer], part: Callable[[Credentials], object]) -> Place | None:
    return next((layer.place for layer in layers if part(layer.credentials)), None)
