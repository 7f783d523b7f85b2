"""Whose a tweet is: by links, by JSON, and by the columns of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.spec.model import Tweet
from tests.spec.tweet_files.bad_tables import A, B
from tests.spec.tweet_files.reading import problems, tweets


def by(name: str) -> str:
    return f'{{"id_str": "{A}", "text": "", "user": {{"screen_name": "{name}"}}}}'


@pytest.mark.parametrize("content", [by("ACME"), f"https://x.com/ACME/status/{A}", f"link\nx.com/aCme/status/{A}"])
def test_is_written_as_the_report_writes_it(tmp_path: Path, content: str) -> None:
    assert tweets(tmp_path / "a", content, "@Acme", "@acme_help") == (Tweet(A, "@Acme"),)


@pytest.mark.parametrize(
    "content", [by("Globex"), f"https://x.com/Globex/status/{A}", f"link\nx.com/Globex/status/{A}"]
)
def test_may_be_one_whom_the_report_does_not_list_where_the_tweet_says_so(tmp_path: Path, content: str) -> None:
    assert tweets(tmp_path / "a", content, "@acme") == (Tweet(A, "@Globex"),)
    assert tweets(tmp_path / "a", content) == (Tweet(A, None),)


def test_is_the_same_in_other_capitals(tmp_path: Path) -> None:
    content = f"x.com/Globex/status/{A}\nx.com/globex/status/{A}\nx.com/GLOBEX/status/{B}"
    assert tweets(tmp_path / "a", content, "@acme") == (Tweet(A, "@Globex"), Tweet(B, "@Globex"))


def test_of_a_link_beside_an_id_counts_where_it_leads_to_the_same_tweet(tmp_path: Path) -> None:
    content = f"id,url\n{A},x.com/acme_help/status/{A}\n{B},https://x.com/globex/status/{A}\n"
    assert tweets(tmp_path / "a", content, "@acme", "@acme_help") == (Tweet(A, "@acme_help"), Tweet(B, None))
    assert tweets(tmp_path / "a", content, "@acme_help") == (Tweet(A, "@acme_help"), Tweet(B, "@acme_help"))


def test_in_the_handle_column_is_one_of_the_reports(tmp_path: Path) -> None:
    assert problems(tmp_path / "a", f"handle,link\nglobex,x.com/globex/status/{A}\n", "@acme") == [
        "a:2:1: '@globex' is not among the report's handles; add it there"
    ]


def test_is_the_author_of_a_retweet_not_of_what_it_repeats(tmp_path: Path) -> None:
    content = by("acme")[:-1] + f', "retweeted_status": {by("globex")}}}'
    assert tweets(tmp_path / "a", content, "@acme") == (Tweet(A, "@acme"),)


def test_that_two_places_contradict_is_told_with_both(tmp_path: Path) -> None:
    content = f"# ours\nx.com/acme/status/{B}\nx.com/acme/status/{A}\n\nx.com/globex/status/{A}"
    assert problems(tmp_path / "a", content, "@acme") == [
        f"a:5:1: '{A}' is a tweet of @Globex here, and of @acme in {tmp_path}/a:3".replace("Globex", "globex")
    ]


def test_that_is_no_name_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "a", by("a b"), "@acme") == [
        "a:1:1: 'a b' is no name of an account, which has letters, digits and underscores"
    ]
