"""Whatever the old file says, what comes out is a valid report file, or a problem with a place in the old one."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from reportgen.catalog import METRICS, RENAMED_METRICS
from reportgen.errors import InputError
from reportgen.migrate.model import Asked
from reportgen.spec.draft import Draft
from reportgen.spec.form import form_findings
from reportgen.spec.rules import rule_findings
from tests.migrate.migrating import document, migrated


def words(longest: int) -> st.SearchStrategy[str]:
    """Of characters that a file may hold."""
    return st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=["C"]), max_size=longest)


NAMES = st.sampled_from([*METRICS, *RENAMED_METRICS])
WORDS = st.sampled_from(["tweet.id", "engagement.type", "engagement.day", "engagement.hour"])
ANY = st.none() | st.booleans() | st.integers() | words(8) | st.lists(words(3), max_size=2)
FEW: st.SearchStrategy[object] = ANY | st.dictionaries(words(3), ANY, max_size=2)
GROUP_BY = st.lists(WORDS, min_size=1, max_size=5)
DATES = st.sampled_from(["202611020700", "2026-11-09 06:30", "7d", "14d", "30h", "2026-11-01", 202610010000])


def sometimes(usual: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """What stands there as a rule, and now and then anything else."""
    return st.integers(1, 20).flatmap(lambda throw: FEW if throw == 20 else usual)


RUBY = st.fixed_dictionaries(
    {
        "engagement_settings": sometimes(
            st.fixed_dictionaries(
                {"endpoint": sometimes(st.sampled_from(["totals", "28hr", "historical"]))},
                optional={
                    "name": ANY,
                    "inbox": ANY,
                    "outbox": ANY,
                    "name_based_folders": ANY,
                    "max_top_tweets": sometimes(st.integers(0, 20)),
                    "save_api_responses": ANY,
                    "start": sometimes(DATES),
                    "end": sometimes(DATES),
                },
            )
        ),
        "engagement_types": sometimes(
            st.dictionaries(st.sampled_from([*METRICS, *RENAMED_METRICS]), sometimes(st.booleans()), min_size=1)
        ),
        "engagement_groupings": sometimes(st.dictionaries(words(6), sometimes(GROUP_BY), max_size=4)),
    },
)
PYTHON = st.fixed_dictionaries(
    {
        "engagement": st.fixed_dictionaries(
            {"engagement_types": sometimes(st.lists(NAMES, min_size=1, max_size=6))},
            optional={
                "groupings": sometimes(
                    st.dictionaries(words(6), sometimes(st.fixed_dictionaries({"group_by": GROUP_BY})), max_size=4)
                )
            },
        )
    },
    optional={"audience": FEW},
)
ENDPOINTS = st.sampled_from([None, "totals", "28hr", "historical"])


def made_of(text: str, asked: Asked) -> str | InputError:
    try:
        return migrated(text, asked)
    except InputError as error:
        return error


def check(text: str, asked: Asked) -> None:
    came = made_of(text, asked)
    if isinstance(came, InputError):
        assert re.match(r"old\.yaml:\d+:\d+: ", str(came))
        return
    made = document(came)
    findings = form_findings(made, "report.schema.json")
    assert [str(finding) for finding in findings] == []
    about_files = [
        str(finding) for finding in rule_findings(Draft(made.root.data, [])) if finding.place[0] != "tweets_from"
    ]
    assert about_files == []


def written(settings: object) -> str:
    # JSON is YAML, and words stay words.
    return json.dumps(settings)


@given(RUBY, ENDPOINTS)
def test_of_the_ruby_client(settings: object, endpoint: str | None) -> None:
    check(written(settings), Asked(handle="@acme", endpoint=endpoint))


@given(PYTHON, ENDPOINTS, st.sampled_from([None, "@acme"]))
def test_of_the_python_client(settings: object, endpoint: str | None, handle: str | None) -> None:
    check(written(settings), Asked(handle=handle, endpoint=endpoint))
