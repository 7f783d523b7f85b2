"""What the API's bad days are made of: every way in which the simulator can be less friendly, each switched alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final, Literal

Trouble = Literal["status", "proxy", "reset", "hang", "cut", "cut_gzip", "cut_json", "html", "drip"]
"""How a call ends in trouble; `docs/simulator.md` tells them apart."""
Wording = Literal["plain", "by_author", "both", "unnamed"]
Unsupported = Literal["listed_with_zero", "listed", "zero"]
Hours = Literal["under_days", "summed"]
Numbers = Literal["strings", "bare", "mixed"]
Echo = Literal["asked", "other", "none"]

ALL_CREDENTIALS: Final = "all"
APP: Final = "app"
"""The bearer token, in `refused_credentials`."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults that are on; the defaults are the friendly API. Shares are from 0 to 1, spans of time in seconds.

    `schemas/faults.schema.json` describes each field under the same name.
    """

    seed: int = 1

    # On the way.
    trouble: float = 0
    trouble_kinds: tuple[Trouble, ...] = ("status", "proxy", "reset", "cut", "cut_gzip", "cut_json", "html")
    trouble_statuses: tuple[int, ...] = (500, 502, 503, 504)
    troubles_in_a_row: int | None = None
    """The most that one body meets before it is answered; None for no bound."""
    hang_seconds: float = 30
    drip_seconds: float = 1
    delay: tuple[float, float] = (0, 0)
    """The least and the most."""

    # The limit of the minute.
    calls_per_minute: int | None = None
    others_per_minute: int = 0
    limit_headers: bool = True

    # The X API.
    x_trouble: float = 0
    x_calls_per_window: int | None = None
    x_usage_capped: bool = False
    renamed_handles: Mapping[str, str] = field(default_factory=dict)
    suspended_handles: tuple[str, ...] = ()

    # What is refused.
    not_found: tuple[str, ...] = ()
    refused_credentials: tuple[str, ...] = ()
    forbidden_metrics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forbidden_tweet_ids: tuple[str, ...] = ()
    forbidden_wording: Wording = "both"
    deleted_tweet_ids: tuple[str, ...] = ()
    protected_tweet_ids: tuple[str, ...] = ()
    protected_handles: tuple[str, ...] = ()
    protected_named: bool = True

    # The shape of answers.
    unsupported: Unsupported = "listed_with_zero"
    hours: Hours = "under_days"
    numbers: Numbers = "strings"
    extra_keys: bool = False
    missing_tweet_ids: tuple[str, ...] = ()
    missing_metrics: tuple[str, ...] = ()
    damaged: float = 0
    echo: Echo = "asked"

    def refuses(self, signer: str) -> bool:
        """Whether the credentials of a handle, or of `app`, are refused."""
        return not {signer, ALL_CREDENTIALS}.isdisjoint(self.refused_credentials)

    def changed(self) -> dict[str, object]:
        """The fields that are not as the friendly API has them."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value != getattr(FRIENDLY, name)}


FRIENDLY: Final = Faults()
"""No fault is on."""
