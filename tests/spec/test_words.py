"""The small phrases that the messages share. Those of the errors are read in the errors' own tests."""

from __future__ import annotations

import pytest

from reportgen.spec.words import counted


@pytest.mark.parametrize(("number", "words"), [(0, "0 calls"), (1, "1 call"), (1200, "1,200 calls")])
def test_things_are_counted(number: int, words: str) -> None:
    assert counted(number, "call") == words
