"""Draws a user's Vega-Lite specifications in a process of its own, which is ended when it takes too long.

An expression or a sequence in it may go on for ever, and what draws cannot be stopped from within.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from reportgen.render.svg import VEGA_LITE
from reportgen.render.vega_locale import vega_locale
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice

SECONDS: Final = 60
"""What a chart may take; those of reports take two or three."""
LARGEST: Final = 4 * 2**20
"""Characters of the drawing: many times those of a chart that can be read."""

_NEEDED: Final = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "FONTCONFIG_PATH",
)
_OF_A_TRACE: Final = ("at ", "File ", "Traceback ", "thread ", "note: ")


class DrawingError(Exception):
    """The specification cannot be drawn. Its text is what Vega says of it."""


def drawn_apart(specs: Sequence[Mapping[str, Any]], voice: Voice = ENGLISH, seconds: float = SECONDS) -> list[str]:
    """The SVG of each, its numbers and days written in that voice. Raises DrawingError."""
    # Without the working directory on the path: what lies in a project is no program of ours.
    command = [sys.executable, "-P", str(Path(__file__).with_name("drawing_process.py"))]
    try:
        asked = json.dumps({"version": VEGA_LITE, "specs": specs, "locale": vega_locale(voice)})
    except RecursionError as error:
        raise DrawingError("it is nested too deeply") from error
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            input=asked.encode(),
            env=_surroundings(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DrawingError(f"it takes more than {seconds:g} seconds") from error
    if done.returncode:
        raise DrawingError(_sentence(done.stderr.decode(errors="replace")))
    if len(done.stdout) > LARGEST:
        raise DrawingError(f"the picture is larger than {LARGEST // 2**20} MiB; draw less data")
    pictures: list[str] = json.loads(done.stdout)
    return pictures


def _surroundings() -> dict[str, str]:
    """What a program needs to start, and no credentials.

    Days and hours in the data have no zone of their own: they are not to be moved by that of the machine.
    """
    return {name: os.environ[name] for name in _NEEDED if name in os.environ} | {"TZ": "UTC"}


def _sentence(said: str) -> str:
    """What is wrong, of the many lines in which JavaScript says it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    found = next((line for line in lines if line.startswith(("Error:", "TypeError:", "SyntaxError:"))), None)
    told = [line for line in lines if not line.startswith(_OF_A_TRACE)]
    sentence = (found or (told[-1] if told else "the program that draws has ended")).removeprefix("Error: ")
    return sentence if len(sentence) <= 200 else f"{sentence[:199]}…"
