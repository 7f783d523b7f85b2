"""Finds whose tweets they are: in the store, and in the X API where calls may be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from reportgen.ask import Ask
from reportgen.credentials import Credentials
from reportgen.find.desk import XDesk
from reportgen.find.owners import look_up, with_owners
from reportgen.find.signers import look_up_signers
from reportgen.gaps import NOT_ASKED, Reason
from reportgen.owners import NO_SUCH_TWEET, OWNER_UNKNOWN, Owner, handles_lacking_owners, ids_without_owner
from reportgen.signable import check_owners
from reportgen.spec.model import Obstacle, ReportSpec
from reportgen.store.open import Store
from reportgen.store.owners import read_owners

_NEVER_ASKED: Final = Obstacle(Reason.CALL_FAILED, NOT_ASKED, is_failure=True)


def owned(
    specs: Sequence[ReportSpec], ask: Ask, store: Store, credentials: Credentials, desk: XDesk | None
) -> tuple[ReportSpec, ...]:
    """The reports with the owners of their tweets, or what keeps these from being asked for.

    An owner whom the store does not know is looked up at the desk; where that is None, no call is made. Raises
    CredentialError where owners are to be looked up and there is no credential at all, and StoreError.
    """
    ids = ids_without_owner(specs)
    known = _known(store, ids)
    if desk:
        unknown = [tweet_id for tweet_id in ids if tweet_id not in known or _is_asked_again(known[tweet_id], ask)]
        if unknown:
            check_owners(specs, credentials)
        signers = look_up_signers(handles_lacking_owners(specs), credentials)
        told = look_up(unknown, signers, desk.posts, desk.keep_looked_up)
        known = {**told, **_known(store, ids)}
    otherwise = _NEVER_ASKED if ask is Ask.NOTHING else OWNER_UNKNOWN
    return tuple(with_owners(spec, known, credentials, otherwise) for spec in specs)


def _known(store: Store, ids: Sequence[str]) -> Mapping[str, Owner]:
    with store.reading() as connection:
        return read_owners(connection, ids)


def _is_asked_again(owner: Owner, ask: Ask) -> bool:
    """Whose a tweet is never changes; one that was not to be found may be there again."""
    return ask is Ask.EVERYTHING and owner == NO_SUCH_TWEET
