"""Files that are packed, damaged, too long or no text at all."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import pytest

from reportgen.spec.tweet_files.content import LONGEST_LINE
from tests.spec.tweet_files.bad_tables import A, B
from tests.spec.tweet_files.reading import problems

IDS = "".join(f"{int(A) + number * 104_857_601}\n" for number in range(2_000))
LINES = "".join(f'{{"id": "{tweet_id}", "text": "Hi"}}\n' for tweet_id in IDS.split())
LATIN = "byte 0xe9 is not UTF-8; save the file as UTF-8"
TOO_LONG = f"is longer than {LONGEST_LINE:,} characters, more than any tweet or page of tweets has"


@pytest.mark.parametrize("content", [IDS, f"id\n{IDS}", LINES, f"[{LINES.replace(chr(10), ',')[:-1]}]"])
def test_a_gzip_file_that_is_cut_off_is_refused(tmp_path: Path, content: str) -> None:
    packed = gzip.compress(content.encode())
    (said,) = problems(tmp_path / "a", packed[: len(packed) // 2], "@acme")
    assert said.endswith(": the gzip file is cut off here; get it again")


def test_a_gzip_file_without_its_end_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "a", gzip.compress(f"{A}\n".encode())[:-4], "@acme") == [
        "a:1:1: the gzip file is cut off here; get it again"
    ]


def test_a_gzip_file_that_is_cut_off_within_a_line_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(f"{A}\n# é".encode("latin-1") + Random(1).randbytes(200_000).replace(b"\n", b" "))
    assert problems(tmp_path / "a", packed[:-9_000], "@acme") == ["a:2:1: the gzip file is cut off here; get it again"]


def test_a_gzip_file_with_other_bytes_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(f"{A}\n".encode()))
    packed[-8] ^= 1
    (said,) = problems(tmp_path / "a", bytes(packed), "@acme")
    assert said.startswith("a:1:1: the gzip file is damaged here: CRC check failed")


def test_a_gzip_file_in_a_gzip_file_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "a", gzip.compress(gzip.compress(A.encode())), "@acme") == [
        "a:1:1: there is a gzip file in this gzip file; unpack it once"
    ]


def test_a_gzip_file_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(f"{A}\n".encode() + b"\n" * 2**25)
    (said,) = problems(tmp_path / "a", packed, "@acme")
    assert said.endswith(
        ": the gzip file unpacks to more than 200 times its size, as no file of tweets does; if it is one, unpack it"
    )


@pytest.mark.parametrize(
    ("before", "line"),
    [(f"{A}\n", 2), (f"id,text\n{A},", 2), (f'{{"id": "{A}"}}\n', 2)],
    ids=["text", "CSV", "JSON Lines"],
)
def test_a_line_without_an_end_is_refused(tmp_path: Path, before: str, line: int) -> None:
    assert problems(tmp_path / "a", before + "x" * (LONGEST_LINE + 1), "@acme") == [f"a:{line}:1: this line {TOO_LONG}"]


def test_a_value_that_is_too_long_is_refused(tmp_path: Path) -> None:
    content = f'[{{"id": "{A}"}},\n {{"id": "{B}", "text": "{"x" * LONGEST_LINE}"}}]'
    assert problems(tmp_path / "a", content, "@acme") == [f"a:2:2: this value {TOO_LONG}"]


def test_a_value_without_an_end_is_refused(tmp_path: Path) -> None:
    content = f'[{{"id": "{A}"}},\n {{"id": "{"x" * (LONGEST_LINE * 2)}'
    assert problems(tmp_path / "a", content, "@acme") == [f"a:2:2: this value {TOO_LONG}"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{A}\n\n{B}é\n".encode("latin-1"), f"a:3:1: {LATIN}"),
        (
            f'{{"id": "{A}"}}\n{{"id": "é"}}\n'.encode("latin-1"),
            "a:2:1: byte 0xe9 is not UTF-8; save the file as UTF-8",
        ),
        (
            f'[{{"id": "{A}"}},\n{{"id": "é"}}]\n'.encode("latin-1"),
            "a:2:1: byte 0xe9 is not UTF-8; save the file as UTF-8",
        ),
        (f"{A}\n".encode("utf-16"), "a:1:1: the file is UTF-16; save it as UTF-8"),
        (f'[{{"id": "{A}"}}]'.encode("utf-16"), "a:1:1: the file is UTF-16; save it as UTF-8"),
        (f"id\n{A}\n".encode("utf-16"), "a:1:1: the file is UTF-16; save it as CSV UTF-8"),
        (
            b"PK\x03\x04 and so on",
            "a:1:1: this is a ZIP file or a workbook; unpack it, or save the table as CSV UTF-8",
        ),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_what_is_no_text_is_told_with_what_to_save_it_as(
    tmp_path: Path, content: bytes, said: str, packed: bool
) -> None:
    assert problems(tmp_path / "a", gzip.compress(content) if packed else content, "@acme") == [said]
