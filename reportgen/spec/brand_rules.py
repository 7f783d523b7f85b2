"""What is wrong with a brand beyond its form: colours that don't stand out, files that can't be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor
from typing import Final

from reportgen.project import Project
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding, Place
from reportgen.spec.words import quoted

_PAPER: Final = "#ffffff"
_SERIES: Final[Place] = ("brand", "colors", "series")


def brand_findings(draft: Draft, project: Project) -> Iterator[Finding]:
    """Everything that is wrong with the file's brand; its files are those of the project."""
    if not draft.has("brand"):
        return
    from reportgen.render.brand_files import font, picture
    from reportgen.render.contrast import MARKS, TEXT

    yield from _contrast(draft, ("brand", "colors", "accent"), TEXT, "text")
    for place, _ in draft.children(*_SERIES):
        yield from _contrast(draft, place, MARKS, "a line or a bar")
    yield from _twice(draft)
    yield from _file(draft, ("brand", "logo"), lambda name: picture(project, name))
    for part in ("text", "headings"):
        yield from _file(draft, ("brand", "fonts", part), lambda name: font(project, name))


def _contrast(draft: Draft, place: Place, least: float, what: str) -> Iterator[Finding]:
    from reportgen.render.contrast import contrast, darkened

    colour = draft.get(*place)
    if colour is None or contrast(colour, _PAPER) >= least:
        return
    # Rounded down, or a colour that falls short by a hair would seem to reach what it lacks.
    ratio = floor(contrast(colour, _PAPER) * 100) / 100
    yield Finding(
        place,
        f"{quoted(colour)} has a contrast of {ratio:.2f} : 1 on white paper, and {what} needs {least:g} : 1; "
        f"the nearest colour that has it is {quoted(darkened(colour, _PAPER, least))}",
    )


def _twice(draft: Draft) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, colour in draft.children(*_SERIES):
        if colour.lower() in seen:
            yield Finding(place, f"{quoted(colour)} is there twice; lines of one colour can't be told apart")
        seen.add(colour.lower())


def _file(draft: Draft, place: Place, read: Callable[[str], object]) -> Iterator[Finding]:
    if name := draft.get(*place):
        try:
            read(name)
        except ValueError as error:
            yield Finding(place, str(error))
