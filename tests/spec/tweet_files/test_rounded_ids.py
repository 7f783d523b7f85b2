"""Ids that a program rounded are seen, and the ids of real tweets are not taken for such."""

from __future__ import annotations

import json
from collections.abc import Iterable
from random import Random

import pytest

from reportgen.spec.tweet_files.rounded_ids import RoundedIds
from tests.spec.tweet_files.bad_tables import A, B

C = "2117632892728246273"
SPREADSHEET = (
    "{} of {} tweet ids have zeros for their last digits, which a spreadsheet or a program made of them that took them "
    "for numbers; export it again with the column as text"
)
PROGRAM = (
    "{} of {} tweet ids can be divided by 256, as ids can whose last digits were lost in a program that took them for "
    "numbers; export it again with the column as text"
)
POSTED = [
    "984882630947753984",
    "1034663158357655552",
    "1212092628029698048",
    "1228393702244134912",
    "1445078208190291973",
    "1460323737035677698",
    "1581700562185117696",
    "1585841080431321088",
    "1818245914580120015",
    "1823829223267848479",
    "1870901510319833540",
    "1884006508761448448",
    "1903671737780498883",
    "1964395588927000801",
    "2007540021536993712",
]


def said(ids: Iterable[str]) -> str | None:
    seen = RoundedIds()
    for line, tweet_id in enumerate(ids, 2):
        seen.count(tweet_id, line)
    return seen.found[1] if seen.found else None


def posted(random: Random, number: int, counts: str) -> list[str]:
    """Ids as they are given out: when, by which machine, and a count from 0 (to 2024) or from a number below 512."""
    first = {"from 0": (0, 0, 0, 1, 2, 4, 5), "at random": range(512)}[counts]
    return [
        str(random.randrange(430 << 30, 510 << 30) << 22 | random.randrange(1024) << 12 | random.choice(first))
        for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["2117270504862640000", "2117600084332900000"], SPREADSHEET.format(2, 2)),
        (["2117270504862640000", "2117600084332900000", A, B, C], SPREADSHEET.format(2, 5)),
        (["2117270504862646000", "2117600084332904000"], SPREADSHEET.format(2, 2)),
        (["2117270504862646300", "2117600084332905000", "2117632892728246300"], SPREADSHEET.format(3, 3)),
        (["1964395588927000832", "2007540021536993792", "1870901510319833600"], PROGRAM.format(3, 3)),
        (["2117270504862640000", A, B], None),
        (["2117270504862646300", "2117600084332905000"], None),
        (["2117270504862646300", "2117600084332905000", "2117632892728246300", *[A, B, C] * 40], None),
        ([A, B, C], None),
        (["20", "100", "1000", "10000"], None),
        ([], None),
    ],
)
def test_many_that_end_so_are_no_chance(ids: list[str], message: str | None) -> None:
    assert said(ids) == message


def test_the_line_is_that_of_the_first_of_them() -> None:
    seen = RoundedIds()
    for line, tweet_id in enumerate([A, "2117270504862640000", "2117600084332900000"], 2):
        seen.count(tweet_id, line)
    assert seen.found
    assert seen.found[0] == 3


@pytest.mark.parametrize("counts", ["from 0", "at random"])
def test_real_ids_are_taken_and_rounded_ones_are_not(counts: str) -> None:
    random = Random(7)
    for number in [2, 3, 4, 5, 8, 20, 200] * 40:
        ids = posted(random, number, counts)
        assert said(ids) is None
        if number >= 20 and counts == "at random":
            assert said(f"{float(tweet_id):.14e}".replace(".", "")[:15] + "0000" for tweet_id in ids)
            assert said(str(int(float(tweet_id))) for tweet_id in ids)
            assert said(f"{json.dumps(float(tweet_id))[:-4].replace('.', ''):0<19}" for tweet_id in ids)


def test_ids_that_were_once_posted_are_taken() -> None:
    assert said(POSTED) is None
