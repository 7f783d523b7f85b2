"""`reportgen auth status`: which credentials are there, from where, and whether they work."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from reportgen.cli.auth.check import Verdict, checked
from reportgen.cli.auth.place import Place, this_place
from reportgen.errors import Exit
from reportgen.safe.addresses import origin_of
from reportgen.safe.standing import Standing, layers_of, standings
from reportgen.signable import kept_elsewhere
from reportgen.spec.check import check as check_report
from reportgen.spec.check import load_reports
from reportgen.spec.model import ReportSpec
from reportgen.spec.words import listed

_REPORTS: Final = Path("reports")
_NOTE: Final = (
    "What works here may still lack the Engagement API: X opens that to an app by contract, and the first run tells."
)
Verdicts = Mapping[str, Verdict]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@click.option("--check", is_flag=True, help="Ask X whether they work: a call each.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(files: tuple[str, ...], *, check: bool, as_json: bool) -> None:
    """Say which credentials are there for the reports in FILE, or in the folder reports, and from where.

    Ends with 4 where one that they need is missing or, with --check, does not work.
    """
    here = this_place()
    specs, left_out = _reports(files)
    for path in left_out:
        click.echo(f"{path} is left out: run reportgen validate {path} to see what is wrong", err=True)
    held = [(safe.kind, safe.read()) for safe in here.safes]
    layers = layers_of(os.environ, here.in_file, held)
    found = standings(specs, layers, [kept for _, kept in held])
    verdicts = checked(found, here.settings, layers[-1].credentials) if check else {}
    is_missing = any(standing.is_needed and standing.place is None for standing in found)
    elsewhere = here.elsewhere() if is_missing else ()
    is_ready = all(_is_ready(standing, verdicts) for standing in found)
    if as_json:
        shown = {
            "x_api": origin_of(here.settings.x_api_url),
            "credentials": [_as_json(standing, verdicts) for standing in found],
            "kept_elsewhere": elsewhere,
            "ready": is_ready,
            "left_out": left_out,
        }
        click.echo(json.dumps(shown, indent=2))
    else:
        click.echo("\n".join([*_head(here, found), *_lines(found, verdicts), *kept_elsewhere(elsewhere)]))
        if check:
            click.echo(_NOTE)
    sys.exit(Exit.DONE if is_ready else Exit.CREDENTIALS)


def _reports(files: Sequence[str]) -> tuple[Sequence[ReportSpec], Sequence[str]]:
    """The reports, and the files of the folder that are wrong. Raises InputError where one that is named is."""
    if files:
        return load_reports(files), ()
    found = {str(path): check_report(path) for path in sorted(_REPORTS.glob("*.yaml"))}
    specs = [checked for checked in found.values() if isinstance(checked, ReportSpec)]
    return specs, [path for path, checked in found.items() if not isinstance(checked, ReportSpec)]


def _head(here: Place, found: Iterable[Standing]) -> Iterator[str]:
    """For which X they are, and, where there are none, for which others there are."""
    yield f"Credentials for {origin_of(here.settings.x_api_url)}"
    if any(standing.place for standing in found):
        return
    if others := listed([origin for safe in here.safes for origin in safe.others()], "and"):
        which = "REPORTGEN_X_API_URL, or x_api_url in reportgen.yaml, says which counts"
        yield f"None are kept for it, but some for {others}: {which}."


def _is_ready(standing: Standing, verdicts: Verdicts) -> bool:
    if standing.place is None:
        return not standing.is_needed
    verdict = verdicts.get(standing.credential)
    return verdict is None or verdict.works is True


def _lines(found: Iterable[Standing], verdicts: Verdicts) -> Iterable[str]:
    for standing in found:
        yield f"{standing.credential:<17} {_where(standing):<12} {_said(standing, verdicts)}".rstrip()


def _where(standing: Standing) -> str:
    return standing.place or ("missing" if standing.is_needed else "none")


def _said(standing: Standing, verdicts: Verdicts) -> str:
    if verdict := verdicts.get(standing.credential):
        return verdict.text
    if standing.is_of_another_app:
        return f"it was issued for another app: run {standing.mend}"
    if standing.place:
        return ""
    return f"run {standing.mend}" if standing.is_needed else "no report here needs it"


def _as_json(standing: Standing, verdicts: Verdicts) -> dict[str, object]:
    verdict = verdicts.get(standing.credential)
    return {
        "credential": standing.credential,
        "place": standing.place,
        "needed": standing.is_needed,
        "works": verdict.works if verdict else None,
        "detail": _said(standing, verdicts) or None,
    }
