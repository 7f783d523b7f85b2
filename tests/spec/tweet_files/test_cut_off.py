"""Files that end within an id: its begin is an id too, and would be asked for as another tweet."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.spec.tweet_files.bad_tables import A, B
from tests.spec.tweet_files.reading import problems, tweets

CUT = "2117632"


def said(line: int) -> str:
    return (
        f"a:{line}:1: the file ends with '{CUT}', which is shorter than its other ids, and may be cut off here; get it "
        "again, or end this line with a line break if it is whole"
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"{A}\n{B}\n{CUT}", 3),
        (f"# ours\n{A}\n\n  {CUT}", 4),
        (f"x.com/acme/status/{A}\nhttps://x.com/acme/status/{CUT}", 2),
        (f"id,text,handle\r\n{A},,acme\r\n{CUT}", 3),
        (f'handle,id\nacme,{A}\n"acme",{CUT}', 3),
        (f"link\nx.com/acme/status/{A}\nx.com/acme/status/{CUT}", 3),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_are_told(tmp_path: Path, content: str, line: int, packed: bool) -> None:
    written = gzip.compress(content.encode()) if packed else content
    assert problems(tmp_path / "a", written, "@acme") == [said(line)]


@pytest.mark.parametrize(
    "content",
    [
        CUT,
        f"{A}\n{B}",
        f"{A}\n{CUT}\n",
        f"{A}\n{CUT}\n# both",
        f"{A}\n20\n{CUT}",
        f"{CUT}\n{CUT}",
        f"id,handle\n{A},\n{CUT},acme",
        f"id,likes\n{A},\n{CUT},1{CUT}",
        f'{{"id": {A}}}\n{{"id": {CUT}}}',
        f"{A}\nx.com/acme/status/{CUT}?s=20",
    ],
)
def test_others_are_whole(tmp_path: Path, content: str) -> None:
    assert CUT in {tweet.id for tweet in tweets(tmp_path / "a", content, "@acme")} or content == f"{A}\n{B}"
