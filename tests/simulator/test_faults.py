"""The faults, their schema and their files say the same."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from reportgen.catalog import ENDPOINTS, METRICS
from reportgen.errors import Exit, InputError
from reportgen.resources import resource
from reportgen.simulator.accounts import accounts_of
from reportgen.simulator.faults import (
    ALL_CREDENTIALS,
    APP,
    FRIENDLY,
    Echo,
    Faults,
    Hours,
    Numbers,
    Trouble,
    Unsupported,
)
from reportgen.simulator.faults import Wording as ForbiddenWording
from reportgen.simulator.faults_file import load_faults
from reportgen.spec.wording import _WORDS

SCHEMA: dict[str, Any] = json.loads(resource("schemas/faults.schema.json").read_text(encoding="utf-8"))
KEYS: dict[str, Any] = SCHEMA["properties"]
DOCS = (Path(__file__).parents[2] / "docs/simulator.md").read_text(encoding="utf-8").partition("## Bad days")[2]
HANDLES = [account.handle for account in accounts_of(1)]

EVERYTHING = """\
seed: 7
trouble: 0.2
trouble_kinds: [hang, drip]
trouble_statuses: [503]
troubles_in_a_row: 3
hang_seconds: 2.5
drip_seconds: 0.1
delay: [0.1, 0.5]
calls_per_minute: 120
others_per_minute: 30
limit_headers: false
x_trouble: 0.3
x_calls_per_window: 5
x_usage_capped: true
renamed_handles: {"@acme": "@acme_coffee"}
suspended_handles: ["@acme_shop"]
not_found: [28hr]
refused_credentials: ["@acme_help", app]
forbidden_metrics: {"@acme": [url_clicks, app_opens]}
forbidden_tweet_ids: ["1"]
forbidden_wording: by_author
deleted_tweet_ids: ["2"]
protected_tweet_ids: ["3"]
protected_handles: ["@globex"]
protected_named: false
unsupported: listed
hours: summed
numbers: mixed
extra_keys: true
missing_tweet_ids: ["4"]
missing_metrics: [replies]
damaged: 0.01
echo: other
"""


def loaded(folder: Path, text: str) -> Faults:
    (folder / "faults.yaml").write_text(text)
    return load_faults(str(folder / "faults.yaml"))


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        loaded(folder, text)
    assert refused.value.exit_code == Exit.INPUT
    return [line.removeprefix(f"{folder}/faults.yaml:") for line in str(refused.value).splitlines()]


class TestTheSchema:
    def test_has_a_key_for_each_fault_in_the_same_order_and_no_other(self) -> None:
        assert list(KEYS) == [field.name for field in fields(Faults)]

    def test_has_the_same_default_for_each(self, tmp_path: Path) -> None:
        for key, part in KEYS.items():
            written = json.dumps({key: part["default"]})
            assert getattr(loaded(tmp_path, written), key) == getattr(FRIENDLY, key), key
        assert loaded(tmp_path, json.dumps({key: part["default"] for key, part in KEYS.items()})) == FRIENDLY

    def test_has_a_title_and_a_description_for_each(self) -> None:
        for key, part in (KEYS | KEYS["forbidden_metrics"]["properties"]).items():
            assert part["title"], key
            assert part["description"].endswith("."), key

    def test_is_well_formed_and_its_defaults_and_examples_are_what_it_allows(self) -> None:
        Draft202012Validator.check_schema(SCHEMA)
        validator = Draft202012Validator(SCHEMA)
        for key, part in KEYS.items():
            for value in (part["default"], *part.get("examples", [])):
                assert validator.is_valid({key: value}), (key, value)

    @pytest.mark.parametrize(
        ("listed", "names"),
        [
            (KEYS["trouble_kinds"]["items"]["enum"], get_args(Trouble)),
            (KEYS["forbidden_wording"]["enum"], get_args(ForbiddenWording)),
            (KEYS["unsupported"]["enum"], get_args(Unsupported)),
            (KEYS["hours"]["enum"], get_args(Hours)),
            (KEYS["numbers"]["enum"], get_args(Numbers)),
            (KEYS["echo"]["enum"], get_args(Echo)),
            (KEYS["not_found"]["items"]["enum"], ENDPOINTS),
            (SCHEMA["$defs"]["metrics"]["items"]["enum"], METRICS),
            (SCHEMA["$defs"]["handle"]["enum"], HANDLES),
            (KEYS["renamed_handles"]["properties"], HANDLES),
            (KEYS["forbidden_metrics"]["properties"], HANDLES),
            (KEYS["refused_credentials"]["items"]["enum"], [*HANDLES, APP, ALL_CREDENTIALS]),
        ],
    )
    def test_has_the_names_of_the_code(self, listed: Any, names: Any) -> None:
        assert sorted(listed) == sorted(names)

    def test_refuses_with_keywords_that_have_words(self) -> None:
        parts = [SCHEMA, *KEYS.values(), *SCHEMA["$defs"].values()]
        parts += [part["items"] for part in parts if "items" in part]
        keywords = {keyword for part in parts for keyword in part} & Draft202012Validator.VALIDATORS.keys()
        assert keywords - {"$ref", "properties", "items", "additionalProperties"} <= _WORDS.keys()

    def test_holds_in_a_second_validator(self, tmp_path: Path) -> None:
        good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
        good.write_text(EVERYTHING)
        bad.write_text("trouble: 2\n")
        command = [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--schemafile",
            str(resource("schemas/faults.schema.json")),
        ]
        ended = [subprocess.run([*command, path], capture_output=True, check=False).returncode for path in (good, bad)]
        assert ended == [0, 1]


class TestAFile:
    def test_sets_every_fault(self, tmp_path: Path) -> None:
        faults = loaded(tmp_path, EVERYTHING)
        assert faults == Faults(
            seed=7,
            trouble=0.2,
            trouble_kinds=("hang", "drip"),
            trouble_statuses=(503,),
            troubles_in_a_row=3,
            hang_seconds=2.5,
            drip_seconds=0.1,
            delay=(0.1, 0.5),
            calls_per_minute=120,
            others_per_minute=30,
            limit_headers=False,
            x_trouble=0.3,
            x_calls_per_window=5,
            x_usage_capped=True,
            renamed_handles={"@acme": "@acme_coffee"},
            suspended_handles=("@acme_shop",),
            not_found=("28hr",),
            refused_credentials=("@acme_help", "app"),
            forbidden_metrics={"@acme": ("url_clicks", "app_opens")},
            forbidden_tweet_ids=("1",),
            forbidden_wording="by_author",
            deleted_tweet_ids=("2",),
            protected_tweet_ids=("3",),
            protected_handles=("@globex",),
            protected_named=False,
            unsupported="listed",
            hours="summed",
            numbers="mixed",
            extra_keys=True,
            missing_tweet_ids=("4",),
            missing_metrics=("replies",),
            damaged=0.01,
            echo="other",
        )
        assert list(faults.changed()) == list(KEYS)

    @pytest.mark.parametrize("text", ["", "# trouble: 0.2\n", "{}"])
    def test_that_says_nothing_is_friendly(self, tmp_path: Path, text: str) -> None:
        assert loaded(tmp_path, text) == FRIENDLY
        assert FRIENDLY.changed() == {}

    def test_may_have_one_number_for_the_delay(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, "delay: 0.25").delay == (0.25, 0.25)

    def test_may_write_whole_numbers_as_decimals(self, tmp_path: Path) -> None:
        faults = loaded(tmp_path, "{seed: 2.0, troubles_in_a_row: 3.0, trouble_statuses: [502.0]}")
        assert repr(faults.changed()) == "{'seed': 2, 'trouble_statuses': (502,), 'troubles_in_a_row': 3}"

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("troubel: 0.2", "1:1: troubel: this key is not known; did you mean 'trouble'?"),
            ("trouble: 1.5", "1:10: trouble: 1.5 is above 1"),
            ("damaged: -0.1", "1:10: damaged: -0.1 is below 0"),
            ("trouble: often", "1:10: trouble: 'often' is text; a number is wanted"),
            ("trouble_kinds: [rset]", "1:17: trouble_kinds[0]: 'rset' is not a kind of trouble; did you mean 'reset'?"),
            ("trouble_kinds: []", "1:16: trouble_kinds: the list is empty"),
            ("trouble_statuses: [429]", "1:20: trouble_statuses[0]: 429 is below 500"),
            ("troubles_in_a_row: 0", "1:20: troubles_in_a_row: 0 is below 1"),
            ("calls_per_minute: 1.5", "1:19: calls_per_minute: 1.5 is a number; a whole number or nothing is wanted"),
            (
                "delay: [1]",
                "1:1: delay: two numbers are wanted, the least and the most seconds, such as [0.1, 0.5]",
            ),
            ("delay: [2, 1]", "1:8: delay: the first number is the least, the second the most; turn them round"),
            ("delay: 9999", "1:8: delay: 9999 is above 3600"),
            ("limit_headers: 0", "1:16: limit_headers: 0 is a number; true or false is wanted"),
            (
                "deleted_tweet_ids: [2120562194641846273]",
                "1:21: deleted_tweet_ids[0]: 2120562194641846273 is a number; text is wanted, so put it in quotes",
            ),
            (
                "forbidden_metrics: {acme: [favorites]}",
                "1:21: forbidden_metrics.acme: this key is not known; did you mean '@acme'?",
            ),
            (
                'renamed_handles: {"@acme": acme_coffee}',
                "1:28: renamed_handles.@acme: a handle is @ and up to 15 letters, digits or _; this is 'acme_coffee'",
            ),
            (
                "forbidden_wording: plane",
                "1:20: forbidden_wording: 'plane' is not a wording for forbidden tweets; did you mean 'plain'?",
            ),
            ("- trouble", "1:1: a file has to hold keys and values; this is a list"),
        ],
    )
    def test_that_is_wrong_is_told_where_and_what_would_be_right(self, tmp_path: Path, text: str, problem: str) -> None:
        assert problems(tmp_path, text) == [problem]

    def test_tells_all_its_problems_in_their_order(self, tmp_path: Path) -> None:
        assert problems(tmp_path, "trouble: 2\nhours: short\nseed: x\ntrouble: 1\n") == [
            "1:10: trouble: 2 is above 1",
            "2:8: hours: 'short' is not a shape of hours; known are under_days and summed",
            "3:7: seed: 'x' is text; a whole number is wanted",
            "4:1: the key 'trouble' is there twice; the first is in line 1",
        ]

    def test_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"none\.yaml:1:1: there is no such file$"):
            load_faults(str(tmp_path / "none.yaml"))


class TestTheDocumentation:
    def test_has_every_key_with_its_default(self) -> None:
        rows = dict(re.findall(r"^\| `(\w+)` \| `(.+?)` \| ", DOCS, re.MULTILINE))
        assert {key: yaml.safe_load(default) for key, default in rows.items()} == {
            key: part["default"] for key, part in KEYS.items()
        }

    def test_tells_the_kinds_of_trouble_apart(self) -> None:
        kinds = re.findall(r"^\| `(\w+)` \|", DOCS.partition("| kind |")[2].partition("###")[0], re.MULTILINE)
        assert kinds == list(get_args(Trouble))

    def test_has_a_file_that_is_right(self, tmp_path: Path) -> None:
        (example,) = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
        assert loaded(tmp_path, example) == Faults(
            trouble=1,
            trouble_kinds=("status",),
            trouble_statuses=(503,),
            troubles_in_a_row=1,
            calls_per_minute=2,
            deleted_tweet_ids=("2120485082769653761",),
            numbers="bare",
        )
