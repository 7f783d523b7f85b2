"""Files of JSON: a value a line, lists and answers of any length, and the vendor's personal archive."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from reportgen.spec.model import NO_LABELS, Tweet
from reportgen.spec.tweet_files.content import Content, PackedError
from reportgen.spec.tweet_files.faults import BrokenFileError, Fault, Found, RowError
from reportgen.spec.tweet_files.json_text import JsonText, Placed, decode_line, in_words, twice_there, unreadable
from reportgen.spec.tweet_files.json_tweets import SaidTweet, is_tweet, names_of_users, read_tweet
from reportgen.spec.tweet_files.owners import Owners
from reportgen.spec.words import listed, quoted, shown

_LISTS: Final = ("data", "results", "statuses", "tweets")
"""Where answers have their tweets."""
_ANY_LIST: Final = frozenset(_LISTS)
_NOTICES: Final = frozenset(
    {
        *("info", "delete", "scrub_geo", "limit", "status_withheld", "user_withheld", "disconnect", "warning"),
        *("friends", "friends_str", "for_user", "for_user_str", "control"),
        *("error", "errors", "title", "detail", "type", "status", "meta", "includes", "matching_rules", "__twarc"),
        *("next", "next_token", "requestParameters", "request_parameters", "search_metadata"),
    }
)
"""What streams and answers have beside tweets. An object of nothing else is passed over."""
_PART: Final = re.compile(r"window\.YTD\.(\w+)\.part\d+\s*=")
_PARTS: Final = ("tweet", "tweets", "community_tweet")


def tweets_of_lines(content: Content, owners: Owners) -> Iterator[Found]:
    """The tweets of JSON Lines, each with its line, and the lines that are none. Raises OSError, BrokenFileError."""
    for line, text in enumerate(content.lines(), 1):
        if not text.isspace():
            try:
                value = decode_line(text)
            except json.JSONDecodeError as error:
                yield Fault(line, RowError("json", f"this is not JSON: {in_words(error)}"), min(error.colno, len(text)))
            except (RecursionError, ValueError) as error:
                yield Fault(line, RowError("json", unreadable(error)))
            else:
                # Of a million lines, each step counts that is left out.
                if lists := _lists_of(value):
                    yield from _of_lists(Placed(line, 1, value), lists, owners)
                elif found := _tweet(line, 1, value, owners):
                    yield found


def tweets_of_text(content: Content, owners: Owners) -> Iterator[Found]:
    """The tweets of lists, answers and objects, one behind another. Raises OSError and BrokenFileError."""
    with _json_text(content) as text:
        while sign := text.peek():
            if sign == "[":
                for line, column, value in text.items():
                    if lists := _lists_of(value):
                        yield from _of_lists(Placed(line, column, value), lists, owners)
                    elif found := _tweet(line, column, value, owners):
                        yield found
            elif sign == "{":
                yield from _of_answer(text, owners)
            else:
                raise BrokenFileError(text.place[0], "a list or an object of JSON begins with [ or {", text.place[1])


def tweets_of_archive(content: Content, owners: Owners) -> Iterator[Found]:
    """The tweets in a part of the vendor's archive. Raises OSError and BrokenFileError."""
    found = _PART.match(content.head().decode("utf-8-sig", "replace").lstrip())
    if found is None or found[1] not in _PARTS:
        part = f"the part {quoted(found[1])}" if found else "some part"
        raise BrokenFileError(1, f"this is {part} of an archive, whose tweets are in tweets.js")
    with _json_text(content) as text:
        text.skip(len(found[0]))
        for placed in text.items():
            yield from _found(placed, owners)
        if text.peek() not in ("", ";"):
            raise BrokenFileError(text.place[0], "something stands behind the tweets of this archive", text.place[1])


@contextmanager
def _json_text(content: Content) -> Iterator[JsonText]:
    with content.text(None) as file:
        text = JsonText(file)
        try:
            yield text
        except UnicodeDecodeError as error:
            raise content.not_utf8(error) from None
        except PackedError as error:
            raise BrokenFileError(text.read_to, str(error)) from None


def _of_answer(text: JsonText, owners: Owners) -> Iterator[Found]:
    """An object of any length whose lists are taken value by value; the users of its tweets may stand behind them."""
    line, column = text.place
    rest: dict[str, Any] = {}
    said: list[tuple[int, SaidTweet]] = []
    text.take("{")
    while text.peek() != "}":
        if rest:
            text.take(",")
        key = _new_key(text, rest)
        if key in _LISTS and text.peek() == "[":
            rest[key] = []
            for placed in text.items():
                one = _said(placed)
                if isinstance(one, Fault):
                    yield one
                elif one:
                    said.append((placed.line, one))
        else:
            rest[key] = text.value().value
    text.take("}")
    if any(rest.get(name) == [] for name in _LISTS):
        if fault := _both(Placed(line, column, rest)):
            yield fault
        names = names_of_users(rest)
        for at, one in said:
            yield _owned(at, one, names, owners)
    else:
        yield from _found(Placed(line, column, rest), owners)


