"""Text that looks the same is the same, and what looks otherwise stays so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.spec.visible import visible

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Cafe\u0301", "Caf\u00e9"),
        ("lau\u200bnch\ufeff", "launch"),
        ("lau\u200dnch\u200c", "launch"),
        ("\u00e9\u200d\u00e9", "\u00e9\u00e9"),
        ("spring\u00a0 sale", "spring sale"),
        ("\u202alaunch\u202c", "launch"),
        ("\u200b", ""),
        ("e\u200b\u0301", "\u00e9"),
        ("a\u00ad\u0301\u200d\u0301", "\u00e1\u0301"),
        (f" {FAMILY} {ENGLAND} ", f"{FAMILY} {ENGLAND}"),
        (PERSIAN, PERSIAN),
    ],
)
def test_leaves_what_people_see(written: str, seen: str) -> None:
    assert visible(written) == seen


@given(st.text(st.sampled_from("ae\u0301\u200b\u200d\u00ad \u00a0\u0645\U0001f469"), max_size=12))
def test_is_the_same_when_seen_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)
