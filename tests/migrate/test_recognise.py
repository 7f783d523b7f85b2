"""Which client a file is of shows in its keys; what it is instead is told without a value of it."""

from __future__ import annotations

import pytest

from reportgen.migrate.recognise import kind_of
from tests.migrate.migrating import document

WANTED = (
    "wanted is the Ruby sample client's app_settings.yaml (engagement_settings, engagement_types, "
    "engagement_groupings), or the Python sample client's config.yaml (engagement, with groupings and engagement_types)"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("engagement_settings: {name: a}", "ruby"),
        ("engagement_types: {impressions: true}", "ruby"),
        ("engagement: {engagement_types: [impressions]}", "python"),
        ("engagement: {groupings: {a: {group_by: [tweet.id]}}}\naudience: {}", "python"),
    ],
)
def test_a_client_is_known_by_its_keys(text: str, kind: str) -> None:
    assert kind_of(document(text)) == kind


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("engagement_api: {consumer_key: hush}", "this is a file of credentials: give it as --accounts FILE"),
        ("engagement: {consumer_key: hush}", "this is a file of credentials: give it as --accounts FILE"),
        ("version: 1\nendpoint: totals", "this is a report file already"),
        ("- hush", "there are no keys in this file"),
        ("password: hush\nother: hush", "this is the file of neither client: its keys are 'password' and 'other'"),
        ("engagement: {}", "this is the file of neither client: its keys are 'engagement'"),
    ],
)
def test_any_other_file_is_told_for_what_it_is(text: str, what: str) -> None:
    assert str(kind_of(document(text))) == f"{what}; {WANTED}"
