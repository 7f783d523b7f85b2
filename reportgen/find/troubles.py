"""What can be the matter with a handle, and what its timeline is said to be then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from reportgen.api.x.failures import FAILURES, XRefusedError, XUnauthorizedError
from reportgen.api.x.model import ProblemKind, XProblem
from reportgen.timelines import TimelineState

TROUBLES: Final = FAILURES
"""How a call can fail for good: it costs a handle its timeline, or tweets their owners, and no more."""

_STATES: Final[Mapping[ProblemKind, TimelineState]] = {
    "suspended": TimelineState.SUSPENDED,
    "protected": TimelineState.PROTECTED,
    "not_found": TimelineState.NOT_FOUND,
    "forbidden": TimelineState.NOT_AUTHORIZED,
    "other": TimelineState.FAILED,
}

_IS_BEHIND: Final = (
    "the range is not over yet for X: is this machine's clock right? With a simulator that stands still, "
    "give the same time as --as-of"
)
"""What it means that X refuses one of `_TIMES`: by the clock here, or by `--as-of`, they were there for a while."""
_TIMES: Final = frozenset({"start_time", "end_time"})


class Trouble(NamedTuple):
    """Why a timeline was not read to its end."""

    state: TimelineState
    detail: str


def trouble_with(problem: XProblem) -> Trouble:
    """What the vendor says of an account."""
    return Trouble(_STATES[problem.kind], problem.detail)


def trouble_of(error: Exception) -> Trouble:
    """What one of TROUBLES means for the timeline."""
    if isinstance(error, XRefusedError) and not _TIMES.isdisjoint(error.parameters):
        return Trouble(TimelineState.FAILED, _IS_BEHIND)
    state = TimelineState.NOT_AUTHORIZED if refuses_credential(error) else TimelineState.FAILED
    return Trouble(state, str(error))


def refuses_credential(error: Exception) -> bool:
    """Whether one of TROUBLES is about the credential that signed the call, and not about what was asked."""
    return isinstance(error, XUnauthorizedError) or (isinstance(error, XRefusedError) and error.status == 403)
