"""How numbers are written for people: exact on tiles and in tables, short on the axes of charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reportgen.catalog import METRICS, Formula, Measure
from reportgen.formula import Count, divisors
from reportgen.render.signs import INCOMPLETE, UNKNOWN
from reportgen.report.kpis import Kpi
from reportgen.report.model import Value
from reportgen.report.tables import TableSection
from reportgen.voice.voice import Voice

SEE_NOTES: Final = "See the notes."
_NOT_KNOWN: Final = "Not known"
UNKNOWN_EXPLAINED: Final = f"{_NOT_KNOWN}. {SEE_NOTES}"
"""What is said of a number that is missing, wherever that is."""
ONLY_SOME: Final = "from some of the tweets only"
"""What is said of sums that lack tweets, where it is not said of how many."""


def written(measure: Measure, value: Value, voice: Voice) -> str:
    """The number as its measure's format has it: `12,345`, `3.42%`, `2.50`, or `–` where there is none."""
    if value.number is None:
        return UNKNOWN
    match measure.format:
        case "percent":
            return voice.percent(value.number)
        case "decimal":
            return voice.decimal(value.number)
        case "integer":
            return voice.whole(round(value.number))


def as_set(measure: Measure, number: float, voice: Voice) -> str:
    """A number of the report file, as exact as it stands there."""
    return voice.exact_percent(number) if measure.format == "percent" else voice.exact(number)


def short(measure: Measure, number: float, voice: Voice) -> str:
    """A number of an axis: `500`, `12k`, `1.5M`, `2.5%`."""
    return voice.short_percent(number) if measure.format == "percent" else voice.short(number)


def counted(number: int, noun: str, voice: Voice) -> str:
    """`1 tweet`, `1,200 tweets`."""
    return f"{voice.whole(number)} {noun}{'' if number == 1 else 's'}"


def marked(measure: Measure, value: Value, voice: Voice) -> str:
    """The number as `written`, with the mark of those that lack tweets: `12,345*`."""
    return written(measure, value, voice) + (INCOMPLETE if is_partial(value) else "")


def is_partial(value: Value) -> bool:
    """Whether the number is a sum that lacks some of its tweets."""
    return value.number is not None and value.missing > 0


def explained(measure: Measure, value: Value, voice: Voice) -> str | None:
    """What a reader should know about this number: that it is missing or lacks tweets. None where it is whole."""
    if value.number is not None:
        return f"From all but {counted(value.missing, 'tweet', voice)}. {SEE_NOTES}" if value.missing else None
    return _undefined(measure, value) or UNKNOWN_EXPLAINED


def ends_of(measure: Measure) -> tuple[str, str]:
    """What its largest and its smallest number are: `Most likes`, `Fewest likes`; `Highest click rate` of a formula."""
    most, least = ("Highest", "Lowest") if isinstance(measure, Formula) else ("Most", "Fewest")
    return f"{most} {measure.label.lower()}", f"{least} {measure.label.lower()}"


def tile_note(kpi: Kpi, voice: Voice) -> str | None:
    """The small line under the number of a tile: how many tweets it is from, or how a formula is made."""
    value, measure = kpi.value, kpi.measure
    if is_partial(value):
        return f"From {voice.whole(kpi.tweets - value.missing)} of {counted(kpi.tweets, 'tweet', voice)}"
    if value.number is None:
        return explained(measure, value, voice)
    return measure.words if isinstance(measure, Formula) else None


def dash_explained(values: Iterable[tuple[Measure, Value]]) -> str | None:
    """What the dashes among these numbers stand for, for the small print. None where there are none."""
    reasons = {_undefined(measure, value) or _NOT_KNOWN for measure, value in values if value.number is None}
    if not reasons:
        return None
    first, *others = sorted(reasons, key=lambda reason: reason != _NOT_KNOWN)
    return f"{UNKNOWN}\N{NO-BREAK SPACE}{' or '.join([first, *map(str.lower, others)])}."


def some_partial(values: Iterable[Value]) -> bool:
    """Whether some of the numbers lack tweets, and others do not."""
    return {is_partial(value) for value in values if value.number is not None} == {True, False}


def lacking(values: Iterable[Value], what: str) -> str:
    """`Some numbers are` or `Every number is`, and what those are that lack tweets."""
    return f"{'Some numbers are' if some_partial(values) else 'Every number is'} {what}."


def small_print(values: Iterable[tuple[Measure, Value]]) -> str | None:
    """What the marks at these numbers mean. None where they bear none."""
    values = tuple(values)
    sentences = [
        f"{INCOMPLETE} {ONLY_SOME.capitalize()}." if any(is_partial(value) for _, value in values) else None,
        dash_explained(values),
        SEE_NOTES if any(value.missing for _, value in values) else None,
    ]
    return " ".join(filter(None, sentences)) or None


def table_values(section: TableSection) -> Iterator[tuple[Measure, Value]]:
    """The numbers of a table, its totals among them; no changes."""
    for row in (*section.rows, *([section.totals] if section.totals else [])):
        for column, cell in zip(section.columns, row, strict=True):
            if column.measure and isinstance(cell, Value):
                yield column.measure, cell


def _undefined(measure: Measure, value: Value) -> str | None:
    """Why there is no number where nothing is missing."""
    if value.number is not None or value.missing:
        return None
    match divisors(measure.expression):
        case (Count(name),):
            return f"No rate without {METRICS[name].label.lower()}"
        case ():
            return "No tweets found"
    return "Divided by zero"
