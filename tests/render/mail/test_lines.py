"""Plain text is wrapped and aligned by how wide letters are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.letters import breadth
from reportgen.render.mail.lines import WIDTH, columns, safe, wrapped


def test_words_stay_whole_and_lines_are_no_wider_than_they_may_be() -> None:
    assert [*wrapped("one two three four", "  ", 10, "- ")] == ["- one two", "  three", "  four"]


def test_a_link_that_is_longer_than_a_line_stays_whole() -> None:
    assert [*wrapped("see https://example.com/a/long/way now", width=12)] == [
        "see",
        "https://example.com/a/long/way",
        "now",
    ]


def test_a_script_without_spaces_is_cut_between_letters() -> None:
    assert [*wrapped("今週のレポート", width=6)] == ["今週の", "レポー", "ト"]


def test_what_is_held_together_is_not_parted() -> None:
    assert [*wrapped("Likes\N{NO-BREAK SPACE}12; Replies\N{NO-BREAK SPACE}3", width=12)] == ["Likes 12;", "Replies 3"]


def test_nothing_makes_no_line() -> None:
    assert [*wrapped("")] == []


def test_what_begins_a_line_stands_without_a_word_behind_it() -> None:
    assert [*wrapped("", "    ", 30, "Impressions  1,284,937  ")] == ["Impressions  1,284,937"]


@given(st.text(alphabet="ab 今é\u0301", max_size=300))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str) -> None:
    lines = [*wrapped(text, width=20)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(breadth(line) <= 20 for line in lines if not line.isascii() or " " in line)


def test_words_begin_in_line_and_numbers_end_in_line() -> None:
    assert columns([("", "Likes"), ("大阪", "7"), ("a", "1,234")], 1) == ("      Likes", "大阪      7", "a     1,234")


def test_columns_that_are_too_wide_are_none() -> None:
    assert columns([("a" * WIDTH, "1")], 1) is None


def test_controls_and_directions_do_not_reach_the_rest_of_a_line() -> None:
    assert safe("a\x1b[31m\0\n b") == "a\ufffd[31m\ufffd b"
    assert safe("\u202eevil") == "\u2066evil\u2069"
    assert safe("שלום") == "\u2067שלום\u2069"
