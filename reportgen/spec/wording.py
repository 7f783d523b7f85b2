"""What a schema refuses, in plain words.

`title`, `errorMessage` and `patternErrorMessage` of the schema are part of them; editors show these, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportgen.catalog import FORMULAS, GROUP_BY, METRICS, RENAMED_METRICS, measure
from reportgen.spec.problems import Place
from reportgen.spec.words import closest, did_you_mean, known_are, listed, quoted, shown


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value of a file that a keyword of the schema refuses."""

    place: Place
    keyword: str
    wanted: Any
    """What stands behind the keyword in the schema."""
    value: Any
    text: str | None
    """A scalar as the user wrote it."""
    schema: Mapping[str, Any]
    """The part of the schema that has the keyword."""
    comment: str | None = None
    """What stands behind the value in its line as a comment without a space, such as `#b3261e`."""
    follows: Any = None
    """The item that stands behind the value in its list."""

    @property
    def as_written(self) -> str:
        if self.text is None:
            return "this"
        return quoted(self.text) if isinstance(self.value, str) else self.text


def in_plain_words(refusal: Refusal) -> str:
    """What is wrong, and what would be right. Repeats no address of a webhook: errors stand in logs."""
    if refusal.place[:1] == ("webhooks",) and isinstance(refusal.value, str) and "/" in refusal.value:
        return _WEBHOOK_ADDRESS
    return _WORDS[refusal.keyword](refusal)


_WEBHOOK_ADDRESS: Final = (
    "the address of a webhook is a secret, and has no place here; give it a name, such as team-slack, and set "
    "REPORTGEN_WEBHOOK_TEAM_SLACK_URL in the environment or in .env"
)

_KINDS: Final = {
    "null": "nothing",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a mapping of keys to values",
}
_TYPES: Final = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}


def _kind(value: object) -> str:
    return _KINDS[_TYPES.get(type(value), "null")]


def _type(refusal: Refusal) -> str:
    value, types = refusal.value, refusal.wanted
    if not refusal.place:
        return "the file is empty" if value is None else f"a file has to hold keys and values; this is {_kind(value)}"
    if _is_tweet_id(refusal.place) and type(value) in (int, float):
        return f"{refusal.as_written} is a number, and numbers lose digits; write the id in quotes"
    types = [types] if isinstance(types, str) else types
    if refusal.schema.get("title") == "Range":
        written = "nothing stands here" if value is None else f"{refusal.as_written} is no range"
        return f"{written}; a range has a name, such as last_28_days, or a start and an end"
    wanted = listed([_KINDS[name] for name in types])
    if value is None and refusal.comment and "string" in types:
        return f"nothing stands here, since # starts a comment; put {quoted(refusal.comment)} in quotes"
    if value is None:
        return f"nothing stands here; {wanted} is wanted"
    hint = ""
    if "string" in types and not isinstance(value, list | dict):
        hint = ", so put it in quotes"
    elif "array" in types and isinstance(value, str):
        hint = f", such as {_as_list(value)}"
    elif "object" in types and isinstance(value, str) and len(refusal.schema.get("required", ())) == 1:
        (key,) = refusal.schema["required"]
        is_list = refusal.schema["properties"][key].get("type") == "array"
        hint = f", such as {{{key}: {_as_list(value) if is_list else shown(value)}}}"
    return f"{refusal.as_written} is {_kind(value)}; {wanted} is wanted{hint}"


def _as_list(text: str) -> str:
    """The list of what stands in one text, with commas or semicolons between; names of people may have commas."""
    parts = [part.strip() for part in re.split("[,;]", text)]
    apart = parts if all(parts) and ("@" not in text or all("@" in part for part in parts)) else [text]
    return f"[{', '.join([*map(shown, apart[:_MANY]), *(['...'] if len(apart) > _MANY else [])])}]"


_MANY: Final = 3
"""Items of a list that a message writes out."""


def _is_tweet_id(place: Place) -> bool:
    return place[-1] == "id" or (len(place) > 1 and place[-2] == "tweet_ids")


