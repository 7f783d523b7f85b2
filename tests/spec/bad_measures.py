"""Report files with measures of their own, and what is said of them: wrong in their form, and beyond it."""

from __future__ import annotations

from tests.spec.documents import BASE, PUBLIC, TOTALS

_COUNTS = (
    "impressions, engagements, favorites, retweets, replies, video_views, media_views, media_engagements, url_clicks, "
    "hashtag_clicks, detail_expands, permalink_clicks, app_install_attempts, app_opens, email_tweet, user_follows and "
    "user_profile_clicks"
)


def own(formula: str, base: str = BASE) -> str:
    return f"{base}measures: {{own: {formula}}}\n"


BAD_MEASURE_FORM: dict[str, tuple[str, ...]] = {
    "measure_with_the_name_of_a_metric": (
        BASE + "measures: {replies: favorites / impressions}\n",
        "7:12: measures.replies: this is the name of a metric or a column already; give the measure another one",
    ),
    "measure_with_the_name_of_the_rate": (
        BASE + "measures: {engagement_rate: replies / favorites}\n",
        (
            "7:12: measures.engagement_rate: this is the name of a metric or a column already; give the measure "
            "another one"
        ),
    ),
    "measure_with_the_name_of_a_column": (
        BASE + "measures: {handle: favorites / impressions}\n",
        "7:12: measures.handle: this is the name of a metric or a column already; give the measure another one",
    ),
    "measure_name": (
        BASE + "measures: {Click-Rate: url_clicks / impressions}\n",
        (
            "7:12: measures.Click-Rate: the name of a measure has the letters a to z, digits and underscores, and "
            "begins with a letter, such as click_rate; this is 'Click-Rate'"
        ),
    ),
    "formula_that_is_a_number": (
        own("5"),
        "7:17: measures.own: 5 is a number; text or a mapping of keys to values is wanted, so put it in quotes",
    ),
    "formula_that_is_missing": (own("{label: Own}"), "7:17: measures.own.formula: this key is missing"),
    "formula_that_is_empty": (own("''"), "7:17: measures.own: the text is empty"),
    "long_formula": (
        own("1" + "+1" * 100),
        "7:17: measures.own: the text is longer than 200 characters",
    ),
    "measure_format": (
        own("{formula: replies / favorites, format: percents}"),
        "7:56: measures.own.format: 'percents' is not a number format; did you mean 'percent'?",
    ),
    "metric_of_another_endpoint_beside_measures": (
        own("favorites / replies", TOTALS.replace("engagements", "url_clicks")),
        "6:24: metrics[1]: 'url_clicks' is not a metric of totals; it is a metric of 28hr and historical only",
    ),
    "metric_of_another_endpoint_in_a_section_beside_measures": (
        own("favorites / replies") + "sections: [{kpis: {metrics: [own, quote_tweets]}}]\n",
        (
            "8:35: sections[0].kpis.metrics[1]: 'quote_tweets' is not a metric of historical; it is a metric of totals "
            "only"
        ),
    ),
    "private_metric_beside_measures": (
        own("favorites / retweets", PUBLIC.replace("retweets]", "impressions]")),
        (
            "5:22: metrics[1]: 'impressions' is not a public metric; without handles there are only favorites, "
            "retweets, quote_tweets, replies and video_views"
        ),
    ),
}

BAD_MEASURES: dict[str, tuple[str, ...]] = {
    "misspelt_count_in_a_formula": (
        own("url_click / impressions"),
        "7:17: measures.own: 'url_click' is not a metric of historical; did you mean 'url_clicks'?",
    ),
    "second_misspelt_count_in_a_quoted_formula": (
        own("'favorites / impresions'"),
        "7:30: measures.own: 'impresions' is not a metric of historical; did you mean 'impressions'?",
    ),
    "misspelt_count_in_a_mapping": (
        own("{label: Own, formula: 2 * likes}"),
        "7:43: measures.own.formula: 'likes' is not a metric of historical; did you mean 'favorites'?",
    ),
    "misspelt_count_in_a_folded_formula": (
        BASE + "measures:\n  own: >\n    favorites /\n    impresions\n",
        "8:8: measures.own: 'impresions' is not a metric of historical; did you mean 'impressions'?",
    ),
    "count_that_the_endpoint_lacks": (
        own("url_clicks / impressions", TOTALS),
        "7:17: measures.own: 'url_clicks' is not a metric of totals; it is a metric of 28hr and historical only",
    ),
    "count_that_is_not_public": (
        own("favorites / impressions", PUBLIC),
        (
            "6:29: measures.own: 'impressions' is not a public metric; without handles there are only favorites, "
            "retweets, quote_tweets, replies and video_views"
        ),
    ),
    "two_unknown_counts": (
        own("a / b"),
        f"7:17: measures.own: 'a' is not a metric of historical; known are {_COUNTS}",
        f"7:21: measures.own: 'b' is not a metric of historical; known are {_COUNTS}",
    ),
    "measure_of_a_measure": (
        BASE + "measures: {one: favorites + replies, two: one / impressions, three: 2 * engagement_rate}\n",
        "7:43: measures.two: 'one' is a measure itself; a formula is made of counts",
        "7:73: measures.three: 'engagement_rate' is a measure itself; a formula is made of counts",
    ),
    "power": (
        own("replies ** 2"),
        "7:26: measures.own: '*' stands where a count, a number or ( is wanted",
    ),
    "call": (own("abs(replies)"), "7:20: measures.own: '(' stands where + - * or / is wanted"),
    "attribute": (
        own("replies.real"),
        (
            "7:24: measures.own: '.' cannot stand in a formula; a formula has names of counts, numbers, + - * / and "
            "brackets"
        ),
    ),
    "formula_that_ends_early": (
        own("favorites /"),
        "7:28: measures.own: the formula ends where a count, a number or ( is wanted",
    ),
    "bracket_left_open": (
        own("(favorites + replies"),
        "7:37: measures.own: the formula ends before its ( is closed with )",
    ),
    "bracket_that_closes_nothing": (
        own("favorites) / replies"),
        "7:26: measures.own: this ) closes nothing; take it out, or open it with (",
    ),
    "long_number": (
        own("favorites * 1234567890123"),
        "7:29: measures.own: a number in a formula has at most 12 digits",
    ),
    "formula_without_a_count": (
        own("1 / 2"),
        f"7:17: measures.own: there is no count in this formula; known are {_COUNTS}",
    ),
    "division_by_nothing": (
        own("favorites / (2 - 2)"),
        "7:17: measures.own: this formula divides by numbers that come to 0, which has no result",
    ),
    "unknown_measure_among_the_metrics": (
        own("favorites / impressions", BASE.replace("engagements]", "onw]")),
        "6:24: metrics[1]: 'onw' is not a metric of historical or a measure of this report; did you mean 'own'?",
    ),
    "unknown_measure_in_a_section": (
        own("favorites / impressions") + "sections: [{kpis: {metrics: [own, owns]}}]\n",
        (
            "8:35: sections[0].kpis.metrics[1]: 'owns' is not a metric of historical or a measure of this report; did "
            "you mean 'own'?"
        ),
    ),
    "count_of_a_formula_shown_without_being_listed": (
        own("favorites / impressions") + "sections: [{kpis: {metrics: [own, favorites]}}]\n",
        "8:35: sections[0].kpis.metrics[1]: 'favorites' is not among the report's metrics; add it there",
    ),
}
