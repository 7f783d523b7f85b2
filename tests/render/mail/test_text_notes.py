"""The notes as plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.render.look import Look
from reportgen.render.mail.letter import letter
from reportgen.report.model import GapLine, GapNote
from tests.render.made_up import WEEKLY
from tests.render.mail.letters import words_of


@pytest.mark.parametrize(("lines", "said"), [(5, None), (6, "and 1 more line\n"), (8, "and 3 more lines\n")])
@pytest.mark.parametrize("half", ["text", "html"])
def test_a_note_has_five_lines_and_counts_the_others(half: str, lines: int, said: str | None) -> None:
    note = GapNote("X refused.", tuple(GapLine(("Likes",), f"All tweets of @acme{n}", ()) for n in range(lines)))
    made = letter(replace(WEEKLY, sections=(), gap_notes=(note,)), Look(), {}, {})
    words = f"{made.text if half == 'text' else words_of(made.html)}\n"
    assert words.count("All tweets of") == 5
    assert said in words if said else " more line" not in words
