"""The schemas hold in any validator, and say what the catalog, the code and the documentation say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from reportgen.catalog import ENDPOINTS, FORMULAS, GROUP_BY, METRICS, NumberFormat, metrics_of
from reportgen.gaps import Reason
from reportgen.resources import resource
from reportgen.spec.check import check
from reportgen.spec.defaults import default_groupings
from reportgen.spec.formulas import LONGEST
from reportgen.spec.load import parse
from reportgen.spec.model import CompareTo, Design, Format, PageSize, ReportSpec
from reportgen.spec.period import DEFAULT_RANGE, NAMED_RANGES
from reportgen.spec.sections import KINDS, Mark, Order, Width
from reportgen.spec.wording import _WORDS
from tests.conftest import ROOT
from tests.spec.bad_form import BAD_FORM
from tests.spec.bad_rules import BAD_RULES
from tests.spec.documents import GOOD

REPORT = json.loads(resource("schemas/report.schema.json").read_text())
PROJECT = json.loads(resource("schemas/project.schema.json").read_text())
DEFS = REPORT["$defs"]
DOCS = (ROOT / "docs" / "report-file.md").read_text()
PUBLIC_METRICS = [metric.name for metric in METRICS.values() if metric.public]


def tables(text: str) -> dict[str, list[list[str]]]:
    """The rows of each Markdown table, by the heading of its first column; code quotes taken off."""
    found = {}
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        head, _, *rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        found[head[0]] = [[cell.strip("`") for cell in row] for row in rows]
    return found


def yaml_blocks(text: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for key in schema.keys() - {"examples"}:
            # What the properties are called is no keyword.
            names = key in {"properties", "$defs"}
            yield from subschemas([*schema[key].values()] if names else schema[key])
    elif isinstance(schema, list):
        for item in schema:
            yield from subschemas(item)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the good and bad files that a second validator, with nothing but the schema, refuses."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (GOOD | {name: bad[0] for name, bad in (BAD_FORM | BAD_RULES).items()}).items():
        (folder / f"{name}.yaml").write_text(text)
    schema = resource("schemas/report.schema.json")
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(schema)]
    ended = subprocess.run([*command, *sorted(folder.iterdir())], capture_output=True, text=True, check=False)
    answer = json.loads(ended.stdout)
    assert answer["parse_errors"] == []
    return {Path(error["filename"]).stem for error in answer["errors"]}


class TestASecondValidator:
    def test_refuses_what_the_schema_alone_can_tell(self, refused: set[str]) -> None:
        assert BAD_FORM.keys() - refused == set()

    def test_accepts_the_good_files_and_leaves_the_rules_to_us(self, refused: set[str]) -> None:
        assert refused - BAD_FORM.keys() == set()

    def test_finds_the_schemas_well_formed(self) -> None:
        command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema"]
        schemas = [resource("schemas/report.schema.json"), resource("schemas/project.schema.json")]
        assert subprocess.run([*command, *schemas], capture_output=True, check=False).returncode == 0


class TestSchema:
    @pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)
    def test_has_the_metrics_of_each_endpoint(self, endpoint: Any) -> None:
        assert DEFS[f"metric_of_{endpoint.name}"]["then"]["enum"] == list(metrics_of(endpoint))

    def test_has_the_catalogs_names(self) -> None:
        assert REPORT["properties"]["endpoint"]["enum"] == list(ENDPOINTS)
        assert DEFS["known_metric"]["enum"] == [*METRICS, *FORMULAS]
        assert DEFS["public_metric"]["then"]["enum"] == PUBLIC_METRICS
        assert DEFS["group_by"]["else"]["enum"] == list(GROUP_BY)
        without_time = [name for name, group_by in GROUP_BY.items() if not group_by.time]
        assert DEFS["group_by_of_totals"]["else"]["enum"] == without_time
        assert DEFS["group_by_without_handles"]["else"]["enum"] == [name for name in without_time if name != "handle"]

    def test_has_the_codes_names(self) -> None:
        assert DEFS["range"]["else"]["enum"] == list(NAMED_RANGES)
        assert REPORT["properties"]["date_range"]["default"] == DEFAULT_RANGE
        assert DEFS["formats"]["items"]["enum"] == list(get_args(Format))
        assert list(DEFS["section"]["properties"]) == [*KINDS, "columns", "page_break"]
        assert DEFS["section_width"]["enum"] == list(get_args(Width))
        assert DEFS["chart"]["properties"]["mark"]["enum"] == list(get_args(Mark))
        assert DEFS["top_tweets"]["properties"]["order"]["enum"] == list(get_args(Order))
        assert REPORT["properties"]["compare_to"]["enum"] == list(get_args(CompareTo))
        assert REPORT["properties"]["design"]["enum"] == list(get_args(Design))
        assert PROJECT["properties"]["design"]["enum"] == list(get_args(Design))
        assert REPORT["properties"]["outputs"]["properties"]["page"]["enum"] == list(get_args(PageSize))
        assert DEFS["formula"]["maxLength"] == LONGEST
        assert DEFS["measure"]["then"]["properties"]["format"]["enum"] == list(get_args(NumberFormat))
        assert PROJECT["properties"]["page"]["enum"] == list(get_args(PageSize))

    @pytest.mark.parametrize("schema", [REPORT, PROJECT], ids=["report", "project"])
    def test_has_a_title_and_a_description_for_every_key(self, schema: Any) -> None:
        for part in subschemas(schema):
            if part.get("additionalProperties") is not False:
                continue
            for key, value in part["properties"].items():
                target = DEFS[value["$ref"].rpartition("/")[2]] if "$ref" in value else {}
                assert "title" in value or "title" in target, key
                assert "description" in value or "description" in target, key

    @pytest.mark.parametrize("schema", [REPORT, PROJECT], ids=["report", "project"])
    def test_uses_only_keywords_that_have_words(self, schema: Any) -> None:
        keywords = {key for part in subschemas(schema) for key in part} & Draft202012Validator.VALIDATORS.keys()
        without_words = {"$ref", "properties", "items", "allOf", "if", "contains", "propertyNames"}
        about_keys = {"required", "additionalProperties", "anyOf"}
        assert keywords - without_words - about_keys <= _WORDS.keys()

    @pytest.mark.parametrize("schema", [REPORT, PROJECT], ids=["report", "project"])
    def test_says_in_words_what_a_pattern_wants(self, schema: Any) -> None:
        for part in subschemas(schema):
            if isinstance(part.get("pattern"), str):
                assert "patternErrorMessage" in part


class TestDocumentation:
    def test_has_every_key(self) -> None:
        keys = tables(DOCS)["key"]
        assert [row[0] for row in tables(DOCS.partition("## Endpoints")[0])["key"]] == list(REPORT["properties"])
        assert keys

    def test_says_which_keys_are_required(self) -> None:
        rows = tables(DOCS.partition("## Endpoints")[0])["key"]
        assert [row[0] for row in rows if row[1] == "required"] == REPORT["required"]

    def test_has_the_metrics_of_each_endpoint(self) -> None:
        rows = tables(DOCS)["metric"]
        assert [row[0] for row in rows] == [*METRICS, *FORMULAS]
        for column, endpoint in zip((2, 3, 4), ENDPOINTS.values(), strict=True):
            assert [row[0] for row in rows if row[column] == "yes"] == list(metrics_of(endpoint))
        assert [row[0] for row in rows if row[5] == "yes"] == PUBLIC_METRICS

    def test_has_the_values_of_group_by(self) -> None:
        rows = tables(DOCS)["value"]
        assert sorted(row[0] for row in rows) == sorted([*GROUP_BY, "label.NAME"])
        assert {row[0] for row in rows if row[2] == "not on `totals"} == {g.name for g in GROUP_BY.values() if g.time}

    def test_has_the_named_ranges(self) -> None:
        assert [row[0] for row in tables(DOCS.partition("## Groupings")[0])["name"]] == list(NAMED_RANGES)

    def test_has_the_default_groupings(self) -> None:
        rows = tables(DOCS.partition("## Groupings")[2].partition("## Sections")[0])["name"]
        documented = {row[0]: tuple(re.findall(r"[a-z.]+\.?[a-z]+", row[1])) for row in rows}
        defaults = {k: v for endpoint in ENDPOINTS.values() for k, v in default_groupings(endpoint, 2).items()}
        assert documented == defaults

    def test_has_the_reasons_of_gaps(self) -> None:
        assert [row[0] for row in tables(DOCS)["reason in `json`"]] == [reason.value for reason in Reason]

    def test_has_the_settings_with_their_defaults(self) -> None:
        rows = tables((ROOT / "docs" / "settings.md").read_text())["key"]
        assert [row[0] for row in rows] == list(PROJECT["properties"])
        for name, default, _ in rows:
            if "default" in PROJECT["properties"][name]:
                assert default == str(PROJECT["properties"][name]["default"])

    def test_shows_the_line_that_validate_prints(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (shown,) = re.findall(r"^    (reports/weekly\.yaml:.*)$", DOCS, re.MULTILINE)
        monkeypatch.chdir(tmp_path)
        (tmp_path / "reports").mkdir()
        example = yaml_blocks(DOCS)[0].replace(
            "impressions, engagements, favorites", "impressions, engagments, favorites"
        )
        (tmp_path / "reports" / "weekly.yaml").write_text(example.replace("-engagements", "-impressions"))
        problems = check("reports/weekly.yaml")
        assert isinstance(problems, tuple)
        assert [str(problem) for problem in problems] == [shown]

    @pytest.mark.parametrize("block", yaml_blocks(DOCS))
    def test_has_examples_that_are_valid(self, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A whole report, or keys to put in place of those of the first example."""
        monkeypatch.chdir(tmp_path)
        Path("data").mkdir()
        (rows,) = re.findall(r"^    (tweet_id,.*\n(?:    .*\n)+)", DOCS, re.MULTILINE)
        Path("data/launch.csv").write_text(textwrap.dedent(rows))
        report, example = (parse("example", text.encode())[0] for text in (yaml_blocks(DOCS)[0], block))
        assert report
        assert example
        data = example.root.data if "version" in example.root.data else report.root.data | example.root.data
        (tmp_path / "example.yaml").write_text(json.dumps(data))
        assert isinstance(check(tmp_path / "example.yaml"), ReportSpec)

    def test_has_examples_of_settings_that_are_valid(self) -> None:
        for block in yaml_blocks((ROOT / "docs" / "settings.md").read_text()):
            document, problems = parse("example", block.encode())
            assert document
            assert not problems
            assert Draft202012Validator(PROJECT).is_valid(document.root.data)


@pytest.mark.parametrize("path", sorted((ROOT / "reports").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_sample_reports_are_valid(path: Path) -> None:
    assert isinstance(check(path), ReportSpec)
