"""A flat file becomes the fields of a dataclass, or problems with their places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.spec.fields import Readers, load_fields, whole
from reportgen.spec.problems import Problem

SCHEMA = "faults.schema.json"


def fields_of(folder: Path, text: str, readers: Readers) -> dict[str, Any]:
    (folder / "flat.yaml").write_text(text)
    fields, problems = load_fields(str(folder / "flat.yaml"), SCHEMA, readers)
    assert problems == []
    return fields


def problems_of(folder: Path, text: str, readers: Readers) -> list[str]:
    (folder / "flat.yaml").write_text(text)
    _, problems = load_fields(str(folder / "flat.yaml"), SCHEMA, readers)
    return [str(problem).removeprefix(f"{folder}/flat.yaml:") for problem in problems]


def refuse(value: object) -> object:
    raise ValueError(f"{value} will not do")


@pytest.mark.parametrize("text", ["", "# seed: 2\n", "{}"])
def test_a_file_that_says_nothing_sets_nothing(tmp_path: Path, text: str) -> None:
    assert fields_of(tmp_path, text, {"seed": refuse}) == {}


def test_a_reader_makes_the_field_of_a_value_and_no_other(tmp_path: Path) -> None:
    assert fields_of(tmp_path, "seed: 2\ntrouble: 0.5\n", {"seed": str, "damaged": refuse}) == {
        "seed": "2",
        "trouble": 0.5,
    }


def test_a_list_without_a_reader_becomes_a_tuple_inside_a_mapping_too(tmp_path: Path) -> None:
    text = 'not_found: [28hr]\nforbidden_metrics: {"@acme": [url_clicks, replies]}\n'
    assert fields_of(tmp_path, text, {}) == {
        "not_found": ("28hr",),
        "forbidden_metrics": {"@acme": ("url_clicks", "replies")},
    }


def test_each_value_that_its_reader_refuses_is_a_problem_where_it_stands(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "trouble: 1\nseed: 7\n", {"seed": refuse, "trouble": refuse}) == [
        "1:10: trouble: 1 will not do",
        "2:7: seed: 7 will not do",
    ]


def test_readers_get_only_values_of_the_right_form(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "seed: 7\ntrouble: often\n", {"seed": refuse}) == [
        "2:10: trouble: 'often' is text; a number is wanted"
    ]


def test_problems_of_the_yaml_and_of_the_values_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "seed: 7\nseed: 8\ndamaged: 1\n", {"damaged": refuse}) == [
        "2:1: the key 'seed' is there twice; the first is in line 1",
        "3:10: damaged: 1 will not do",
    ]


def test_a_file_that_cannot_be_read_sets_nothing_and_says_why(tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")
    assert load_fields(path, SCHEMA, {}) == ({}, [Problem(path, 1, 1, "there is no such file")])


@pytest.mark.parametrize(("number", "read"), [(8, "8"), (8.0, "8"), (None, "None")])
def test_a_whole_number_may_be_written_with_a_point_or_left_empty(number: float | None, read: str) -> None:
    assert repr(whole(number)) == read
