"""Imports follow the line of docs/architecture.md: no room knows those behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

LINE = ("voice", "spec", "plan", "api", "fetch", "store", "find", "report", "render", "run", "cli")
"""From the first to the last. What stands in no room is shared by all. `find` is the first on the way of the data; it
asks `api`, and what it is told is kept in `store`."""
ASKING = {"spec/brand_rules.py", "spec/template_rules.py", "spec/text_rules.py"}
"""Which of them ask `render`, within the function that asks, what a page can show."""
WORDS = "reportgen.spec.words"
"""Phrases of all messages."""


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module != WORDS:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", LINE)
def test_no_room_imports_a_later_one(room: str) -> None:
    package = ROOT / "reportgen"
    paths = [*(package / room).rglob("*.py"), *package.glob(f"{room}.py")]
    behind = LINE[LINE.index(room) + 1 :]
    found = {
        (str(path.relative_to(package)), name.split(".")[1])
        for path in paths
        for name in imported(ast.parse(path.read_text("utf-8")))
        if name.startswith("reportgen.") and name.split(".")[1] in behind
    }
    assert paths
    assert found == ({(path, "render") for path in ASKING} if room == "spec" else set())


def test_only_who_brings_commands_to_their_tweets_knows_where_they_came_from() -> None:
    package = ROOT / "reportgen"
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if path.parent.name != "find"
        and any(name.startswith("reportgen.find.") for name in imported(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {"finding.py"}


@pytest.mark.parametrize("path", sorted(ASKING))
def test_who_asks_a_later_one_does_so_where_it_is_needed(path: str) -> None:
    tree = ast.parse(Path(ROOT / "reportgen" / path).read_text("utf-8"))
    at_the_top = [name for node in tree.body if isinstance(node, ast.ImportFrom) for name in imported(node)]
    assert not [name for name in at_the_top if name.startswith("reportgen.render")]
