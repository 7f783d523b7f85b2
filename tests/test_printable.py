"""Texts of others lose what is no letter, wherever they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.api.x.parts import text_at
from reportgen.printable import printable_line, printable_text
from reportgen.spec.build_tweets import build_tweets
from tests.spec.tweet_files.bad_tables import A
from tests.spec.tweet_files.reading import tweets

WRITTEN = "a\x1b[2J\x08\x7f\x85\x9bz\t\n\u2028é🐟"
CLEAN = "a\ufffd[2J\ufffd\ufffd\ufffd\ufffdz\t\n\u2028é🐟"


def test_a_text_keeps_its_lines() -> None:
    assert printable_text(WRITTEN) == CLEAN
    assert printable_text("\x00") == "\ufffd"
    assert printable_text("a b\xa0é") == "a b\xa0é"


def test_a_line_is_one() -> None:
    assert printable_line("a/b\r\n\x1b\u2028\udcff é.csv") == "a/b\ufffd\ufffd\ufffd\ufffd\ufffd é.csv"


@pytest.mark.parametrize(
    "content",
    [f'id,text\n{A},"{WRITTEN}"\n', json.dumps({"id": A, "text": WRITTEN}), json.dumps([{"id": A, "text": WRITTEN}])],
)
def test_those_of_tweets_in_files_are_cleaned(tmp_path: Path, content: str) -> None:
    (tweet,) = tweets(tmp_path / "a", content, "@acme")
    assert tweet.text == CLEAN


def test_those_of_the_report_file_and_of_the_x_api_are_cleaned() -> None:
    (tweet,) = build_tweets({"tweet_ids": [{"id": A, "text": WRITTEN}]}, ())
    assert tweet.text == CLEAN
    assert text_at({"text": WRITTEN}, "text") == CLEAN
