"""What the store asks of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError


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
