"""From the measures of a report file without faults to formulas."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.catalog import Formula, NumberFormat
from reportgen.formula import Expression, divisors, is_whole
from reportgen.spec.formulas import parse_formula


def build_measure(name: str, given: str | Mapping[str, str]) -> Formula:
    """The measure as the file has it: a formula, or a mapping with `formula`, `label` and `format`."""
    said = {"formula": given} if isinstance(given, str) else given
    expression = parse_formula(said["formula"]).expression
    label = said.get("label") or name.replace("_", " ").strip().capitalize()
    return Formula(name, label, expression, said.get("format") or _fitting(expression))  # type: ignore[arg-type]


def _fitting(expression: Expression) -> NumberFormat:
    """What divides by counts is mostly a rate."""
    if divisors(expression):
        return "percent"
    return "integer" if is_whole(expression) else "decimal"
