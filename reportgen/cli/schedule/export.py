"""`reportgen schedule export`: print what makes systemd, cron or GitHub Actions start reportgen."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, TypeAlias

import click

from reportgen import __version__
from reportgen.cli import options
from reportgen.delivery_settings import SMTP_HOST
from reportgen.errors import InputError
from reportgen.install.installed import Installed
from reportgen.printable import printable_line
from reportgen.settings import Settings, load_settings
from reportgen.spec.model import ReportSpec
from reportgen.spec.report_files import Timetable, load_timetable
from reportgen.spec.words import quoted
from reportgen.store.address import file_of

_For: TypeAlias = Literal["systemd", "cron", "github"]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
@click.option("--systemd", "kind", flag_value="systemd", help="A unit that runs reportgen serve, with few rights.")
@click.option("--cron", "kind", flag_value="cron", help="A line of a crontab that runs reportgen run --due.")
@click.option("--github", "kind", flag_value="github", help="A workflow that runs reportgen run --due on GitHub.")
def export(files: tuple[str, ...], kind: _For | None) -> None:
    """Print what to install, so that reports are made when they are due; it says itself where it belongs.

    For the project in the working directory, and its reports with a schedule: of the files and folders given, else of
    the folder reports.
    """
    if kind is None:
        raise click.UsageError("Say for what: --systemd, --cron or --github.")
    settings, _ = load_settings(Path(), os.environ)
    timetable = load_timetable(files)
    if not timetable.scheduled:
        click.echo(_NO_SCHEDULE, err=True)
    if kind == "github":
        click.echo(_workflow(timetable, settings, files), nl=False)
        return
    installed = _installed(timetable, settings, files)
    for note in _notes(installed) if kind == "systemd" else ():
        click.echo(note, err=True)
    click.echo(_text(kind, installed), nl=False)


_NO_SCHEDULE: Final = 'No report has a schedule yet; one is given by a line such as schedule: {cron: "0 8 * * MON"}.'

_NO_CERTIFICATES: Final = (
    "smtp.ca in reportgen.yaml is {ca}, which lies outside of the repository; the runner has no such file, "
    "so put the certificates beside reportgen.yaml."
)


def _text(kind: Literal["systemd", "cron"], installed: Installed) -> str:
    from reportgen.install.crontab import crontab
    from reportgen.install.systemd import systemd_unit

    return systemd_unit(installed) if kind == "systemd" else crontab(installed)


def _workflow(timetable: Timetable, settings: Settings, files: tuple[str, ...]) -> str:
    from reportgen.install.github import github_workflow
    from reportgen.install.utc_crons import utc_crons
    from reportgen.install.variables import variables_of_reports

    crons = utc_crons((schedule for _, schedule in timetable.scheduled), options.now())
    names = variables_of_reports((spec for spec, _ in timetable.scheduled), settings)
    ca = settings.smtp.ca
    if ca and SMTP_HOST in names and _outside(Path.cwd(), [ca]):
        click.echo(_NO_CERTIFICATES.format(ca=printable_line(str(ca))), err=True)
    return github_workflow(crons, names, files, __version__)


def _installed(timetable: Timetable, settings: Settings, files: tuple[str, ...]) -> Installed:
    project, specs = Path.cwd(), [spec for spec, _ in timetable.scheduled]
    installed = Installed(
        program=_program(),
        files=files,
        project=project,
        user=getpass.getuser(),
        outside=tuple(_outside(project, _folders(specs, settings))),
        publishes=any(spec.publish for spec in specs),
    )
    for text in (*installed.program, *files, str(project), *map(str, installed.outside)):
        if not text.isprintable() or text != text.strip() or text.endswith("\\"):
            raise InputError(f"{quoted(text)} cannot be written into such a file; give it a name without odd signs")
    return installed


def _program() -> tuple[str, ...]:
    """This reportgen: the command beside its Python, where there is one. Links stay, since one makes a venv."""
    python = Path(sys.executable).absolute()
    command = python.with_name("reportgen")
    return (str(command),) if command.is_file() else (str(python), "-m", "reportgen")


def _folders(specs: Iterable[ReportSpec], settings: Settings) -> Iterator[Path]:
    """Those that are written into."""
    if store := file_of(settings.store):
        yield store.parent
    for spec in specs:
        yield spec.outputs.directory
        if spec.publish:
            yield spec.publish.directory


def _outside(project: Path, folders: Iterable[Path]) -> list[Path]:
    """Those that do not lie in the project, each once."""
    found = dict.fromkeys((project / folder).resolve() for folder in folders)
    return [folder for folder in found if not folder.is_relative_to(project.resolve())]


def _notes(installed: Installed) -> Iterator[str]:
    """What to see to before the unit is started."""
    if installed.user == "root":
        yield "The unit would run as root, as you do; better let it run as a user of its own: change User=."
    for folder in installed.outside:
        if not folder.is_dir():
            yield f"Make {folder} before you start the unit: systemd refuses to start it without."
