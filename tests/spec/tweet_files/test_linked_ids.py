"""Ids beside links to the tweets: a link proves an id wrong, unless it may lead to another tweet."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.spec.model import Tweet
from tests.spec.tweet_files.bad_tables import A, B
from tests.spec.tweet_files.reading import problems, tweets

C = "2117632892728246273"
TEXT = "export it again with the column as text"


@pytest.mark.parametrize("rounded", ["2117632892728246300", "2117632892728246272", "2117632892728240000"])
@pytest.mark.parametrize("name", ["link", "url", "permalink"])
def test_an_id_that_lost_its_last_digits_is_told_with_the_link(tmp_path: Path, rounded: str, name: str) -> None:
    content = f"tweet_id,{name}\n{A},x.com/acme/status/{A}\n{rounded},https://x.com/acme/status/{C}\n"
    assert problems(tmp_path / "a", content, "@acme") == [
        f"a:3:1: '{rounded}' has lost its last digits: the link beside it leads to {C}; {TEXT}"
    ]


def test_numbers_of_rows_are_no_ids_where_no_link_leads_to_them(tmp_path: Path) -> None:
    content = f"id,link,Url\n1,,see x.com\n2,x.com/acme/status/{A},\n3,x.com/acme/status/{B},\n"
    assert problems(tmp_path / "a", content, "@acme") == [
        (
            f"a:3:1: in no row does 'link' or 'Url' lead to the tweet of 'id', here to '{A}' and not '2'; leave out "
            "the column that is not about the tweets, or rename it"
        ),
    ]


def test_a_link_may_lead_to_another_tweet_where_some_lead_to_their_own(tmp_path: Path) -> None:
    content = f"id,link,url\n{A},x.com/globex/status/{B},\n{B},x.com/globex/status/{A},x.com/acme/status/{B}\n"
    assert tweets(tmp_path / "a", content, "@acme") == (Tweet(A, "@acme"), Tweet(B, "@acme"))


@pytest.mark.parametrize("name", ["permalink", "tweet_link", "tweet_url", "tweet_permalink", "Status_Link"])
def test_a_link_to_the_tweet_itself_leads_to_no_other(tmp_path: Path, name: str) -> None:
    content = f"id,{name}\n{A},x.com/acme/status/{A}\n{B},x.com/acme/status/{A}\n{C},x.com/acme/status/{A}\n"
    assert problems(tmp_path / "a", content, "@acme") == [
        f"a:3:1: '{B}' is the 'id' of this row, and its '{name}' leads to tweet '{A}'; the same with 1 more row"
    ]


def test_a_table_without_links_to_tweets_says_nothing(tmp_path: Path) -> None:
    assert tweets(tmp_path / "a", f"id,url\n{A},https://example.com\n", "@acme") == (Tweet(A, "@acme"),)
