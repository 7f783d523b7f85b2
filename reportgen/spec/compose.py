"""From YAML text to a tree of values with positions: YAML 1.2's core schema, on PyYAML's parser.

Aliases are followed within a bound; tags and merge keys are refused. Nothing here makes an object of a class that the
file names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

import yaml

from reportgen.spec.document import Entry, Lines, Node
from reportgen.spec.words import quoted

DEEPEST: Final = 40
"""Lists and mappings inside each other."""
MOST_ALIASED: Final = 100_000
"""Values that aliases may add to a file: a few lines of aliases to aliases can stand for billions."""

# Both say the same; the C parser is ten times as fast, and missing on rare platforms only.
_PARSER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a text, and the byte order mark, which nobody sees."""

_Scalar = None | bool | int | float | str
_PLAIN: Final[tuple[tuple[re.Pattern[str], Callable[[str], _Scalar]], ...]] = (
    (re.compile(r"(~|null|Null|NULL|)"), lambda _: None),
    (re.compile(r"(true|True|TRUE)"), lambda _: True),
    (re.compile(r"(false|False|FALSE)"), lambda _: False),
    (re.compile(r"[-+]?[0-9]{1,300}"), int),
    (re.compile(r"0o[0-7]{1,300}"), lambda text: int(text, 8)),
    (re.compile(r"0x[0-9a-fA-F]{1,300}"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
"""What a word without quotes stands for where it is not text. Dates and `12:30` are text; infinity is no number."""

_TAB: Final = "there is a tab; YAML is indented with spaces"
_EXPLAINED: Final = (
    ("cannot start any token", _TAB),
    (
        "mapping values are not allowed",
        "there is a ':' too many; check the indentation, and put a text with ': ' in quotes",
    ),
    ("expected ',' or ']'", "a list is not closed with ']', or a ',' is missing in it"),
    ("expected ',' or '}'", "a mapping is not closed with '}', or a ',' is missing in it"),
    ("expected node content", "a value is missing here, or a bracket is not closed"),
    ("end of stream", "a quote is not closed"),
    ("expected '-' indicator", "a list and something else stand at the same indentation"),
    ("sequence entries are not allowed", "a list cannot start here; begin it in a line of its own"),
    ("expected key", "a key should stand here; check the indentation and the quotes"),
    ("could not find expected ':'", "a ':' is missing after a key"),
    ("expected <document start>", "something follows the end of the document"),
)
"""What the parser says, and what the user should hear."""


_KEY_BELOW: Final = re.compile(r"\n[ ]*(- )?[a-z_]+:[ \n]")
_COLOUR_IN_COMMENT: Final = re.compile(r"[\[,][ ]+#[0-9a-fA-F]{3,8}\b|\[#[0-9a-fA-F]{3,8}\b")


class NotReadableError(Exception):
    """The text has no tree. `index` is where reading ended, in characters."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


def compose(text: str) -> tuple[Node, list[tuple[int, str]]]:
    """The tree, None at its root where the text is empty, and problems that leave the rest of it readable.

    Raises NotReadableError.
    """
    if match := _FORBIDDEN.search(text):
        raise NotReadableError(match.start(), f"the character U+{ord(match[0]):04X} is not allowed in a file")
    composer = _Composer(Lines(text))
    events = _events(text)
    root = Node(0, None)
    started = False
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if started:
                _stop(event, "a second document starts here; a file holds one")
            started = True
            root = composer.node(next(events), events, 0)
    return root, composer.problems


@dataclass(slots=True)
class _Composer:
    """Builds nodes from the parser's events."""

    lines: Lines
    problems: list[tuple[int, str]] = field(default_factory=list)
    _anchors: dict[str | None, Node | None] = field(default_factory=dict)
    """None while the value of an anchor is still being read."""
    _aliased: int = 0

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        """The node that starts with `event`; takes the rest of it from `events`."""
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _stop(event, "not YAML: there is a value missing")
        if event.tag is not None:
            _stop(event, f"tags such as {quoted(event.tag)} have no meaning in these files; leave it out")
        if depth > DEEPEST:
            _stop(event, f"lists and mappings stand more than {DEEPEST} deep inside each other")
        if event.anchor:
            self._anchors[event.anchor] = None
        node = self._value(event, events, depth + 1)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _value(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _alias(self, event: yaml.AliasEvent) -> Node:
        name = event.anchor
        if name not in self._anchors:
            _stop(event, f"*{name} stands for nothing: there is no &{name} before it")
        node = self._anchors[name]
        if node is None:
            _stop(event, f"*{name} stands inside the value that it stands for")
        self._aliased += node.size
        if self._aliased > MOST_ALIASED:
            _stop(event, f"the aliases up to here stand for more than {MOST_ALIASED:,} values")
        return node

    def _sequence(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, depth))
        size = 1 + sum(item.size for item in items)
        return Node(_index(start), [item.data for item in items], items=items, size=size)

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        entries: dict[str, Entry] = {}
        size = 1
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            entry = Entry(self.node(event, events, depth), self.node(next(events), events, depth))
            size += entry.key.size + entry.value.size
            if problem := self._problem_of_key(event, entry.key, entries):
                self.problems.append((_index(event), problem))
            else:
                entries[entry.key.data] = entry
        data = {name: entry.value.data for name, entry in entries.items()}
        return Node(_index(start), data, entries=entries, size=size)

    def _problem_of_key(self, event: yaml.Event, key: Node, entries: dict[str, Entry]) -> str | None:
        if key.text is None:
            is_braces = isinstance(event, yaml.MappingStartEvent) and event.flow_style
            meant = (
                "where {{ begins a text, put all of the text in quotes" if is_braces else "this is a list or a mapping"
            )
            return f"a key has to be text; {meant}"
        if not isinstance(key.data, str):
            return f"a key has to be text; put {quoted(key.text)} in quotes"
        if key.text == "<<" and isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            _stop(event, "merge keys (<<) are not supported; write the keys out")
        if key.text in entries:
            line, _ = self.lines.position(entries[key.text].key.index)
            return f"the key {quoted(key.text)} is there twice; the first is in line {line}"
        return None


def _scalar(event: yaml.ScalarEvent) -> Node:
    # An escape such as "\0" brings in what the file itself may not hold.
    if match := _FORBIDDEN.search(event.value):
        _stop(event, f"the character U+{ord(match[0]):04X} is not allowed in a text")
    is_plain, _ = event.implicit
    return Node(_index(event), _plain(event.value) if is_plain else event.value, event.value)


def _plain(text: str) -> _Scalar:
    for pattern, read in _PLAIN:
        if pattern.fullmatch(text):
            value = read(text)
            return text if isinstance(value, float) and math.isinf(value) else value
    return text


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_PARSER)
    except yaml.MarkedYAMLError as error:
        raise _explain(text, error) from error
    except yaml.YAMLError as error:
        raise NotReadableError(0, f"not YAML: {error}") from error


_NO_NAME_OF_AN_ALIAS: Final = "did not find expected alphabetic or numeric character"


def _explain(text: str, error: yaml.MarkedYAMLError) -> NotReadableError:
    """Where the parser stumbled, and over what, in plain words."""
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    if (opened_at := _open_quote(text, index)) is not None:
        return NotReadableError(opened_at, "not YAML: the quote that opens here may not be closed in its line")
    problem = error.problem or "unknown"
    line_start = text.rfind("\n", 0, index) + 1
    if tab := re.match(r"[ ]*\t", text[line_start : index + 1]):
        return NotReadableError(line_start + tab.end() - 1, f"not YAML: {_TAB}")
    if "cannot start any token" in problem and text[index] != "\t":
        return NotReadableError(index, f"not YAML: a text cannot start with {text[index]!r}; put it in quotes")
    if problem == _NO_NAME_OF_AN_ALIAS:
        # Mostly a cron, such as */15 * * * *.
        return NotReadableError(index - 1, f"not YAML: a text cannot start with {text[index - 1]!r}; put it in quotes")
    words = next((words for key, words in _EXPLAINED if key in problem), problem)
    opened = error.context_mark
    if opened and opened.line != (mark or opened).line:
        words += f" (it starts in line {opened.line + 1})"
    if _COLOUR_IN_COMMENT.search(text, 0, index):
        words += "; # starts a comment, so put colours in quotes"
    return NotReadableError(index, f"not YAML: {words}")


def _open_quote(text: str, end: int) -> int | None:
    """Where the last quote before `end` opens that runs over lines which look like keys: it swallowed them."""
    swallowed = None
    try:
        for token in yaml.scan(text, Loader=_PARSER):
            if isinstance(token, yaml.ScalarToken) and not token.plain and token.style in ("'", '"'):
                start = token.start_mark.index
                if token.end_mark.index <= end and _KEY_BELOW.search(text, start, token.end_mark.index):
                    swallowed = start
    except yaml.YAMLError:
        return swallowed
    return swallowed


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _stop(event: yaml.Event, message: str) -> NoReturn:
    raise NotReadableError(_index(event), message)
