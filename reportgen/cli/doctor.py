"""`reportgen doctor`: what is here for good pages and their delivery, what is missing, and how to get it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reportgen import __version__
from reportgen.credentials import Credentials
from reportgen.errors import Exit, InputError, SafeError, StoreError
from reportgen.safe.safes import safes_of
from reportgen.settings import Settings, load_settings
from reportgen.spec.brand import Brand
from reportgen.spec.check import load_reports
from reportgen.spec.load import load
from reportgen.spec.model import ReportSpec
from reportgen.store.address import is_there

if TYPE_CHECKING:
    from reportgen.render.scripts import Script

_WIDE: Final = 13


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
def doctor(files: tuple[str, ...]) -> None:
    """Say what is here for good pages: fonts by script, settings, credentials, the store; and by what FILEs leave.

    Ends with 2 where the settings, the store or the safe cannot be used, a FILE has characters that no font here can
    set, or something is missing that it leaves by. A font that is missing is no failure otherwise.
    """
    for line in (_versions(), *_fonts()):
        click.echo(line)
    known = _known()
    well = [_project(*known) if known else False, *(_report(file, known and known[0]) for file in files)]
    sys.exit(Exit.DONE if all(well) else Exit.INPUT)


def _versions() -> str:
    import weasyprint
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    version = f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
    python = platform.python_version()
    return f"reportgen {__version__}, Python {python}, WeasyPrint {weasyprint.__version__}, Pango {version}"


def _fonts() -> Iterator[str]:
    from reportgen.render.scripts import EMOJI, SCRIPTS
    from reportgen.render.system_fonts import setting

    missing: list[Script] = []
    for script in (*SCRIPTS, EMOJI):
        found = setting(script.sample)
        if found.unset or (script is EMOJI and not found.in_colour):
            missing.append(script)
            yield _line(script.name, f"missing: {script.text}")
        else:
            yield _line(script.name, ", ".join(found.fonts))
    if missing:
        yield "A missing font shows as empty boxes in PDFs (emoji: without colours). To get it:"
        yield from ways_to_get(missing)


def ways_to_get(missing: Sequence[Script]) -> Iterator[str]:
    """The command of each system that installs the fonts of these scripts."""
    fonts = list(dict.fromkeys(script.text for script in missing))
    debian = " ".join(dict.fromkeys(script.debian for script in missing))
    fedora = " ".join(f"'font({font.lower().replace(' ', '')})'" for font in fonts)
    macos = " ".join(f"font-{font.lower().replace(' ', '-')}" for font in fonts)
    yield _line("Debian", f"apt-get install {debian}   (Ubuntu too)")
    yield _line("Fedora", f"dnf install {fedora}")
    yield _line("macOS", f"brew install --cask {macos}")
    yield _line("elsewhere", f"{', '.join(fonts)}, from fonts.google.com/noto")


def _known() -> tuple[Settings, Credentials] | None:
    """The settings and credentials of the project; None where they are broken, which is told."""
    try:
        return load_settings(Path(), os.environ)
    except InputError as error:
        click.echo(f"settings: {error}")
        return None


def _project(settings: Settings, credentials: Credentials) -> bool:
    click.echo(
        _line("settings", "reportgen.yaml" if Path("reportgen.yaml").exists() else "no reportgen.yaml: defaults")
    )
    well = _credentials(credentials, settings)
    _brand_fonts(settings.brand)
    return _store(settings) and well


def _credentials(credentials: Credentials, settings: Settings) -> bool:
    """Whether the safes can be looked into."""
    try:
        for safe in safes_of(settings, os.environ):
            credentials = safe.read().fill(credentials)
    except SafeError as error:
        click.echo(_line("credentials", str(error)))
        return False
    there = repr(credentials).removeprefix("Credentials(").removesuffix(")")
    click.echo(_line("credentials", there or "none: reportgen auth app gets them; reportgen demo needs none"))
    return True


def _brand_fonts(brand: Brand) -> None:
    """Tell which families of the brand are not here. A page is made all the same."""
    from reportgen.render.brand_files import is_file
    from reportgen.render.system_fonts import is_here

    for key, family in (("text", brand.text_font), ("headings", brand.headings_font)):
        if family and not is_file(family) and not is_here(family):
            instead = "another one stands in; install it, or name a file of the project"
            click.echo(_line("brand", f"fonts.{key}: {family!r} is not on this machine, and {instead}"))


def _store(settings: Settings) -> bool:
    from reportgen.store.open import open_store

    if not is_there(settings.store):
        click.echo(_line("store", f"none at {settings.store} yet; the first run makes it"))
        return True
    try:
        with open_store(settings.store) as store:
            click.echo(_line("store", f"{store.shown}, {store.size() / 1e6:,.2f} MB"))
    except StoreError as error:
        click.echo(_line("store", str(error)))
        return False
    return True


def _report(file: str, settings: Settings | None) -> bool:
    """Whether all that the report file says can be set, and leave by the ways that it names."""
    try:
        (spec,) = load_reports([file])
    except InputError as error:
        click.echo(str(error))
        return False
    well = _texts(file, spec)
    return (settings is None or _ways_out(spec, settings)) and well


def _ways_out(spec: ReportSpec, settings: Settings) -> bool:
    from reportgen.delivery.ready import readiness

    ways = [*readiness(spec, settings)]
    for way in ways:
        click.echo(_line(way.way, way.said))
    return all(way.is_ready for way in ways)


def _texts(file: str, spec: ReportSpec) -> bool:
    from reportgen.render.system_fonts import setting

    _brand_fonts(spec.brand)
    document, _ = load(file)
    words = {*_words(document.root.data if document else ""), *(tweet.text or "" for tweet in spec.tweets)}
    unset = setting(" ".join(sorted(words))).unset
    shown = ", ".join(f"{character} (U+{ord(character):04X})" for character in unset)
    click.echo(f"{file}: {f'no font here has {shown}' if unset else 'all of its texts can be set'}")
    return not unset


def _words(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for value in said.values():
            yield from _words(value)
    elif isinstance(said, list):
        for value in said:
            yield from _words(value)


def _line(name: str, text: str) -> str:
    return f"  {name:<{_WIDE}}{text}"
