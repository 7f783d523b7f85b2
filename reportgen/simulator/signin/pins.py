"""Sign-ins that are under way: a request token, then a PIN, then never again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

from reportgen.simulator.accounts import Account
from reportgen.simulator.chance import chance, code

LASTS: Final = 15 * 60
"""For how many seconds a request token, and the PIN with it, are good."""


class NoSignInError(Exception):
    """There is no such sign-in: it was never begun, is over, or took too long."""


class WrongPinError(Exception):
    """The PIN is not the one that the page showed."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in. `account` and `pin` are None until somebody has authorized it; `began` is in seconds since 1970."""

    token: str
    secret: str
    began: float
    account: Account | None = None
    pin: str | None = None


@dataclass(slots=True)
class SignIns:
    """All sign-ins that are under way. `now` is in seconds since 1970; each method but `begin` raises NoSignInError."""

    seed: int
    _number: int = 0
    _under_way: dict[str, SignIn] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, now: float) -> SignIn:
        """A new one, and the end of those that took too long."""
        with self._lock:
            self._number += 1
            key = (self.seed, "sign-in", self._number, now)
            begun = SignIn(code(27, *key, "token"), code(32, *key, "secret"), now)
            recent = {token: one for token, one in self._under_way.items() if _is_good(one, now)}
            self._under_way = {**recent, begun.token: begun}
        return begun

    def find(self, token: str, now: float) -> SignIn:
        """The one with that request token."""
        with self._lock:
            return self._good(token, now)

    def authorize(self, token: str, account: Account, now: float) -> str:
        """Let the app act for the account: the PIN to type in, seven digits."""
        with self._lock:
            found = self._good(token, now)
            pin = f"{int(chance(self.seed, token, account.handle, 'pin') * 10**7):07}"
            self._under_way[token] = replace(found, account=account, pin=pin)
        return pin

    def redeem(self, token: str, pin: str, now: float) -> Account:
        """The account that authorized it, once. Raises WrongPinError too; then the right PIN still works."""
        with self._lock:
            found = self._good(token, now)
            if found.account is None or found.pin != pin:
                raise WrongPinError
            del self._under_way[token]
        return found.account

    def _good(self, token: str, now: float) -> SignIn:
        found = self._under_way.get(token)
        if found is None or not _is_good(found, now):
            raise NoSignInError
        return found


def _is_good(one: SignIn, now: float) -> bool:
    return now < one.began + LASTS
