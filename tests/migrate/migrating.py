"""Migrates settings that stand in a test, without a file."""

from __future__ import annotations

from reportgen.errors import InputError
from reportgen.instants import parse_instant
from reportgen.migrate.migrate import migrate_file
from reportgen.migrate.model import Asked, Inbox, Part
from reportgen.migrate.recognise import kind_of
from reportgen.spec.document import Document
from reportgen.spec.load import parse
from tests.runs import PRESENT

ACME = Asked(handle="@acme")
NOBODY: Part[str | None] = Part(None)


def document(text: str, path: str = "old.yaml") -> Document:
    found, problems = parse(path, text.encode())
    assert found is not None, problems
    assert problems == ()
    return found


def migrated(
    text: str,
    asked: Asked = ACME,
    owner: Part[str | None] = NOBODY,
    inbox: tuple[str, ...] = ("inbox/*.csv",),
    path: str = "old.yaml",
    others: tuple[str, ...] = (),
) -> str:
    old = document(text, path)
    kind = kind_of(old)
    assert isinstance(kind, str), kind
    return migrate_file(
        old, kind, asked, owner, Inbox(inbox, others), parse_instant(PRESENT), "../schemas/report.schema.json"
    )


def refused(text: str, asked: Asked = ACME) -> list[str]:
    """What is wrong with the settings, a line each."""
    try:
        migrated(text, asked)
    except InputError as error:
        return str(error).splitlines()
    return []
