"""The Jinja of a text section: which names it uses, and what is wrong with it before there is a number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.spec.words import did_you_mean, quoted

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

TOTALS: Final = ("totals", "numbers")
"""The names under which a text finds the measures of the report: as they are written, and as numbers."""
PERIOD: Final = ("label", "first_day", "last_day")
NAMES: Final = ("title", "period", "as_of", "handles", "tweets", *TOTALS)
"""All that a text may name."""
_ALONE: Final = "a text stands alone; it extends, includes and imports nothing"
_NO_PICTURES: Final = "a text shows no pictures; leave it out"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and how many characters into the text."""

    index: int
    message: str


def named_totals(markdown: str) -> tuple[str, ...]:
    """The measures that the text names, each once. The text has no faults."""
    from jinja2 import Environment

    found = _attributes(Environment(autoescape=True).parse(markdown))
    return tuple(dict.fromkeys(name for of, name, _ in found if of in TOTALS))


def faults(markdown: str, environment: Environment, measures: Collection[str] | None) -> Iterator[Fault]:
    """What is wrong with a text that `environment` will render; `measures` are those that it may name, None where they
    cannot be known.
    """
    from jinja2 import TemplateSyntaxError

    picture = re.search(r"!\[[^\]]*\][(\[]", markdown)
    if picture:
        yield Fault(picture.start(), _NO_PICTURES)
    try:
        environment.compile(markdown)
    except TemplateSyntaxError as error:
        yield Fault(_index(markdown, error.lineno), (error.message or "this is no Jinja").rstrip("."))
        return
    yield from _names(markdown, environment, measures)


def _names(markdown: str, environment: Environment, measures: Collection[str] | None) -> Iterator[Fault]:
    from jinja2 import meta, nodes

    tree = environment.parse(markdown)
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield Fault(_index(markdown, node.lineno), _ALONE)
    strange = meta.find_undeclared_variables(tree) - {*NAMES, *environment.globals}
    for used in tree.find_all(nodes.Name):
        if used.name in strange:
            strange.remove(used.name)
            message = f"{quoted(used.name)} is not known in texts{did_you_mean(used.name, NAMES)}"
            yield Fault(_index(markdown, used.lineno, used.name), message)
    for of, name, line in _attributes(tree):
        if of == "period" and name not in PERIOD:
            message = f"{quoted(name)} is not known of the period{did_you_mean(name, PERIOD)}"
            yield Fault(_index(markdown, line, name), message)
        if of in TOTALS and measures is not None and name not in measures:
            message = f"{quoted(name)} is not among the report's metrics{did_you_mean(name, measures)}"
            yield Fault(_index(markdown, line, name), message)


def _attributes(tree: nodes.Node) -> Iterator[tuple[str, str, int]]:
    """What is read of a name: `totals.impressions` and `totals["impressions"]`, and in which line."""
    from jinja2 import nodes

    for read in tree.find_all(nodes.Getattr):
        if isinstance(read.node, nodes.Name):
            yield read.node.name, read.attr, read.lineno
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and isinstance(item.arg, nodes.Const) and isinstance(item.arg.value, str):
            yield item.node.name, item.arg.value, item.lineno


def _index(markdown: str, line: int, word: str = "") -> int:
    """Where the word stands in that line, which counts from 1; where it is not found, where the line begins."""
    start = sum(len(before) + 1 for before in markdown.split("\n")[: line - 1])
    end = markdown.find("\n", start)
    found = re.compile(rf"\b{re.escape(word)}\b" if word else r"\{[{%]").search(
        markdown, start, len(markdown) if end < 0 else end
    )
    return found.start() if found else start
