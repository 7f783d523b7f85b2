"""Every kind of file is told from what is in it, and gives the same tweets."""

from __future__ import annotations

import gzip
import json
import random
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.spec.model import Tweet
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.gathered import Gathered
from reportgen.spec.tweet_files.kinds import tweets_in
from reportgen.spec.tweet_files.owners import Owners
from tests.conftest import ROOT
from tests.spec.test_schema import tables
from tests.spec.tweet_files.bad_tables import A, B
from tests.spec.tweet_files.kinds import OTHERS, WITH_TEXTS
from tests.spec.tweet_files.reading import tweets

BOTH = (Tweet(A, "@acme", 'Fish & "chips" <é>\n🐟'), Tweet(B, "@acme_help"))
HANDLES = ("@acme", "@acme_help")
FIRST, LAST = 1_200_000_000_000_000_000, 2_100_000_000_000_000_000
TEXTS = st.text(st.sampled_from("ab &<>\"',;é🐟\n\\{}[]#:/"), max_size=20).map(str.strip)
IDS = st.integers(FIRST // 2, LAST // 2).map(lambda half: str(half * 2 + 1))  # none that looks as if it were rounded
SOME = st.lists(
    st.builds(Tweet, IDS, st.sampled_from(HANDLES), TEXTS.map(lambda text: text or None)),
    min_size=1,
    max_size=6,
    unique_by=lambda tweet: tweet.id,
)


@pytest.mark.parametrize("kind", WITH_TEXTS)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_a_file_of_each_kind_gives_ids_handles_and_texts(tmp_path: Path, kind: str, mark: str) -> None:
    assert tweets(tmp_path / "any.txt", mark + WITH_TEXTS[kind](BOTH), *HANDLES) == BOTH


@pytest.mark.parametrize("kind", OTHERS)
def test_links_give_ids_and_handles(tmp_path: Path, kind: str) -> None:
    assert tweets(tmp_path / "any.json", OTHERS[kind](BOTH), *HANDLES) == tuple(replace(one, text=None) for one in BOTH)


@pytest.mark.parametrize("kind", WITH_TEXTS)
def test_a_gzipped_file_of_two_parts_gives_the_same(tmp_path: Path, kind: str) -> None:
    content = WITH_TEXTS[kind](BOTH).encode()
    packed = gzip.compress(content[:50]) + gzip.compress(content[50:])
    assert tweets(tmp_path / "any.csv", packed, *HANDLES) == BOTH


@settings(max_examples=60)
@given(some=SOME)
def test_the_same_tweets_in_every_kind_of_file_are_the_same(
    some: list[Tweet], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "same.json"
    for write in WITH_TEXTS.values():
        assert tweets(path, write(some), *HANDLES) == tuple(some)


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (f"{A}\n\n# a comment\n  {B}  \n", [A, B]),
        (f"\ufeff# ours\r\n{A}\r\n", [A]),
        (f"https://twitter.com/i/web/status/{A}\nx.com/i/status/{B}/photo/1", [A, B]),
        (f"sep=;\r\nid;text\r\n{A};Hi, all\r\n{B};\r\n", [A, B]),
        (f"sep=,\nid,a;b;c;d\n{A},Hi\n", [A]),
        (f'\ufeff"sep=\t"\nid\ttext\n{A}\tHi\n', [A]),
        (f"id,text\n'{A},Hi\n'{B},Hi\n", [A, B]),
        (f'id,text\n="{A}",Hi\n"=""{B}""",Hi\n', [A, B]),
        (f"'{A}\n'{B}\n", [A, B]),
        (f'="{A}"\n', [A]),
        (f'{{"data": [{{"id": "{A}"}}], "results": [{{"id": "{B}"}}]}}', [A, B]),
        ("# none yet\n", []),
        ("[]", []),
        ('{"data": []}', []),
        ('{"meta": {"result_count": 0}}', []),
        (f'\n\n  {{"id": "{A}", "text": "Hi"}}\n', [A]),
        (f'{{"id_str": "{A}"}}', [A]),
        (f'{{\n"id": {A}\n}}', [A]),
        (f'{{"id": "{A}", "text": "Hi", "username": "acme"}}', [A]),
        (f'{{"author": {{"username": "Acme"}}, "id": "{A}", "text": "Hi", "__twarc": {{}}}}', [A]),
        (f'window.YTD.tweets.part0 = [ {{"tweet": {{"id_str": "{A}", "full_text": "Hi"}}}} ]', [A]),
        (f'\ufeffwindow.YTD.tweet.part1 =\r\n[{{"id_str": "{A}"}}, {{"id_str": "{B}"}}];\r\n', [A, B]),
        ("window.YTD.tweets.part0 = []", []),
        (f'["x"{" " * 9}]'.replace('"x"', f'{{"id": "{A}"}}'), [A]),
    ],
)
def test_what_files_may_have_in_them(tmp_path: Path, content: str, ids: list[str]) -> None:
    assert [tweet.id for tweet in tweets(tmp_path / "a.csv", content, "@acme")] == ids


