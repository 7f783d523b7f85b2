"""The small phrases that the messages share. Those of the errors are read in the errors' own tests."""

from __future__ import annotations

import pytest

from reportgen.spec.words import counted, times


@pytest.mark.parametrize(("number", "words"), [(0, "0 calls"), (1, "1 call"), (1200, "1,200 calls")])
def test_things_are_counted(number: int, words: str) -> None:
    assert counted(number, "call") == words


@pytest.mark.parametrize(("number", "words"), [(1, "once"), (2, "2 times"), (1200, "1,200 times")])
def test_it_is_said_how_often(number: int, words: str) -> None:
    assert times(number) == words
