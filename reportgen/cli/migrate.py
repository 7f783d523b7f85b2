"""`reportgen migrate`: a report file from the settings of another client."""

from __future__ import annotations

import glob
import os
import posixpath
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from reportgen.catalog import ENDPOINTS
from reportgen.cli import options
from reportgen.errors import InputError, OutputError
from reportgen.migrate.model import Asked, Inbox, Part
from reportgen.output import make_folder
from reportgen.spec.document import Document
from reportgen.spec.load import LARGEST_FILE
from reportgen.spec.problems import Problem

_KEYS: Final = re.compile(rb"engagement_api|consumer_|token|secret", re.IGNORECASE)
"""Words that stand in the clients' files of keys, and in none of their settings."""
_READ: Final = (".csv", ".json", ".gz")
"""What the Ruby client takes from its inbox."""


@click.command()
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option(
    "--accounts", type=click.Path(), metavar="FILE", help="Tell the owner of the tweets from this file of keys."
)
@click.option("--name", help="Name the report.")
@click.option("--handle", type=options.Handle(), help="The account whose access token the old client has.")
@click.option("--endpoint", type=click.Choice(tuple(ENDPOINTS)), help="The endpoint that the old client is told.")
@click.option("--start", metavar="DATE", help="The start that the old client is told.")
@click.option("--end", metavar="DATE", help="The end that the old client is told.")
@click.option("--tweets", multiple=True, metavar="FILE", help="A file of tweet ids. May be given more than once.")
@click.option(
    "--credentials", is_flag=True, help="Take the keys of that file over, by default of the one that the client reads."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the report file here.")
def migrate(
    file: str,
    accounts: str | None,
    out: Path | None,
    tweets: tuple[str, ...],
    *,
    credentials: bool,
    **asked: str | None,
) -> None:
    """Make a report file of the settings of the Ruby or the Python sample client of the Engagement API.

    FILE is app_settings.yaml of the one or config.yaml of the other; which, its content tells. The options are for what
    these clients are told on their command lines.
    """
    from reportgen.cli.take_over import default_file, take_over
    from reportgen.migrate.accounts import account_in, owner_of, signed_in
    from reportgen.migrate.migrate import migrate_file
    from reportgen.migrate.recognise import kind_of

    document = _secret_document(file) if _has_keys(file) else _document(file)
    kind = kind_of(document)
    if not isinstance(kind, str):
        raise InputError(document.problem(kind))
    if credentials:
        accounts = accounts or default_file(kind, file)
    account = account_in(_secret_document(accounts)) if accounts else None
    inbox = _inbox(document) if kind == "ruby" else Inbox()
    told = Asked(**asked, file=out.stem if out else None, tweets=tweets)
    write = partial(migrate_file, document, kind, inbox=inbox, now=options.now(), schema=_schema_from(out))
    owner: Part[str | None] = owner_of(account) if account else Part(None)
    text = write(told, owner)
    if out:
        _make_room(out)
    if account and credentials:
        # Behind all that can be wrong with the settings: keys are kept together with a report file, or not at all.
        text = write(replace(told, handle=None), signed_in(take_over(account, told.handle), account))
    if out is None:
        click.echo(text, nl=False)
        return
    _write_new(out, text)
    click.echo(f"Wrote {out}; what is still to do is in its comments. Then: reportgen validate {out}", err=True)


def _document(path: str) -> Document:
    from reportgen.spec.load import load

    document, problems = load(path)
    if document is None or problems:
        raise InputError(*problems)
    return document


def _secret_document(path: str) -> Document:
    """As `_document`, of a file of keys: what YAML stumbles over there may be one, and is not repeated."""
    if not Path(path).is_file():
        return _document(path)
    try:
        return _document(path)
    except InputError as error:
        places = [problem for problem in error.problems if isinstance(problem, Problem)]
        why = "this cannot be read as YAML; put keys and tokens in quotes"
        raise InputError(*(replace(place, message=why) for place in places)) from None


def _has_keys(path: str) -> bool:
    """Whether somebody may have taken a file of keys for one of settings. One that cannot be read has none to show."""
    try:
        with Path(path).open("rb") as file:
            return _KEYS.search(file.read(LARGEST_FILE)) is not None
    except (OSError, ValueError):
        return False


def _inbox(document: Document) -> Inbox:
    from reportgen.migrate.reading import Reading
    from reportgen.migrate.ruby import inbox_of
    from reportgen.spec.tweet_files.paths import ENDINGS, files_of

    folder = glob.escape(inbox_of(Reading(document)))
    folders = (folder, posixpath.join(folder, "processed"))
    patterns = (posixpath.join(at, f"*{ending}") for at in folders for ending in _READ)
    all_files = (path for at in folders for path in files_of(posixpath.join(at, "*")))
    others = (path for path in all_files if path.endswith(ENDINGS) and not path.endswith(_READ))
    return Inbox(tuple(pattern for pattern in patterns if files_of(pattern)), tuple(others))


def _schema_from(out: Path | None) -> str:
    """The path of the schema from the folder of the report file; reports/ where that is not known."""
    from reportgen.migrate.report_file import SCHEMA

    return Path(os.path.relpath(SCHEMA, out.parent if out else "reports")).as_posix()


def _make_room(path: Path) -> None:
    """Make the folder of the report file. Raises OutputError where it cannot be written, or is there already."""
    if path.exists():
        raise OutputError(f"{path} is there already, and is left as it is; give --out another name")
    make_folder(path.parent)


def _write_new(path: Path, text: str) -> None:
    """Raises OutputError, also where there is a file already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
