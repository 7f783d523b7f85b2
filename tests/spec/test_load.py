"""Any file is data with positions, or problems with positions."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.spec import compose
from reportgen.spec.document import Document
from reportgen.spec.load import LARGEST_FILE, load, parse


def data(text: str) -> Any:
    document, problems = parse("a.yaml", text.encode())
    assert not problems
    assert document
    return document.root.data


def lines(content: str | bytes) -> list[str]:
    """What is wrong, as `LINE:COLUMN: message`."""
    raw = content if isinstance(content, bytes) else content.encode()
    _, problems = parse("a", raw)
    return [str(problem).removeprefix("a:") for problem in problems]


class TestScalars:
    @pytest.mark.parametrize(
        "text", ["2026-11-09", "2026-11-09T12:00:00Z", "12:30", "yes", "No", "on", "y", "1_000", "0b1"]
    )
    def test_stay_text_where_yaml_1_2_has_no_other_type(self, text: str) -> None:
        assert data(f"a: {text}") == {"a": text}

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("12", 12), ("-7", -7), ("+7", 7), ("017", 17), ("0o17", 15), ("0x1F", 31),
            ("2117632892728246273", 2117632892728246273),
            ("1.5", 1.5), ("-.5", -0.5), ("1.", 1.0), ("2.11763e+18", 2.11763e18), ("1E3", 1000.0),
            ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False),
            ("null", None), ("~", None), ("", None), ("NULL", None),
        ],
    )  # fmt: skip
    def test_have_the_types_of_yaml_1_2(self, text: str, value: object) -> None:
        assert data(f"a: {text}") == {"a": value}
        assert type(data(f"a: {text}")["a"]) is type(value)

    @pytest.mark.parametrize("text", [".inf", "-.Inf", ".nan", "1e999", "9" * 5000])
    def test_stay_text_where_json_has_no_such_number(self, text: str) -> None:
        assert data(f"a: {text}") == {"a": text}

    def test_in_quotes_are_text(self) -> None:
        assert data("""{a: "12", b: 'true', c: "null"}""") == {"a": "12", "b": "true", "c": "null"}

    def test_keep_what_the_user_wrote(self) -> None:
        document, _ = parse("a", b"ids: [2.11763E+18, 007, 'x']")
        assert document
        assert [document.text_at(("ids", index)) for index in range(3)] == ["2.11763E+18", "007", "x"]
        assert document.text_at(("ids",)) is None


class TestPositions:
    def test_are_those_of_values_keys_and_items(self) -> None:
        document, _ = parse("a", '# c\na: 1\nb:\n  - x\n  - {é: "y", d: z}\n'.encode())
        assert document
        assert document.position(("a",)) == (2, 4)
        assert document.position(("a",), at_key=True) == (2, 1)
        assert document.position(("b",)) == (4, 3)
        assert document.position(("b", 0)) == (4, 5)
        assert document.position(("b", 1, "é")) == (5, 9)
        assert document.position(("b", 1, "d"), at_key=True) == (5, 14)

    def test_of_what_is_missing_is_that_of_the_mapping_without_it(self) -> None:
        document, _ = parse("a", b"\na: 1\nb: {c: 1}\n")
        assert document
        assert document.position(("x",)) == (2, 1)
        assert document.position(("b", "x")) == (3, 4)

    def test_behind_an_alias_is_that_of_what_it_stands_for(self) -> None:
        document, _ = parse("a", b"a: &a [x, y]\nb: *a\n")
        assert document
        assert document.root.data == {"a": ["x", "y"], "b": ["x", "y"]}
        assert document.position(("b", 1)) == (1, 11)

    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_count_every_kind_of_line_end(self, line_end: str) -> None:
        document, _ = parse("a", line_end.join(["a: 1", "", "b: 2"]).encode())
        assert document
        assert document.position(("b",)) == (3, 4)

    def test_count_characters_not_bytes_and_no_byte_order_mark(self) -> None:
        document, _ = parse("a", "\ufeff{😀é: 1, b: 2}".encode())
        assert document
        assert document.position(("b",)) == (1, 12)

    def test_are_not_misled_by_line_separators_that_editors_ignore(self) -> None:
        document, _ = parse("a", "a: 'x\u2028y'\nb: 2".encode())
        assert document
        assert document.position(("b",)) == (2, 4)


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a: 1\n\tb: 2", "2:1: not YAML: there is a tab; YAML is indented with spaces"),
            ("a:\n\t- b", "2:1: not YAML: there is a tab; YAML is indented with spaces"),
            ("a:\n  - 1\n\t- 2", "3:1: not YAML: there is a tab; YAML is indented with spaces"),
            ("a: x\n  \tb: 1", "2:3: not YAML: there is a tab; YAML is indented with spaces"),
            ("a: @x", "1:4: not YAML: a text cannot start with '@'; put it in quotes"),
            ("a: `x`", "1:4: not YAML: a text cannot start with '`'; put it in quotes"),
            ("a: [1, 2\nb: 3",
             "2:2: not YAML: a list is not closed with ']', or a ',' is missing in it (it starts in line 1)"),
            ("a: {b: 1\n",
             "2:1: not YAML: a mapping is not closed with '}', or a ',' is missing in it (it starts in line 1)"),
            ("a: [", "1:5: not YAML: a value is missing here, or a bracket is not closed"),
            ("a: 'x\nb: 1\n", "3:1: not YAML: a quote is not closed (it starts in line 1)"),
            ("- a\nb: 1",
             "2:1: not YAML: a list and something else stand at the same indentation (it starts in line 1)"),
            ("a: - b", "1:4: not YAML: a list cannot start here; begin it in a line of its own"),
            ("a: 'b' c", "1:8: not YAML: a key should stand here; check the indentation and the quotes"),
            ("a: 1\n---\nb: 2", "2:1: a second document starts here; a file holds one"),
            ("a: 1\n---\n", "2:1: a second document starts here; a file holds one"),
            ("a: *b", "1:4: *b stands for nothing: there is no &b before it"),
            ("a: &a [*a]", "1:8: *a stands inside the value that it stands for"),
            ("a: !!str 1", "1:4: tags such as 'tag:yaml.org,2002:str' have no meaning in these files; leave it out"),
            ("a: !x {b: 1}", "1:4: tags such as '!x' have no meaning in these files; leave it out"),
            ("a: &a {b: 1}\nc: {<<: *a}", "2:5: merge keys (<<) are not supported; write the keys out"),
            ("a: \0", "1:4: the character U+0000 is not allowed in a file"),
            ("a: x\n\x1b[31m", "2:1: the character U+001B is not allowed in a file"),
            ("a: x\ufeff", "1:5: the character U+FEFF is not allowed in a file"),
            ('a: "x\\0"', "1:4: the character U+0000 is not allowed in a text"),
        ],
    )  # fmt: skip
    def test_have_a_position_and_plain_words(self, text: str, line: str) -> None:
        assert lines(text) == [line]

    def test_of_keys_are_all_told(self) -> None:
        assert lines("a: 1\nb: {c: 1, c: 2}\na: 3\n1: x\n[d]: y\n~: z\n") == [
            "2:11: the key 'c' is there twice; the first is in line 2",
            "3:1: the key 'a' is there twice; the first is in line 1",
            "4:1: a key has to be text; put '1' in quotes",
            "5:1: a key has to be text; this is a list or a mapping",
            "6:1: a key has to be text; put '~' in quotes",
        ]

    def test_of_a_template_without_quotes_says_that_it_wants_them(self) -> None:
        assert lines("subject: {{ title }}\n") == [
            "1:11: a key has to be text; where {{ begins a text, put all of the text in quotes"
        ]

    def test_of_keys_leave_the_rest_readable(self) -> None:
        document, _ = parse("a", b"a: 1\na: 2\nb: 3\n")
        assert document
        assert document.root.data == {"a": 1, "b": 3}

    def test_of_the_encoding_are_at_the_first_bad_byte(self) -> None:
        words = "is not UTF-8; save the file as UTF-8"
        assert lines("a: 1\ntitle: é".encode("latin-1")) == [f"2:8: byte 0xe9 {words}"]
        assert lines("é: '\ud800'".encode("utf-8", "surrogatepass")) == [f"1:5: byte 0xed {words}"]
        assert lines(b"\xef\xbb\xbfa: 1\nbc\xff") == [f"2:3: byte 0xff {words}"]
        assert lines("a: 1".encode("utf-16")) == ["1:1: the file is UTF-16; save it as UTF-8"]

    def test_of_depth_have_a_bound(self) -> None:
        assert lines("a: " + "[" * 40 + "]" * 40) == []
        message = "lists and mappings stand more than 40 deep inside each other"
        assert lines("[" * 42 + "]" * 42) == [f"1:42: {message}"]
        assert lines("- " * 300_000) == [f"1:83: {message}"]

    def test_of_the_parser_without_its_c_half_have_positions_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(compose, "_PARSER", yaml.SafeLoader)
        assert lines("a: x\nb: @y") == ["2:4: not YAML: a text cannot start with '@'; put it in quotes"]
        assert lines("a: 1\n\tb: 2") == ["2:1: not YAML: there is a tab; YAML is indented with spaces"]
        assert lines("a: b: c")[0].startswith("1:5: not YAML: there is a ':' too many")


class TestAliasBombs:
    def test_end_at_a_bound_in_no_time(self) -> None:
        names = "abcdefghij"
        bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{name}: &{name} [{', '.join([f'*{names[index]}'] * 9)}]\n" for index, name in enumerate(names[1:])
        )
        started = time.process_time()
        assert lines(bomb) == ["6:8: the aliases up to here stand for more than 100,000 values"]
        assert time.process_time() - started < 1

    def test_leave_honest_aliases_alone(self) -> None:
        ids = ", ".join(f'"{n}"' for n in range(10_000))
        assert len(data(f"a: &ids [{ids}]\nb: *ids\nc: *ids\n")["c"]) == 10_000


class TestFiles:
    def test_larger_than_1_mib_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes(b"#" * LARGEST_FILE)
        assert load(str(path))[1] == ()
        path.write_bytes(b"#" * (LARGEST_FILE + 1))
        (problem,) = load(str(path))[1]
        assert str(problem) == f"{path}:1:1: the file is larger than 1 MiB"

    def test_without_an_end_are_not_read_to_it(self) -> None:
        (problem,) = load("/dev/zero")[1]
        assert str(problem) == "/dev/zero:1:1: the file is larger than 1 MiB"

    def test_that_are_no_files_are_told(self, tmp_path: Path) -> None:
        assert [str(problem) for problem in load(str(tmp_path))[1]] == [
            f"{tmp_path}:1:1: this is a directory, not a file"
        ]
        assert [str(problem) for problem in load(f"{tmp_path}/x.yaml")[1]] == [
            f"{tmp_path}/x.yaml:1:1: there is no such file"
        ]
        assert "cannot be read" in str(load(f"{tmp_path}/a\0b")[1][0])

    def test_that_may_not_be_read_are_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        (problem,) = load(str(tmp_path / "a.yaml"))[1]
        assert str(problem) == f"{tmp_path}/a.yaml:1:1: the file cannot be read: Permission denied"

    @pytest.mark.parametrize("content", ["", "# only this\n", "---\n", "\ufeff"])
    def test_with_nothing_in_them_are_none(self, content: str) -> None:
        assert data(content) is None


_YAML_LIKE = st.text(alphabet=st.sampled_from("ab1:-?[]{},&*#|>!%@'\"\\ \n\t\r<=~.0x\0é\ufeff\u2028"), max_size=40)


@given(text=st.text() | _YAML_LIKE)
@example("&a [*a, *a]")
@example("? &a [b]\n: *a")
@example("*a : *a")
def test_any_text_is_data_or_problems(text: str) -> None:
    assert_is_data_or_problems(*parse("a.yaml", text.encode("utf-8", "surrogatepass")), text)


@given(content=st.binary())
def test_any_bytes_are_data_or_problems(content: bytes) -> None:
    assert_is_data_or_problems(*parse("a.yaml", content), content.decode("latin-1"))


def assert_is_data_or_problems(document: Document | None, problems: tuple[Any, ...], text: str) -> None:
    assert document or problems
    if document:
        json.dumps(document.root.data, allow_nan=False)
    last_line = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for problem in problems:
        assert 1 <= problem.line <= last_line
        assert problem.column >= 1


_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
)
_TEXT = st.text(_LETTERS)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**290), 10**290)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda children: st.lists(children) | st.dictionaries(st.text(_LETTERS, max_size=50), children),
)


@given(value=_JSON)
def test_json_is_read_as_what_it_is(value: Any) -> None:
    assert data(json.dumps(value, ensure_ascii=False)) == value


@given(words=st.lists(_TEXT.map(lambda text: json.dumps(text, ensure_ascii=False)), min_size=1, max_size=6))
def test_an_item_stands_where_its_position_says(words: list[str]) -> None:
    text = "\n" + "".join(f"- {word}\n" for word in words)
    document, _ = parse("a", text.encode())
    assert document
    for index, word in enumerate(words):
        line, column = document.position((index,))
        assert text.split("\n")[line - 1][column - 1 :] == word
