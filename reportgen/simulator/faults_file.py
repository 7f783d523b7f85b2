"""From a YAML file to the faults that it switches on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from reportgen.errors import InputError
from reportgen.simulator.faults import Faults
from reportgen.spec.form import form_findings
from reportgen.spec.load import load
from reportgen.spec.problems import Finding


def load_faults(path: str) -> Faults:
    """The faults of a file; an empty one is the friendly API. Raises InputError with every problem of the file."""
    document, problems = load(path)
    if document is None:
        raise InputError(*problems)
    fields: dict[str, Any] = {}
    findings = form_findings(document, "faults.schema.json")
    if not findings:
        fields, findings = _fields(document.root.data or {})
    if problems or findings:
        raise InputError(*sorted({*problems, *map(document.problem, findings)}))
    return Faults(**fields)


def _fields(written: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """The values as Faults has them, and what is wrong with them beyond their form."""
    fields: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in written.items():
        try:
            fields[key] = _READ[key](value) if key in _READ else _frozen(value)
        except ValueError as error:
            findings.append(Finding((key,), str(error)))
    return fields, findings


def _frozen(value: object) -> object:
    """Lists as tuples, those inside a mapping too."""
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _span(value: float | list[float]) -> tuple[float, float]:
    least, most = value if isinstance(value, list) else (value, value)
    if least > most:
        raise ValueError("the first number is the least, the second the most; turn them round")
    return least, most


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


# To YAML and JSON Schema 8.0 is a whole number too.
_READ: Final[Mapping[str, Callable[[Any], object]]] = {
    "seed": int,
    "statuses": lambda value: tuple(map(int, value)),
    "at_most": _whole,
    "delay": _span,
    "calls_per_minute": _whole,
    "others_per_minute": int,
}