def test_notices_of_streams_are_passed_over(tmp_path: Path) -> None:
    notices = [
        {"info": {"message": "Replay Request Completed", "sent": "2026-11-09T00:15:00+00:00", "activity_count": 1}},
        {"delete": {"status": {"id": 1, "id_str": "1", "user_id": 3}}},
        {"limit": {"track": 12}},
        {"errors": [{"title": "Not Found Error", "value": "1"}], "meta": {"result_count": 0}},
        {"id": "tag:search.twitter.com,2005:1", "objectType": "activity", "verb": "delete", "actor": {}},
    ]
    content = "".join(f"{json.dumps(notice)}\r\n" for notice in [*notices, {"id": A, "text": "Hi"}, *notices])
    assert tweets(tmp_path / "a.json", content, "@acme") == (Tweet(A, "@acme", "Hi"),)


def test_a_tweet_has_no_place_for_what_few_have() -> None:
    assert sys.getsizeof(Tweet(A, "@acme")) <= 64  # the next size that memory is given out in is 80


@pytest.mark.parametrize("kind", ["txt", "csv", "jsonl"])
def test_a_tweet_takes_little_memory_however_much_there_is_of_its_json(tmp_path: Path, kind: str) -> None:
    ids = [str(FIRST + number * 104_857_601) for number in random.Random(7).sample(range(10_000_000), 20_000)]
    write = {
        "txt": "{}".format,
        "csv": "{},acme,launch".format,
        "jsonl": ('{{"id": "{}", "text": "", "entities": "' + "x" * 1_000 + '"}}').format,
    }[kind]
    path = tmp_path / "a.txt"
    path.write_text("\n".join([*(["id,handle,label.campaign"] if kind == "csv" else []), *map(write, ids)]))
    gathered = Gathered()
    tracemalloc.start()
    try:
        gathered.add_file(str(path), lambda: tweets_in(Content(str(path)), Owners(("@acme",))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(gathered.tweets) == len(ids)
    assert peak / len(ids) < 350


def test_the_examples_of_the_documentation_are_read(tmp_path: Path) -> None:
    rows = tables((ROOT / "docs" / "report-file.md").read_text())["kind of file"]
    read = {}
    for kind, example in rows:
        content = example.replace("`<br>`", "\n").strip("`")
        (found,) = tweets(tmp_path / "any.txt", content, "@acme")
        assert (found.id, found.handle) == (A, "@acme"), kind
        read[kind] = found.text or dict(found.labels)
    assert len(read) == 12
    assert read.pop("the same with links") == {"campaign": "launch"}
    assert {kind for kind, text in read.items() if text != "Come and see."} == {
        "text, an id a line",
        "text, a link a line",
    }
