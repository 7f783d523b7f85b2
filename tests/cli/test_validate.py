"""`reportgen validate` prints one line a problem, and ends with 0 or 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command
from tests.spec.bad_form import BAD_FORM, NOT_YAML
from tests.spec.bad_rules import BAD_RULES
from tests.spec.documents import BASE

BAD = BAD_FORM | BAD_RULES | NOT_YAML


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_says_nothing_on_standard_output_where_all_is_well(reportgen: Command) -> None:
    ended = reportgen("validate", *sorted((ROOT / "reports").glob("*.yaml")))
    assert (ended.code, ended.out, ended.err) == (0, "", "7 files are valid\n")


def test_loads_nothing_that_takes_longer_than_the_check() -> None:
    """An editor checks at every change."""
    files = map(str, sorted((ROOT / "reports").glob("*.yaml")))
    command = [sys.executable, "-X", "importtime", "-m", "reportgen", "validate", *files]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert "jsonschema" in loaded
    assert loaded & {"polars", "requests", "sqlalchemy", "vl_convert", "weasyprint"} == set()


def test_says_that_one_file_is_valid(reportgen: Command) -> None:
    Path("a.yaml").write_text(BASE)
    ended = reportgen("validate", "a.yaml")
    assert (ended.code, ended.out, ended.err) == (0, "", "1 file is valid\n")


def test_prints_the_problems_of_all_files_in_the_order_given(reportgen: Command) -> None:
    Path("b.yaml").write_text(BASE.replace("impressions, engagements", "impresions, replys"))
    Path("a.yaml").write_text(BASE)
    ended = reportgen("validate", "./b.yaml", "a.yaml", "nowhere.yaml")
    assert ended.code == 2
    assert ended.err == ""
    assert ended.out.splitlines() == [
        "./b.yaml:6:11: metrics[0]: 'impresions' is not a metric of historical; did you mean 'impressions'?",
        "./b.yaml:6:23: metrics[1]: 'replys' is not a metric of historical; did you mean 'replies'?",
        "nowhere.yaml:1:1: there is no such file",
    ]


@pytest.mark.parametrize(
    "name",
    ["unknown_key", "wrong_metric_for_the_endpoint", "id_as_a_float", "end_before_start", "empty_list", "not_yaml"],
)
def test_gives_a_bad_file_its_one_clear_line(name: str, reportgen: Command) -> None:
    text, line = BAD[name]
    Path("a.yaml").write_text(text)
    ended = reportgen("validate", "a.yaml")
    assert (ended.code, ended.out, ended.err) == (2, f"a.yaml:{line}\n", "")


def test_tells_what_is_wrong_with_the_settings_behind_the_files(reportgen: Command) -> None:
    Path("a.yaml").write_text(BASE.replace("impressions, engagements", "impresions, engagements"))
    Path("reportgen.yaml").write_text(
        "design: editoral\nbrand:\n  logo: my/logo.svg\n  colors: {accent: '#ffcc00'}\ntemplate: my/page.html.j2\n"
    )
    ended = reportgen("validate", "a.yaml")
    assert (ended.code, ended.err) == (2, "")
    contrast = "'#ffcc00' has a contrast of 1.51 : 1 on white paper, and text needs 4.5 : 1"
    assert ended.out.splitlines() == [
        "a.yaml:6:11: metrics[0]: 'impresions' is not a metric of historical; did you mean 'impressions'?",
        "reportgen.yaml:1:9: design: 'editoral' is not a design; did you mean 'editorial'?",
        "reportgen.yaml:3:9: brand.logo: 'my/logo.svg' is not there",
        f"reportgen.yaml:4:20: brand.colors.accent: {contrast}; the nearest colour that has it is '#8f7200'",
        "reportgen.yaml:5:11: template: 'my/page.html.j2' is not there",
    ]


def test_a_good_file_is_not_called_valid_where_the_settings_are_broken(reportgen: Command) -> None:
    Path("a.yaml").write_text(BASE)
    Path("reportgen.yaml").write_text("page: A5\n")
    ended = reportgen("validate", "a.yaml")
    said = "reportgen.yaml:1:7: page: 'A5' is not a page size; known are A4 and Letter\n"
    assert (ended.code, ended.out, ended.err) == (2, said, "")


def test_without_a_file_says_how_it_is_used(reportgen: Command) -> None:
    ended = reportgen("validate")
    assert ended.code == 2
    assert "Usage:" in ended.err
    assert "Missing argument 'FILE...'" in ended.err
