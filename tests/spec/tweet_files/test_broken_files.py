"""Damaged files of each kind: what is said of them, with the line, and the column where it is known."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.spec.tweet_files.bad_tables import LOST, A, B
from tests.spec.tweet_files.reading import problems

ROUNDED = f"'2.11763E+18' is what a spreadsheet made of a tweet id, {LOST}"
ENDS = "the file ends here, within its JSON; get it again"
BAD: dict[str, tuple[str, str]] = {
    "text: rounded": (f"{A}\n2.11763E+18\n", f"a:2:1: {ROUNDED}"),
    "text: the first is rounded": ("2.11763E+18\n", f"a:1:1: {ROUNDED}"),
    "text: too large": (
        f"{A}\n9223372036854775808",
        "a:2:1: '9223372036854775808' is larger than any tweet id; the largest is 9223372036854775807",
    ),
    "text: words": (f"{A}\n\n# x\nhello", "a:4:1: 'hello' is neither a tweet id nor a link to a tweet"),
    "text: a setting": (f"{A}\nSECRET=x", "a:2:1: this is neither a tweet id nor a link to a tweet"),
    "text: a profile": (
        f"{A}\nhttps://x.com/acme",
        "a:2:1: 'https://x.com/acme' is no link to a tweet, which is like https://x.com/acme/status/ID",
    ),
    "CSV: a handle that contradicts the link": (
        f"handle,link\nacme_help,https://x.com/acme/status/{A}\n",
        f"a:2:1: '{A}' is a tweet of @acme_help by its handle, and of @acme by its link",
    ),
    "CSV: two columns of links": (
        f"a,b\nx.com/i/status/{A},x.com/i/status/{B}\n",
        "a:1:1: there are links in 'a' and 'b'; call the one that leads to the tweet tweet_id",
    ),
    "CSV: a cell that is no link": (
        f"link\nx.com/i/status/{A}\nhttps://x.com/acme\n",
        "a:3:1: 'https://x.com/acme' is no link to a tweet, which is like https://x.com/acme/status/ID",
    ),
    "CSV: links without names of columns": (
        f"x.com/acme/status/{A},launch\n",
        "a:1:1: the first row has to name the columns, such as tweet_id and handle; this one has a link",
    ),
    "lines: a float": (f'{{"id": "{A}", "text": ""}}\n{{"id": 2.11763E+18, "text": ""}}\n', f"a:2:1: {ROUNDED}"),
    "lines: cut": (
        f'{{"id": "{A}", "text": ""}}\n{{"id": "{B}", "te',
        "a:2:31: this is not JSON: unterminated string starting at",
    ),
    "lines: not JSON": (
        f'{{"id": "{A}", "text": ""}}\n{{"id" "{B}"}}\n',
        "a:2:7: this is not JSON: expecting ':' delimiter",
    ),
    "lines: two values in one": (
        f'{{"id": "{A}"}}\n{{"id": "{B}"}}, {{}}\n',
        "a:2:30: this is not JSON: extra data",
    ),
    "lines: no object": (f'{{"id": "{A}"}}\n12\n', "a:2:1: there is a number or a word here, and a tweet is an object"),
    "lines: users": (
        '{"id": "12", "name": "A", "username": "acme"}\n',
        "a:1:1: this is no tweet of a known kind, but an object with id, name and username",
    ),
    "lines: users in an answer": (
        f'{{"data": [{{"id": "{A}", "text": ""}}, {{"id": "12", "username": "acme"}}]}}\n',
        "a:1:1: data[1]: this is no tweet of a known kind, but an object with id and username",
    ),
    "lines: nothing": ("{}\n", "a:1:1: this is no tweet of a known kind, but an empty object"),
    "lines: messages": (
        '{"id": "12", "text": "Hi", "event_type": "MessageCreate"}\n',
        "a:1:1: this is no tweet of a known kind, but an object with id, text and event_type",
    ),
    "lines: no id": (
        '{"id": ["1"], "text": ""}\n',
        "a:1:1: the id of this tweet is neither text nor a number",
    ),
    "lines: nested": (f'{{"id": "{A}"}}\n{{"id": {"[" * 100_000}\n', "a:2:1: this is nested too deeply"),
    "lines: digits": (f'{{"id": "{A}"}}\n{{"id": {"1" * 5_000}}}\n', "a:2:1: a number here has too many digits"),
    "lines: an id twice": (
        f'{{"id": "{A}"}}\n{{"id": "{A}", "text": "", "id": "{B}"}}\n',
        "a:2:1: 'id' is there twice in one object",
    ),
    "lines: an id twice, once spelt as a number": (
        f'{{"id": "{A}", "text": "", "\\u0069d": "{B}"}}\n',
        "a:1:1: 'id' is there twice in one object",
    ),
    "lines: an answer with tweets twice": (
        f'{{"data": [{{"id": "{A}", "text": ""}}], "data": [{{"id": "{B}", "text": ""}}]}}\n',
        "a:1:1: 'data' is there twice in one object",
    ),
    "lines: a tweet with tweets in it": (
        f'{{"id": "{A}", "text": "", "data": [{{"id": "{B}", "text": ""}}]}}\n',
        "a:1:1: this has an id, as a tweet has, and 'data', as an answer has; it has to be one of the two",
    ),
    "list: an id twice": (
        f'[{{"id": "{A}"}},\n {{"id_str": "{A}", "id_str": "{B}"}}]',
        "a:2:2: 'id_str' is there twice in one object",
    ),
    "answer: tweets twice": (
        f'{{"data": [{{"id": "{A}"}}],\n "data": [{{"id": "{B}"}}]}}',
        "a:2:2: 'data' is there twice in one object",
    ),
    "answer: in a tweet": (
        f'{{"id": "{A}", "text": "",\n "data": [{{"id": "{B}"}}]}}',
        "a:1:1: this has an id, as a tweet has, and 'data', as an answer has; it has to be one of the two",
    ),
    "list: a float": (f'[{{"id": "{A}"}},\n  {{"id": 2.11763E+18}}]', f"a:2:3: {ROUNDED}"),
    "list: cut": (f'[{{"id": "{A}"}},\n {{"id": "{B}"', f"a:2:30: {ENDS}"),
    "list: cut between": (f'[{{"id": "{A}"}},\n', f"a:2:1: {ENDS}"),
    "list: cut behind a tweet": (f'[{{"id": "{A}"}}\n', f"a:2:1: {ENDS}"),
    "list: not JSON": (
        f'[{{"id": "{A}"}},\n {{"id": nope}}]',
        "a:2:9: this is not JSON: expecting value",
    ),
    "list: no comma": (f'[{{"id": "{A}"}}\n {{"id": "{B}"}}]', "a:2:2: there is '{' where ',' belongs"),
    "list: of ids": (f'["{A}"]', "a:1:2: there is text here, and a tweet is an object"),
    "list: something behind": (f'[{{"id": "{A}"}}]\nx', "a:2:1: a list or an object of JSON begins with [ or {"),
    "list: nested": (f"[{'[' * 100_000}", "a:1:2: this is nested too deeply"),
    "answer: cut": (f'{{"data": [\n {{"id": "{A}", "text": "Hi"}}\n], "meta', f"a:3:9: {ENDS}"),
    "answer: users": (
        '{"data": [\n {"id": "12", "username": "acme"}\n]}',
        "a:2:2: this is no tweet of a known kind, but an object with id and username",
    ),
    "answer: a key that is no text": ("{\n1: []}", "a:2:1: this is not JSON: a key is text"),
    "archive: another part": (
        "window.YTD.like.part0 = [ ]",
        "a:1:1: this is the part 'like' of an archive, whose tweets are in tweets.js",
    ),
    "archive: its manifest": (
        "window.__THAR_CONFIG = {}",
        "a:1:1: this is some part of an archive, whose tweets are in tweets.js",
    ),
    "archive: cut": (
        f'window.YTD.tweets.part0 = [\n{{"tweet": {{"id_str": "{A}"}}}},\n{{"tweet"',
        f"a:3:9: {ENDS}",
    ),
    "archive: something behind": (
        "window.YTD.tweets.part0 = []\nx",
        "a:2:1: something stands behind the tweets of this archive",
    ),
}
HANDLES = {"CSV: a handle that contradicts the link": ("@acme", "@acme_help")}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_are_told_with_their_place(tmp_path: Path, kind: str, packed: bool) -> None:
    content, said = BAD[kind]
    told = problems(
        tmp_path / "a", gzip.compress(content.encode()) if packed else content, *HANDLES.get(kind, ("@acme",))
    )
    assert told == [said]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"id_str": "2117270504862646272", "id": int(A), "text": ""},
            (
                f"a:1:1: the id_str '2117270504862646272' has lost its last digits: the id is {A}; "
                "export it again as text"
            ),
        ),
        (
            {"id_str": A, "id": int(B), "text": ""},
            f"a:1:1: '{A}' is the id_str of this tweet, and {B} its id",
        ),
        (
            {"id": "2117270504862646272", "text": "", "edit_history_tweet_ids": [A]},
            (
                "a:1:1: '2117270504862646272' is not among the edit_history_tweet_ids of this tweet, "
                f"{A}; export it again"
            ),
        ),
        (
            {"id": A[:18], "text": "", "created_at": "2026-11-15T10:00:00.000Z"},
            (
                f"a:1:1: '{A[:18]}' is the id of a tweet of 2012-06-10, and by its created_at this one is of "
                "2026-11-15; export it again with the id as text"
            ),
        ),
        (
            {"id_str": A, "id": "5", "text": ""},
            f"a:1:1: '{A}' is the id_str of this tweet, and 5 its id",
        ),
        (
            {"id_str": A, "id": f"tag:search.twitter.com,2005:{B}", "text": ""},
            f"a:1:1: '{A}' is the id_str of this tweet, and {B} its id",
        ),
        (
            {"id_str": A, "id": int("9" * 400), "text": ""},
            f"a:1:1: '{A}' is the id_str of this tweet, and '{'9' * 59}…' its id",
        ),
        (
            {"id_str": A, "id": 5.5, "text": ""},
            f"a:1:1: '{A}' is the id_str of this tweet, and 5.5 its id",
        ),
        (
            {"id_str": "2117270504862646272", "id": A, "text": ""},
            (
                f"a:1:1: the id_str '2117270504862646272' has lost its last digits: the id is {A}; "
                "export it again as text"
            ),
        ),
        (
            {"id": A, "text": "", "edit_history_tweet_ids": ["\u001b[2J", "x" * 90]},
            (
                f"a:1:1: '{A}' is not among the edit_history_tweet_ids of this tweet, '\\x1b[2J' and "
                f"'{'x' * 59}…'; export it again"
            ),
        ),
        ({"id": A, "text": "", "created_at": f"Mon Nov 09 14:00:00 +0000 {'9' * 20}"}, None),
        ({"id_str": A, "id": A, "text": ""}, None),
        ({"id_str": A, "id": f"tag:search.twitter.com,2005:{A}", "text": ""}, None),
        ({"id_str": A, "id": {"$numberLong": A}, "text": ""}, None),
        ({"id_str": A, "id": 2117270504862646300, "text": ""}, None),
        ({"id_str": A, "id": 2117270504862646272, "text": ""}, None),
        ({"id_str": A, "id": 2.117270504862646e18, "text": ""}, None),
        ({"id": A, "text": "", "edit_history_tweet_ids": [B, A]}, None),
        ({"id": "20", "text": "", "created_at": "Tue Mar 21 20:50:14 +0000 2006"}, None),
        ({"id": A, "text": "", "created_at": "Tue Nov 03 23:59:59 +0000 2026"}, None),
        ({"id": A, "text": "", "created_at": "last week"}, None),
        ({"id": A, "text": "", "created_at": None}, None),
    ],
)
def test_ids_are_held_against_what_else_says_which_tweet_it_is(tmp_path: Path, given: object, said: str | None) -> None:
    assert problems(tmp_path / "a", json.dumps(given), "@acme") == ([said] if said else [])


def test_rounded_ids_of_many_objects_are_seen(tmp_path: Path) -> None:
    ids = [int(float(int(A) + number * 104_858_177)) for number in range(20)]
    lines = "".join(f'{{"id": {tweet_id}, "text": ""}}\n' for tweet_id in ids)
    (said,) = problems(tmp_path / "a", lines, "@acme")
    assert said.startswith("a:2:1: 17 of 20 tweet ids can be divided by 256, as ids can whose last digits were lost")
