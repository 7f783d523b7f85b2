"""Every problem of a report file is one line, in the user's words, at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reportgen.errors import InputError
from reportgen.resources import resource
from reportgen.spec.check import check, load_reports
from reportgen.spec.model import ReportSpec
from tests.spec.bad_form import BAD_FORM, NOT_YAML
from tests.spec.bad_rules import BAD_RULES
from tests.spec.documents import BASE, FULL, GOOD, PUBLIC

BAD = BAD_FORM | BAD_RULES | NOT_YAML
SCHEMA = json.loads(resource("schemas/report.schema.json").read_text())


def write(folder: Path, text: str, name: str = "a.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_good_file_is_a_spec(text: str, tmp_path: Path) -> None:
    assert isinstance(check(write(tmp_path, text)), ReportSpec)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_file_gives_its_lines(bad: tuple[str, ...], tmp_path: Path) -> None:
    text, *lines = bad
    path = write(tmp_path, text)
    problems = check(path)
    assert isinstance(problems, tuple)
    assert [str(problem) for problem in problems] == [f"{path}:{line}" for line in lines]


def test_faults_of_every_kind_are_told_at_once(tmp_path: Path) -> None:
    text = BASE.replace("impressions", "impresions").replace("name: acme", "name: acme\nname: b")
    path = write(tmp_path, text + "timezone: XQ\nsections: [{chart: {grouping: dayly}}]\n")
    assert [str(problem) for problem in check(path)] == [  # type: ignore[union-attr]
        f"{path}:3:1: the key 'name' is there twice; the first is in line 2",
        f"{path}:7:11: metrics[0]: 'impresions' is not a metric of historical; did you mean 'impressions'?",
        f"{path}:8:11: timezone: 'XQ' is not an IANA time zone; it is written like America/New_York",
        f"{path}:9:31: sections[0].chart.grouping: 'dayly' is not a grouping of this report; did you mean 'daily'?",
    ]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    path = str(tmp_path / "nowhere.yaml")
    (problem,) = check(path)  # type: ignore[misc]
    assert str(problem) == f"{path}:1:1: there is no such file"


def test_the_path_stays_as_the_user_typed_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "")
    (problem,) = check("./a.yaml")  # type: ignore[misc]
    assert str(problem) == "./a.yaml:1:1: the file is empty"


class TestLoadReports:
    def test_gives_the_specs_in_order(self, tmp_path: Path) -> None:
        paths = [write(tmp_path, BASE, "a.yaml"), write(tmp_path, PUBLIC, "b.yaml")]
        assert [spec.name for spec in load_reports(paths)] == ["acme", "public"]

    def test_raises_with_the_problems_of_all_files(self, tmp_path: Path) -> None:
        paths = [write(tmp_path, "", "a.yaml"), write(tmp_path, BASE, "b.yaml"), write(tmp_path, "- a", "c.yaml")]
        with pytest.raises(InputError) as raised:
            load_reports(paths)
        assert str(raised.value).splitlines() == [
            f"{paths[0]}:1:1: the file is empty",
            f"{paths[2]}:1:1: a file has to hold keys and values; this is a list",
        ]


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("a@-1. \n\u2028"),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text("ab \n\u2028", min_size=1), children, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A good report of which a part is gone, something else, or somewhere else."""
    data = json.loads(json.dumps(_plain(draw(st.sampled_from([FULL, PUBLIC])))))
    for _ in range(draw(st.integers(1, 4))):
        container = data
        while True:
            keys = list(range(len(container))) if isinstance(container, list) else list(container)
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(container[key], list | dict) and draw(st.booleans()):
                container = container[key]
                continue
            damage = draw(st.sampled_from(["drop", "replace", "swap", "rename"]))
            if damage == "drop":
                del container[key]
            elif damage == "replace":
                container[key] = draw(_JSON)
            elif damage == "swap":
                other = draw(st.sampled_from(keys))
                container[key], container[other] = container[other], container[key]
            elif isinstance(container, dict):
                container[f"{key}{draw(st.sampled_from(['s', ' ', chr(10)]))}"] = container.pop(key)
            break
    return data


def _plain(text: str) -> Any:
    from reportgen.spec.load import parse

    document, problems = parse("a.yaml", text.encode())
    assert document
    assert not problems
    return document.root.data


@given(data=damaged())
def test_what_the_schema_refuses_is_refused_and_nothing_crashes(
    data: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.getbasetemp(), json.dumps(data, ensure_ascii=False), "damaged.yaml")
    checked = check(path)
    if not Draft202012Validator(SCHEMA).is_valid(data):
        assert not isinstance(checked, ReportSpec)
    if isinstance(checked, tuple):
        assert checked
        assert list(checked) == sorted(set(checked))
        assert all(str(problem).isprintable() for problem in checked)
