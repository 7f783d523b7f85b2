"""What is wrong with the labels of tweets, and with groupings by them, beyond their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from reportgen.catalog import LABEL, without_label
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding, Place
from reportgen.spec.section_places import sections_of
from reportgen.spec.visible import visible
from reportgen.spec.words import did_you_mean, quoted


def _values(draft: Draft) -> Iterator[Finding]:
    for labels in _labels(draft):
        for place, value in draft.children(*labels):
            seen = visible(value)
            if not seen:
                yield Finding(place, "there is nothing to see in this label; leave the label out")
            elif seen == without_label(f"{LABEL}{place[-1]}"):
                message = f"{quoted(seen)} is what the page calls tweets without this label; leave the label out"
                yield Finding(place, message)


def _unknown(draft: Draft) -> Iterator[Finding]:
    # The labels in files of tweets are known when these are read.
    if draft.has("tweets_from"):
        return
    known = list(dict.fromkeys(f"{LABEL}{name}" for place in _labels(draft) for name in draft.keys_of(*place)))
    for place, key in label_keys(draft):
        if key not in known:
            yield Finding(place, no_such_label(key, known))


def no_such_label(key: str, known: list[str]) -> str:
    """The message about a `label.NAME` that no tweet has; `known` are those that tweets have."""
    hint = did_you_mean(key, known) if known else "; labels stand under the labels of a tweet or of its handle"
    return f"no tweet has a label {quoted(key.removeprefix(LABEL))}{hint}"


def label_keys(draft: Draft) -> Iterator[tuple[Place, str]]:
    """Each `label.NAME` that a grouping or a table names."""
    groupings = (("groupings", name) for name in draft.keys_of("groupings"))
    columns = ((*section, "columns") for section in sections_of(draft, "table"))
    for where in (*groupings, *columns):
        for place, key in draft.children(*where):
            if key.startswith(LABEL):
                yield place, key


def _labels(draft: Draft) -> Iterator[Place]:
    """The places where labels are given: those of handles, and those of tweets."""
    for index in range(draft.count("handles")):
        yield ("handles", index, "labels")
        yield from _of_tweets(draft, ("handles", index, "tweet_ids"))
    yield from _of_tweets(draft, ("tweet_ids",))


def _of_tweets(draft: Draft, place: Place) -> Iterator[Place]:
    for index in range(draft.count(*place)):
        yield (*place, index, "labels")


LABEL_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (_values, _unknown)