def _enum(refusal: Refusal) -> str:
    title = refusal.schema["title"]
    wanted = f"{'an' if title[0] in 'AEIO' else 'a'} {title[0].lower()}{title[1:]}"
    if refusal.text is None or refusal.value is None:
        return f"{_kind(refusal.value)} stands here; {wanted} is wanted"
    hint = about_metric(refusal.text, refusal.wanted) if "metric" in title.lower() else None
    if meant := _CALLED.get((refusal.text or "").lower()):
        hint = did_you_mean(meant, refusal.wanted) if meant in refusal.wanted else None
    if refusal.text in GROUP_BY:
        hint = known_are(refusal.wanted)
    return f"{refusal.as_written} is not {wanted}{hint or did_you_mean(refusal.text, refusal.wanted)}"


def about_metric(written: str, choices: Sequence[str]) -> str | None:
    """The hint for a metric that the API has, but not here, or not under this name."""
    name = RENAMED_METRICS.get(written) or _BY_LABEL.get(_spoken(written), written)
    if name not in METRICS and name not in FORMULAS:
        return _metric_meant(written, choices)
    today = " today" if written in RENAMED_METRICS else ""
    called = "" if written == name else f"; it is called {name}{today}"
    if name in choices:
        return called if today else f"; did you mean {quoted(name)}?"
    if set(choices) == {metric.name for metric in METRICS.values() if metric.public}:
        return f"{called}; without handles there are only {listed(choices, 'and')}"
    return f"{called}; it is a metric of {listed(sorted(METRICS[name].endpoints), 'and')} only"


def _metric_meant(written: str, choices: Sequence[str]) -> str | None:
    """The hint for a metric whose name, or whose label on the page, is misspelt."""
    by_label = {label: name for label, name in _BY_LABEL.items() if name in choices}
    nearest = closest(_spoken(written), by_label)
    return f"; did you mean {quoted(by_label[nearest])}?" if nearest else None


def _spoken(name: str) -> str:
    return re.sub(r"[_-]", " ", name).lower()


_BY_LABEL: Final = {_spoken(word): name for name in (*METRICS, *FORMULAS) for word in (name, measure(name).label)}
"""Metrics by their name and by what the page calls them, as people say it."""


_CALLED: Final = {
    "excel": "xlsx",
    "spreadsheet": "xlsx",
    "web": "html",
    **dict.fromkeys(("last_30_days", "last_4_weeks", "last_14_days", "28_days"), "last_28_days"),
}
"""What people call what has another name here."""


def _pattern(refusal: Refusal) -> str:
    message = f"{refusal.schema['patternErrorMessage']}; this is {quoted(refusal.value)}"
    if _is_tweet_id(refusal.place) and (found := re.search(r"/status(?:es)?/([0-9]{1,19})\b", refusal.value)):
        return f"{message}, so write {quoted(found[1])}"
    return f"{message}{_about_address(refusal)}" if refusal.schema.get("title") == "Address" else message


def _about_address(refusal: Refusal) -> str:
    value, follows = refusal.value, refusal.follows
    if "@" not in value and isinstance(follows, str) and "<" in follows:
        return f"; where the comma is part of the name, put all of it in quotes: {quoted(f'{value}, {follows}')}"
    return f", so write {_as_list(value)}" if value.count("@") > 1 and re.search("[,;]", value) else ""


def _message(refusal: Refusal) -> str:
    return str(refusal.schema["errorMessage"])


def _keys(refusal: Refusal) -> str:
    return listed(tuple(refusal.schema.get("properties", ["a key"])))


_WORDS: Final[Mapping[str, Callable[[Refusal], str]]] = {
    "not": _message,
    "const": _message,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "uniqueItems": lambda refusal: f"{refusal.as_written} is there twice",
    "minItems": lambda refusal: (
        "the list is empty" if refusal.wanted == 1 else f"{refusal.wanted} items are wanted at least"
    ),
    "maxItems": lambda refusal: f"{refusal.wanted} items are wanted at most",
    "minLength": lambda _: "the text is empty",
    "maxLength": lambda refusal: f"the text is longer than {refusal.wanted} characters",
    "minimum": lambda refusal: f"{refusal.as_written} is below {refusal.wanted}",
    "exclusiveMinimum": lambda refusal: f"{refusal.as_written} is not above {refusal.wanted}",
    "maximum": lambda refusal: f"{refusal.as_written} is above {refusal.wanted}",
    "minProperties": lambda refusal: f"nothing stands here; {_keys(refusal)} is wanted",
    "maxProperties": lambda refusal: f"{_keys(refusal)} is wanted, not several; make each an item of its own",
}
"""The words for each keyword that can refuse a value."""
