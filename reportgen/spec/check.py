"""Check report files: all that is wrong with them, or what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike, fspath

from reportgen.errors import InputError
from reportgen.spec.build import build
from reportgen.spec.draft import Draft
from reportgen.spec.form import form_findings
from reportgen.spec.load import load
from reportgen.spec.model import ReportSpec
from reportgen.spec.problems import Problem
from reportgen.spec.rules import rule_findings
from reportgen.spec.tweet_files.read import with_tweet_files


def check(path: str | PathLike[str]) -> ReportSpec | tuple[Problem, ...]:
    """What the file and its files of tweets say, or every problem that they have, in the order of the text."""
    document, problems = load(fspath(path))
    if document is None:
        return problems
    findings = form_findings(document, "report.schema.json")
    if document.root.entries:
        findings += rule_findings(Draft(document.root.data, [finding.place for finding in findings]))
    found = {*problems, *map(document.problem, findings)}
    return tuple(sorted(found)) if found else with_tweet_files(document, build(document))


def load_reports(paths: Iterable[str | PathLike[str]]) -> list[ReportSpec]:
    """What the files say. Raises InputError with the problems of all of them."""
    specs: list[ReportSpec] = []
    problems: list[Problem] = []
    for path in paths:
        checked = check(path)
        if isinstance(checked, ReportSpec):
            specs.append(checked)
        else:
            problems.extend(checked)
    problems += alike(specs)
    if problems:
        raise InputError(*problems)
    return specs


def alike(specs: Iterable[ReportSpec]) -> Iterator[Problem]:
    """A problem for each report that is called like an earlier one: they would overwrite each other's files."""
    first: dict[str, ReportSpec] = {}
    for spec in specs:
        other = first.setdefault(spec.name, spec)
        if other is not spec:
            yield called_alike(spec, other)


def called_alike(spec: ReportSpec, other: ReportSpec) -> Problem:
    """The problem of a report that has the name of another one."""
    return Problem(spec.path, *spec.name_at, f"name: {other.path} is called '{spec.name}' too")