def _new_key(text: JsonText, known: Collection[str]) -> str:
    """Step over a key, which has to be text and none of those before, and what parts it from its value."""
    line, column, key = text.value()
    if not isinstance(key, str):
        raise BrokenFileError(line, "this is not JSON: a key is text", column)
    if key in known:
        raise BrokenFileError(line, twice_there(key), column)
    text.take(":")
    return key


def _found(placed: Placed, owners: Owners) -> Iterable[Found]:
    """The tweets of a value that is there whole: a tweet, or an answer with some."""
    if lists := _lists_of(placed.value):
        return _of_lists(placed, lists, owners)
    found = _tweet(placed.line, placed.column, placed.value, owners)
    return (found,) if found else ()


def _tweet(line: int, column: int, given: object, owners: Owners) -> Found | None:
    """A tweet by itself, or what is wrong with it; None where it is a notice."""
    try:
        said = _read(given)
        return (line, Tweet(said.id, owners.of_author(said.author), said.text, NO_LABELS)) if said else None
    except RowError as error:
        return Fault(line, error, column)


def _of_lists(placed: Placed, lists: Iterable[str], owners: Owners) -> Iterator[Found]:
    """The tweets of an answer, or what is wrong with it."""
    if fault := _both(placed):
        yield fault
        return
    for name in lists:
        yield from _in_list(placed, name, owners)


def _in_list(placed: Placed, name: str, owners: Owners) -> Iterator[Found]:
    """The tweets that an answer has under this name."""
    given = placed.value
    names = names_of_users(given)
    several = given[name] if isinstance(given[name], list) else [given[name]]
    for index, value in enumerate(several):
        one = _said(Placed(placed.line, placed.column, value))
        if isinstance(one, Fault):
            where = f"{name}[{index}]" if isinstance(given[name], list) else name
            yield Fault(one.line, RowError(one.error.kind, f"{where}: {one.error}"), one.column)
        elif one:
            yield _owned(placed.line, one, names, owners, placed.column)


def _lists_of(given: object) -> list[str]:
    """The keys under which an answer has its tweets; none where this is no answer."""
    if not isinstance(given, dict) or _ANY_LIST.isdisjoint(given):
        return []
    return [name for name in _LISTS if isinstance(given.get(name), (list, dict))]


def _both(placed: Placed) -> Fault | None:
    """What is wrong with a tweet that has tweets in it, as an answer has; None where this is none."""
    if "id" not in placed.value and "id_str" not in placed.value:
        return None
    (name, *_) = _lists_of(placed.value)
    message = f"this has an id, as a tweet has, and {quoted(name)}, as an answer has; it has to be one of the two"
    return Fault(placed.line, RowError("both", message), placed.column)


def _said(placed: Placed) -> SaidTweet | Fault | None:
    """What an object says of a tweet; None where it is a notice."""
    try:
        return _read(placed.value)
    except RowError as error:
        return Fault(placed.line, error, placed.column)


def _read(given: object) -> SaidTweet | None:
    if not isinstance(given, dict):
        raise RowError("object", f"there is {_kind(given)} here, and a tweet is an object")
    tweet: Mapping[str, Any] = given
    if len(given) == 1 and isinstance(given.get("tweet"), dict):
        tweet = given["tweet"]  # as the archive has it
    if is_tweet(tweet) and tweet.get("verb") != "delete":
        return read_tweet(tweet)
    if _is_notice(tweet):
        return None
    raise RowError("unknown", _unknown(tweet))


def _is_notice(given: Mapping[str, Any]) -> bool:
    return (bool(given) and given.keys() <= _NOTICES) or given.get("verb") == "delete"


def _unknown(given: Mapping[str, Any]) -> str:
    keys = listed([shown(key) for key in [*given][:8]], "and")
    has = f"an object with {keys}" if keys else "an empty object"
    return f"this is no tweet of a known kind, but {has}"


def _kind(given: object) -> str:
    if isinstance(given, list):
        return "a list"
    return "text" if isinstance(given, str) else "a number or a word"


def _owned(line: int, said: SaidTweet, names: Mapping[str, str], owners: Owners, column: int = 1) -> Found:
    author = said.author or names.get(said.author_id or "")
    try:
        return line, Tweet(said.id, owners.of_author(author), said.text, NO_LABELS)
    except RowError as error:
        return Fault(line, error, column)
