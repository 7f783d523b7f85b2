"""What a good file says, and what it says by silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from reportgen.catalog import HISTORICAL, METRICS, TOTALS
from reportgen.spec.check import check
from reportgen.spec.model import DateRange, Outputs, ReportSpec, Tweet
from reportgen.spec.sections import Chart, Kpis, Table
from tests.spec.documents import BASE, FULL, LABELS, LAST_28_HOURS, MEASURES, POSTED, PUBLIC
from tests.spec.documents import TOTALS as TOTALS_FILE

ID = "2117632892728246273"
TWO_HANDLES = '[{handle: "@acme", tweet_ids: ["1"]}, {handle: help, tweet_ids: ["3", "2"]}]'


def spec_of(text: str, folder: Path) -> ReportSpec:
    path = folder / "a.yaml"
    path.write_text(text)
    spec = check(path)
    assert isinstance(spec, ReportSpec), spec
    return spec


def with_two_handles(text: str) -> str:
    return text.replace('["@acme"]', TWO_HANDLES).replace(f'tweet_ids: ["{ID}"]\n', "")


def test_a_file_that_says_everything_is_taken_at_its_word(tmp_path: Path) -> None:
    spec = spec_of(FULL, tmp_path)
    assert spec.path == str(tmp_path / "a.yaml")
    assert (spec.name, spec.title, spec.timezone.key) == ("acme-weekly", "Acme on X, weekly", "America/New_York")
    assert spec.endpoint is HISTORICAL
    assert spec.handles == ("@acme", "@acme_help")
    assert spec.handles_at == ((8, 5), (10, 5))
    assert spec.tweets == (
        Tweet("2117270504862646273", "@acme"),
        Tweet("2117600084332904449", "@acme"),
        Tweet(ID, "@acme_help"),
    )
    assert spec.metrics == ("impressions", "engagements", "favorites")
    assert spec.date_range == DateRange(date(2026, 11, 9), date(2026, 11, 15))
    assert spec.date_range_at == (12, 13)
    assert spec.groupings == {
        "by-tweet": ("tweet.id", "engagement.type"),
        "daily": ("engagement.type", "engagement.day"),
        "hours_of_day": ("engagement.weekday", "engagement.hour", "engagement.type"),
    }
    assert spec.sections == (
        Kpis(("impressions", "engagement_rate"), title="The week", note="In numbers"),
        Chart("daily", ("impressions",), mark="line", title="Day by day"),
        Chart("hours_of_day"),
        Table("by-tweet", sort="-engagements", limit=10, title="Top tweets"),
        Table("daily", ("favorites",), sort="engagement.day"),
    )
    assert spec.outputs == Outputs(("html", "pdf", "json", "csv", "xlsx", "parquet"), Path("out/weekly"), "Letter")


def test_silence_means_the_defaults(tmp_path: Path) -> None:
    spec = spec_of(BASE.replace("name: acme", "name: acme-on-x"), tmp_path)
    assert (spec.title, spec.timezone.key) == ("Acme on x", "UTC")
    assert spec.date_range == "last_28_days"
    assert spec.outputs == Outputs(("html", "pdf"), Path("out"), None)


def test_totals_and_28hr_have_no_range(tmp_path: Path) -> None:
    assert spec_of(TOTALS_FILE, tmp_path).date_range is None
    assert spec_of(LAST_28_HOURS, tmp_path).date_range is None


def test_instants_are_utc(tmp_path: Path) -> None:
    text = BASE + 'date_range: {start: "2026-11-09T14:00:00-05:00", end: "2026-11-10T09:00Z"}\n'
    assert spec_of(text, tmp_path).date_range == DateRange(
        datetime(2026, 11, 9, 19, tzinfo=UTC), datetime(2026, 11, 10, 9, tzinfo=UTC)
    )


class TestTweets:
    def test_of_the_only_handle_come_from_both_lists(self, tmp_path: Path) -> None:
        spec = spec_of(BASE.replace('"@acme"', '{handle: acme, tweet_ids: ["5"]}'), tmp_path)
        assert spec.handles == ("@acme",)
        assert spec.tweets == (Tweet("5", "@acme"), Tweet(ID, "@acme"))

    def test_of_several_handles_keep_their_order_and_owner(self, tmp_path: Path) -> None:
        spec = spec_of(with_two_handles(BASE), tmp_path)
        assert spec.tweets == (Tweet("1", "@acme"), Tweet("3", "@help"), Tweet("2", "@help"))

    def test_of_nobody_have_no_handle(self, tmp_path: Path) -> None:
        spec = spec_of(PUBLIC, tmp_path)
        assert spec.endpoint is TOTALS
        assert spec.handles == ()
        assert spec.tweets == (Tweet(ID, None),)


class TestTimelines:
    def test_are_read_for_what_was_posted_in_a_range_and_not_excluded(self, tmp_path: Path) -> None:
        spec = spec_of(POSTED, tmp_path)
        assert (spec.posted, spec.exclude, spec.posted_at) == ("last_28_days", ("replies", "retweets"), (8, 9))
        assert spec.tweets == ()

    def test_give_tweets_the_labels_of_their_handles(self, tmp_path: Path) -> None:
        assert spec_of(POSTED, tmp_path).handle_labels == {"@acme_help": {"market": "Europe"}}

    def test_tell_texts_so_the_default_table_shows_them(self, tmp_path: Path) -> None:
        *_, table = spec_of(POSTED, tmp_path).sections
        assert isinstance(table, Table)
        assert table.columns == ("tweet.id", "text")

    def test_are_not_read_where_the_file_does_not_say_so(self, tmp_path: Path) -> None:
        spec = spec_of(BASE, tmp_path)
        assert (spec.posted, spec.exclude) == (None, ())


BY_TWEET = {"by-tweet": ("tweet.id", "engagement.type")}
DAILY = {"daily": ("engagement.type", "engagement.day")}
HOURLY = {"hourly": ("engagement.type", "engagement.day", "engagement.hour")}
BY_HANDLE = {"by-handle": ("handle", "engagement.type")}
TILES = Kpis(("impressions", "engagements", "engagement_rate"))
TOP_TWEETS = Table("by-tweet", sort="-impressions", limit=10, title="Top tweets")


class TestLabels:
    def test_are_those_of_the_handle_and_before_them_those_of_the_tweet(self, tmp_path: Path) -> None:
        spec = spec_of(LABELS, tmp_path)
        assert spec.tweets == (
            Tweet("2117270504862646273", "@acme", labels={"campaign": "launch", "market": "US"}),
            Tweet("2117600084332904449", "@acme", "Come and see.", {"campaign": "=autumn", "market": "US"}),
            Tweet(ID, "@acme_help"),
        )

    def test_of_the_only_handle_are_those_of_the_tweets_beside_it(self, tmp_path: Path) -> None:
        spec = spec_of(BASE.replace('"@acme"', "{handle: acme, labels: {market: US}}"), tmp_path)
        assert spec.tweets == (Tweet(ID, "@acme", labels={"market": "US"}),)

    def test_that_look_the_same_are_one(self, tmp_path: Path) -> None:
        text = LABELS.replace("campaign: launch", 'campaign: "Cafe\\u0301\\u200b"').replace(
            "market: US", "market: U\u00a0\u00a0S"
        )
        spec = spec_of(text, tmp_path)
        assert spec.tweets[0].labels == {"campaign": "Caf\u00e9", "market": "U S"}


class TestMeasures:
    def test_have_a_formula_a_label_and_the_format_that_fits(self, tmp_path: Path) -> None:
        spec = spec_of(MEASURES, tmp_path)
        assert [(m.name, m.label, m.words, m.format) for m in spec.measures.values()] == [
            ("click_rate", "Click rate", "Link clicks / impressions", "percent"),
            ("applause", "Applause", "Likes + 2 × retweets", "integer"),
            ("per_thousand", "Per thousand", "1,000 × engagements / impressions", "decimal"),
            ("half", "Half", "Replies / 2", "decimal"),
        ]
        assert spec.measure("click_rate") is spec.measures["click_rate"]
        assert spec.measure("impressions") is METRICS["impressions"]

    def test_that_are_listed_or_shown_have_their_counts_asked_for_and_others_have_not(self, tmp_path: Path) -> None:
        assert spec_of(MEASURES, tmp_path).counts == (
            "impressions",
            "engagements",
            "favorites",
            "retweets",
            "url_clicks",
        )


class TestDefaultSections:
    def test_on_historical_show_the_days(self, tmp_path: Path) -> None:
        spec = spec_of(BASE, tmp_path)
        assert spec.groupings == BY_TWEET | DAILY
        assert spec.sections == (TILES, Chart("daily", ("impressions",)), TOP_TWEETS)

    def test_on_28hr_show_the_hours(self, tmp_path: Path) -> None:
        spec = spec_of(LAST_28_HOURS, tmp_path)
        assert spec.groupings == BY_TWEET | HOURLY
        assert spec.sections == (TILES, Chart("hourly", ("impressions",)), TOP_TWEETS)

    def test_on_totals_show_the_handles_where_there_are_several(self, tmp_path: Path) -> None:
        spec = spec_of(with_two_handles(TOTALS_FILE), tmp_path)
        assert spec.groupings == BY_TWEET | BY_HANDLE
        assert spec.sections == (TILES, Chart("by-handle", ("impressions",)), TOP_TWEETS)

    def test_on_totals_have_no_chart_for_one_handle(self, tmp_path: Path) -> None:
        spec = spec_of(TOTALS_FILE, tmp_path)
        assert spec.groupings == BY_TWEET
        assert spec.sections == (TILES, TOP_TWEETS)

    def test_prefer_the_files_own_groupings(self, tmp_path: Path) -> None:
        own = "groupings: {weekly: [engagement.week, engagement.type], tweets: [tweet.id, engagement.type]}\n"
        spec = spec_of(BASE + own, tmp_path)
        assert list(spec.groupings) == ["weekly", "tweets"]
        assert spec.sections[1:] == (
            Chart("weekly", ("impressions",)),
            Table("tweets", sort="-impressions", limit=10, title="Top tweets"),
        )

    def test_add_the_groupings_that_the_file_lacks(self, tmp_path: Path) -> None:
        spec = spec_of(BASE + "groupings: {x: [handle, engagement.type]}\n", tmp_path)
        assert spec.groupings == {"x": ("handle", "engagement.type")} | DAILY | BY_TWEET
        assert spec.sections == (TILES, Chart("daily", ("impressions",)), TOP_TWEETS)

    def test_leave_out_what_a_grouping_of_the_same_name_stands_in_the_way_of(self, tmp_path: Path) -> None:
        spec = spec_of(BASE + "groupings: {by-tweet: [handle, engagement.type]}\n", tmp_path)
        assert spec.groupings == {"by-tweet": ("handle", "engagement.type")} | DAILY
        assert spec.sections == (TILES, Chart("daily", ("impressions",)))

    def test_have_six_tiles_at_most(self, tmp_path: Path) -> None:
        metrics = "engagements, replies, impressions, favorites, retweets, url_clicks"
        spec = spec_of(BASE.replace("impressions, engagements", metrics), tmp_path)
        assert spec.sections[0] == Kpis(
            ("engagements", "engagement_rate", "replies", "impressions", "favorites", "retweets")
        )

    def test_show_the_rate_once(self, tmp_path: Path) -> None:
        spec = spec_of(BASE.replace("engagements]", "engagements, replies, engagement_rate]"), tmp_path)
        assert spec.sections[0] == Kpis(("impressions", "engagements", "replies", "engagement_rate"))

    def test_do_not_come_beside_sections_of_the_file(self, tmp_path: Path) -> None:
        spec = spec_of(BASE + "sections: [{table: {grouping: daily}}]\n", tmp_path)
        assert spec.sections == (Table("daily"),)
        assert spec.groupings == BY_TWEET | DAILY


def test_ids_beside_several_handles_belong_to_one_of_them_that_is_to_be_found_out(tmp_path: Path) -> None:
    spec = spec_of(BASE.replace('["@acme"]', TWO_HANDLES), tmp_path)
    assert spec.tweets == (Tweet("1", "@acme"), Tweet("3", "@help"), Tweet("2", "@help"), Tweet(ID, None))
