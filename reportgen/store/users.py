"""Whose handle it is, as the X API told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from reportgen.store.instants import seconds_of
from reportgen.store.parts import in_parts
from reportgen.store.schema import USERS

_DOUBTED: Final = 0
"""When a handle was looked up whose account is gone."""


def keep_users(connection: Connection, users: Mapping[str, str], looked_up: datetime) -> None:
    """Keep the ids of the accounts of these handles (`@name`), in the place of those that they had.

    Other handles of the same accounts are older ones.
    """
    at = seconds_of(looked_up)
    rows = [{"handle": handle.lower(), "user_id": int(user_id), "looked_up": at} for handle, user_id in users.items()]
    for part in in_parts(rows):
        connection.execute(delete(USERS).where(USERS.c.handle.in_([row["handle"] for row in part])))
        is_other = and_(USERS.c.user_id.in_([row["user_id"] for row in part]), USERS.c.looked_up >= at)
        connection.execute(update(USERS).where(is_other).values(looked_up=at - 1))
        connection.execute(insert(USERS), part)


def doubt_user(connection: Connection, handle: str) -> None:
    """Keep that the account of a handle (`@name`) is not there any more: somebody else may have the handle by now."""
    connection.execute(update(USERS).where(USERS.c.handle == handle.lower()).values(looked_up=_DOUBTED))


def read_users(connection: Connection, handles: Collection[str]) -> dict[str, str]:
    """The ids of the accounts of these handles (`@name`), by the handle in small letters, where they are known."""
    return _ids(connection, handles, USERS.c.looked_up != _DOUBTED)


def read_doubted(connection: Connection, handles: Collection[str]) -> dict[str, str]:
    """The ids of the accounts that had these handles (`@name`) and are gone, by the handle in small letters."""
    return _ids(connection, handles, USERS.c.looked_up == _DOUBTED)


def _ids(connection: Connection, handles: Collection[str], which: ColumnElement[bool]) -> dict[str, str]:
    of = USERS.c
    wanted = sorted({handle.lower() for handle in handles})
    return {
        handle: str(user_id)
        for part in in_parts(wanted)
        for handle, user_id in connection.execute(select(of.handle, of.user_id).where(of.handle.in_(part), which))
    }


def read_handles(connection: Connection, user_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The handles of these accounts (`@name`, in small letters), the one that was looked up last first."""
    of = USERS.c
    handles: dict[str, tuple[str, ...]] = {}
    for part in in_parts(sorted(set(map(int, user_ids)))):
        of_part = select(of.user_id, of.handle).where(of.user_id.in_(part))
        for user_id, handle in connection.execute(of_part.order_by(of.looked_up.desc(), of.handle)):
            handles[str(user_id)] = (*handles.get(str(user_id), ()), handle)
    return handles
