"""The limits of the contract and of the project: calls a run, handles a month. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from reportgen.dates import long_day
from reportgen.errors import InputError
from reportgen.spec.words import counted, listed

if TYPE_CHECKING:
    from reportgen.request import Request
    from reportgen.settings import Settings
    from reportgen.spec.model import Tweet

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
class ContractMonth:
    """A month of the contract, from its first day (UTC), and how many handles it may have; None: not known."""

    first_day: date
    limit: int | None


@dataclass(frozen=True, slots=True)
class HandleCount:
    """How many handles a month of the contract has, before a run and after it."""

    month: ContractMonth
    asked: frozenset[str]
    """The handles asked about so far."""
    wanted: HandlesWanted

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
        limit = self.month.limit
        return limit is not None and bool(self.new) and self.after > limit

    @property
    def is_near(self) -> bool:
        """Whether, after the run, at least 80 % of the limit are used."""
        limit = self.month.limit
        return limit is not None and self.after * 100 >= limit * _NEAR_PERCENT


def contract_month(at: datetime, settings: Settings) -> ContractMonth:
    """The contract's month in which `at` lies."""
    return ContractMonth(billing_month(at, settings.billing_day), settings.handles_per_month)


def billing_month(at: datetime, first_day: int) -> date:
    """The first day (UTC) of the contract's month in which `at` lies; `first_day` is 1 to 28."""
    day = at.astimezone(UTC).date()
    if day.day >= first_day:
        return day.replace(day=first_day)
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, first_day)


def handles_wanted(tweets: Iterable[Tweet], requests: Iterable[Request]) -> HandlesWanted:
    """The handles whose tweets are asked for. A tweet may be there twice, and have its handle in one place only."""
    owners = {tweet.id: tweet.handle.lower() for tweet in tweets if tweet.handle}
    asked_for = {id_ for request in requests for id_ in request.tweet_ids}
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
    limit = "" if count.month.limit is None else f" of {count.month.limit:,}"
    asked = f"{len(count.asked):,}{limit} asked about, {len(count.new):,} new by this plan"
    return f"Handles since {long_day(count.month.first_day)}: {asked}{_unknown(count)}"


def handles_refusal(count: HandleCount) -> str | None:
    """Why a run that would go over the contract's handles is refused; None where it would not."""
    limit = count.month.limit
    if limit is None or not count.is_over:
        return None
    new = f"{counted(len(count.new), 'new handle')} ({_named(count.new)})"
    advice = "ask about fewer, or go on with --over-handle-limit"
    return f"this run would ask about {new}, and that makes {_after(count, limit)}{_unknown(count)}; {advice}"


def handles_outlook(count: HandleCount) -> str | None:
    """How the month stands after a run, where that is near the contract's handles or over; None where it is neither."""
    limit = count.month.limit
    return _after(count, limit) if limit is not None and count.is_near else None


def handles_warning(count: HandleCount) -> str | None:
    """The same of a run that adds handles, with what it could not count; None of one that adds none."""
    outlook = handles_outlook(count) if count.new else None
    return f"{outlook}{_unknown(count)}" if outlook else None


def check_max_calls(calls: int, settings: Settings) -> None:
    """Raise InputError where a run needs more calls than the settings allow."""
    if refusal := calls_refusal(calls, settings.max_calls):
        raise InputError(refusal)


def check_handles(count: HandleCount, *, allowed: bool) -> None:
    """Raise InputError where a run would go over the contract's handles, unless that is `allowed`."""
    if not allowed and (refusal := handles_refusal(count)):
        raise InputError(refusal)


def _after(count: HandleCount, limit: int) -> str:
    asked = f"{counted(count.after, 'handle')} asked about since {long_day(count.month.first_day)}"
    left = limit - count.after
    rest = f"{-left:,} over" if left < 0 else f"{left:,} left" if left else "none left"
    return f"{asked}; the contract has {limit:,} (handles_per_month): {rest}"


def _unknown(count: HandleCount) -> str:
    unknown = count.wanted.unknown
    if not unknown:
        return ""
    has, its = ("has", "its handle is") if unknown == 1 else ("have", "their handles are")
    return f"; {counted(unknown, 'tweet')} {has} no owner named in the file; {its} not counted"


def _named(handles: Sequence[str]) -> str:
    more = len(handles) - _NAMED
    return listed([*handles[:_NAMED], f"{more:,} more"] if more > 0 else handles, "and")
