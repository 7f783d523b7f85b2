"""Report files that the schema alone refuses: the text, and its lines as `LINE:COLUMN: message`."""

from __future__ import annotations

from tests.spec.bad_delivery import BAD_DELIVERY_FORM
from tests.spec.bad_labels import BAD_LABEL_FORM
from tests.spec.bad_measures import BAD_MEASURE_FORM
from tests.spec.bad_schedules import BAD_SCHEDULE_FORM
from tests.spec.documents import BASE, LAST_28_HOURS, PUBLIC, TOTALS

METRICS_OF_HISTORICAL = (
    "impressions, engagements, favorites, retweets, replies, video_views, media_views, media_engagements, url_clicks, "
    "hashtag_clicks, detail_expands, permalink_clicks, app_install_attempts, app_opens, email_tweet, user_follows, "
    "user_profile_clicks and engagement_rate"
)

KINDS = "kpis, chart, table, top_tweets, heatmap, text, vega_lite, columns or page_break"

BAD_FORM: dict[str, tuple[str, ...]] = {
    "posted_that_is_a_number": (
        BASE + "posted: 28\n",
        "7:9: posted: 28 is no range; a range has a name, such as last_28_days, or a start and an end",
    ),
    "posted_that_is_nothing": (
        BASE + "posted:\n",
        "7:8: posted: nothing stands here; a range has a name, such as last_28_days, or a start and an end",
    ),
    "posted_in_30_days": (
        BASE + "posted: last_30_days\n",
        "7:9: posted: 'last_30_days' is not a named range; did you mean 'last_28_days'?",
    ),
    "unknown_key": (BASE + "metrix: 1\n", "7:1: metrix: this key is not known; did you mean 'metrics'?"),
    "a_key_cut_short": (
        BASE + "outputs: {dir: out}\n",
        "7:11: outputs.dir: this key is not known; did you mean 'directory'?",
    ),
    "a_format_by_its_program": (
        BASE + "outputs: {formats: [Excel]}\n",
        "7:21: outputs.formats[0]: 'Excel' is not an output format; did you mean 'xlsx'?",
    ),
    "a_day_without_its_dot": (
        BASE + "groupings: {daily: [day, engagement.type]}\n",
        "7:21: groupings.daily[0]: 'day' is not a value of group_by; did you mean 'engagement.day'?",
    ),
    "a_colour_without_quotes": (
        BASE + "brand:\n  colors:\n    accent: #b3261e\n",
        "9:12: brand.colors.accent: nothing stands here, since # starts a comment; put '#b3261e' in quotes",
    ),
    "a_comment_where_a_text_should_stand": (
        BASE + "title: # later\n",
        "7:7: title: nothing stands here; text is wanted",
    ),
    "keys_of_a_section_beside_it": (
        BASE + "sections:\n  - table:\n    title: Top\n    grouping: t\n    sort: -impressions\n",
        "8:5: sections[0].table: indent what belongs under table: two spaces more before title, grouping and sort",
    ),
    "wrong_metric_for_the_endpoint": (
        BASE.replace("engagements", "quote_tweets"),
        "6:24: metrics[1]: 'quote_tweets' is not a metric of historical; it is a metric of totals only",
    ),
    "id_as_a_float": (
        BASE.replace('"2117632892728246273"', "2.117632892728246E+18"),
        "5:13: tweet_ids[0]: 2.117632892728246E+18 is a number, and numbers lose digits; write the id in quotes",
    ),
    "id_without_quotes": (
        BASE.replace('"2117632892728246273"', "2117632892728246273"),
        "5:13: tweet_ids[0]: 2117632892728246273 is a number, and numbers lose digits; write the id in quotes",
    ),
    "empty_list": (BASE.replace("[impressions, engagements]", "[]"), "6:10: metrics: the list is empty"),
    "empty_file": ("", "1:1: the file is empty"),
    "comments_only": ("# nothing\n", "1:1: the file is empty"),
    "a_list": ("- a\n", "1:1: a file has to hold keys and values; this is a list"),
    "a_text": ("hello\n", "1:1: a file has to hold keys and values; this is text"),
    "only_a_version": (
        "\nversion: 1\n",
        "2:1: endpoint: this key is missing; it is totals, 28hr or historical",
        "2:1: metrics: this key is missing",
        "2:1: name: this key is missing",
        "2:1: tweet_ids: this report has no tweets; list their ids here, or name handles and add posted: last_28_days",
    ),
    "misspelt_required_key": (
        BASE.replace("metrics", "metricss"),
        "6:1: metricss: this key is not known; did you mean 'metrics'?",
    ),
    "misspelt_source_of_tweets": (
        BASE.replace("tweet_ids", "tweetids"),
        "5:1: tweetids: this key is not known; did you mean 'tweet_ids'?",
    ),
    "other_version": (BASE.replace("1", "2", 1), "1:10: version: this reportgen reads version 1"),
    "name": (
        BASE.replace("acme", "Acme Weekly", 1),
        (
            "2:7: name: a name has the letters a to z, digits, and single hyphens between them, such as acme-weekly; "
            "this is 'Acme Weekly'"
        ),
    ),
    "name_with_a_line_break": (
        BASE.replace("acme", "|\n  acme", 1),
        (
            "2:7: name: a name has the letters a to z, digits, and single hyphens between them, such as acme-weekly; "
            "this is 'acme\\n'"
        ),
    ),
    "name_that_is_a_number": (
        BASE.replace("acme", "2026", 1),
        "2:7: name: 2026 is a number; text is wanted, so put it in quotes",
    ),
    "long_title": (BASE + f"title: {'a' * 201}\n", "7:8: title: the text is longer than 200 characters"),
    "title_of_two_lines": (
        BASE + 'title: "a\\nb"\n',
        "7:8: title: a title is one line of text; this is 'a\\nb'",
    ),
    "blank_title": (BASE + 'title: " "\n', "7:8: title: a title is one line of text; this is ' '"),
    "endpoint": (BASE.replace("historical", "28h"), "3:11: endpoint: '28h' is not an endpoint; did you mean '28hr'?"),
    "text_for_a_list": (
        BASE.replace("[impressions, engagements]", "impressions"),
        "6:10: metrics: 'impressions' is text; a list is wanted, such as [impressions]",
    ),
    "nothing_for_a_list": (
        BASE.replace(" [impressions, engagements]", ""),
        "6:9: metrics: nothing stands here; a list is wanted",
    ),
    "list_for_a_metric": (
        BASE.replace("engagements", "[engagements]"),
        "6:24: metrics[1]: this is a list; text is wanted",
    ),
    "misspelt_metric": (
        BASE.replace("impressions", "impresions"),
        "6:11: metrics[0]: 'impresions' is not a metric of historical; did you mean 'impressions'?",
    ),
    "label_for_a_metric": (
        BASE.replace("engagements", "likes"),
        "6:24: metrics[1]: 'likes' is not a metric of historical; did you mean 'favorites'?",
    ),
    "renamed_metric": (
        BASE.replace("engagements", "media_clicks"),
        "6:24: metrics[1]: 'media_clicks' is not a metric of historical; it is called media_engagements today",
    ),
    "renamed_metric_that_totals_lack": (
        TOTALS.replace("engagements", "media_clicks"),
        (
            "6:24: metrics[1]: 'media_clicks' is not a metric of totals; it is called media_engagements today; "
            "it is a metric of 28hr and historical only"
        ),
    ),
    "metric_from_nowhere": (
        BASE.replace("engagements", "xyz"),
        f"6:24: metrics[1]: 'xyz' is not a metric of historical; known are {METRICS_OF_HISTORICAL}",
    ),
    "metric_of_28hr_on_totals": (
        TOTALS.replace("engagements", "url_clicks"),
        "6:24: metrics[1]: 'url_clicks' is not a metric of totals; it is a metric of 28hr and historical only",
    ),
    "metric_of_totals_on_28hr": (
        LAST_28_HOURS.replace("engagements", "quote_tweets"),
        "6:24: metrics[1]: 'quote_tweets' is not a metric of 28hr; it is a metric of totals only",
    ),
    "metric_twice": (BASE.replace("engagements", "impressions"), "6:24: metrics[1]: 'impressions' is there twice"),
    "private_metric_without_handles": (
        PUBLIC.replace("retweets", "engagement_rate"),
        (
            "5:22: metrics[1]: 'engagement_rate' is not a public metric; without handles there are only favorites, "
            "retweets, quote_tweets, replies and video_views"
        ),
    ),
    "metric_of_a_section": (
        TOTALS + "sections: [{kpis: {metrics: [impressions, user_follows]}}]\n",
        (
            "7:43: sections[0].kpis.metrics[1]: 'user_follows' is not a metric of totals; it is a metric of 28hr and "
            "historical only"
        ),
    ),
    "date_range_on_totals": (
        TOTALS + "date_range: last_weak\n",
        (
            "7:1: date_range: totals count since each tweet was posted, so there is no range to choose; leave "
            "it out, or "
            "use historical"
        ),
    ),
    "date_range_on_28hr": (
        LAST_28_HOURS + "date_range: last_week\n",
        (
            "7:1: date_range: 28hr covers the 28 hours before the run, so there is no range to choose; leave it "
            "out, or "
            "use historical"
        ),
    ),
    "comparison_on_totals": (
        TOTALS + "compare_to: previous_year\n",
        "7:1: compare_to: totals have no range, so there is none to compare with; leave it out, or use historical",
    ),
    "time_grouping_on_totals": (
        TOTALS + "groupings: {daily: [engagement.type, engagement.day]}\n",
        (
            "7:38: groupings.daily[1]: 'engagement.day' is not a value of group_by on totals; known are tweet.id, "
            "engagement.type and handle"
        ),
    ),
    "historical_without_handles": (
        PUBLIC.replace("totals", "historical").replace("favorites", "impressions"),
        (
            "3:11: endpoint: this endpoint needs handles, whose access tokens sign the calls; list them under "
            "handles, or "
            "use totals for public tweets"
        ),
    ),
    "handle_grouping_without_handles": (
        PUBLIC + "groupings: {a: [handle, engagement.type]}\n",
        (
            "6:17: groupings.a[0]: 'handle' is not a value of group_by in a report without handles; known are tweet.id "
            "and engagement.type"
        ),
    ),
    "handle_name": (
        BASE.replace("@acme", "@acme-help"),
        (
            '4:11: handles[0]: a handle has up to 15 letters, digits and underscores, such as "@acme"; this is '
            "'@acme-help'"
        ),
    ),
    "handle_that_is_a_number": (
        BASE.replace('"@acme"', "42"),
        "4:11: handles[0]: 42 is a number; text or a mapping of keys to values is wanted, so put it in quotes",
    ),
    "key_of_a_handle": (
        BASE.replace('"@acme"', '{handle: acme, tweet_id: ["1"]}'),
        "4:26: handles[0].tweet_id: this key is not known; did you mean 'tweet_ids'?",
    ),
    "no_tweets": (
        BASE.replace('tweet_ids: ["2117632892728246273"]\n', ""),
        "4:11: handles[0]: this handle has no tweets; find them by posted: last_28_days, or list its tweet_ids",
    ),
    "no_tweets_and_no_handles": (
        PUBLIC.replace('tweet_ids: ["2117632892728246273"]\n', ""),
        "1:1: tweet_ids: this report has no tweets; list their ids here, or name handles and add posted: last_28_days",
    ),
    "tweet_twice": (
        BASE.replace('6273"]', '6273", "2117632892728246273"]'),
        "5:36: tweet_ids[1]: '2117632892728246273' is there twice",
    ),
    "id_with_a_link": (
        BASE.replace("2117632892728246273", "https://x.com/acme/status/2117632892728246273?s=20&t=abcdefgh"),
        (
            "5:13: tweet_ids[0]: a tweet id has up to 19 digits and nothing else; this is "
            "'https://x.com/acme/status/2117632892728246273?s=20&t=abcdef…', so write '2117632892728246273'"
        ),
    ),
    "timezone_that_is_a_path": (
        BASE + "timezone: ../Europe/Berlin\n",
        "7:11: timezone: a time zone is written like America/New_York or UTC; this is '../Europe/Berlin'",
    ),
    "named_range": (
        BASE + "date_range: last_weak\n",
        "7:13: date_range: 'last_weak' is not a named range; did you mean 'last_week'?",
    ),
    "range_without_an_end": (BASE + "date_range: {start: 2026-11-09}\n", "7:13: date_range.end: this key is missing"),
    "instant_without_an_offset": (
        BASE + 'date_range: {start: 2026-11-08, end: "2026-11-09T12:00"}\n',
        (
            "7:38: date_range.end: write a day like 2026-11-09, or an instant with its offset like "
            "2026-11-09T14:00:00Z or "
            "2026-11-09T14:00:00-05:00; this is '2026-11-09T12:00'"
        ),
    ),
    "no_groupings": (BASE + "groupings: {}\n", "7:12: groupings: nothing stands here; a key is wanted"),
    "name_of_a_grouping": (
        BASE + "groupings: {By Tweet: [tweet.id, engagement.type]}\n",
        (
            "7:13: groupings.'By Tweet': the name of a grouping has the letters a to z, digits, and single hyphens or "
            "underscores between them, such as by-tweet; this is 'By Tweet'"
        ),
    ),
    "group_by": (
        BASE + "groupings: {a: [tweet.idd, engagement.type]}\n",
        "7:17: groupings.a[0]: 'tweet.idd' is not a value of group_by; did you mean 'tweet.id'?",
    ),
    "sort_order": (
        BASE + "sections: [{table: {grouping: by-tweet, sort: impressions desc}}]\n",
        (
            "7:47: sections[0].table.sort: name a column, with a - before it for the largest first, such as "
            "-engagements; "
            "this is 'impressions desc'"
        ),
    ),
    "no_section": (
        BASE + "sections: [{}]\n",
        f"7:12: sections[0]: nothing stands here; {KINDS} is wanted",
    ),
    "two_sections_in_one": (
        BASE + "sections: [{kpis: {metrics: [impressions]}, table: {grouping: daily}}]\n",
        f"7:12: sections[0]: {KINDS} is wanted, not several; make each an item of its own",
    ),
    "unknown_section": (
        BASE + "sections: [{heat_map: {metric: impressions}}]\n",
        "7:13: sections[0].heat_map: this key is not known; did you mean 'heatmap'?",
    ),
    "page_break": (
        BASE + "sections: [{page_break: }]\n",
        "7:25: sections[0].page_break: a page break is written page_break: true",
    ),
    "width": (
        BASE + "sections: [{kpis: {metrics: [impressions], width: halb}}]\n",
        "7:51: sections[0].kpis.width: 'halb' is not a width; did you mean 'half'?",
    ),
    "columns_of_one": (
        BASE + "sections: [{columns: {sections: [{kpis: {metrics: [impressions]}}]}}]\n",
        "7:33: sections[0].columns.sections: 2 items are wanted at least",
    ),
    "columns_in_columns": (
        BASE
        + "sections: [{columns: {sections: [{page_break: true}, {columns: {sections: [{text: {markdown: a}}, "
        + "{text: {markdown: b}}]}}]}}]\n",
        (
            "7:35: sections[0].columns.sections[0].page_break: a page does not end inside of columns; "
            "put the break before or behind them"
        ),
        (
            "7:55: sections[0].columns.sections[1].columns: columns do not stand in columns; "
            "put the sections beside each other in one list"
        ),
    ),
    "metric_of_another_endpoint_in_columns": (
        TOTALS
        + "sections: [{columns: {sections: [{top_tweets: {by: url_clicks}}, {kpis: {metrics: [media_views]}}]}}]\n",
        (
            "7:52: sections[0].columns.sections[0].top_tweets.by: 'url_clicks' is not a metric of totals; "
            "it is a metric of 28hr and historical only"
        ),
        (
            "7:84: sections[0].columns.sections[1].kpis.metrics[0]: 'media_views' is not a metric of totals; "
            "it is a metric of 28hr and historical only"
        ),
    ),
    "order_by_a_metric_of_another_endpoint": (
        TOTALS + "sections: [{table: {grouping: by-tweet, sort: -url_clicks}}]\n",
        "7:41: sections[0].table.sort: totals does not have this metric; sort by a column of the table",
    ),
    "heatmap_on_totals": (
        TOTALS + "sections: [{heatmap: {metric: impressions}}]\n",
        "7:13: sections[0].heatmap: totals have no hours; leave the heatmap out, or use historical",
    ),
    "limit": (
        BASE + "sections: [{table: {grouping: daily, limit: 0}}, {table: {grouping: daily, limit: 2.5}}]\n",
        "7:45: sections[0].table.limit: 0 is below 1",
        "7:83: sections[1].table.limit: 2.5 is a number; a whole number is wanted",
    ),
    "mark": (
        BASE + "sections: [{chart: {grouping: daily, mark: lin}}]\n",
        "7:44: sections[0].chart.mark: 'lin' is not a mark; did you mean 'line'?",
    ),
    "outputs": (
        BASE + "outputs: {formats: [html, doc, html], page: A5, directory: ''}\n",
        "7:27: outputs.formats[1]: 'doc' is not an output format; known are html, pdf, json, csv, xlsx and parquet",
        "7:32: outputs.formats[2]: 'html' is there twice",
        "7:45: outputs.page: 'A5' is not a page size; known are A4 and Letter",
        "7:60: outputs.directory: the text is empty",
    ),
    "email": (
        BASE + "email: {to: [team], subject: ' '}\n",
        (
            "7:14: email.to[0]: an address is written like team@example.com or Acme Team <team@example.com>; this is "
            "'team'"
        ),
        "7:30: email.subject: a subject is one line of text; this is ' '",
    ),
    "misspelt_metric_of_a_stack": (
        BASE + "sections: [{chart: {grouping: daily, series: engagement.type, metrics: [impresions], stack: true}}]\n",
        "7:73: sections[0].chart.metrics[0]: 'impresions' is not a metric of historical; did you mean 'impressions'?",
    ),
    **BAD_LABEL_FORM,
    **BAD_DELIVERY_FORM,
    **BAD_MEASURE_FORM,
    **BAD_SCHEDULE_FORM,
}

