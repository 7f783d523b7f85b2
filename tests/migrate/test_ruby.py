"""The settings of the Ruby client become a report file; what they have that it has not is said in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reportgen.migrate.model import Asked
from reportgen.spec.document import Document
from reportgen.spec.form import form_findings
from tests.migrate.migrating import ACME, document, migrated, refused

BASE = """\
engagement_settings:
  name: weekly
  endpoint: historical
  inbox: ./inbox
  outbox: ./outbox
  start: 202611020000
  end: 202611090000
engagement_types:
  impressions: true
  engagements: true
engagement_groupings:
  by_tweet_type: [tweet.id, engagement.type]
"""


def lines(text: str, asked: Asked = ACME, inbox: tuple[str, ...] = ("inbox/*.csv",)) -> list[str]:
    return migrated(text, asked, inbox=inbox).splitlines()


def comments(text: str, asked: Asked = ACME) -> str:
    """All comments as one line."""
    return " ".join(line.partition("# ")[2] for line in lines(text, asked))


def findings(made: Document) -> list[str]:
    return [str(finding) for finding in form_findings(made, "report.schema.json")]


class TestDates:
    def test_whole_days_are_days_and_the_last_one_is_in(self) -> None:
        line = "date_range: {start: 2026-11-02, end: 2026-11-08}  # the old end is out; here the last day is in"
        assert line in lines(BASE)

    def test_other_hours_are_instants(self) -> None:
        made = lines(BASE.replace("202611090000", "202611090100"))
        assert 'date_range: {start: "2026-11-02T00:00:00Z", end: "2026-11-09T01:00:00Z"}' in made

    def test_dates_of_more_than_a_year_ago_need_a_setting(self) -> None:
        assert "set history in reportgen.yaml" in comments(
            BASE.replace("start: 2026", "start: 2025").replace("end: 2026", "end: 2025")
        )
        assert "history" not in comments(BASE)

    def test_a_date_of_the_command_line_takes_both_of_the_file_away(self) -> None:
        made = lines(BASE, Asked(handle="@acme", end="202610290000"))
        assert "date_range: {start: 2026-10-01, end: 2026-10-28}" in made

    @pytest.mark.parametrize("endpoint", ["totals", "28hr"])
    def test_endpoints_without_dates_leave_them_out_and_say_so(self, endpoint: str) -> None:
        text = (
            BASE.replace("historical", endpoint).replace("impressions", "favorites").replace("engagements:", "replies:")
        )
        assert f"line 6: start is left out: {endpoint} has no dates" in comments(text)
        assert "date_range" not in "\n".join(lines(text))


class TestMetrics:
    def test_whatever_is_neither_false_nor_nothing_is_on(self) -> None:
        types = "  retweets: tru\n  replies: no\n  url_clicks:\n  app_opens: 0\n  email_tweet: OFF\n"
        made = lines(BASE.replace("engagement_groupings", f"{types}engagement_groupings"))
        assert "metrics: [impressions, engagements, retweets, app_opens]" in made

    def test_totals_is_asked_for_three_and_the_others_are_named(self) -> None:
        text = BASE.replace("historical", "totals").replace(
            "  engagements: true", "  engagements: true\n  favorites: true"
        )
        assert "metrics: [favorites]" in "\n".join(lines(text))
        assert "the old client never asks totals for impressions, engagements" in comments(text)

    def test_what_the_endpoint_lacks_is_left_out_and_said(self) -> None:
        assert "line 10: quote_tweets is left out: historical has no such metric" in comments(
            BASE.replace("  engagements:", "  quote_tweets:")
        )

    def test_one_that_nobody_knows_is_refused_with_the_nearest(self) -> None:
        assert refused(BASE.replace("  engagements:", "  engagments:")) == [
            "old.yaml:10:3: engagement_types.engagments: 'engagments' is not a metric; did you mean 'engagements'?"
        ]

    def test_none_at_all_is_refused(self) -> None:
        assert refused(BASE.replace("true", "false")) == [
            "old.yaml:1:1: none of its metrics is left; switch on one that the endpoint has"
        ]


class TestGroupings:
    def test_on_totals_those_over_time_are_left_out(self) -> None:
        text = BASE.replace("historical", "totals").replace("impressions", "favorites")
        text += "  hourly: [engagement.type, engagement.hour]\n"
        assert "  # line 13: hourly is left out: totals has no days and hours" in lines(text)
        assert "hourly" not in yaml.safe_load(migrated(text))["groupings"]

    def test_several_metrics_need_the_metric_in_each(self) -> None:
        text = BASE + "  tweets: [tweet.id, tweet.id]\n"
        assert yaml.safe_load(migrated(text))["groupings"]["tweets"] == ["tweet.id", "engagement.type"]
        assert "tweet.id is there twice" in comments(text)
        assert "engagement.type is new in tweets: several metrics add up to nothing" in comments(text)

    @pytest.mark.parametrize(
        ("grouping", "message"),
        [
            (
                "[tweet.id, engagement.date]",
                "12:29: engagement_groupings.by_tweet_type[1]: 'engagement.date' is no value",
            ),
            ("tweet.id", "12:18: engagement_groupings.by_tweet_type: a list of words is wanted here"),
            ("[1]", "12:19: engagement_groupings.by_tweet_type[0]: a word is wanted here"),
        ],
    )
    def test_a_value_that_is_none_of_the_api_s_is_refused(self, grouping: str, message: str) -> None:
        problems = refused(BASE.replace("[tweet.id, engagement.type]", grouping))
        assert len(problems) == 1
        assert problems[0].startswith(f"old.yaml:{message}")


class TestTopTweets:
    def test_tiles_and_a_table_for_each_metric(self) -> None:
        kpis, pair = yaml.safe_load(migrated(BASE))["sections"]
        assert kpis["kpis"]["metrics"] == ["impressions", "engagements"]
        assert [(t["table"]["sort"], t["table"]["limit"]) for t in pair["columns"]["sections"]] == [
            ("-impressions", 10),
            ("-engagements", 10),
        ]

    def test_the_last_of_an_odd_number_stands_alone(self) -> None:
        text = BASE.replace("engagement_groupings", "  replies: true\nengagement_groupings")
        assert yaml.safe_load(migrated(text))["sections"][-1] == {
            "table": {
                "title": "Most replies",
                "grouping": "by_tweet_type",
                "metrics": ["replies"],
                "sort": "-replies",
                "limit": 10,
                "width": "half",
            }
        }

    def test_none_leave_the_page_to_the_defaults(self) -> None:
        assert "sections" not in yaml.safe_load(migrated(BASE.replace("  name:", "  max_top_tweets: 0\n  name:")))

    def test_without_a_grouping_for_them_there_are_none_as_in_the_old_client(self) -> None:
        text = BASE.replace("[tweet.id, engagement.type]", "[engagement.type]")
        assert "sections" not in yaml.safe_load(migrated(text))
        assert "no top tweets, which need the grouping by_tweet_type" in comments(text)

    def test_more_than_a_table_shows_are_as_many_as_it_does(self) -> None:
        text = BASE.replace("  name:", "  max_top_tweets: 100001\n  name:")
        assert "limit: 100000" in migrated(text)
        assert "line 2: a table shows 100,000 tweets at the most; the csv file has all of them" in comments(text)

    def test_no_number_is_refused(self) -> None:
        text = BASE.replace("  name:", "  max_top_tweets: many\n  name:")
        assert refused(text) == [
            "old.yaml:2:19: engagement_settings.max_top_tweets: 'many' is no number of tweets; write one such as 10"
        ]


class TestTheRest:
    @pytest.mark.parametrize(
        ("endpoint", "problem"),
        [
            (
                "",
                (
                    "old.yaml:3:12: engagement_settings.endpoint: an endpoint is missing; known are totals, 28hr and "
                    "historical"
                ),
            ),
            ("28h", "old.yaml:3:13: engagement_settings.endpoint: '28h' is no endpoint; did you mean '28hr'?"),
        ],
    )
    def test_an_endpoint_that_is_none_is_refused(self, endpoint: str, problem: str) -> None:
        assert refused(BASE.replace("historical", endpoint)) == [problem]

    def test_without_a_handle_public_counts_on_totals_are_asked_as_the_app(self) -> None:
        text = BASE.replace("historical", "totals").replace("impressions", "favorites")
        assert "handles" not in yaml.safe_load(migrated(text, Asked()))
        assert "No handles: these are public counts" in comments(text, Asked())

    def test_keys_that_nothing_here_has_are_named_and_their_values_are_not(self) -> None:
        text = BASE.replace("  name:", "  proxy: hush\n  name:") + "logging: {name: hush}\nextra: hush\n"
        assert "line 2: proxy: nothing here does the same" in comments(text)
        assert "line 14: logging: there is no log file" in comments(text)
        assert "line 15: extra: nothing here does the same" in comments(text)
        assert "hush" not in migrated(text)

    def test_words_that_yaml_would_take_for_something_else_are_in_quotes(self) -> None:
        text = BASE.replace("name: weekly", "name: '2026'\n  name_based_folders: true").replace(
            "by_tweet_type", "'1e5'"
        )
        made = document(migrated(text))
        assert findings(made) == []
        assert made.root.data["name"] == "2026"
        assert made.root.data["outputs"]["directory"] == "outbox/2026"
        assert [*made.root.data["groupings"]] == ["1e5"]

    def test_a_name_with_line_breaks_stays_in_its_line(self) -> None:
        made = document(migrated(BASE.replace("name: weekly", r'name: "a\nversion: 2\n# b"')))
        assert findings(made) == []
        assert made.root.data["name"] == "a-version-2-b"
        assert made.root.data["title"] == "a version: 2 # b"

    def test_the_public_form_of_the_file_is_valid(self) -> None:
        assert findings(document((Path(__file__).parent / "golden" / "app_settings.yaml").read_text())) == []

    def test_the_old_name_is_the_title_where_the_file_is_called_otherwise(self) -> None:
        made = lines(BASE, Asked(handle="@acme", file="Every Week"))
        assert [line for line in made if line.startswith(("name", "title"))] == [
            "name: every-week  # line 2: was weekly",
            "title: weekly",
        ]
        assert "name: weekly" in lines(BASE, Asked(handle="@acme", file="weekly"))
        nameless = lines(BASE.replace("  name: weekly\n", ""), Asked(handle="@acme", file="weekly"))
        assert "name: weekly" in nameless

    def test_an_empty_inbox_is_said(self) -> None:
        text = " ".join(line.removeprefix("# ") for line in lines(BASE, inbox=()))
        assert "line 4: no files are in inbox yet, seen from this directory" in text
        assert 'tweets_from: ["inbox/*.csv"]' in text

    def test_files_that_the_old_client_does_not_read_are_named(self) -> None:
        others = tuple(f"inbox/{number}.txt" for number in range(5))
        made = migrated(BASE, inbox=("inbox/*.csv",), others=others)
        assert (
            "line 4: the old client does not read inbox/0.txt, inbox/1.txt, inbox/2.txt and others: add them here if "
            "the report is to have their tweets"
        ) in " ".join(made.replace("\n# ", " ").split())
