"""The configuration of the Python client becomes a report file; its command line is given as options."""

from __future__ import annotations

import pytest
import yaml

from reportgen.errors import InputError
from reportgen.migrate.model import Asked
from reportgen.spec.form import form_findings
from tests.migrate.migrating import document, migrated, refused

BASE = """\
engagement:
  groupings:
    totals:
      group_by: [tweet.id, engagement.type]
  engagement_types: [impressions, engagements]
"""


def test_without_options_the_file_is_valid_and_asks_for_what_it_lacks() -> None:
    made = migrated(BASE, Asked())
    assert form_findings(document(made), "report.schema.json") == []
    values = yaml.safe_load(made)
    assert values["endpoint"] == "historical"
    assert values["date_range"] == "last_28_days"
    assert values["handles"] == ["@your_account"]
    assert values["tweets_from"] == ["tweet_ids.txt"]


def test_stop_is_out_and_the_last_day_is_in() -> None:
    made = yaml.safe_load(migrated(BASE, Asked(handle="@acme", start="2026-10-01", end="2026-11-01")))
    assert {key: str(day) for key, day in made["date_range"].items()} == {"start": "2026-10-01", "end": "2026-10-31"}


@pytest.mark.parametrize("endpoint", ["totals", "28hr"])
def test_other_endpoints_have_no_dates(endpoint: str) -> None:
    made = migrated(BASE, Asked(handle="@acme", endpoint=endpoint))
    assert yaml.safe_load(made)["endpoint"] == endpoint
    assert "date_range" not in yaml.safe_load(made)
    assert form_findings(document(made), "report.schema.json") == []


def test_the_client_s_own_metric_and_grouping_stand_where_the_file_has_none() -> None:
    made = yaml.safe_load(migrated("engagement: {engagement_types: [favorites]}"))
    assert made["groupings"] == {"totals": ["tweet.id", "engagement.type"]}
    made = yaml.safe_load(migrated("engagement: {groupings: {a: {group_by: [tweet.id]}}}"))
    assert (made["metrics"], made["groupings"]) == (["impressions"], {"a": ["tweet.id"]})


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Asked(start="2026-10-01"), "--start and --end: the Python client's -H has both; give the other one, too"),
        (Asked(start="soon", end="2026-10-01"), "--start: 'soon' is no date; write it like 2026-11-09"),
        (
            Asked(start="2026-10-01", end="2026-10-01"),
            "--end: '2026-10-01' is not behind '2026-10-01'; STOP is the first day out",
        ),
    ],
)
def test_dates_that_will_not_do_are_refused(asked: Asked, message: str) -> None:
    with pytest.raises(InputError) as error:
        migrated(BASE, asked)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "engagements]",
            "likes]",
            "5:35: engagement.engagement_types[1]: 'likes' is not a metric",
        ),
        ("group_by", "groupby", "4:7: engagement.groupings.totals.group_by: a list of words is wanted here"),
        ("[impressions, engagements]", "{impressions: true}", "5:21: engagement.engagement_types: a list of words"),
    ],
)
def test_what_is_wrong_has_its_place(old: str, new: str, problem: str) -> None:
    problems = refused(BASE.replace(old, new))
    assert problems[0].startswith(f"old.yaml:{problem}")
