"""Which accounts handles mean, and what accounts are called by now, as the X API told.

A handle may move to another account. What it means is told where X is asked for it by name, and no answer that names
its new account in passing changes that: else one account's tweets would become another's in the middle of a report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from reportgen.owners import Account
from reportgen.store.instants import seconds_of
from reportgen.store.parts import in_parts
from reportgen.store.schema import USER_NAMES, USERS

if TYPE_CHECKING:
    from reportgen.api.x.model import XUser

_DOUBTED: Final = 0
"""When a handle was looked up whose account is gone."""


class Meant(NamedTuple):
    """The account that a handle means."""

    user_id: str
    before: str | None = None
    """The id of another account that it meant before."""
    is_doubted: bool = False
    """Whether that account is gone, so that somebody else may have the handle by now."""


def keep_users(connection: Connection, users: Collection[XUser], looked_up: datetime) -> None:
    """Keep these accounts as those that their handles mean: X was asked for them by name."""
    _keep_meant(connection, users, looked_up)
    _keep_names(connection, users)


def keep_names(connection: Connection, users: Collection[XUser], told: datetime) -> None:
    """Keep what these accounts are called by now. A handle of which nobody knew what it means, means them."""
    known = read_users(connection, [user.handle for user in users])
    _keep_meant(connection, [user for user in users if user.handle.lower() not in known], told)
    _keep_names(connection, users)


def doubt_user(connection: Connection, handle: str) -> None:
    """Keep that the account of a handle (`@name`) is not there any more: somebody else may have the handle by now."""
    connection.execute(update(USERS).where(USERS.c.handle == handle.lower()).values(looked_up=_DOUBTED))


def read_users(connection: Connection, handles: Iterable[str]) -> dict[str, Meant]:
    """The accounts that these handles (`@name`) mean, by the handle in small letters, where they are known."""
    of = USERS.c
    wanted = sorted({handle.lower() for handle in handles})
    columns = select(of.handle, of.user_id, of.before, of.looked_up)
    return {
        handle: Meant(str(user_id), None if before is None else str(before), looked_up == _DOUBTED)
        for part in in_parts(wanted)
        for handle, user_id, before, looked_up in connection.execute(columns.where(of.handle.in_(part)))
    }


def read_accounts(connection: Connection, user_ids: Iterable[str]) -> dict[str, Account]:
    """These accounts by their ids, where anything is known of them."""
    ids = sorted(set(map(int, user_ids)))
    handles, names = _read_handles(connection, ids), _read_names(connection, ids)
    return {
        user_id: Account(name, tuple(sorted(of, key=lambda handle: handle != name.lower())))
        for user_id in handles.keys() | names.keys()
        for of in [handles.get(user_id, ())]
        for name in [names.get(user_id) or of[0]]
    }


def _keep_meant(connection: Connection, users: Collection[XUser], looked_up: datetime) -> None:
    known = read_users(connection, [user.handle for user in users])
    rows = {
        handle: {
            "handle": handle,
            "user_id": int(user.id),
            "looked_up": seconds_of(looked_up),
            "before": _before(user.id, known.get(handle)),
        }
        for user in users
        for handle in [user.handle.lower()]
    }
    for part in in_parts([*rows]):
        connection.execute(delete(USERS).where(USERS.c.handle.in_(part)))
        connection.execute(insert(USERS), [rows[handle] for handle in part])


def _before(user_id: str, known: Meant | None) -> int | None:
    before = known and (known.before if known.user_id == user_id else known.user_id)
    return int(before) if before else None


def _keep_names(connection: Connection, users: Collection[XUser]) -> None:
    names = {int(user.id): user.handle for user in users}
    for part in in_parts([*names]):
        connection.execute(delete(USER_NAMES).where(USER_NAMES.c.user_id.in_(part)))
        connection.execute(insert(USER_NAMES), [{"user_id": user_id, "name": names[user_id]} for user_id in part])


def _read_handles(connection: Connection, user_ids: Collection[int]) -> Mapping[str, tuple[str, ...]]:
    """The handles that mean these accounts, the one that was looked up last first."""
    of = USERS.c
    handles: dict[str, tuple[str, ...]] = {}
    for part in in_parts([*user_ids]):
        of_part = select(of.user_id, of.handle).where(of.user_id.in_(part))
        for user_id, handle in connection.execute(of_part.order_by(of.looked_up.desc(), of.handle)):
            handles[str(user_id)] = (*handles.get(str(user_id), ()), handle)
    return handles


def _read_names(connection: Connection, user_ids: Collection[int]) -> Mapping[str, str]:
    of = USER_NAMES.c
    return {
        str(user_id): name
        for part in in_parts([*user_ids])
        for user_id, name in connection.execute(select(of.user_id, of.name).where(of.user_id.in_(part)))
    }
