"""The limits of the contract and of the project: calls a run, handles a month. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from reportgen.errors import InputError
from reportgen.spec.words import listed

if TYPE_CHECKING:
    from reportgen.run import Planned
    from reportgen.settings import Settings

_NEAR_PERCENT: Final = 80
"""From here on people are warned."""
_NAMED: Final = 10
"""How many handles a sentence names."""


@dataclass(frozen=True, slots=True)
class HandlesWanted:
    """The handles (`@name`, in small letters) whose tweets are asked for, and how many tweets have an unknown owner."""

    handles: frozenset[str]
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class HandleCount:
    """How many handles a month of the contract has, before a run and after it."""

    month: date
    """The month's first day (UTC)."""
    asked: frozenset[str]
    """The handles asked about so far."""
    wanted: HandlesWanted
    limit: int | None
    """None where it is not known."""

    @property
    def new(self) -> tuple[str, ...]:
        """The handles that the run would add, in order."""
        return tuple(sorted(self.wanted.handles - self.asked))

    @property
    def after(self) -> int:
        """How many handles were asked about after the run."""
        return len(self.asked) + len(self.new)

    @property
    def is_over(self) -> bool:
        """Whether the run would ask about a handle that the contract does not allow. To ask again costs nothing."""
        return self.limit is not None and bool(self.new) and self.after > self.limit

    @property
    def is_near(self) -> bool:
        """Whether, after the run, at least 80 % of the limit are used."""
        return self.limit is not None and self.after * 100 >= self.limit * _NEAR_PERCENT


def billing_month(at: datetime, first_day: int) -> date:
    """The first day (UTC) of the contract's month in which `at` lies; `first_day` is 1 to 28."""
    day = at.astimezone(UTC).date()
    if day.day >= first_day:
        return day.replace(day=first_day)
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, first_day)


def handles_wanted(planned: Iterable[Planned]) -> HandlesWanted:
    """The handles whose tweets the plans' calls ask for. A tweet without a handle may have one in another report."""
    reports = tuple(planned)
    owners = {tweet.id: tweet.handle.lower() for report in reports for tweet in report.spec.tweets if tweet.handle}
    asked_for = {id_ for report in reports for request in report.plan.requests for id_ in request.tweet_ids}
    known = asked_for & owners.keys()
    return HandlesWanted(frozenset(owners[id_] for id_ in known), len(asked_for) - len(known))


def calls_refusal(calls: int, max_calls: int | None) -> str | None:
    """Why a run of so many calls is refused; None where it is not."""
    if max_calls is None or calls <= max_calls:
        return None
    allowed = f"max_calls in reportgen.yaml allows {max_calls:,}"
    return f"this run would need {counted(calls, 'call')}, and {allowed}; ask for less, or raise it"


def handles_summary(count: HandleCount) -> str:
    """How many handles the month has, and how many a plan adds."""
    limit = "" if count.limit is None else f" of {count.limit:,}"
    asked = f"{len(count.asked):,}{limit} asked about, {len(count.new):,} new by this plan"
    return f"Handles in the month since {count.month}: {asked}{_unknown(count)}"


def handles_refusal(count: HandleCount) -> str | None:
    """Why a run that would go over the contract's handles is refused; None where it would not."""
    if not count.is_over:
        return None
    new = f"{counted(len(count.new), 'new handle')} ({_named(count.new)})"
    advice = "ask about fewer, or go on with --over-handle-limit"
    return f"this run would ask about {new}, and that makes {_after(count)}{_unknown(count)}; {advice}"


def handles_warning(count: HandleCount) -> str | None:
    """What to know before a run that comes near the contract's handles, or goes over; None where it does neither."""
    return f"with this run, the handles asked about are {_after(count)}{_unknown(count)}" if count.is_near else None


def check_max_calls(calls: int, settings: Settings) -> None:
    """Raise InputError where a run needs more calls than the settings allow."""
    if refusal := calls_refusal(calls, settings.max_calls):
        raise InputError(refusal)


def check_handles(count: HandleCount, *, allowed: bool) -> None:
    """Raise InputError where a run would go over the contract's handles, unless that is `allowed`."""
    if not allowed and (refusal := handles_refusal(count)):
        raise InputError(refusal)


def counted(number: int, noun: str) -> str:
    """`1 call`, `1,200 calls`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _after(count: HandleCount) -> str:
    return f"{count.after:,} of the contract's {count.limit:,} (handles_per_month) in the month since {count.month}"


def _unknown(count: HandleCount) -> str:
    unknown = count.wanted.unknown
    return f"; {counted(unknown, 'tweet')} of unknown owners may add more" if unknown else ""


def _named(handles: Sequence[str]) -> str:
    more = len(handles) - _NAMED
    return listed([*handles[:_NAMED], f"{more:,} more"] if more > 0 else handles, "and")
