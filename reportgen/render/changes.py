"""How changes are written for people. An arrow or a sign says which way; no colour says whether that is good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.render.numbers import written
from reportgen.render.signs import UNKNOWN
from reportgen.report.changes import NoChange
from reportgen.report.kpis import Kpi
from reportgen.report.model import Change
from reportgen.report.tables import TableSection
from reportgen.voice.digits import to_read
from reportgen.voice.voice import Voice

UP: Final = "↑"
DOWN: Final = "↓"
_MINUS: Final = "\N{MINUS SIGN}"
_POINTS: Final = "\N{NO-BREAK SPACE}pp"
_WHY: Final[Mapping[NoChange, str]] = {
    NoChange.NO_PARTNER: "Nothing to compare with",
    NoChange.NOT_KNOWN: "Not known",
    NoChange.NOT_KNOWN_BEFORE: "Not known before",
    NoChange.OTHER_TWEETS: "Not over the same tweets",
    NoChange.OTHER_LENGTH: "Not over as long a time",
    NoChange.FROM_ZERO: "From 0",
    NoChange.FROM_BELOW_ZERO: "From less than 0",
}


def amount(change: Change, voice: Voice) -> str:
    """How large the change is, whichever way: `12.3%`, `0.42 pp`, or `–` where there is none to tell."""
    if change.number is None:
        return UNKNOWN
    if change.in_points:
        return f"{voice.decimal(_points(change.before.number or 0, change.number))}{_POINTS}"
    return voice.change(abs(change.number))


def _points(before: float, number: float) -> float:
    """Between the two as they are written, so that who subtracts one from the other comes to the same."""
    return float(abs(to_read((before + number) * 100) - to_read(before * 100)))


def way(change: Change, voice: Voice) -> str:
    """An arrow; empty where there is no change, or none that the number shows."""
    if not change.number or amount(change, voice) == amount(Change(change.before, 0, change.in_points), voice):
        return ""
    return UP if change.number > 0 else DOWN


def signed(change: Change, voice: Voice) -> str:
    """`+12.3%`, `−0.42 pp`, `0.0%` or `–`."""
    sign = {UP: "+", DOWN: _MINUS, "": ""}[way(change, voice)]
    return f"{sign}{amount(change, voice)}"


def in_words(change: Change, voice: Voice) -> str:
    """For those who hear it: `up 12.3%`, or why there is none."""
    if change.why:
        return why(change)
    words = {UP: "up ", DOWN: "down ", "": "unchanged, "}[way(change, voice)]
    return f"{words}{amount(change, voice)}"


def why(change: Change) -> str:
    """Why there is no change to tell; empty where there is one."""
    return _WHY[change.why] if change.why else ""


def tile_change(kpi: Kpi, voice: Voice) -> str | None:
    """What stands behind the amount of a tile: what the number was, or why there is none to set beside it.

    None where the tile has no number to begin with.
    """
    change = kpi.change
    if change is None or change.why is NoChange.NOT_KNOWN:
        return None
    was = f"from {written(kpi.measure, change.before, voice)}"
    if change.why is NoChange.FROM_BELOW_ZERO:
        return f"{was}, less than 0"
    return why(change).lower() if change.why else was


def changes_explained(section: TableSection) -> str | None:
    """What the dashes among the changes of a table stand for. None where it bears none."""
    changes = [cell for row in section.rows for cell in row if isinstance(cell, Change)]
    reasons = [*dict.fromkeys(why(change) for change in changes if change.why)]
    if not reasons:
        return None
    first, *others = sorted(reasons, key=[*_WHY.values()].index)
    return f"{UNKNOWN}\N{NO-BREAK SPACE}in a change: {' or '.join([first.lower(), *map(str.lower, others)])}."
