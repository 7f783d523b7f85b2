"""From handles to accounts: those that the store knows are not asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.api.x.model import AT_ONCE, Users, XProblem
from reportgen.find.troubles import TROUBLES, Trouble, trouble_of, trouble_with

LookUp: TypeAlias = Callable[[Sequence[str]], Users]
"""Asks for the accounts of up to 100 handles. Raises what `reportgen.find.troubles.TROUBLES` lists."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Whose handles they are: by the handle, in small letters."""

    ids: Mapping[str, str] = field(default_factory=dict)
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    """Why an account is not known, where it was asked for."""


def look_up(handles: Sequence[str], ask: LookUp) -> Accounts:
    """The accounts of these handles, so many a call as it takes. No failure ends it."""
    ids: dict[str, str] = {}
    troubles: dict[str, Trouble] = {}
    for part in _parts(handles):
        try:
            users = ask(part)
        except TROUBLES as error:
            troubles |= dict.fromkeys(map(str.lower, part), trouble_of(error))
            continue
        ids |= {user.handle.lower(): user.id for user in users.users}
        troubles |= {problem.about.lower(): trouble_with(problem) for problem in _about(users.problems, part)}
    return Accounts(ids, troubles)


def _about(problems: Sequence[XProblem], handles: Sequence[str]) -> Iterator[XProblem]:
    asked = set(handles)
    return (problem for problem in problems if problem.about in asked)


def _parts(handles: Sequence[str]) -> Iterator[Sequence[str]]:
    return (handles[n : n + AT_ONCE] for n in range(0, len(handles), AT_ONCE))
