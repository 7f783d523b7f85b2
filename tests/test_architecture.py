"""docs/architecture.md tells of the tree as it is."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text()
NAMED = set(re.findall(r"[\w/]+\.py\b", PAGE))


def test_it_names_each_module_that_lies_in_no_room() -> None:
    loose = {path.name for path in (ROOT / "reportgen").glob("[!_]*.py")}
    assert loose - NAMED == set()


def test_it_names_each_room() -> None:
    rooms = {path.parent.name for path in (ROOT / "reportgen").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}/" not in PAGE and f"  {room}/ " not in PAGE} == set()


def test_it_names_no_module_that_is_not_there() -> None:
    there = [f"/{path.relative_to(ROOT)}" for path in (*ROOT.glob("reportgen/**/*.py"), *ROOT.glob("tests/**/*.py"))]
    assert {name for name in NAMED if not any(path.endswith(f"/{name}") for path in there)} == set()


def test_it_has_the_reason_for_each_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    reasons = "\n".join(line for line in PAGE.splitlines() if line.startswith("|")).lower()
    names = {re.split(r"[\[<>=]", library)[0] for library in wanted}
    assert {name for name in names if name.replace("psycopg", "psycopg 3") not in reasons} == set()
