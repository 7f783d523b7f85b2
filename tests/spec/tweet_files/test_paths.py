"""Which files `tweets_from` names: patterns, and what they leave out."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec, Tweet
from tests.spec.tweet_files.bad_tables import A, B
from tests.spec.tweet_files.test_read import ENDINGS, ONE

C = "2117632892728246273"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**files: bytes | str) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def checked(named: str) -> ReportSpec | tuple[str, ...]:
    Path("r.yaml").write_text(ONE.replace("[a.csv]", f"[{named}]"))
    found = check("r.yaml")
    return found if isinstance(found, ReportSpec) else tuple(map(str, found))


def ids(named: str) -> list[str]:
    found = checked(named)
    assert isinstance(found, ReportSpec), found
    return [tweet.id for tweet in found.tweets]


def test_a_pattern_names_files_in_the_order_of_their_paths() -> None:
    write(**{"data/b.csv": f"id\n{A}\n", "data/a.csv": f"id\n{B}\n", "data/c.txt": C, "data/x/d.csv": f"id\n{C}\n"})
    assert ids("data/*.csv") == [B, A]
    assert ids("'data/?.[ct]*'") == [B, A, C]
    assert ids("'data/**/*.csv', data/a.csv") == [B, A, C]
    assert ids(f"'{Path.cwd()}/data/b.*'") == [A]
    assert ids("'data/../data/b.*'") == [A]


def test_a_pattern_names_gzipped_files() -> None:
    write(**{"data/2026/11/a.json.gz": gzip.compress(f'[{{"id": "{A}"}}]'.encode())})
    assert ids("'data/**/*.json.gz'") == [A]


def test_a_pattern_names_nothing_that_is_hidden_and_no_folders() -> None:
    hidden = {".a.csv": "id\nx\n", "data/.b.csv": "id\nx\n", "data/.git/c.csv": "id\nx\n", ".git/d.csv": "id\nx\n"}
    write(**hidden, **{"data/e.csv/f.csv": f"id\n{A}\n"})
    assert ids("'**/*.csv'") == [A]
    assert checked("'data/.*'") == (
        "r.yaml:5:15: tweets_from[0]: there is no file like 'data/.*' in the working directory",
    )


def test_a_pattern_does_not_go_round_in_circles() -> None:
    write(**{"data/a.csv": f"id\n{A}\n"})
    for name in ("one", "two"):
        Path(f"data/{name}").symlink_to(".")
    assert ids("'data/**/*.csv'") == [A]


def test_a_pattern_that_meets_a_link_to_itself_says_so() -> None:
    write(**{"data/a.txt": A})
    Path("data/loop.txt").symlink_to("loop.txt")
    assert checked("'data/*.txt'") == (
        "r.yaml:5:15: tweets_from[0]: the file 'data/loop.txt' cannot be read: Too many levels of symbolic links",
    )


def test_a_pattern_names_a_file_once_by_the_first_of_its_paths() -> None:
    write(**{"data/b.txt": f"{A}\nx"})
    Path("data/again").symlink_to(".")
    Path("data/a.txt").symlink_to("b.txt")
    Path("data/c.txt").symlink_to("b.txt")
    assert checked("'*/*/*.txt'") == ("data/again/a.txt:2:1: 'x' is neither a tweet id nor a link to a tweet",)


@pytest.mark.parametrize("pattern", ["data/*/../*.csv", "*/../*/../*/../*.csv", "data/[x]/.."])
def test_a_pattern_does_not_go_into_folders_and_out_again(pattern: str) -> None:
    write(**{"data/x/a.csv": A, "data/b.csv": A})
    assert checked(f"'{pattern}'") == (
        f"r.yaml:5:15: tweets_from[0]: '{pattern}' has .. behind a wildcard; name the folder that it leads to",
    )


def test_a_name_that_a_pattern_meets_forges_no_line_and_gives_a_terminal_no_orders() -> None:
    write(**{"data/a\n\x1b[2J\u2028.txt": f"{A}\nx", "data/b\n.txt": f"x.com/globex/status/{A}"})
    assert checked("'data/*.txt'") == (
        "data/a\ufffd\ufffd[2J\ufffd.txt:2:1: 'x' is neither a tweet id nor a link to a tweet",
        f"data/b\ufffd.txt:1:1: '{A}' is a tweet of @globex here, and of @acme in data/a\ufffd\ufffd[2J\ufffd.txt:1",
    )


def test_a_file_may_be_called_like_a_pattern() -> None:
    write(**{"a[1].csv": f"id\n{A}\n", "a1.csv": f"id\n{B}\n"})
    assert ids("'a[1].csv'") == [A]


@pytest.mark.parametrize("pattern", ["*.csv", "data/**.csv", "none/**/*.csv"])
def test_a_pattern_that_nothing_is_called_like_is_an_error(pattern: str) -> None:
    assert checked(f"'{pattern}'") == (
        f"r.yaml:5:15: tweets_from[0]: there is no file like '{pattern}' in the working directory",
    )


def test_a_file_of_another_kind_is_told_and_not_left_out() -> None:
    write(**{"data/a.csv": f"id\n{A}\n", "data/key.pem": "KEY"})
    assert checked("data/*") == (
        f"r.yaml:5:15: tweets_from[0]: 'data/key.pem' is a file of another kind; tweets are read from {ENDINGS}",
    )


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.txt", "a.js", "a.ndjson", "a.csv.gz", "A.JSON.GZ"])
def test_every_kind_of_file_is_kept_from_links_to_what_is_hidden_or_of_another_kind(name: str) -> None:
    write(**{".env": "SECRET=x", "key.pem": "KEY", "id": A})
    Path(name).symlink_to(".env")
    said = "is hidden, or in a hidden folder; such files are not read"
    assert checked(name) == (f"r.yaml:5:15: tweets_from[0]: '{name}' {said}",)
    Path(name).unlink()
    Path(name).symlink_to("key.pem")
    said = f"is a link to a file of another kind; tweets are read from {ENDINGS}"
    assert checked(name) == (f"r.yaml:5:15: tweets_from[0]: '{name}' {said}",)


def test_the_tweets_of_all_files_are_put_together_and_contradictions_told_with_both_places() -> None:
    write(
        **{
            "a.json": f'[\n {{"id_str": "{A}", "full_text": "Hi", "user": {{"screen_name": "acme"}}}}\n]',
            "b.csv": f"id,label.campaign\n{A},launch\n{B},\n",
            "c.txt": f"{B}\n{A}\n",
        }
    )
    found = checked("a.json, b.csv, c.txt")
    assert isinstance(found, ReportSpec)
    assert found.tweets == (Tweet(A, "@acme", "Hi", {"campaign": "launch"}), Tweet(B, "@acme"))
    write(**{"c.txt": f"\n\nhttps://x.com/globex/status/{A}\n"})
    assert checked("a.json, b.csv, c.txt") == (
        f"c.txt:3:1: '{A}' is a tweet of @globex here, and of @acme in a.json:2",
    )
