"""A PostgreSQL server of the tests' own, started from the programs that the machine has."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

WHO_MAY = "local all postgres trust\nlocal all all scram-sha-256\n"
"""pg_hba.conf: whoever can open the socket is the superuser; all others have a password."""

# The server ends when this process does, however that ends: the system then closes the other end of what `cat` reads.
RUN = """
PATH="$1:$PATH"; data="$2/data"; options="-c listen_addresses= -c unix_socket_directories='$2' -c fsync=off"
initdb -D "$data" -U postgres --auth=trust --locale=C --encoding=UTF8 --no-sync || exit
printf %s "$3" > "$data/pg_hba.conf"
pg_ctl start -D "$data" -w -l "$2/log" -o "$options" || { cat "$2/log"; exit 1; }
echo ready
cat > /dev/null
pg_ctl stop -D "$data" -m immediate > /dev/null
"""


@dataclass(frozen=True)
class Server:
    """A running server, reached by a socket in its folder alone."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def address(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a new and empty database."""
        name = f"kept{next(self._numbers)}"
        self.execute(self.address("postgres"), f"CREATE DATABASE {name}")
        return self.address(name)

    def execute(self, address: str, *statements: str) -> None:
        """Do this as another program would, each statement by itself."""
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def programs() -> Path | None:
    """The folder with the server's programs, of the newest version; None where there are none."""
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    found = debians[-1] if debians else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def serve_postgresql(programs: Path) -> Iterator[Server]:
    """A new server, which is gone afterwards with all that it held."""
    with TemporaryDirectory(prefix="reportgen-pg-") as name:
        folder = Path(name)
        script = ["sh", "-c", RUN, "sh", str(programs), name, WHO_MAY]
        with subprocess.Popen(
            script,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_as_whom(folder),
        ) as running:
            said = list(takewhile(lambda line: line != b"ready\n", running.stdout or ()))
            if running.poll() is not None:
                raise RuntimeError(b"".join(said).decode())
            yield Server(folder)


def _as_whom(folder: Path) -> dict[str, Any]:
    """The server refuses to run as root, whose part is taken by nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
