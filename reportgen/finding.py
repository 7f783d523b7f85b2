"""How commands come to the tweets of their reports, before a run is planned: with calls, or without.

What asks and looks up is not imported where all reports list their tweets themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from reportgen.ask import Ask
from reportgen.credentials import Credentials
from reportgen.fetch import watch as fetch_watch
from reportgen.find import watch as find_watch
from reportgen.find.found import Found
from reportgen.signable import check_timelines
from reportgen.spec.model import ReportSpec

if TYPE_CHECKING:
    from reportgen.find.desk import XDesk
    from reportgen.run import Surroundings
    from reportgen.store.open import Store


class Watch(fetch_watch.Watch, find_watch.Watch, Protocol):
    """Is told how far it is."""


def find_tweets(
    specs: Sequence[ReportSpec], as_of: datetime, ask: Ask, surroundings: Surroundings, watch: Watch
) -> Found:
    """The reports as of `as_of` (UTC) with the tweets that their handles posted; what nobody knows is asked for.

    Before the first call: raises InputError where a handle has no credential or a range is still to come, and
    CredentialError where there is no credential at all. Raises StoreError. See `reportgen.find.find`.
    """
    if not _looks_for_tweets(specs):
        return Found(tuple(specs))
    from reportgen.find.find import find

    store, credentials = surroundings.store, surroundings.credentials
    if ask is Ask.NOTHING:
        return find(specs, as_of, ask, store, credentials, None)
    check_timelines(specs, credentials)
    return find(specs, as_of, ask, store, credentials, _desk(as_of, surroundings, watch))


def known_tweets(
    specs: Sequence[ReportSpec], as_of: datetime, ask: Ask, credentials: Credentials, store: Store | None
) -> Found:
    """The reports with those of the tweets that the store knows, and what a run would read. Makes no call.

    Raises InputError where a range is still to come, and StoreError.
    """
    if not _looks_for_tweets(specs):
        return Found(tuple(specs))
    from reportgen.find.find import find
    from reportgen.store.open import IN_MEMORY, open_store

    with nullcontext(store) if store else open_store(IN_MEMORY) as known:
        return find(specs, as_of, ask, known, credentials, None)


def _looks_for_tweets(specs: Sequence[ReportSpec]) -> bool:
    return any(spec.posted or _has_tweets_of_others(spec) for spec in specs)


def _has_tweets_of_others(spec: ReportSpec) -> bool:
    """Whether there are tweets whose owner is not known, or is none of the report's handles."""
    return bool(spec.handles) and not {tweet.handle for tweet in spec.tweets} <= set(spec.handles)


def _desk(as_of: datetime, surroundings: Surroundings, watch: Watch) -> XDesk:
    from reportgen.api.x.client import XClient
    from reportgen.fetch import patient
    from reportgen.find.desk import XDesk, ledger_in

    around = patient.Surroundings(surroundings.clock, surroundings.sleep, surroundings.chance, watch)
    attempts = patient.Patient(surroundings.patience, around)
    ledger = ledger_in(surroundings.store, surroundings.clock)
    client = XClient(surroundings.settings, surroundings.credentials, attempts, ledger)
    return XDesk(client, surroundings.credentials, surroundings.store, as_of, surroundings.now, watch)
