"""JSON that is longer than the memory: taken value by value, each with its line and column.

ijson reads such files too, and does not tell where in them a value stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TextIO

from reportgen.spec.tweet_files.content import LONGEST_LINE, TOO_LONG
from reportgen.spec.tweet_files.faults import BrokenFileError
from reportgen.spec.words import quoted

_BLOCK: Final = 2**16
_BEHIND_A_NUMBER: Final = 3
"""Characters of it that Python's decoder leaves where it is cut off: of `1.5e+9`, `e+`."""
_CUT: Final = 16
"""Characters. Words and signs that are cut off are shorter; what has more behind it is wrong."""
_SPACE: Final = " \t\r\n"
_BLANK: Final = re.compile(f"[{_SPACE}]*")
_UNTERMINATED: Final = "Unterminated string"
"""As the message of Python's decoder begins."""
_ENDS: Final = "the file ends here, within its JSON; get it again"


class Decimal(str):
    """A number with a point or an exponent, as it is written."""

    __slots__ = ()


class Placed(NamedTuple):
    """A value, and where it begins."""

    line: int
    column: int
    value: Any


class TwiceError(ValueError):
    """An object has a name twice, of which Python takes the last."""


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        twice = next(name for index, (name, _) in enumerate(pairs) if name in dict(pairs[:index]))
        raise TwiceError(twice_there(twice))
    return named


DECODER: Final = json.JSONDecoder(parse_float=Decimal)
_STRICT: Final = json.JSONDecoder(parse_float=Decimal, object_pairs_hook=_no_name_twice)
"""Takes half as long again, and so reads only what may have an id twice."""


def decode_line(text: str) -> Any:  # noqa: ANN401  JSON
    """The value of a line. Raises JSONDecodeError, and ValueError or RecursionError where it is too much for Python."""
    decoder = _STRICT if _may_repeat(text, 0, len(text)) else DECODER
    try:
        value, end = decoder.raw_decode(text)
    except json.JSONDecodeError:
        return decoder.decode(text)  # which steps over white space, and takes twice the time
    return value if text[end:].isspace() or end == len(text) else decoder.decode(text)


def _may_repeat(text: str, start: int, end: int) -> bool:
    """Whether an object here may have `id` or `id_str` twice, also with its letters spelt as numbers."""
    return text.count('"id', start, end) > 1 or text.find("\\u00", start, end) >= 0


class JsonText:
    """Steps through a text of JSON. Raises BrokenFileError."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        self._line = 1
        """That of `_counted_to`, up to which line breaks were counted: from the begin for each value is forever."""
        self._counted_to = 0
        self._line_begin = 0
        """Where it begins; below 0 where that was let go of."""
        self._decoder = DECODER

    def peek(self) -> str:
        """The next character that is not white space, without stepping over it; nothing at the end."""
        while True:
            self._at = _BLANK.match(self._text, self._at).end()  # type: ignore[union-attr]  # nothing is a match, too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_BLOCK):
                return ""

    def take(self, sign: str) -> None:
        """Step over this character."""
        if (found := self.peek()) != sign:
            raise self._broken(f"there is {quoted(found)} where {quoted(sign)} belongs" if found else _ENDS)
        self._at += len(sign)

    def skip(self, characters: int) -> None:
        """Step over what is no JSON."""
        self.peek()
        self._at += characters

    def value(self) -> Placed:
        """Step over a value."""
        if not self.peek():
            raise self._broken(_ENDS)
        line, column = self.place
        value, length = self._decoded()
        if length > LONGEST_LINE:
            raise self._broken(f"this value {TOO_LONG}")
        self._at += length
        return Placed(line, column, value)

    def _decoded(self) -> tuple[Any, int]:
        """The next value and its length. What looks as if it were cut off here is read on."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                if self._decoder is DECODER and _may_repeat(self._text, self._at, end):
                    self._decoder = _STRICT  # as the values behind it may, too
                    continue
            except json.JSONDecodeError as error:
                found_at = error.pos - self._at
                if len(self._text) - error.pos > _CUT and not error.msg.startswith(_UNTERMINATED):
                    raise self._undecodable(error, found_at) from None
                if len(self._text) - self._at > LONGEST_LINE:
                    raise self._broken(f"this value {TOO_LONG}") from None
                if not self._more(min(len(self._text) - self._at, LONGEST_LINE)):
                    raise self._undecodable(error, found_at) from None
            except (RecursionError, ValueError) as error:
                raise self._broken(unreadable(error)) from None
            else:
                length = end - self._at
                if len(self._text) - end >= _BEHIND_A_NUMBER or not self._more(_BLOCK):
                    return value, length

    def items(self) -> Iterator[Placed]:
        """Step over a list, value by value."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self._text.startswith(",", self._at):
                self._at += 1
                continue
            sign = self.peek()
            if sign == "]":
                self.take(sign)
                return
            if sign != ",":
                self.take(",")  # which says what is there
            self._at += 1

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the next character."""
        return self._place_of(self._at)

    @property
    def read_to(self) -> int:
        """The line of the last character that was read."""
        return self._place_of(len(self._text))[0]

    def _place_of(self, index: int) -> tuple[int, int]:
        """Line and column of a character that stands nowhere before the last of which this was asked."""
        if lines := self._text.count("\n", self._counted_to, index):
            self._line += lines
            self._line_begin = self._text.rindex("\n", self._counted_to, index) + 1
        self._counted_to = index
        return self._line, index - self._line_begin + 1

    def _more(self, characters: int) -> bool:
        """Let go of what was stepped over, and read on."""
        self._place_of(self._at)
        self._line_begin -= self._at
        rest, self._at, self._counted_to = self._text[self._at :], 0, 0
        self._text = rest
        read = self._file.read(max(characters, _BLOCK))
        self._text = rest + read
        self._ended = not read
        return bool(read)

    def _undecodable(self, error: json.JSONDecodeError, found_at: int) -> BrokenFileError:
        ends = len(self._text.rstrip(_SPACE))
        if self._ended and (error.msg.startswith(_UNTERMINATED) or self._at + found_at >= ends):
            return self._broken(_ENDS, ends)
        return self._broken(f"this is not JSON: {in_words(error)}", self._at + found_at)

    def _broken(self, message: str, index: int | None = None) -> BrokenFileError:
        line, column = self._place_of(self._at if index is None else index)
        return BrokenFileError(line, message, column)


def unreadable(error: Exception) -> str:
    """What is said of a value that is JSON and too much for Python, or for us."""
    if isinstance(error, TwiceError):
        return str(error)
    return "this is nested too deeply" if isinstance(error, RecursionError) else "a number here has too many digits"


def twice_there(name: str) -> str:
    """What is said of a name that an object has twice."""
    return f"{quoted(name)} is there twice in one object"


def in_words(error: json.JSONDecodeError) -> str:
    """What Python says, in small letters: `expecting ',' delimiter`."""
    return error.msg[0].lower() + error.msg[1:]
