"""Report files with labels, and what is said of them: wrong in their form, and beyond it."""

from __future__ import annotations

from tests.spec.documents import BASE, PUBLIC

_ID = '"2117632892728246273"'


def labelled(labels: str, base: str = BASE) -> str:
    return base.replace(f"[{_ID}]", f"[{{id: {_ID}, labels: {labels}}}]")


BAD_LABEL_FORM: dict[str, tuple[str, ...]] = {
    "tweet_without_an_id": (
        BASE.replace(f"[{_ID}]", "[{text: Hello}]"),
        "5:13: tweet_ids[0].id: this key is missing",
    ),
    "tweet_id_in_a_mapping_that_is_a_number": (
        BASE.replace(f"[{_ID}]", "[{id: 2117632892728246273}]"),
        "5:18: tweet_ids[0].id: 2117632892728246273 is a number, and numbers lose digits; write the id in quotes",
    ),
    "label_that_is_a_number": (
        labelled("{year: 2026}"),
        "5:56: tweet_ids[0].labels.year: 2026 is a number; text is wanted, so put it in quotes",
    ),
    "label_name": (
        labelled("{Campaign: a}"),
        (
            "5:50: tweet_ids[0].labels.Campaign: the name of a label has the letters a to z, digits and underscores, "
            "and begins with a letter, such as campaign; this is 'Campaign'"
        ),
    ),
    "blank_label": (
        labelled("{campaign: ' '}"),
        "5:60: tweet_ids[0].labels.campaign: a label is one line of text without spaces around it; this is ' '",
    ),
    "grouping_by_a_label_without_a_name": (
        labelled("{campaign: a}") + "groupings: {x: [label., engagement.type]}\n",
        (
            "7:17: groupings.x[0]: a label is written as label. and its name, which has the letters a to z, digits and "
            "underscores, such as label.campaign; this is 'label.'"
        ),
    ),
}

BAD_LABELS: dict[str, tuple[str, ...]] = {
    "label_that_no_tweet_has": (
        labelled("{campaign: a}") + "groupings: {x: [engagement.type, label.campain]}\n",
        "7:34: groupings.x[1]: no tweet has a label 'campain'; did you mean 'label.campaign'?",
    ),
    "labels_that_no_tweet_has_in_a_report_without_any": (
        PUBLIC + "groupings: {x: [engagement.type, label.campaign]}\n",
        (
            "6:34: groupings.x[1]: no tweet has a label 'campaign'; labels stand under the labels of a tweet or of its "
            "handle"
        ),
    ),
    "label_that_no_tweet_has_in_a_column": (
        labelled("{campaign: a}")
        + "sections: [{table: {grouping: by-tweet, columns: [tweet.id, label.campaign, label.x]}}]\n",
        "7:77: sections[0].table.columns[2]: no tweet has a label 'x'; the only one is label.campaign",
    ),
    "label_like_the_words_for_none": (
        labelled("{campaign: No campaign}"),
        (
            "5:60: tweet_ids[0].labels.campaign: 'No campaign' is what the page calls tweets without this label; leave "
            "the label out"
        ),
    ),
    "label_like_the_words_for_none_with_a_space_that_looks_like_one": (
        labelled('{campaign: "No\\u00a0campaign"}'),
        (
            "5:60: tweet_ids[0].labels.campaign: 'No campaign' is what the page calls tweets without this label; leave "
            "the label out"
        ),
    ),
    "label_that_nobody_sees": (
        labelled('{campaign: "\\u200b"}'),
        "5:60: tweet_ids[0].labels.campaign: there is nothing to see in this label; leave the label out",
    ),
    "tweet_twice_once_with_labels": (
        BASE.replace(f"[{_ID}]", f"[{_ID}, {{id: {_ID}}}]"),
        "5:41: tweet_ids[1].id: '2117632892728246273' stands in tweet_ids[0] already",
    ),
}
