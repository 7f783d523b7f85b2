"""What the store asks of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError

from reportgen.store.address import is_on_server


@dataclass(frozen=True, slots=True)
class Database:
    """A database behind one pool of connections."""

    shown: str
    """The address, without a password."""
    reader: Engine
    """Its transactions see the moment at which they began, whatever others write meanwhile."""
    writer: Engine
    """Of its transactions, over all processes, there is one at a time; each sees what the one before it wrote."""
    lasting: Engine
    """As `writer`; what its transactions wrote outlasts a power cut."""
    alone: Engine
    """Each of its statements is a transaction of its own."""
    code: Callable[[DBAPIError], int | str | None]
    """The code of an error, as in `reportgen.store.sentences`; None where the database gives none."""
    size: str
    """The statement that tells how many bytes the store takes."""
    tidy: Callable[[Connection], None]
    """Gives back the space of what was deleted, on a connection that is `alone`; on SQLite also its bytes."""
    damage: Callable[[Connection], Sequence[str]]
    """What the database itself finds broken, a line each; empty where it cannot tell."""


def shown_address(address: str) -> str:
    """The address without its password; and without its options, which may hold one too."""
    url = make_url(address).set(query={})
    # All three ways to write it mean the same server.
    named = url.set(drivername="postgresql") if is_on_server(address) else url
    return named.render_as_string(hide_password=True)
