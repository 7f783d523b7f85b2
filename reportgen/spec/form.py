"""What a JSON Schema refuses in a document, as findings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from reportgen.resources import resource
from reportgen.spec.document import Document
from reportgen.spec.elsewhere import ELSEWHERE
from reportgen.spec.problems import Finding, Place
from reportgen.spec.wording import Refusal, in_plain_words
from reportgen.spec.words import closest, listed


def form_findings(document: Document, schema_file: str) -> list[Finding]:
    """What `schemas/<schema_file>` refuses in the document: one finding a place."""
    about_keys: dict[tuple[Place, str], ValidationError] = {}
    about_values: dict[Place, ValidationError] = {}
    for error in _validator(schema_file).iter_errors(document.root.data):
        place = tuple(error.absolute_path)
        if error.validator in _ABOUT_KEYS:
            about_keys[place, str(error.validator)] = error
        elif "propertyNames" in error.absolute_schema_path:
            about_keys[place, str(error.instance)] = error
        else:
            about_values[place] = max(about_values.get(place, error), error, key=_weight)
    indent = list(_not_indented(about_keys, about_values))
    return [
        *indent,
        *(finding for error in about_keys.values() for finding in _about_keys(_refusal(error, document))),
        *(_about_value(_refusal(error, document)) for error in about_values.values()),
    ]


def _not_indented(
    about_keys: dict[tuple[Place, str], ValidationError], about_values: dict[Place, ValidationError]
) -> Iterator[Finding]:
    """Items such as `- table:` whose keys stand below it and not inside of it: one finding for all that follows of it,
    which is taken out of the others.
    """
    for place, error in list(about_values.items()):
        item = error.instance
        if error.validator != "maxProperties" or not isinstance(item, dict):
            continue
        known: Mapping[str, object] = error.schema["properties"]  # type: ignore[index]
        name = next(iter(item))
        if name in known and item[name] is None and not item.keys() & known.keys() - {name}:
            del about_values[place]
            about_values.pop((*place, name), None)
            about_keys.pop((place, "additionalProperties"), None)
            inside = listed([key for key in item if key != name], "and")
            yield Finding(
                (*place, name), f"indent what belongs under {name}: two spaces more before {inside}", at_key=True
            )


@cache
def _validator(schema_file: str) -> Draft202012Validator:
    schema = json.loads(resource(f"schemas/{schema_file}").read_text(encoding="utf-8"))
    own = extend(Draft202012Validator, {"uniqueItems": _unique_items, "pattern": _pattern})  # type: ignore[no-untyped-call]
    validator: Draft202012Validator = own(schema)
    return validator


def _unique_items(_validator: object, unique: object, instance: object, _schema: object) -> Iterator[ValidationError]:
    # jsonschema compares pair by pair where types are mixed: minutes for some thousand ids. And it does not say which.
    if not unique or not isinstance(instance, list):
        return
    seen: set[str] = set()
    for index, item in enumerate(instance):
        written = json.dumps(item, sort_keys=True)
        if written in seen:
            yield ValidationError("is there twice", path=[index], instance=item)
        seen.add(written)


def _pattern(_validator: object, pattern: str, instance: object, _schema: object) -> Iterator[ValidationError]:
    # In Python `$` also stands before a line break at the end; in JSON Schema it does not.
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("does not match")


_WEIGHTS: Final = {"not": 4, "type": 3, "enum": 2, "const": 1}


def _weight(error: ValidationError) -> tuple[int, bool]:
    """Which of the errors in one place says most: of two enumerations, the one in `then` knows the endpoint."""
    return _WEIGHTS.get(str(error.validator), 0), "then" in error.absolute_schema_path


def _refusal(error: ValidationError, document: Document) -> Refusal:
    place: Place = tuple(error.absolute_path)
    text = document.text_at(place)
    schema: Any = error.schema
    keyword, comment = str(error.validator), document.comment_at(place)
    follows = _item_behind(document, place)
    return Refusal(place, keyword, error.validator_value, error.instance, text, schema, comment, follows)


def _item_behind(document: Document, place: Place) -> object:
    """What stands behind this place in its list; None where nothing does, or where it is no list."""
    container = document.root.data
    for step in place[:-1]:
        container = container[step]
    behind = container[int(place[-1]) + 1 :] if place and isinstance(container, list) else []
    return behind[0] if behind else None


def _about_value(refusal: Refusal) -> Finding:
    return Finding(refusal.place, in_plain_words(refusal), at_key=refusal.keyword == "not")


def _about_keys(refusal: Refusal) -> Iterator[Finding]:
    if refusal.keyword in _ABOUT_KEYS:
        yield from _ABOUT_KEYS[refusal.keyword](refusal)
    else:
        yield Finding((*refusal.place, refusal.value), in_plain_words(refusal), at_key=True)


def _missing(refusal: Refusal) -> Iterator[Finding]:
    known = refusal.schema.get("properties", {})
    meant = _unknown_keys(refusal.value, known).values()
    for name in refusal.wanted:
        if name not in refusal.value and name not in meant:
            choices = known.get(name, {}).get("enum", ())
            yield Finding(
                (*refusal.place, name), "this key is missing" + (f"; it is {listed(choices)}" if choices else "")
            )


def _unknown(refusal: Refusal) -> Iterator[Finding]:
    known = refusal.schema["properties"]
    for key, meant in _unknown_keys(refusal.value, known).items():
        nearest = f"; did you mean '{meant}'?" if meant else f"; known are {listed(tuple(known), 'and')}"
        place = (*refusal.place, key)
        yield Finding(place, f"this key is not known{ELSEWHERE.get(place, nearest)}", at_key=True)


def _unknown_keys(value: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str | None]:
    """The keys that the schema does not know, and which one each was probably meant to be."""
    missing = [name for name in known if name not in value]
    return {key: closest(key, missing) or closest(key, known) for key in value if key not in known}


def _left_to_the_rules(_refusal: Refusal) -> Iterator[Finding]:
    # They find it, too, and know more: which handle lacks tweets, which measures a report has.
    yield from ()


_ABOUT_KEYS: Final[Mapping[str, Callable[[Refusal], Iterator[Finding]]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "anyOf": _left_to_the_rules,
}
"""Keywords whose finding lies in a key, not where the schema refuses."""
