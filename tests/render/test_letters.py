"""Text of any script: its width, where it is cut, and how it stands among other text."""

from __future__ import annotations

import pytest

from reportgen.render.letters import bdi, breadth, direction, isolated, shortened

FAMILY = "👩‍👩‍👧‍👦"
THUMB = "👍🏽"
RLO, PDF, RLI, LRI, PDI = "\u202e", "\u202c", "\u2067", "\u2066", "\u2069"


@pytest.mark.parametrize(
    ("text", "letters"),
    [("Acme", 4), ("日本", 4), ("é", 1), (f"{FAMILY}!", 3), ("हिन्दी", 3), (f"{RLI}a{PDI}", 1), ("", 0)],
)
def test_a_text_is_as_wide_as_what_is_seen_of_it(text: str, letters: int) -> None:
    assert breadth(text) == letters


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Acme", 4, "Acme"),
        ("Acme and Globex", 5, "Acme…"),
        ("Acme, Globex and Initech", 19, "Acme, Globex and…"),
        ("Acme, Donaudampfschiff", 19, "Acme, Donaudampfsc…"),
        ("今週のレポート", 7, "今週の…"),
        ("今週のレポート", 6, "今週…"),
        (f"Hi {THUMB}{THUMB}", 6, f"Hi {THUMB}…"),
        (f"Hi {THUMB}{THUMB}", 5, "Hi…"),
        (f"{FAMILY}{FAMILY}{FAMILY}", 5, f"{FAMILY}{FAMILY}…"),
        ("🇯🇵🇫🇷🇩🇪", 5, "🇯🇵🇫🇷…"),
        ("🇯🇵🇫🇷🇩🇪", 4, "🇯🇵…"),
        ("🇯a🇯🇵b", 4, "🇯a…"),
        ("ééé", 2, "é…"),
        ("हिन्दी में", 3, "हिन्…"),
    ],
)
def test_a_cut_never_falls_within_a_character(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown


@pytest.mark.parametrize(
    ("text", "way"),
    [("Acme", "ltr"), ("123", "ltr"), ("", "ltr"), ("تقرير Acme", "rtl"), ("Acme تقرير", "ltr"), ("12 דוח", "rtl")],
)
def test_the_first_letter_decides_the_direction(text: str, way: str) -> None:
    assert direction(text) == way


@pytest.mark.parametrize("text", ["Acme & Globex", "Größe", "日本語", FAMILY, "हिन्दी"])
def test_text_that_runs_one_way_stays_as_it_is(text: str) -> None:
    assert isolated(text) == text
    assert bdi(text) == text.replace("&", "&amp;")


def test_text_that_turns_is_an_element_of_its_own() -> None:
    assert bdi("דוח <b>") == '<bdi dir="rtl">דוח &lt;b&gt;</bdi>'
    assert bdi(f"a{RLO}txt.exe") == f'<bdi dir="ltr">a{RLO}txt.exe</bdi>'


def test_a_line_without_markup_is_closed_whatever_is_left_open_in_it() -> None:
    assert isolated("דוח שבועי!") == f"{RLI}דוח שבועי!{PDI}"
    assert isolated(f"a{RLO}b{PDF}{PDI}{LRI}c") == f"{LRI}abc{PDI}"
