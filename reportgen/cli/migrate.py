"""`reportgen migrate`: a report file from the settings of another client."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import Final

import click

from reportgen.catalog import ENDPOINTS
from reportgen.cli import options
from reportgen.errors import InputError, OutputError
from reportgen.migrate.model import Asked, Part
from reportgen.spec.document import Document

_SCHEMA: Final = "schemas/report.schema.json"
_KINDS: Final = ("*.csv", "*.json", "*.gz")
"""What the Ruby client takes from its inbox."""


@click.command()
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option(
    "--accounts", type=click.Path(), metavar="FILE", help="Tell the owner of the tweets from this file of keys."
)
@click.option("--name", help="Name the report.")
@click.option("--handle", help="The account whose access token the old client has.")
@click.option("--endpoint", type=click.Choice(tuple(ENDPOINTS)), help="The endpoint that the old client is told.")
@click.option("--start", metavar="DATE", help="The start that the old client is told.")
@click.option("--end", metavar="DATE", help="The end that the old client is told.")
@click.option("--tweets", multiple=True, metavar="FILE", help="A file of tweet ids. May be given more than once.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the report file here.")
def migrate(file: str, accounts: str | None, out: Path | None, tweets: tuple[str, ...], **asked: str | None) -> None:
    """Make a report file of the settings of the Ruby or the Python sample client of the Engagement API.

    FILE is app_settings.yaml of the one or config.yaml of the other; which, its content tells. The options are for what
    these clients are told on their command lines.
    """
    from reportgen.migrate.accounts import owner_in
    from reportgen.migrate.migrate import migrate_file
    from reportgen.migrate.recognise import kind_of

    document = _document(file)
    kind = kind_of(document)
    if not isinstance(kind, str):
        raise InputError(document.problem(kind))
    owner: Part[str | None] = owner_in(_document(accounts)) if accounts else Part(None)
    inbox = _inbox(document) if kind == "ruby" else ()
    text = migrate_file(document, kind, Asked(**asked, tweets=tweets), owner, inbox, options.now(), _schema_from(out))
    if out is None:
        click.echo(text, nl=False)
        return
    _write_new(out, text)
    click.echo(f"{out} is there; what is still to do stands in its comments. Then: reportgen validate {out}", err=True)


def _document(path: str) -> Document:
    from reportgen.spec.load import load

    document, problems = load(path)
    if document is None or problems:
        raise InputError(*problems)
    return document


def _inbox(document: Document) -> tuple[str, ...]:
    """Patterns of the files that lie in the inbox of the Ruby client, and in the folder that it moves them to."""
    from reportgen.migrate.reading import Reading
    from reportgen.migrate.ruby import inbox_of

    folder = inbox_of(Reading(document))
    folders = (folder, posixpath.join(folder, "processed"))
    return tuple(posixpath.join(at, kind) for at in folders for kind in _KINDS if next(Path(at).glob(kind), None))


def _schema_from(out: Path | None) -> str:
    """The path of the schema from the folder of the report file; reports/ where that is not known."""
    return Path(os.path.relpath(_SCHEMA, out.parent if out else "reports")).as_posix()


def _write_new(path: Path, text: str) -> None:
    """Raises OutputError, also where there is a file already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise OutputError(f"{path} is there already, and is left as it is; give --out another name") from error
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
