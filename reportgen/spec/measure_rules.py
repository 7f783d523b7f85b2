"""What is wrong with the measures of a report file, and with the names of measures in it, beyond their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reportgen.catalog import ENDPOINTS, FORMULAS, METRICS, metrics_of
from reportgen.formula import divides_by_nothing
from reportgen.spec.draft import Draft
from reportgen.spec.formulas import FormulaError, parse_formula
from reportgen.spec.problems import Finding, Place
from reportgen.spec.section_places import names_shown
from reportgen.spec.wording import about_metric
from reportgen.spec.words import did_you_mean, known_are, quoted


def _formulas(draft: Draft) -> Iterator[Finding]:
    for place, given in draft.children("measures"):
        at, text = (place, given) if isinstance(given, str) else ((*place, "formula"), given["formula"])
        yield from _formula(draft, at, text)


def _formula(draft: Draft, place: Place, text: str) -> Iterator[Finding]:
    try:
        parsed = parse_formula(text)
    except FormulaError as error:
        yield Finding(place, str(error), within=error.index)
        return
    of, choices = _to_choose_from(draft)
    counts = [name for name in choices if name in METRICS]
    for name, index in parsed.names:
        if name not in counts:
            yield Finding(place, _no_count(draft, name, of, counts), within=index)
    if not parsed.names:
        yield Finding(place, f"there is no count in this formula{known_are(counts)}")
    elif divides_by_nothing(parsed.expression):
        yield Finding(place, "this formula divides by numbers that come to 0, which has no result")


def _no_count(draft: Draft, name: str, of: str, counts: Sequence[str]) -> str:
    if name in FORMULAS or name in draft.keys_of("measures"):
        return f"{quoted(name)} is a measure itself; a formula is made of counts"
    return f"{quoted(name)} is not {of}{about_metric(name, counts) or did_you_mean(name, counts)}"


def _names(draft: Draft) -> Iterator[Finding]:
    """Names that are neither metrics nor measures. Metrics that the endpoint lacks are refused by the schema."""
    of, choices = _to_choose_from(draft)
    own = draft.keys_of("measures")
    known = {*METRICS, *FORMULAS, *own}
    for place, name in (*draft.children("metrics"), *names_shown(draft)):
        if name not in known:
            hint = about_metric(name, choices) or did_you_mean(name, (*choices, *own))
            yield Finding(place, f"{quoted(name)} is not {of}{' or a measure of this report' if own else ''}{hint}")


def _to_choose_from(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """What a name has to be the name of, in words, and the names without the report's own measures."""
    endpoint = ENDPOINTS.get(draft.get("endpoint") or "")
    if endpoint is None:
        return "a metric", (*METRICS, *FORMULAS)
    if not draft.has("handles"):
        return "a public metric", tuple(metric.name for metric in METRICS.values() if metric.public)
    return f"a metric of {endpoint.name}", metrics_of(endpoint)


MEASURE_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (_formulas, _names)
