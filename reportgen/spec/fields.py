"""From a flat file of keys and values to the fields of a frozen dataclass, or problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from reportgen.spec.draft import Draft
from reportgen.spec.form import form_findings
from reportgen.spec.load import load
from reportgen.spec.problems import Finding, Problem

Readers = Mapping[str, Callable[[Any], object]]
"""By key, what turns a value of the right form into the field's. Raises ValueError with a sentence for the user."""


def load_fields(
    path: str, schema: str, readers: Readers, rules: Callable[[Draft], Iterable[Finding]] = lambda _: ()
) -> tuple[dict[str, Any], list[Problem]]:
    """The fields that the file sets, and every problem of it: as YAML, against `schemas/<schema>`, and the readers'
    and rules'.

    A key without a reader keeps its value, with lists as tuples. An empty file sets nothing.
    """
    document, problems = load(path)
    if document is None:
        return {}, list(problems)
    fields: dict[str, Any] = {}
    findings = form_findings(document, schema)
    if not findings:
        fields, findings = _read(document.root.data or {}, readers)
    findings += rules(Draft(document.root.data, [finding.place for finding in findings]))
    return fields, sorted({*problems, *map(document.problem, findings)})


def whole(number: float | None) -> int | None:
    """The number as an int, and None as it is: to YAML and JSON Schema 8.0 is a whole number too."""
    return None if number is None else int(number)


def _read(written: Mapping[str, Any], readers: Readers) -> tuple[dict[str, Any], list[Finding]]:
    """The values as the fields have them, and what is wrong with them beyond their form."""
    fields: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in written.items():
        try:
            fields[key] = readers.get(key, frozen)(value)
        except ValueError as error:
            findings.append(Finding((key,), str(error)))
    return fields, findings


def frozen(value: object) -> object:
    """Lists as tuples, those inside a mapping too."""
    if isinstance(value, dict):
        return {key: frozen(part) for key, part in value.items()}
    return tuple(map(frozen, value)) if isinstance(value, list) else value
