"""From handles to accounts: those that the store knows are not asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from reportgen.api.x.model import AT_ONCE, Users, XProblem
from reportgen.ask import Ask
from reportgen.find.desk import XDesk
from reportgen.find.signers import APP, look_up_signers
from reportgen.find.troubles import TROUBLES, Trouble, trouble_of, trouble_with
from reportgen.parts import in_parts
from reportgen.store.open import Store
from reportgen.store.users import Meant, read_users

LookUp: TypeAlias = Callable[[Sequence[str]], Users]
"""Asks for the accounts of up to 100 handles, and keeps them. Raises what `reportgen.find.troubles.TROUBLES` lists."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Which accounts handles mean: by the handle, in small letters."""

    meant: Mapping[str, Meant] = field(default_factory=dict)
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    """Why nobody knows whose handles these are by now."""


def find_accounts(handles: Sequence[str], ask: Ask, store: Store, desk: XDesk | None) -> Accounts:
    """Find out which accounts these handles mean; where there is no desk, without a call. Raises StoreError."""
    known = _known(store, handles)
    if desk is None:
        return Accounts(known)
    certain = {handle for handle, its in known.items() if not its.is_doubted}
    asked = [handle for handle in handles if ask is Ask.EVERYTHING or handle.lower() not in certain]
    signer = next(iter(look_up_signers(handles, desk.credentials)), APP)
    troubles = look_up(asked, lambda part: desk.users(part, signer))
    # The account of a handle that nobody has any more may be there under another one.
    return Accounts(_known(store, handles), {h: trouble for h, trouble in troubles.items() if h not in certain})


def look_up(handles: Sequence[str], ask: LookUp) -> dict[str, Trouble]:
    """Why the accounts of some of these handles are not known, so many a call as it takes. No failure ends it."""
    return dict(chain.from_iterable(_look_up(part, ask) for part in in_parts(handles, AT_ONCE)))


def _look_up(handles: Sequence[str], ask: LookUp) -> Iterator[tuple[str, Trouble]]:
    try:
        problems = ask(handles).problems
    except TROUBLES as error:
        yield from ((handle.lower(), trouble_of(error)) for handle in handles)
        return
    yield from ((problem.about.lower(), trouble_with(problem)) for problem in _about(problems, handles))


def _about(problems: Sequence[XProblem], handles: Sequence[str]) -> Iterator[XProblem]:
    asked = set(handles)
    return (problem for problem in problems if problem.about in asked)


def _known(store: Store, handles: Sequence[str]) -> Mapping[str, Meant]:
    with store.reading() as connection:
        return read_users(connection, handles)
