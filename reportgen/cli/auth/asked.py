"""Takes what a person knows: secrets without showing them, and lines."""

from __future__ import annotations

import re
import sys
from typing import Final

import click

from reportgen.credentials import STRAY, is_well_formed
from reportgen.errors import InputError

_PIN: Final = re.compile("[0-9]{7}")
_MARK: Final = "\ufeff"
"""Some editors put it before a text; it is not seen."""


def secret(name: str) -> str:
    """A secret: typed unseen in a terminal, or a line of standard input. Raises InputError where it can be none."""
    given = _typed(name, hidden=True) if sys.stdin.isatty() else _line(name)
    if not given:
        raise InputError(f"no {name} was given; nothing is kept")
    if not is_well_formed(given):
        raise InputError(f"the {name} {STRAY}; nothing is kept")
    return given


def pin() -> str:
    """A PIN, with nothing but its digits; what can be none is asked for again. Raises InputError where nobody gives one
    any more.
    """
    while True:
        given = _typed("PIN", hidden=False) if sys.stdin.isatty() else _line("PIN")
        digits = "".join(given.split())
        if _PIN.fullmatch(digits):
            return digits
        click.echo("A PIN has seven digits.", err=True)


def _typed(name: str, *, hidden: bool) -> str:
    typed: str = click.prompt(name[0].upper() + name[1:], hide_input=hidden, default="", show_default=False, err=True)
    return typed.strip()


def _line(name: str) -> str:
    line = sys.stdin.readline()
    if not line:
        raise InputError(f"standard input ended before the {name} came; nothing is kept")
    return line.removeprefix(_MARK).strip()