NOT_YAML: dict[str, tuple[str, ...]] = {
    "not_yaml": (
        "name: acme: weekly\n",
        "1:11: not YAML: there is a ':' too many; check the indentation, and put a text with ': ' in quotes",
    ),
    "cron_without_quotes": (
        BASE + "schedule: {cron: */15 * * * *}\n",
        "7:18: not YAML: a text cannot start with '*'; put it in quotes",
    ),
    "handle_without_quotes": (
        BASE.replace('"@acme"', "@acme"),
        "4:11: not YAML: a text cannot start with '@'; put it in quotes",
    ),
    "a_quote_that_ends_at_the_next_one": (
        BASE.replace("name: acme", 'name: "acme'),
        "2:7: not YAML: the quote that opens here may not be closed in its line",
    ),
    "a_single_quote_that_ends_at_the_next_one": (
        BASE.replace("name: acme", "name: 'acme").replace('"', "'"),
        "2:7: not YAML: the quote that opens here may not be closed in its line",
    ),
    "a_quote_over_lines_before_another_mistake": (
        BASE.replace('"@acme"', "@acme") + 'title: "A\n  long one"\n',
        "4:11: not YAML: a text cannot start with '@'; put it in quotes",
    ),
    "colours_in_brackets_without_quotes": (
        BASE + "brand: {colors: {series: [#b3261e, #0a5c8f]}}\n",
        (
            "8:1: not YAML: a value is missing here, or a bracket is not closed; # starts a comment, "
            "so put colours in quotes"
        ),
    ),
}
