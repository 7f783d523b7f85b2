"""Report files that break a rule no schema can say: the text, and its lines as `LINE:COLUMN: message`."""

from __future__ import annotations

from tests.spec.bad_labels import BAD_LABELS
from tests.spec.bad_measures import BAD_MEASURES
from tests.spec.bad_schedules import BAD_SCHEDULES
from tests.spec.documents import BASE

BAD_RULES: dict[str, tuple[str, ...]] = {
    "end_before_start": (
        BASE + "date_range: {start: 2026-11-15, end: 2026-11-09}\n",
        "7:38: date_range.end: the end, 2026-11-09, is before the start, 2026-11-15",
    ),
    "locale_of_nobody": (
        BASE + "locale: de_DEE\n",
        "7:9: locale: 'de_DEE' is not a locale; did you mean 'de_DE'?",
    ),
    "handle_twice": (
        BASE.replace('["@acme"]', '[{handle: "@acme", tweet_ids: ["1"]}, {handle: ACME, tweet_ids: ["2"]}]').replace(
            'tweet_ids: ["2117632892728246273"]\n', ""
        ),
        "4:57: handles[1].handle: 'ACME' is there twice; the first is handles[0].handle",
    ),
    "no_tweets_of_one_handle": (
        BASE.replace('["@acme"]', '["@acme", {handle: b, tweet_ids: ["1"]}]').replace(
            'tweet_ids: ["2117632892728246273"]\n', ""
        ),
        "4:11: handles[0]: this handle has no tweets; find them by posted: last_28_days, or list its tweet_ids",
    ),
    "tweet_under_two_handles": (
        BASE.replace('["@acme"]', '[{handle: a, tweet_ids: ["7"]}, {handle: b, tweet_ids: ["7"]}]').replace(
            'tweet_ids: ["2117632892728246273"]\n', ""
        ),
        "4:66: handles[1].tweet_ids[0]: '7' stands in handles[0].tweet_ids[0] already",
    ),
    "tweet_in_both_lists": (
        BASE.replace('"@acme"', '{handle: a, tweet_ids: ["2117632892728246273"]}'),
        "5:13: tweet_ids[0]: '2117632892728246273' stands in handles[0].tweet_ids[0] already",
    ),
    "id_of_no_tweet": (
        BASE.replace("2117632892728246273", "9223372036854775808"),
        "5:13: tweet_ids[0]: '9223372036854775808' is larger than any tweet id; the largest is 9223372036854775807",
    ),
    "timezone": (
        BASE + "timezone: America/New_Yrk\n",
        "7:11: timezone: 'America/New_Yrk' is not an IANA time zone; did you mean 'America/New_York'?",
    ),
    "city": (
        BASE + "timezone: berlin\n",
        "7:11: timezone: 'berlin' is not an IANA time zone; did you mean 'Europe/Berlin'?",
    ),
    "timezone_that_is_a_folder": (
        BASE + "timezone: xq/yz\n",
        "7:11: timezone: 'xq/yz' is not an IANA time zone; it is written like America/New_York",
    ),
    "days_that_are_not": (
        BASE + 'date_range: {start: 2026-02-29, end: "2026-11-09T24:30:00Z"}\n',
        "7:21: date_range.start: '2026-02-29' is not in the calendar",
        "7:38: date_range.end: '2026-11-09T24:30:00Z' is not in the calendar",
    ),
    "empty_range": (
        BASE + 'date_range: {start: "2026-11-09T12:00:00Z", end: "2026-11-09T14:00:00+02:00"}\n',
        "7:50: date_range.end: the range is empty: it starts and ends at 2026-11-09T12:00:00Z",
    ),
    "day_before_its_instant": (
        BASE + 'timezone: Asia/Tokyo\ndate_range: {start: "2026-11-09T15:00:00Z", end: 2026-11-09}\n',
        "8:50: date_range.end: the range is empty: it starts and ends at 2026-11-09T15:00:00Z",
    ),
    "posted_that_ends_before_its_start": (
        BASE + "posted: {start: 2026-11-15, end: 2026-11-09}\n",
        "7:34: posted.end: the end, 2026-11-09, is before the start, 2026-11-15",
    ),
    "posted_on_a_day_that_is_not": (
        BASE + "posted: {start: 2026-02-29, end: 2026-11-09}\n",
        "7:17: posted.start: '2026-02-29' is not in the calendar",
    ),
    "exclude_without_posted": (
        BASE + "exclude: [replies]\n",
        "7:1: exclude: exclude works together with posted only; add posted: last_28_days, or leave exclude out",
    ),
    "grouping_that_adds_up_metrics": (
        BASE + "groupings: {daily: [engagement.day]}\n",
        "7:20: groupings.daily: engagement.type is missing; without it, different metrics would be added up",
    ),
    "unknown_grouping": (
        BASE + "sections: [{chart: {grouping: dayly}}]\n",
        "7:31: sections[0].chart.grouping: 'dayly' is not a grouping of this report; did you mean 'daily'?",
    ),
    "default_grouping_beside_own_ones": (
        BASE + "groupings: {x: [tweet.id, engagement.type]}\nsections: [{table: {grouping: by-handle}}]\n",
        "8:31: sections[0].table.grouping: 'by-handle' is not a grouping of this report; the only one is x",
    ),
    "chart_of_three_things": (
        BASE
        + "groupings: {x: [engagement.type, tweet.id, handle, engagement.day, engagement.hour]}\n"
        + "sections: [{chart: {grouping: x}}]\n",
        (
            "8:31: sections[0].chart.grouping: a chart has an axis, colours (series) and panels, and handle of this "
            "grouping would be left over"
        ),
    ),
    "series_of_another_grouping": (
        BASE + "sections: [{chart: {grouping: daily, series: handle, panels: engagement.day}}]\n",
        "7:46: sections[0].chart.series: 'handle' is not in this chart's grouping; it can be engagement.type",
        "7:62: sections[0].chart.panels: 'engagement.day' stands along the axis; it can be engagement.type",
    ),
    "series_and_panels_alike": (
        BASE + "sections: [{chart: {grouping: daily, series: engagement.type, panels: engagement.type}}]\n",
        "7:71: sections[0].chart.panels: 'engagement.type' is the series already; leave one of them out",
    ),
    "stacked_lines": (
        BASE + "sections: [{chart: {grouping: daily, series: engagement.type, mark: line, stack: true}}]\n",
        "7:69: sections[0].chart.mark: lines do not stand on each other; use area or bar, or leave stack out",
    ),
    "line_over_names": (
        BASE + "groupings: {by-handle: [handle, engagement.type]}\n"
        "sections: [{chart: {grouping: by-handle, mark: area}}]\n",
        (
            "8:48: sections[0].chart.mark: area needs time along the axis, and here it has handle; use bar, or a "
            "grouping with days or hours"
        ),
    ),
    "counts_and_rates_on_one_axis": (
        BASE + "sections: [{chart: {grouping: daily, series: engagement.type, metrics: [impressions, engagements, "
        "engagement_rate]}}]\n",
        (
            "7:99: sections[0].chart.metrics[2]: 'impressions' and 'engagement_rate' are not on one scale, so they "
            "cannot be the series of one axis; make them the panels"
        ),
    ),
    "counts_and_rates_of_the_report_on_one_axis": (
        BASE.replace("[impressions, engagements]", "[engagement_rate, impressions, engagements]")
        + "sections: [{chart: {grouping: daily, series: engagement.type}}]\n",
        (
            "7:31: sections[0].chart.grouping: 'engagement_rate' and 'impressions' are not on one scale, so they "
            "cannot be the series of one axis; make them the panels"
        ),
    ),
    "counts_and_a_measure_of_the_report_on_one_axis": (
        BASE + "measures: {per_view: engagements / impressions}\n"
        "sections: [{chart: {grouping: daily, series: engagement.type, metrics: [engagements, per_view]}}]\n",
        (
            "8:86: sections[0].chart.metrics[1]: 'engagements' and 'per_view' are not on one scale, so they cannot be "
            "the series of one axis; make them the panels"
        ),
    ),
    "misspelt_measure_of_a_stack": (
        BASE + "measures: {per_view: engagements / impressions}\n"
        "sections: [{chart: {grouping: daily, series: engagement.type, metrics: [per_vew], stack: true}}]\n",
        (
            "8:73: sections[0].chart.metrics[0]: 'per_vew' is not a metric of historical or a measure of this report; "
            "did you mean 'per_view'?"
        ),
    ),
    "stacked_rates": (
        BASE + "groupings: {x: [handle, engagement.day, engagement.type]}\n"
        "sections: [{chart: {grouping: x, metrics: [impressions, engagement_rate], stack: true}}]\n",
        ("8:57: sections[0].chart.metrics[1]: 'engagement_rate' cannot be stacked: rates and formulas do not add up"),
    ),
    "stacked_engagements_and_what_is_in_them": (
        BASE.replace("engagements]", "engagements, replies]")
        + "sections: [{chart: {grouping: daily, series: engagement.type, metrics: [engagements, replies], "
        "stack: true}}]\n",
        (
            "7:73: sections[0].chart.metrics[0]: 'engagements' and other metrics do not add up, so they cannot stand "
            "on each other"
        ),
    ),
    "stack_of_nothing": (
        BASE + "sections: [{chart: {grouping: daily, stack: true}}]\n",
        (
            "7:45: sections[0].chart.stack: there is nothing to stack; name the series, such as engagement.type for "
            "the metrics"
        ),
    ),
    "column_of_another_grouping": (
        BASE + "sections: [{table: {grouping: daily, columns: [text, handle, engagement.week]}}]\n",
        (
            "7:48: sections[0].table.columns[0]: 'text' cannot be a column of this table; only a table by tweet.id has "
            "texts, handles and labels of tweets"
        ),
        (
            "7:54: sections[0].table.columns[1]: 'handle' cannot be a column of this table; only a table by tweet.id "
            "has texts, handles and labels of tweets"
        ),
        (
            "7:62: sections[0].table.columns[2]: 'engagement.week' cannot be a column of this table; did you mean "
            "'engagement.day'?"
        ),
    ),
    "bars_and_shades": (
        BASE + "sections: [{table: {grouping: daily, bars: [impressions], shades: [impressions, replies]}}]\n",
        "7:68: sections[0].table.shades[0]: 'impressions' has bars already; choose one of the two",
        (
            "7:81: sections[0].table.shades[1]: 'replies' is not a metric of this table; known are impressions and "
            "engagements"
        ),
    ),
    "change_since_nothing": (
        BASE + "sections: [{table: {grouping: daily, change: true}}]\n",
        (
            "7:46: sections[0].table.change: there is nothing to compare with; add compare_to to the report, such as "
            "previous_period"
        ),
    ),
    "chart_of_nothing": (
        BASE + "groupings: {x: [engagement.type]}\nsections: [{chart: {grouping: x}}]\n",
        "8:31: sections[0].chart.grouping: this grouping has nothing to draw along; name one with days or handles",
    ),
    "metric_the_report_lacks": (
        BASE + "sections: [{table: {grouping: by-tweet, metrics: [impressions, replies]}}]\n",
        "7:64: sections[0].table.metrics[1]: 'replies' is not among the report's metrics; add it there",
    ),
    "sort_by_no_column": (
        BASE + "sections: [{table: {grouping: by-tweet, metrics: [impressions], sort: -engagements}}]\n",
        "7:71: sections[0].table.sort: 'engagements' is not a column of this table; known are tweet.id and impressions",
    ),
    **BAD_LABELS,
    **BAD_MEASURES,
    **BAD_SCHEDULES,
}
